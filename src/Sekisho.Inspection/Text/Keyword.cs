namespace Sekisho.Inspection;

/// <summary>Words of the policy's lists in subject or text, whatever their width and case.</summary>
public sealed class Keyword : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.Keyword;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var lists = context.Settings.Keywords;
        if (lists.Count == 0)
        {
            yield break;
        }

        var subject = TextFolding.ForSearch(context.Facts.Subject);
        var body = lists.Any(l => l.InBody) ? TextFolding.ForSearch(context.Facts.FullText) : "";
        foreach (var list in lists)
        {
            var found = new List<(string Word, string Place)>();
            foreach (var word in list.Words)
            {
                cancel.ThrowIfCancellationRequested();
                var folded = TextFolding.ForSearch(word);
                if (folded.Length == 0)
                {
                    continue;
                }

                // Each place is asked by itself: a subject with words in it must not spare the body.
                var inSubject = list.InSubject && Contains(subject, folded);
                if (inSubject || (list.InBody && Contains(body, folded)))
                {
                    found.Add((word, inSubject ? "subject" : "text"));
                }
            }

            if (found.Count > 0)
            {
                yield return Make(context, list.Name, found);
            }
        }
    }

    private Finding Make(InspectionContext context, string list, List<(string Word, string Place)> found)
    {
        var first = Wording.Safe(found[0].Word);
        var place = found[0].Place == "subject";
        return new Finding
        {
            Rule = Rule,
            Severity = Severity.Low,
            Summary = found.Count == 1
                ? new Summary($"The {(place ? "subject" : "text")} contains \"{first}\".", $"{(place ? "件名" : "本文")}に「{first}」が含まれています。")
                : new Summary($"The mail contains \"{first}\" and {Wording.Count(found.Count - 1, "more listed word", "more listed words")}.",
                    $"メールに「{first}」ほか{Wording.Number(found.Count - 1)}件の指定語句が含まれています。"),
            Evidence = Wording.Some(found.Select(f => $"{list}: {f.Word} ({f.Place})"), found.Count),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["matches"] = found.Count, ["words"] = found.Count, [$"list-{list}"] = found.Count },
        };
    }

    /// <summary>A word of Latin letters or digits must stand by itself ("secret" not in "secretary"); East Asian text has no such edges.</summary>
    private static bool Contains(string text, string word)
    {
        var from = 0;
        while (true)
        {
            var at = text.IndexOf(word, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            var end = at + word.Length;
            var opens = at == 0 || !char.IsAsciiLetterOrDigit(word[0]) || !char.IsAsciiLetterOrDigit(text[at - 1]);
            var closes = end == text.Length || !char.IsAsciiLetterOrDigit(word[^1]) || !char.IsAsciiLetterOrDigit(text[end]);
            if (opens && closes)
            {
                return true;
            }

            from = at + 1;
        }
    }
}
