namespace Sekisho.Policy.Tests;

/// <summary>Who approves, how many of them, by when, and what happens then.</summary>
public sealed class ApprovalTests
{
    private static readonly PeopleDirectory s_people = new(
    [
        new("taro@home.example", "", "", "boss@home.example", []),
        new("boss@home.example", "", "", "top@home.example", ["legal"]),
        new("top@home.example", "", "", null, ["legal"]),
        new("round@home.example", "", "", "trip@home.example", []),
    ]);

    private static Verdict Of(string rules, string from = "taro@home.example", string organization = "", PeopleDirectory? people = null)
    {
        var set = PolicySet.FromCanonicalText($"organization: {{ {organization} }}\nundo: 0s\npolicy:\n{rules}");
        return new Mail { From = from }.Outside("a@one.example").By(set, people ?? s_people).Verdicts[0];
    }

    private static string Rule(string name, string more) => $"  - {{ name: {name}, when: {{ recipient: '*' }}, then: approve, {more} }}\n";

    [Theory]
    [InlineData("[superior]", "taro@home.example", "boss@home.example")]
    [InlineData("['group:legal', superior]", "taro@home.example", "boss@home.example top@home.example")]
    [InlineData("['group:LEGAL']", "stranger@home.example", "boss@home.example top@home.example")]
    [InlineData("[superior, extra@home.example]", "top@home.example", "extra@home.example")]
    [InlineData("[superior]", "top@home.example", "office@home.example")]
    [InlineData("[superior]", "stranger@home.example", "office@home.example")]
    [InlineData("['group:nobody']", "taro@home.example", "office@home.example")]
    public void Superior_and_group_are_people_and_never_nobody(string approvers, string from, string expected)
        => Assert.Equal(expected, string.Join(' ', Of(Rule("r", $"approvers: {approvers}"), from, "approvers: [office@home.example]").Approvers));

    [Fact]
    public void The_organisations_approvers_can_be_a_superior_too()
        => Assert.Equal(["boss@home.example"], Of("  - { name: r, when: { recipient: '*' }, then: approve }\n", organization: "approvers: [superior]").Approvers);

    [Fact]
    public void A_superior_who_wrote_it_himself_is_passed_over()
    {
        var names = ApproverNames.Resolve([ApproverNames.Superior, "other@home.example"], s_people, ["taro@home.example", "Boss@home.example"]);
        Assert.Equal(["other@home.example"], names);
    }

    [Fact]
    public void Conditions_come_from_the_rule_and_what_it_leaves_open_from_the_organisation()
    {
        const string organization = "approvals: 2, deadline: 1d, at-deadline: escalate, escalate-to: [superior]";
        Assert.Equal(new ApprovalConditions(2, TimeSpan.FromDays(1), DeadlineAction.Escalate, ["boss@home.example"]), Of(Rule("r", "inside: false"), organization: organization).Approval);
        Assert.Equal(new ApprovalConditions(3, TimeSpan.FromHours(1), DeadlineAction.Return, ["boss@home.example"]),
            Of(Rule("r", "approvals: 3, deadline: 1h, at-deadline: return"), organization: organization).Approval);
        Assert.Equal(ApprovalConditions.One, Of(Rule("r", "inside: false")).Approval);
    }

    [Theory]
    [InlineData("approvals: 2", "approvals: 3", 3, null, DeadlineAction.Wait)]
    [InlineData("deadline: 2d, at-deadline: return", "deadline: 1d, at-deadline: escalate", 1, 24, DeadlineAction.Escalate)]
    [InlineData("deadline: 1h", "deadline: 1d, at-deadline: return", 1, 24, DeadlineAction.Return)]
    [InlineData("deadline: 2h", "deadline: 1h", 1, 1, DeadlineAction.Wait)]
    [InlineData("deadline: 2h, at-deadline: escalate", "deadline: 2h, at-deadline: return", 1, 2, DeadlineAction.Return)]
    [InlineData("approvals: 2", "deadline: 2h, at-deadline: return", 2, 2, DeadlineAction.Return)]
    public void Several_rules_ask_for_the_most_and_the_earliest_in_either_order(string one, string two, int needed, int? hours, DeadlineAction then)
    {
        foreach (var rules in new[] { Rule("a", one) + Rule("b", two), Rule("b", two) + Rule("a", one) })
        {
            Assert.Equal(new ApprovalConditions(needed, hours is { } h ? TimeSpan.FromHours(h) : null, then, []), Of(rules).Approval);
        }
    }

    [Fact]
    public void What_is_stored_reads_back_to_the_same_rules_without_a_directory()
    {
        var config = Policies.Config("""
            organization: { approvers: [a@home.example, b@home.example], approvals: 2, deadline: 36h, at-deadline: escalate, escalate-to: [c@home.example] }
            policy:
              - { name: r, when: { recipient: '*' }, then: approve, approvers: [d@home.example], approvals: 1, deadline: 90m, at-deadline: return }
            """);
        var text = config.Policy.CanonicalText.Replace("\"d@home.example\"", "\"superior\"", StringComparison.Ordinal);
        var again = PolicySet.FromCanonicalText(text);
        Assert.Equal(text, again.CanonicalText);
        Assert.Equal(config.Policy.DefaultApproval with { EscalateTo = null }, again.DefaultApproval with { EscalateTo = null });
        Assert.NotEqual(config.Policy.Version, Policies.Config("").Policy.Version);
    }

    [Theory]
    [InlineData("approvals: 0", "expected a whole number from 1 to 10")]
    [InlineData("approvals: 2, approvers: [a@home.example]", "asks for more approvers than are named (1)")]
    [InlineData("at-deadline: return", "without a deadline never happens")]
    [InlineData("at-deadline: release, deadline: 1h", "expected wait, escalate or return")]
    [InlineData("escalate-to: [a@home.example]", "has no meaning without 'at-deadline: escalate'")]
    [InlineData("deadline: 1s", "expected 1m to 90d")]
    [InlineData("approvers: ['group:']", "expected group: and the name of a group")]
    [InlineData("approvers: [boss]", "expected an address like name@example.com")]
    public void What_does_not_fit_is_told(string more, string error)
        => Assert.Contains(Policies.Errors("policy:\n" + Rule("r", more)), e => e.Contains(error, StringComparison.Ordinal));

    [Fact]
    public void Conditions_go_with_approval_only()
        => Assert.All(new[] { "approvals: 2", "deadline: 1h", "at-deadline: wait", "escalate-to: [a@home.example]" }, more => Assert.Contains(
            Policies.Errors($"policy:\n  - {{ name: r, when: {{ recipient: '*' }}, then: hold, {more} }}\n"), e => e.Contains("it goes with approve", StringComparison.Ordinal)));
}
