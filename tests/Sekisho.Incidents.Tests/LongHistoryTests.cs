using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;

namespace Sekisho.Incidents.Tests;

/// <summary>
/// The incidents in which people saw each other, as they would go through a gateway that has known its people for long: a rule that is stricter with little history must not let them out with much.
/// </summary>
public sealed class LongHistoryTests
{
    private static readonly DateTimeOffset s_before = new(2023, 6, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How well the people of the incident were known: how many of ten, and by how many mails, each alone.</summary>
    public static TheoryData<int, int> Known => new() { { 0, 0 }, { 10, 1 }, { 10, 3 }, { 5, 1 }, { 5, 3 }, { 1, 1 }, { 1, 3 } };

    [Theory]
    [MemberData(nameof(Known))]
    public void No_incident_with_visible_recipients_passes_after_long_history(int ofTen, int mails)
    {
        using var room = new EngineRoom();
        var passed = new List<string>();
        var looked = 0;
        foreach (var incident in Catalogue.Embedded.Incidents.Where(i => Mechanisms.Family(i.Mechanism) == Mechanisms.VisibleFamily))
        {
            foreach (var variant in Reenactment.For(incident).Variants)
            {
                var mail = variant.Messages.First(m => m.Role == MessageRole.Faulty);
                if (mail.Recipients.Count > 2_000)
                {
                    continue;
                }

                looked++;
                var decision = room.Decide(mail, History(mail, ofTen, mails), new RecentMail());
                if (decision.Verdicts.Any(v => v.Action == PolicyAction.Deliver && !v.Recipient.EndsWith('@' + variant.Cast.OwnDomain, StringComparison.Ordinal)))
                {
                    var found = room.LastFindings.FirstOrDefault(f => f.Rule == RuleNames.VisibleRecipients);
                    passed.Add($"{incident.Id} {variant.Name}: {mail.Recipients.Count} recipients, {found?.Measures["groups"] ?? 0} groups, score {found?.Measures["score"] ?? 0}");
                }
            }
        }

        Assert.True(looked > 50, $"{looked}");
        Assert.True(passed.Count == 0, $"{passed.Count} of {looked}\n{string.Join('\n', passed)}");
    }

    private static CorrespondenceMemory History(ReenactedMessage mail, int ofTen, int mails)
    {
        var memory = new CorrespondenceMemory();
        var organisation = new Organisation([]).ForSender(mail.MailFrom);
        Assert.True(EmailAddress.TryParse(mail.MailFrom, out var sender));
        var at = s_before;
        for (var i = 0; i < 1_200; i++)
        {
            Sent($"clerk{i % 5}@{sender!.Domain}", $"person{i % 40}@customer{i % 40}.example");
        }

        for (var i = 0; i < mail.Recipients.Count; i++)
        {
            for (var n = 0; n < mails && i % 10 < ofTen; n++)
            {
                Sent(sender!.Key, mail.Recipients[i]);
            }
        }

        return memory;

        void Sent(string from, string to)
        {
            at += TimeSpan.FromMinutes(10);
            Assert.True(EmailAddress.TryParse(to, out var one));
            memory.Learn(new LearntMail(from, at, [new LearntPerson(one!.Key, organisation.IsInside(one) ? null : organisation.OrganisationOf(one), true)]));
        }
    }
}
