using System.Text;

namespace Sekisho.Incidents;

/// <summary>An outsider's post to a distribution list, as the list expands it: his mail, to all members.</summary>
internal static class ListScript
{
    // The anti-virus industry's harmless test file, in two halves so that no scanner minds this source.
    private static readonly string[] s_testFile = [@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

    public static IReadOnlyList<ReenactmentVariant> Variants(Incident incident)
    {
        var members = incident.Replay.ToCount!.Value;
        var posts = incident.Replay.Messages!.Value;
        var infected = incident.Replay.Attachment.Kind == "exe";
        var stage = Stage.Of(incident, 0, members + posts);
        return [new ReenactmentVariant("post", stage.Cast, Messages()) { Ordered = true }];

        IEnumerable<ReenactedMessage> Messages()
        {
            var recipients = Stage.Addresses(stage.Cast.Slice(0, members));
            for (var i = 0; i < posts; i++)
            {
                var author = stage.Cast.People[members + i];
                var number = i + 1;
                var carriesFile = infected && i == 0;
                // A list server puts the list's owner into the envelope; a plain alias leaves the author there. An author at a company of his
                // own would count as inside where the gateway takes the sender's domain for the organisation's, so only freemail ones do that.
                var byAlias = i % 2 == 1 && author.Company.Length == 0;
                yield return new ReenactedMessage(MessageRole.Faulty, byAlias ? author.Address : stage.Cast.Own("owner-news"), recipients,
                    () => Post(stage, author, number, carriesFile, byAlias)) { MustNotLeave = true };
            }
        }
    }

    private static byte[] Post(Stage stage, Person author, int number, bool carriesFile, bool byAlias)
    {
        var list = stage.Cast.Own("news");
        var extra = byAlias ? "" : $"Sender: owner-news@{stage.Cast.OwnDomain}\r\nPrecedence: bulk\r\nX-ML-Name: news\r\nX-Mail-Count: {number:D5}\r\n";
        if (!carriesFile)
        {
            extra += $"In-Reply-To: <0.reenactment@{stage.Cast.OwnDomain}>\r\n";
        }

        var from = MailText.Mailbox(author.Name, author.Address, stage.Style);
        return carriesFile
            ? stage.Mail(stage.Header("Re: Your document", list, number, from: from, extra: extra), "Please read the attached file.\n",
                new MailFile("document.txt.exe", "application/octet-stream", Encoding.ASCII.GetBytes(string.Concat(s_testFile))))
            : stage.Mail(stage.Header($"Re: {stage.Subject}", list, number, from: from, extra: extra),
                $"{author.Name} と申します。お送りいただいたメールについてご連絡します。今後の配信は不要です。\n\n{author.Name}\n{author.Address}\n");
    }
}
