using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Mail, parts and files that nobody here can look into: past a limit, encrypted, broken, of a kind not read (law 7).</summary>
public sealed class Uninspectable : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.Uninspectable;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var seen = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var facts = context.Facts;
        foreach (var defect in facts.Message.Defects.Where(d => d.Kind == MimeDefectKind.LimitReached))
        {
            Note(seen, FileTroubles.Limit, defect.Detail);
        }

        if (facts.TextTruncated)
        {
            Note(seen, FileTroubles.Limit, "text");
        }

        foreach (var field in Ambiguous(facts.Message))
        {
            Note(seen, "ambiguous", field);
        }

        foreach (var part in facts.Opaque)
        {
            Note(seen, part.Measure, part.Detail);
        }

        foreach (var file in facts.Files)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var trouble in file.Troubles)
            {
                Note(seen, trouble.Measure, trouble.Detail.Length > 0 ? $"{Tail(file.Path)}: {trouble.Detail}" : Tail(file.Path));
            }
        }

        foreach (var (measure, evidence) in seen)
        {
            yield return new Finding
            {
                Rule = Rule,
                Severity = Severity.High,
                Summary = Say(measure),
                Evidence = Wording.Some(evidence, evidence.Count),
                Recipients = context.Analysis.AllKeys,
                Measures = new Dictionary<string, long> { [measure] = evidence.Count },
            };
        }
    }

    private static void Note(Dictionary<string, List<string>> seen, string measure, string evidence)
    {
        if (!seen.TryGetValue(measure, out var all))
        {
            seen[measure] = all = [];
        }

        all.Add(evidence);
    }

    /// <summary>The end of a path says more than its beginning.</summary>
    private static string Tail(string path) => path.Length <= 120 ? path : "…" + path[^119..];

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

    private static Summary Say(string measure) => measure switch
    {
        "ambiguous" => new Summary("The mail says twice, and differently, what it contains, so that nobody knows what its readers will see.",
            "本文の形式が二重に、しかも食い違って書かれているため、受信者に何が見えるか確認できませんでした。"),
        "signed" => new Summary("The mail is wrapped in a signature that could not be opened.", "メールが電子署名の形式で包まれているため、中身を確認できませんでした。"),
        "partial" => new Summary("The mail is a piece of a larger one and cannot be looked through by itself.", "分割されたメールの一部のため、中身を確認できませんでした。"),
        "tnef" => new Summary("The mail carries its content in Outlook's own format (winmail.dat), which could not be opened.",
            "Outlook独自の形式（winmail.dat）のため、中身を確認できませんでした。"),
        FileTroubles.Encrypted => new Summary(
            "Content is encrypted, so nobody could look inside; a password that follows by mail reaches a wrong recipient too, so use a portal or an agreed channel instead.",
            "暗号化（パスワード付き）のため、中身を確認できませんでした。パスワードを同じくメールで送っても誤送信の備えにはなりません。共有サービスなど、相手と取り決めた方法をお使いください。"),
        FileTroubles.Broken => new Summary("A file is damaged, so that its content could not be checked.", "ファイルが壊れているため、中身を確認できませんでした。"),
        FileTroubles.NoTool => new Summary("A file could not be checked, because the program that reads its kind is not installed.",
            "この種類のファイルを読むプログラムがないため、中身を確認できませんでした。"),
        FileTroubles.Unknown => new Summary("A file is of a kind nobody here knows, so that its content could not be checked.", "種類の分からないファイルのため、中身を確認できませんでした。"),
        FileTroubles.Unread => new Summary("A file may hold records but is of a kind that is not read here.", "データを含みうる形式ですが、中身の確認に対応していないファイルです。"),
        FileTroubles.Disguised => new Summary("A file's name hides what it is.", "ファイル名が実際の種類を隠しています。"),
        _ => new Summary("The mail or a file in it is too large or too intricate to be looked through to its end.",
            "メールまたは添付ファイルが大きすぎるか構造が複雑すぎるため、最後まで確認できませんでした。"),
    };
}
