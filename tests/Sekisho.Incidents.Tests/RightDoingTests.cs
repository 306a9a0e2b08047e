using System.Security.Cryptography;
using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Rig;

namespace Sekisho.Incidents.Tests;

/// <summary>Ordinary mail, much of it a real mistake's mail done right: it must be left alone.</summary>
public sealed class RightDoingTests
{
    private static readonly IReadOnlyList<RightCase> s_cases = RightDoing.Cases;

    [Fact]
    public void There_are_many_of_them_in_many_kinds_each_with_people_of_its_own()
    {
        Assert.True(s_cases.Count >= 150);
        Assert.True(s_cases.Select(c => c.Family).Distinct().Count() >= 30);
        Assert.Equal(s_cases.Count, s_cases.Select(c => c.Id).Distinct().Count());
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in s_cases)
        {
            Assert.All(one.Messages.SelectMany(m => m.Recipients.Append(m.MailFrom)), a => Assert.True(owners.TryAdd(a, one.Id) || owners[a] == one.Id, $"{a}: {one.Id} and {owners[a]}"));
        }
    }

    [Fact]
    public void Those_that_mirror_an_incident_name_one_of_the_catalogue_and_most_ways_of_leaking_with_a_file_have_one()
    {
        var mirrored = s_cases.Select(c => c.Mirrors).Where(m => m.Length > 0).Distinct().ToList();
        Assert.All(mirrored, id => Assert.NotNull(Catalogue.Embedded.Find(id)));
        Assert.True(s_cases.Count(c => c.Mirrors.Length > 0) >= 120);
        foreach (var mechanism in new[] { Mechanisms.WrongAttachment, Mechanisms.WrongRecipient, Mechanisms.WrongPersonalisation, Mechanisms.DoubleStart, Mechanisms.VisibleFamily, Mechanisms.Other })
        {
            Assert.Contains(mirrored, id => Mechanisms.Family(Catalogue.Embedded.Find(id)!.Mechanism) == mechanism);
        }
    }

    [Fact]
    public void They_are_proper_mail_and_the_same_bytes_each_time()
    {
        var parts = new HashSet<string>();
        foreach (var mail in s_cases.SelectMany(c => c.Before.Concat(c.Messages.Take(3))))
        {
            var bytes = mail.Build();
            Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(mail.Build()));
            var message = MimeMessage.Parse(bytes);
            Assert.Empty(message.Defects);
            Assert.NotNull(message.Headers.First("From"));
            Assert.NotNull(message.Headers.First("Subject"));
            Assert.DoesNotContain(bytes.Zip(bytes.Skip(1)), p => p is (not (byte)'\r', (byte)'\n'));
            parts.UnionWith(message.Entities().Select(e => e.FileName).OfType<string>().Select(n => Path.GetExtension(n)));
        }

        Assert.Superset(new HashSet<string> { ".pdf", ".docx", ".xlsx", ".xls", ".csv", ".ods", ".html", ".txt", ".zip", ".gz", ".png", ".p7s", ".log" }, parts);
    }

    // The engine with the shipped policy, without a gateway around it: for whoever changes a rule.
    [Fact]
    public void The_engine_lets_all_but_two_at_most_pass()
    {
        Need.Program("pdftotext");
        using var room = new EngineRoom();
        var stopped = new List<string>();
        foreach (var one in s_cases)
        {
            var history = new EngineRoom.Met(one.Before);
            var recent = new RecentMail();
            foreach (var mail in one.Messages)
            {
                var decision = room.Decide(mail, history, recent);
                if (decision.Verdicts.FirstOrDefault(v => v.Action != PolicyAction.Deliver) is { } verdict)
                {
                    stopped.Add($"{one.Id}: {verdict.Action} ({string.Join(", ", verdict.Rules)})");
                    break;
                }
            }
        }

        Assert.True(stopped.Count <= RightDoing.Tolerated, string.Join('\n', stopped));
    }
}
