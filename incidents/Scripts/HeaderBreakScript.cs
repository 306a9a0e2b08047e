using System.Text;

namespace Sekisho.Incidents;

/// <summary>A line break inside the recipients' data: what follows it is no header any more.</summary>
internal static class HeaderBreakScript
{
    private const int GroupSize = 50;

    public static IReadOnlyList<ReenactmentVariant> Variants(Incident incident) => [Variant(incident, 0, blankLine: true), Variant(incident, 1, blankLine: false)];

    /// <summary>The Bcc list continues in the text of an otherwise proper mail: all of it stands there, and only its first part became the envelope.</summary>
    public static ReenactmentVariant Spilled(Incident incident)
    {
        var stage = Stage.Of(incident, 0, incident.Replay.AddressesInBody);
        var people = stage.Cast.People;
        var recipients = incident.Replay.BccCount!.Value;
        return new ReenactmentVariant("Bcc spills", stage.Cast,
        [
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, Stage.Addresses(people.Take(recipients)),
                () => Broken(stage, [.. people.Take(recipients)], people, blankLine: true, insideAddress: false)),
        ]);
    }

    private static ReenactmentVariant Variant(Incident incident, int variant, bool blankLine)
    {
        var kept = incident.Replay.BccCount!.Value;
        var spilled = incident.Replay.AddressesInBody;
        var clean = Math.Max(0, (incident.MailingTotal ?? 0) - kept - spilled);
        var stage = Stage.Of(incident, variant, kept + spilled + clean);
        // In one of the two cases the break stood inside an address, in the other between two.
        var insideAddress = incident.MailingTotal is not null && blankLine;
        return new ReenactmentVariant(blankLine ? "blank line" : "unfolded line", stage.Cast, Messages());

        IEnumerable<ReenactedMessage> Messages()
        {
            var cast = stage.Cast;
            yield return new ReenactedMessage(MessageRole.Faulty, stage.Sender, Stage.Addresses(cast.Slice(0, kept)),
                () => Broken(stage, cast.Slice(0, kept), cast.Slice(kept, spilled), blankLine, insideAddress));
            for (int start = kept + spilled, number = 2; start < cast.People.Count; start += GroupSize, number++)
            {
                var group = cast.Slice(start, Math.Min(GroupSize, cast.People.Count - start));
                var n = number;
                yield return new ReenactedMessage(MessageRole.Clean, stage.Sender, Stage.Addresses(group),
                    () => stage.Mail(stage.Header(stage.Subject, stage.Sender, n), stage.Letter(stage.Subject)));
            }
        }
    }

    private static byte[] Broken(Stage stage, IReadOnlyList<Person> kept, IReadOnlyList<Person> spilled, bool blankLine, bool insideAddress)
    {
        const MailStyle Style = MailStyle.Iso2022Jp;
        var message = new StringBuilder()
            .Append("Date: ").Append(MailText.Date(stage.Incident.Date, 1)).Append("\r\n")
            .Append("From: ").Append(MailText.Mailbox(stage.SenderName, stage.Sender, Style)).Append("\r\n")
            .Append("To: ").Append(stage.Sender).Append("\r\n")
            .Append("Subject: ").Append(MailText.EncodeWords(stage.Subject, Style)).Append("\r\n")
            .Append("Message-ID: <1.reenactment@").Append(stage.Cast.OwnDomain).Append(">\r\n")
            .Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\nBcc: ")
            .AppendJoin(",\r\n ", kept.Select(p => p.Address)).Append(", ");
        var first = spilled[0].Address;
        var cut = insideAddress ? first.IndexOf('@', StringComparison.Ordinal) / 2 : 0;
        message.Append(first.AsSpan(0, cut)).Append(blankLine ? "\r\n\r\n" : "\r\n").Append(first.AsSpan(cut));
        foreach (var person in spilled.Skip(1))
        {
            message.Append(",\r\n").Append(blankLine ? "" : " ").Append(person.Address);
        }

        message.Append("\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(message.ToString()), .. MailText.Encode(stage.Letter(stage.Subject).ReplaceLineEndings("\r\n"), Style)];
    }
}
