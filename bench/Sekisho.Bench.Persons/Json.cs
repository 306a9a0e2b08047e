namespace Sekisho.Bench.Persons;

/// <summary>The figures for programs.</summary>
internal static class Json
{
    public static object Of(Score score) => new
    {
        files = score.Results.Count,
        byFile = new[] { 1, 3, 10, 100 }.Select(n => new { threshold = n, sekisho = Of(score.Files(n)), patterns = Of(score.Files(n, patterns: true)) }),
        countWithin3Percent = new { all = score.CountsRight(), withPersons = score.CountsRightWithPersons(), patternsAll = score.CountsRight(patterns: true), patternsWithPersons = score.CountsRightWithPersons(patterns: true) },
        errors = score.Errors().Select(e => new { range = e.Range, files = e.Files }),
        cards = Of(score.Cards),
        myNumbers = Of(score.MyNumbers),
        kinds = Score.Kinds.Select(k => new { kind = k.ToString(), figures = Of(score.Kind(k)) }),
        formats = Parts(score.By(r => r.File.Format)),
        layouts = Parts(score.By(r => r.File.Layout)),
        targetsMissed = Targets.Missed(score),
        answers = score.Results.Select(r => new { seed = r.File.Seed, index = r.File.Index, format = r.File.Format, layout = r.File.Layout, truth = r.File.Truth.Persons, found = r.Answer.Persons, patterns = r.Answer.Patterns, kinds = r.File.Truth.Kinds.ToString(), foundKinds = r.Answer.Kinds.ToString(), troubles = r.Answer.Troubles, ms = Math.Round(r.Answer.Milliseconds, 1) }),
    };

    private static object Of(Tally t) => new { precision = t.Precision, recall = t.Recall, right = t.Right, wrong = t.Wrong, missed = t.Missed };

    private static IEnumerable<object> Parts(IEnumerable<(string Key, Score Score)> parts) => parts.Select(p => new { name = p.Key, files = p.Score.Results.Count, byFile = Of(p.Score.Files(1)), countWithin3Percent = p.Score.CountsRight() });
}
