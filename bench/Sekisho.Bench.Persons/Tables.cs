using System.Globalization;
using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>The figures as Markdown; the console shows the same.</summary>
internal static class Tables
{
    public static string Markdown(Score score, string heading)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        Line(heading);
        Line("");
        Line("| by file | precision | recall | pattern counter's precision | its recall |");
        Line("|---|--:|--:|--:|--:|");
        foreach (var threshold in new[] { 1, 3, 10, 100 })
        {
            var mine = score.Files(threshold);
            var other = score.Files(threshold, patterns: true);
            Line($"| ≥ {threshold} person{(threshold == 1 ? "" : "s")} | {P(mine.Precision)} | {P(mine.Recall)} | {P(other.Precision)} | {P(other.Recall)} |");
        }

        Line("");
        Line("| count | Sekisho | pattern counter |");
        Line("|---|--:|--:|");
        Line($"| within ±3 %, all files | {Percent(score.CountsRight())} | {Percent(score.CountsRight(patterns: true))} |");
        Line($"| within ±3 %, files with persons | {Percent(score.CountsRightWithPersons())} | {Percent(score.CountsRightWithPersons(patterns: true))} |");
        Line("");
        Line($"Error of the count, files with persons: {string.Join(" · ", score.Errors().Select(e => $"{e.Range}: {e.Files}"))}.");
        Line("");
        Line("| values | precision | recall | right | wrong | missed |");
        Line("|---|--:|--:|--:|--:|--:|");
        foreach (var (name, tally) in new[] { ("card numbers", score.Cards), ("MyNumbers", score.MyNumbers) })
            Line($"| {name} | {P(tally.Precision)} | {P(tally.Recall)} | {tally.Right:N0} | {tally.Wrong:N0} | {tally.Missed:N0} |");
        Line("");
        Line("| kind, by file | precision | recall | files that show it |");
        Line("|---|--:|--:|--:|");
        foreach (var kind in Score.Kinds)
        {
            var tally = score.Kind(kind);
            Line($"| {kind} | {P(tally.Precision)} | {P(tally.Recall)} | {tally.Right + tally.Missed} |");
        }

        Parts("format", score.By(r => r.File.Format));
        Parts("layout, with persons", score.By(r => r.Has ? r.File.Layout : "").Where(p => p.Key.Length > 0));
        Parts("layout, without", score.By(r => r.Has ? "" : r.File.Layout).Where(p => p.Key.Length > 0));
        return text.ToString();

        void Parts(string name, IEnumerable<(string Key, Score Score)> parts)
        {
            Line("");
            Line($"| {name} | files | precision | recall | count within ±3 % | pattern counter's |");
            Line("|---|--:|--:|--:|--:|--:|");
            foreach (var (key, part) in parts)
            {
                var tally = part.Files(1);
                Line($"| {key} | {part.Results.Count} | {P(tally.Precision)} | {P(tally.Recall)} | {Percent(part.CountsRight())} | {Percent(part.CountsRight(patterns: true))} |");
            }
        }
    }

    /// <summary>Files whose answer is wrong, the worst first.</summary>
    public static string Worst(Score score, int most)
    {
        var text = new StringBuilder();
        var wrong = score.Results.Select(r => (Result: r, Error: Error(r))).Where(r => r.Error > 0).OrderByDescending(r => r.Error).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"{wrong.Length} of {score.Results.Count} files answered wrong in count or kinds; the worst:\n");
        foreach (var (r, _) in wrong.Take(most))
        {
            var kinds = r.File.Truth.Kinds;
            var asked = Score.Kinds.Aggregate(DataKinds.None, (k, x) => k | x) & ~r.File.Truth.MayShow;
            text.Append(CultureInfo.InvariantCulture, $"  {r.File.Seed}/{r.File.Index,4} {r.File.Format,-18} {r.File.Layout,-22} persons {r.Answer.Persons} of {r.File.Truth.Persons}");
            Say(" missed", kinds & ~r.Answer.Kinds & asked);
            Say(" wrong", r.Answer.Kinds & ~kinds & asked);
            if (r.Answer.Cards != r.File.Truth.Cards || r.Answer.MyNumbers != r.File.Truth.MyNumbers)
                text.Append(CultureInfo.InvariantCulture, $" cards {r.Answer.Cards}/{r.File.Truth.Cards} mynumbers {r.Answer.MyNumbers}/{r.File.Truth.MyNumbers}");
            text.Append(r.Answer.Troubles.Length > 0 ? $" [{r.Answer.Troubles}]\n" : "\n");
        }

        return text.ToString();

        void Say(string word, DataKinds kinds)
        {
            if (kinds != DataKinds.None)
                text.Append(CultureInfo.InvariantCulture, $"{word} {kinds}");
        }
    }

    private static double Error(Result r)
    {
        var asked = Score.Kinds.Aggregate(DataKinds.None, (k, x) => k | x) & ~r.File.Truth.MayShow;
        var kinds = (r.File.Truth.Kinds ^ r.Answer.Kinds) & asked;
        var count = r.CountRight ? 0 : 10 + (100.0 * Math.Abs(r.Answer.Persons - r.File.Truth.Persons) / Math.Max(1, r.File.Truth.Persons));
        return count + int.PopCount((int)kinds);
    }

    public static string P(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Percent(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
