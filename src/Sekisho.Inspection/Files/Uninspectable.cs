using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Mail or parts of it that nobody here can look into: past a limit, encrypted, in pieces (law 7).</summary>
public sealed class Uninspectable : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.Uninspectable;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var facts = context.Facts;
        var limits = facts.Message.Defects.Where(d => d.Kind == MimeDefectKind.LimitReached).Select(d => d.Detail).ToList();
        if (facts.TextTruncated)
        {
            limits.Add("text");
        }

        if (limits.Count > 0)
        {
            yield return Make(context, "limit", limits,
                new Summary("The mail is too large or too intricate to be looked through to its end.", "メールが大きすぎるか構造が複雑すぎるため、最後まで確認できませんでした。"));
        }

        var ambiguous = Ambiguous(facts.Message);
        if (ambiguous.Count > 0)
        {
            yield return Make(context, "ambiguous", ambiguous,
                new Summary("The mail says twice, and differently, what it contains, so that nobody knows what its readers will see.",
                    "本文の形式が二重に、しかも食い違って書かれているため、受信者に何が見えるか確認できませんでした。"));
        }

        foreach (var kind in facts.Opaque.GroupBy(o => o.Measure, StringComparer.Ordinal))
        {
            yield return Make(context, kind.Key, [.. kind.Select(k => k.Detail)], Say(kind.Key));
        }
    }

    /// <summary>Parts whose type or encoding stands twice with different values: one client shows the one, the next the other.</summary>
    private static List<string> Ambiguous(MimeMessage message)
    {
        var found = new List<string>();
        if (!message.Defects.Any(d => d.Kind == MimeDefectKind.RepeatedField && d.Detail.StartsWith("Content-T", StringComparison.OrdinalIgnoreCase)))
        {
            return found;
        }

        foreach (var entity in message.Entities())
        {
            foreach (var name in (string[])["Content-Type", "Content-Transfer-Encoding"])
            {
                if (entity.Headers.All(name).Select(f => f.Unfolded.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any())
                {
                    found.Add(name);
                }
            }
        }

        return found;
    }

    private static Summary Say(string kind) => kind switch
    {
        "encrypted" => new Summary("The mail is encrypted, so nobody could look inside.", "メールが暗号化されているため、中身を確認できませんでした。"),
        "signed" => new Summary("The mail is wrapped in a signature that could not be opened.", "メールが電子署名の形式で包まれているため、中身を確認できませんでした。"),
        "partial" => new Summary("The mail is a piece of a larger one and cannot be looked through by itself.", "分割されたメールの一部のため、中身を確認できませんでした。"),
        _ => new Summary("The mail carries its content in Outlook's own format (winmail.dat), which could not be opened.",
            "Outlook独自の形式（winmail.dat）のため、中身を確認できませんでした。"),
    };

    private static Finding Make(InspectionContext context, string measure, IReadOnlyList<string> evidence, Summary summary) => new()
    {
        Rule = RuleNames.Uninspectable,
        Severity = Severity.High,
        Summary = summary,
        Evidence = evidence,
        Recipients = context.Analysis.AllKeys,
        Measures = new Dictionary<string, long> { [measure] = 1 },
    };
}
