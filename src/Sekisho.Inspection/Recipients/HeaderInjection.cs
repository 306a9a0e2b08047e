using System.Buffers;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Line breaks and broken address data in the header, by which addresses fall into the body or a mail gets fields its author never wrote.</summary>
public sealed class HeaderInjection : IInspector
{
    private static readonly string[] _encodedBreaks = ["%0d", "%0a", "<br", "&#10;", "&#13;", "\\r\\n", "\\n"];

    /// <summary>The first characters of those: without one of them nothing more is looked for.</summary>
    private static readonly SearchValues<char> _breakStarts = SearchValues.Create("%<&\\");

    private static readonly string[] _fields =
        ["To", "Cc", "Bcc", "From", "Sender", "Reply-To", "Resent-To", "Resent-Cc", "Resent-Bcc", "Resent-From", "Resent-Sender"];

    /// <inheritdoc/>
    public string Rule => RuleNames.HeaderInjection;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var seen = new Seen();
        var message = context.Facts.Message;
        foreach (var defect in message.Defects)
        {
            Weigh(defect, message.Root.Body.Offset, seen);
        }

        foreach (var field in context.Facts.AddressFields)
        {
            // What no client shows (X-To, Envelope-To …) may hold anything; only addresses in it matter, and not to this rule.
            cancel.ThrowIfCancellationRequested();
            if (_fields.Any(field.Field.Is))
            {
                Entries(message, field, seen);
            }
        }

        if (seen.Breaks + seen.Unparsable + seen.Repeated == 0)
        {
            yield break;
        }

        yield return new Finding
        {
            Rule = Rule,
            Severity = seen.Breaks > 0 ? Severity.Critical : seen.Unparsable > 0 ? Severity.High : Severity.Medium,
            Summary = Say(seen),
            Evidence = Wording.Some(seen.Evidence, seen.Evidence.Count),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long>
            {
                ["breaks"] = seen.Breaks,
                ["unparsable"] = seen.Unparsable,
                ["repeated"] = seen.Repeated,
            },
        };
    }

    private static void Weigh(MimeDefect defect, int bodyAt, Seen seen)
    {
        switch (defect.Kind)
        {
            case MimeDefectKind.BreakInAddress:
                seen.Break($"{defect.Detail} (break in address data, byte {defect.Offset})", defect.Offset);
                break;
            case MimeDefectKind.HeaderEndsInsideAddresses:
                seen.Break($"{defect.Detail} (header ends inside address data, byte {defect.Offset})", defect.Offset);
                break;
            case MimeDefectKind.BareLineBreak when defect.Offset < bodyAt:
                seen.Break($"{defect.Detail} (bare line break in header, byte {defect.Offset})", defect.Offset);
                break;
            case MimeDefectKind.Nul when defect.Offset < bodyAt:
                seen.Break($"{defect.Detail} (NUL in header, byte {defect.Offset})", defect.Offset);
                break;
            case MimeDefectKind.NotAField when defect.Offset < bodyAt:
                seen.Break($"{defect.Detail} (line that is no field, byte {defect.Offset})", defect.Offset);
                break;
            case MimeDefectKind.RepeatedField when IsOfConcern(defect.Detail):
                seen.Repeated = 1;
                seen.Evidence.Add($"{defect.Detail} (field stands twice)");
                break;
        }
    }

    /// <summary>A second Date or Message-ID is untidy; a second To, Cc, From or Subject shows some readers another mail.</summary>
    private static bool IsOfConcern(string detail)
        => detail.Split(' ', 2)[0].ToUpperInvariant() is "TO" or "CC" or "FROM" or "SUBJECT";

    private static void Entries(MimeMessage message, AddressField field, Seen seen)
    {
        foreach (var entry in field.Entries.Mailboxes)
        {
            if (entry.Defect?.Kind is MimeDefectKind.BreakInAddress or MimeDefectKind.Nul)
            {
                seen.Break($"{field.Field.Name}: {entry.Defect.Detail}", entry.Defect.Offset);
                continue;
            }

            if (entry.Address is { } address)
            {
                if (HasEncodedBreak(address.LocalPart) || (entry.Group is { } group && HasEncodedBreak(group))
                    || (HasEncodedBreak(entry.DisplayName) && AddressScanner.MayHold(entry.DisplayName)))
                {
                    seen.Break($"{field.Field.Name}: {address.Key} (encoded line break)", entry.Raw.Offset);
                }

                continue;
            }

            // "To: 各位" and "undisclosed-recipients:;" are odd, not dangerous: only what smells of an address or of a break is.
            var raw = FactsReader.RawText(message, entry);
            if (HasEncodedBreak(raw))
            {
                seen.Break($"{field.Field.Name}: {raw} (encoded line break)", entry.Raw.Offset);
            }
            else if (raw.AsSpan().ContainsAny('@', '＠'))
            {
                seen.Unparsable++;
                seen.Evidence.Add($"{field.Field.Name}: {raw}");
            }
        }
    }

    private static bool HasEncodedBreak(string text)
    {
        if (!text.AsSpan().ContainsAny(_breakStarts))
        {
            return false;
        }

        foreach (var mark in _encodedBreaks)
        {
            if (text.Contains(mark, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static Summary Say(Seen seen)
    {
        if (seen.Breaks > 0)
        {
            return new Summary(
                "The header is broken by a line break in its data, so that addresses may show up in the text. Please check the address list.",
                "ヘッダーに余分な改行があり、宛先のアドレスが本文に流れ出すおそれがあります。宛先のデータを確認してください。");
        }

        return seen.Unparsable > 0
            ? new Summary(
                $"{Wording.Count(seen.Unparsable, "entry in the address fields is no mail address", "entries in the address fields are no mail addresses")}. Please correct the address list.",
                $"宛先などの欄に、メールアドレスとして読めないものが{Wording.Number(seen.Unparsable)}件あります。宛先を直してください。")
            : new Summary(
                "A header field stands twice, so that recipients may see different senders, recipients or subjects.",
                "同じヘッダーが2回書かれています。受信者によって差出人・宛先・件名の見え方が変わるおそれがあります。");
    }

    private sealed class Seen
    {
        private readonly HashSet<int> _places = [];

        public int Breaks { get; private set; }

        public int Unparsable { get; set; }

        public int Repeated { get; set; }

        public List<string> Evidence { get; } = [];

        /// <summary>One place counts once, though the message, the field and the entry each may name it.</summary>
        public void Break(string evidence, int offset)
        {
            if (_places.Add(offset))
            {
                Breaks++;
                Evidence.Add(evidence);
            }
        }
    }
}
