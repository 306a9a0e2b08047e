using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Rig;

namespace Sekisho.Incidents.Tests;

/// <summary>What the files and texts of the incidents give away, asked of the engine directly: each reading, each kind of file.</summary>
public sealed class EngineTests
{
    // Runs whose single mails are harmless to look at: only the gateway, over time, can stop them.
    private static readonly HashSet<string> s_overTime = new(StringComparer.Ordinal) { Mechanisms.DoubleStart, Mechanisms.SystemMisrouting };

    public static TheoryData<string> WithContent =>
        [.. Catalogue.Embedded.Incidents.Where(i => Mechanisms.Family(i.Mechanism) is Mechanisms.WrongAttachment or Mechanisms.WrongRecipient or Mechanisms.WrongPersonalisation or Mechanisms.Other or Mechanisms.Virus).Select(i => i.Id)];

    [Theory]
    [MemberData(nameof(WithContent))]
    public void No_reading_of_an_incident_passes_the_engine(string id)
    {
        Need.Program("pdftotext");
        var incident = Catalogue.Embedded.Find(id)!;
        Assert.SkipUnless(StoppingRules.RuleThatStops(incident).Standing == Standing.Now, "its rule is still to come");
        Assert.DoesNotContain(incident.Mechanism, s_overTime);
        using var room = new EngineRoom();
        var passed = new List<string>();
        foreach (var variant in Reenactment.For(incident).Variants)
        {
            var recent = new RecentMail();
            var scanner = new ExposureScanner(variant.Cast);
            foreach (var (mail, i) in variant.Messages.Take(5).Select((m, i) => (m, i)))
            {
                var decision = room.Decide(mail, new EngineRoom.Met([]), recent);
                // Who sees nobody but himself (the buyer whose confirmation others got as well) is to have his mail.
                var seen = scanner.PeopleIn(mail.Build()).Select(p => variant.Cast.People[p].Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
                var through = decision.Verdicts.Count(v => v.Action is PolicyAction.Deliver && v.Wait == TimeSpan.Zero && (mail.MustNotLeave || seen.Any(a => a != v.Recipient)));
                if (through > 0)
                {
                    passed.Add($"{variant.Name}, mail {i + 1}: {through} of {mail.Recipients.Count}; findings: {string.Join(", ", room.LastFindings.Select(f => f.Rule))}");
                }
            }
        }

        Assert.True(passed.Count == 0, string.Join('\n', passed));
    }
}
