using Sekisho.Inspection;

namespace Sekisho.Policy.Tests;

public sealed class GravityTests
{
    private static readonly PolicyAction[] s_actions = Enum.GetValues<PolicyAction>();

    [Fact]
    public void Of_any_two_rules_the_graver_wins_in_either_order()
    {
        foreach (var first in s_actions)
        {
            foreach (var second in s_actions)
            {
                var verdict = Mail.To("a@one.example").By($"""
                      - {"{"} name: one, when: {"{"} recipient: "*" {"}"}, then: {first.ToString().ToLowerInvariant()} {"}"}
                      - {"{"} name: two, when: {"{"} recipient: "@one.example" {"}"}, then: {second.ToString().ToLowerInvariant()} {"}"}
                    """).Verdicts[0];

                Assert.Equal(first > second ? first : second, verdict.Action);
                var named = new[] { (Name: "one", Action: first), (Name: "two", Action: second) }.Where(r => r.Action > PolicyAction.Deliver).OrderByDescending(r => r.Action);
                Assert.Equal(named.Select(r => r.Name), verdict.Rules);
            }
        }
    }

    [Fact]
    public void Individual_gives_way_to_a_break_in_the_header()
    {
        var verdict = Mail.To("a@one.example").With("visible-recipients", ("groups", 100)).With("header-injection", ("breaks", 1)).By(PolicySet.Shipped).Verdicts[0];

        Assert.Equal(PolicyAction.Hold, verdict.Action);
        Assert.Equal(["header-injection", "visible-recipients"], verdict.Rules);
    }

    [Theory]
    [InlineData("0s", "5s", 5)]
    [InlineData("30s", "5s", 30)]
    [InlineData("30s", "2m", 120)]
    public void The_longer_of_undo_and_wait_counts(string undo, string wait, int seconds)
    {
        var policy = Policies.Config($"undo: {undo}\npolicy:\n  - {{ name: mine, when: {{ recipient: '*' }}, then: deliver, wait: {wait} }}").Policy;

        var verdicts = Mail.To("a@one.example").Inside("b@home.example").By(policy).Verdicts;

        Assert.Equal([TimeSpan.FromSeconds(seconds), TimeSpan.Zero], verdicts.Select(v => v.Wait));
    }

    [Fact]
    public void Individual_copies_wait_for_undo_and_held_ones_need_not()
    {
        var policy = Policies.Config("undo: 20s").Policy;

        Assert.Equal(TimeSpan.FromSeconds(20), Mail.To("a@one.example").With("visible-recipients", ("groups", 10)).By(policy).Verdicts[0].Wait);
        Assert.Equal(TimeSpan.Zero, Mail.To("a@one.example").With("visible-recipients", ("groups", 9)).By(policy).Verdicts[0].Wait);
    }

    [Theory]
    [InlineData("10m", "1h", 3600)]
    [InlineData("1h", "10m", 3600)]
    [InlineData("10m", null, null)]
    [InlineData(null, "10m", null)]
    [InlineData(null, null, null)]
    public void A_hold_is_released_by_timers_only_when_every_rule_that_holds_has_one(string? one, string? two, int? seconds)
    {
        string Rule(string name, string? timer) => $"  - {{ name: {name}, when: {{ recipient: '*' }}, then: hold{(timer is null ? "" : ", release-after: " + timer)} }}\n";

        var verdict = Mail.To("a@one.example").By(Rule("one", one) + Rule("two", two)).Verdicts[0];

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, verdict.ReleaseAfter);
    }

    [Fact]
    public void A_grave_finding_no_rule_names_takes_the_timer_away()
    {
        var verdict = Mail.To("a@one.example").With("from-the-future", Severity.High).By("  - { name: mine, when: { recipient: '*' }, then: hold, release-after: 1m }").Verdicts[0];

        Assert.Null(verdict.ReleaseAfter);
    }

    [Theory]
    [InlineData("[a@h.example, b@h.example]", "[b@h.example, c@h.example]", "b@h.example")]
    [InlineData("[a@h.example]", "[b@h.example]", "")]
    [InlineData("[a@h.example]", null, "a@h.example")]
    [InlineData(null, "[c@h.example]", "")]
    [InlineData(null, null, "a@h.example boss@h.example")]
    public void Who_approves_satisfies_every_rule_that_asks(string? one, string? two, string expected)
    {
        string Rule(string name, string? approvers) => $"  - {{ name: {name}, when: {{ recipient: '*' }}, then: approve{(approvers is null ? "" : ", approvers: " + approvers)} }}\n";

        var policy = Policies.Config("organization: { approvers: [a@h.example, boss@h.example] }\npolicy:\n" + Rule("one", one) + Rule("two", two)).Policy;

        Assert.Equal(expected, string.Join(' ', Mail.To("a@one.example").By(policy).Verdicts[0].Approvers));
    }

    [Fact]
    public void Many_recipients_cost_one_step_each()
    {
        var recipients = Enumerable.Range(0, 16_280).Select(i => $"user{i}@org{i}.example").ToArray();

        var decision = Mail.To(recipients).With("visible-recipients", ("groups", 16_280)).By(PolicySet.Shipped);

        Assert.Equal(recipients, decision.Verdicts.Select(v => v.Recipient));
        Assert.All(decision.Verdicts, v => Assert.Equal(PolicyAction.Individual, v.Action));
    }

    [Fact]
    public void A_recipient_named_twice_gets_a_verdict_twice()
        => Assert.Equal(["A@one.example", "a@one.example"], Mail.To("A@one.example", "a@one.example").By(PolicySet.Shipped).Verdicts.Select(v => v.Recipient));
}
