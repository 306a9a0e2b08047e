using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>Addresses in the text or in the subject.</summary>
internal static class BodyScript
{
    public static IReadOnlyList<ReenactmentVariant> Variants(Incident incident) => incident.Id switch
    {
        "2006-04-12-itmedia" => [Scattered(incident)],
        "2005-10-17-jbook" => [ListToEach(incident)],
        "2005-07-19-konica-minolta-sensing" => [HeaderBreakScript.Spilled(incident)],
        _ => [ListInText(incident, 0, incident.Replay.AddressesInBody)],
    };

    public static IReadOnlyList<ReenactmentVariant> SubjectVariants(Incident incident)
    {
        var stage = Stage.Of(incident, 0, incident.Replay.BccCount!.Value);
        var people = stage.Cast.People;
        var subject = $"{stage.Subject} {string.Join(",", people.Take(incident.Replay.AddressesInSubject).Select(p => p.Address))}";
        return
        [
            new ReenactmentVariant("Subject", stage.Cast,
            [
                new ReenactedMessage(MessageRole.Faulty, stage.Sender, Stage.Addresses(people),
                    () => stage.Mail(stage.Header(subject, stage.Sender, 1), stage.Letter(stage.Subject))),
            ]),
        ];
    }

    /// <summary>One mail by Bcc whose text holds the list: the recipients are the first ones of it.</summary>
    public static ReenactmentVariant ListInText(Incident incident, int variant, int listed, bool names = false)
    {
        var stage = Stage.Of(incident, variant, listed);
        var people = stage.Cast.People;
        var recipients = incident.Replay.BccCount is > 0 and var bcc ? bcc : Math.Min(listed, Reenactment.UnstatedCount);
        var postal = incident.ExposedKinds.Contains("address");
        return new ReenactmentVariant("text", stage.Cast,
        [
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, Stage.Addresses(people.Take(recipients)), () =>
            {
                var text = new StringBuilder();
                if (incident.Mechanism != Mechanisms.AddressesInBody || incident.Replay.BccCount is > 0)
                {
                    text.Append(stage.Letter(stage.Subject)).Append('\n');
                }

                foreach (var person in people)
                {
                    text.Append(names ? $"{person.Name} " : postal ? $"{Rows.Postal(person)} " : "").Append(person.Address).Append('\n');
                }

                return stage.Mail(stage.Header(stage.Subject, stage.Sender, 1), text.ToString());
            }),
        ])
        {
            Assumed = incident.Replay.BccCount is > 0 ? "" : $"{recipients} recipients, in Bcc: the source gives no number",
            StopsSender = incident.SecondaryMechanisms.Contains(Mechanisms.FailedRecall) ? stage.Sender : null,
        };
    }

    // The text was overwritten by the recipient data: each reader got the list, name and address a line.
    private static ReenactmentVariant ListToEach(Incident incident)
    {
        var stage = Stage.Of(incident, 0, incident.Recipients!.Value);
        var people = stage.Cast.People;
        var body = new Lazy<MailBody>(() => MailBody.Create(
            string.Concat(people.Take(incident.Replay.AddressesInBody).Select(p => $"{p.Name} {p.Address}\n")), stage.Style));
        return new ReenactmentVariant("text", stage.Cast, people.Select(p =>
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, [p.Address],
                () => ReenactedMessage.Compose(stage.Header(stage.Subject, p.Address, p.Index + 1), body.Value))));
    }

    // Single mails with one to eighteen foreign addresses each; most have one.
    private static ReenactmentVariant Scattered(Incident incident)
    {
        var readers = incident.Recipients!.Value;
        var foreign = incident.Replay.AddressesInBody;
        var stage = Stage.Of(incident, 0, readers + foreign);
        var people = stage.Cast.People;
        var shares = Shares(readers, foreign, largest: 18, Cast.Seed(incident.Id));
        return new ReenactmentVariant("text", stage.Cast, Messages()) { Assumed = "the foreign addresses belong to none of the readers" };

        IEnumerable<ReenactedMessage> Messages()
        {
            var next = readers;
            for (var i = 0; i < readers; i++)
            {
                var reader = people[i];
                var strangers = stage.Cast.Slice(next, shares[i]);
                next += shares[i];
                yield return new ReenactedMessage(MessageRole.Faulty, stage.Sender, [reader.Address], () =>
                    stage.Mail(stage.Header(stage.Subject, reader.Address, reader.Index + 1),
                        stage.Letter(stage.Subject) + string.Create(CultureInfo.InvariantCulture,
                            $"\n※配信先の変更はこちら: {string.Join(' ', strangers.Select(s => s.Address))}\n")));
            }
        }
    }

    /// <summary>Numbers from 1 up to <paramref name="largest"/> that add up to <paramref name="total"/>; the largest occurs, most are 1; in random order.</summary>
    internal static int[] Shares(int count, int total, int largest, uint seed)
    {
        var shares = new int[count];
        Array.Fill(shares, 1);
        var left = total - count;
        var i = 0;
        for (var size = largest; size > 2 && left > size; size -= 5)
        {
            shares[i++] = size;
            left -= size - 1;
        }

        for (; left > 0; left--)
        {
            shares[i++]++;
        }

        new Random(unchecked((int)seed)).Shuffle(shares);
        return shares;
    }
}
