using Microsoft.Extensions.DependencyInjection;
using Sekisho.Incidents;
using Sekisho.Pages.Rehearse;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Charts;

/// <summary>Cases re-enacted for people to watch: the real engine stops them, and nothing is sent.</summary>
public sealed class RehearsalTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);

    private static async Task<Rehearsed> PlayAsync(ConsoleRig rig, string id, int reading = 0)
    {
        var state = await rig.Services.GetRequiredService<RehearsalRoom>().AskAsync(Catalogue.Embedded.Find(id)!, reading, s_long, CancellationToken.None);
        Assert.False(state.Failed);
        return state.Result!;
    }

    [Theory]
    [InlineData("2006-03-06-gonzo-rosso", "visible-recipients", PolicyAction.Individual)]
    [InlineData("2005-05-26-polytech-gunma", "personal-data", PolicyAction.Hold)]
    [InlineData("2006-01-23-the-r", "greeting-mismatch", PolicyAction.Hold)]
    [InlineData("2006-04-28-chubu-electric-internal", "internal-only", PolicyAction.Hold)]
    public async Task The_rule_that_stops_it_is_the_one_that_is_seen_to_stop_it(string id, string rule, PolicyAction atLeast)
    {
        await using var rig = await ConsoleRig.StartAsync();
        var played = await PlayAsync(rig, id);
        Assert.Equal(0, played.Exposed);
        Assert.Equal(0, played.Forbidden);
        Assert.True(played.ExposedWithout > 0);
        Assert.Contains(rule, played.Rules.Keys);
        Assert.Contains(played.Findings, f => f.Rule == rule);
        Assert.True(played.Actions.Keys.Max() >= atLeast);
        Assert.Empty(Directory.Exists(rig.Outbox) ? Directory.GetFiles(rig.Outbox) : []);
        Assert.Equal(0, (await rig.Store.CountsAsync(CancellationToken.None)).Submissions);
    }

    [Fact]
    public async Task Every_case_is_seen_to_be_stopped_by_its_rule_with_nobody_exposed()
    {
        await using var rig = await ConsoleRig.StartAsync();
        foreach (var incident in Catalogue.Embedded.Incidents)
        {
            var played = await PlayAsync(rig, incident.Id);
            Assert.True(played is { Exposed: 0, Forbidden: 0, Complete: true, ExposedWithout: > 0 }, $"{incident.Id}: exposed {played.Exposed}, forbidden {played.Forbidden}, without {played.ExposedWithout}");
            var rules = StoppingRules.RuleThatStops(incident).Rules;
            Assert.True(rules.Any(played.Rules.ContainsKey) || (rules[0] == StoppingRule.DeliverySeal && played.Sealed > 0), incident.Id);
        }
    }

    [Fact]
    public async Task Individual_copies_are_those_the_delivery_would_make()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var played = await PlayAsync(rig, "2006-03-06-gonzo-rosso");
        Assert.Equal(26, played.Mail.Envelope);
        Assert.Equal(26, played.Mail.Fields.Single(f => f.Name == "To").Count);
        Assert.Equal(20, played.Mail.Fields.Single(f => f.Name == "To").First.Count);
        Assert.Equal(26, played.Copies);
        Assert.Equal(26, played.ExposedWithout);
        Assert.Equal((1, played.Mail.EnvelopeFirst[0]), (played.Copy!.Fields.Single(f => f.Name == "To").Count, played.Copy.Recipient));
    }

    [Fact]
    public async Task A_faulty_carrier_is_stopped_by_the_seal()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var played = await PlayAsync(rig, "2007-01-16-hokuden-it");
        Assert.Equal(24_000, played.Messages);
        Assert.Equal(Rehearsal.MaxMessages, played.Looked);
        Assert.True(played.Sealed >= Rehearsal.MaxMessages);
        Assert.Equal(0, played.Exposed);
        Assert.Equal(0, played.Copies);
        var (english, _) = await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue/2007-01-16-hokuden-it/watch");
        Assert.Contains("The first 24 are looked at here; the others are like them. One of them:", english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_policy_that_lets_it_pass_the_page_says_so()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\npolicy:\n  - name: strangers-many\n    then: deliver\n", s => s.AddSingleton<IMailIndex>(new FakeIndex()));
        var played = await PlayAsync(rig, "2006-03-06-gonzo-rosso");
        Assert.Equal(26, played.Exposed);
        var (english, _) = await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue/2006-03-06-gonzo-rosso/watch");
        Assert.Contains("Exposed: 26", english.Text, StringComparison.Ordinal);
        Assert.Contains("With the policy in force here this would get out", english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_it_step_by_step_in_both_languages()
    {
        await using var rig = await ConsoleRig.StartAsync(services: s => s.AddSingleton<IMailIndex>(new FakeIndex()));
        await PlayAsync(rig, "2006-03-06-gonzo-rosso");
        var (english, japanese) = await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue/2006-03-06-gonzo-rosso/watch");
        Assert.Equal(5, english.Document.QuerySelectorAll("ol.steps > li").Length);
        Assert.Contains("Exposed: 0", english.Text, StringComparison.Ordinal);
        Assert.Contains("漏れた人：0", japanese.Text, StringComparison.Ordinal);
        Assert.Contains("and 6 more", english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_kept_until_the_policy_changes()
    {
        await using var rig = await ConsoleRig.StartAsync();
        Assert.Same(await PlayAsync(rig, "2006-03-06-gonzo-rosso"), await PlayAsync(rig, "2006-03-06-gonzo-rosso"));
        Assert.NotSame(await PlayAsync(rig, "2006-03-06-gonzo-rosso"), await PlayAsync(rig, "2006-03-06-gonzo-rosso", reading: 1));
    }

    [Fact]
    public async Task Who_asks_while_it_runs_is_told_how_far_it_is()
    {
        await using var rig = await ConsoleRig.StartAsync(services: s => s.AddSingleton<IMailIndex>(new FakeIndex()));
        var room = rig.Services.GetRequiredService<RehearsalRoom>();
        var large = Catalogue.Embedded.Find("2006-06-12-sega-toys")!;
        var state = await room.AskAsync(large, 0, TimeSpan.Zero, CancellationToken.None);
        Assert.Null(state.Result);
        Assert.InRange(state.Done, 0, 1);
        var heavy = Catalogue.Embedded.Find("2005-10-07-kaigai-kaihatsu-center")!;
        var answers = new List<RehearsalState>();
        for (var reading = 0; reading < Reenactment.For(heavy).Variants.Count; reading++)
        {
            answers.Add(await room.AskAsync(heavy, reading, TimeSpan.Zero, CancellationToken.None));
        }

        answers.Add(await room.AskAsync(Catalogue.Embedded.Find("2005-05-18-maruzen")!, 0, TimeSpan.Zero, CancellationToken.None));
        Assert.Contains(answers, a => a.Busy);
        var (english, _) = await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue/2005-05-26-polytech-gunma/watch");
        Assert.Single(english.Document.QuerySelectorAll("progress[aria-label]"));
        Assert.Empty(english.Document.QuerySelectorAll("ol.steps"));
    }
}
