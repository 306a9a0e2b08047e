using Sekisho.Inspection;

namespace Sekisho.Policy.Tests;

public sealed class ShippedPolicyTests
{
    public static TheoryData<string, string, PolicyAction, string?> Table => new()
    {
        { "visible-recipients", "groups=10", PolicyAction.Individual, "strangers-many" },
        { "visible-recipients", "groups=16280", PolicyAction.Individual, "strangers-many" },
        { "visible-recipients", "groups=9", PolicyAction.Hold, "strangers-few" },
        { "visible-recipients", "groups=2", PolicyAction.Hold, "strangers-few" },
        { "calendar-attendees", "groups=2", PolicyAction.Hold, "calendar-strangers" },
        { "calendar-attendees", "groups=30", PolicyAction.Hold, "calendar-strangers" },
        { "addresses-in-body", "addresses=5", PolicyAction.Hold, "address-list-in-body" },
        { "addresses-in-body", "addresses=4,run-addresses=4", PolicyAction.Deliver, null },
        { "addresses-in-body", "addresses=1,staged=1,run-addresses=4", PolicyAction.Deliver, "address-staged" },
        { "addresses-in-body", "addresses=1,staged=1,run-addresses=5", PolicyAction.Hold, "address-run" },
        { "addresses-in-body", "addresses=1,run-addresses=5", PolicyAction.Deliver, null },
        { "addresses-in-body", "quoted=40", PolicyAction.Deliver, null },
        { "addresses-in-subject", "addresses=1", PolicyAction.Hold, "addresses-in-subject" },
        { "header-injection", "breaks=1", PolicyAction.Hold, "broken-header" },
        { "header-injection", "unparsable=1", PolicyAction.Hold, "broken-header" },
        { "header-injection", "repeated=1", PolicyAction.Hold, "broken-header" },
        { "duplicate-send", "recipients=1", PolicyAction.Hold, "sent-twice" },
        { "duplicate-send", "conflicts=1", PolicyAction.Hold, "sent-crosswise" },
        { "duplicate-send", "staged=1", PolicyAction.Deliver, "run-staged" },
        { "list-posting", "", PolicyAction.Approve, "list-posting" },
        { "sender-not-authorised", "", PolicyAction.Approve, "sender-not-authorised" },
        { "recalled-message", "recall=1", PolicyAction.Hold, "recall" },
        { "recalled-message", "correction=1", PolicyAction.Hold, "correction" },
        { "uninspectable", "encrypted=1", PolicyAction.Hold, "uninspectable" },
        { "malware", "infected=1", PolicyAction.Refuse, "malware" },
        { "malware", "unavailable=1", PolicyAction.Hold, "malware-not-scanned" },
        { "lookalike-recipient", "freemail=1", PolicyAction.Deliver, null },
        { "first-time-recipient", "recipients=1", PolicyAction.Deliver, null },
        { "new-in-thread", "mails=6,people=4,new=1,organisations=1,staying=2", PolicyAction.Deliver, null },
        { "keyword", "", PolicyAction.Deliver, null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_line_of_the_shipped_table_holds(string finding, string measures, PolicyAction expected, string? rule)
    {
        var pairs = measures.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(m => m.Split('=')).Select(m => (m[0], long.Parse(m[1]))).ToArray();

        var decision = Mail.To("a@one.example", "b@two.example").With(finding, pairs).By(PolicySet.Shipped);

        Assert.All(decision.Verdicts, v => Assert.Equal(expected, v.Action));
        Assert.All(decision.Verdicts, v => Assert.Equal(expected == PolicyAction.Deliver ? [] : [finding], v.Rules));
        Assert.Equal(rule is null ? 0 : 1, decision.MatchedRules.Count(r => rule is null || r == rule));
        Assert.Equal(expected > PolicyAction.Deliver, decision.TellSender);
        Assert.Equal(PolicySet.Shipped.Version, decision.PolicyVersion);
    }

    [Fact]
    public void Malware_reaches_colleagues_neither()
    {
        var decision = Mail.To("a@one.example").Inside("boss@home.example").With("malware", ("infected", 1)).By(PolicySet.Shipped);
        Assert.All(decision.Verdicts, v => Assert.Equal(PolicyAction.Refuse, v.Action));
    }

    [Fact]
    public void A_run_that_leaks_one_address_a_mail_is_stopped_as_a_whole_and_its_first_mails_wait_for_that()
    {
        var first = Mail.To("a@one.example").With("addresses-in-body", ("addresses", 1), ("staged", 1), ("run-addresses", 1)).By(PolicySet.Shipped).Verdicts[0];
        var fifth = Mail.To("e@five.example").With("addresses-in-body", ("addresses", 1), ("staged", 1), ("run-addresses", 5)).By(PolicySet.Shipped).Verdicts[0];

        Assert.Equal((PolicyAction.Deliver, TimeSpan.FromSeconds(5), false), (first.Action, first.Wait, first.StopRun));
        Assert.Equal((PolicyAction.Hold, TimeSpan.Zero, true), (fifth.Action, fifth.Wait, fifth.StopRun));
    }

    [Theory]
    [InlineData(Severity.High, PolicyAction.Hold)]
    [InlineData(Severity.Low, PolicyAction.Deliver)]
    public void A_look_alike_that_speaks_for_itself_waits_and_a_faint_one_does_not(Severity severity, PolicyAction expected)
        => Assert.Equal(expected, Mail.To("a@one.example").With("lookalike-recipient", severity, measures: [("tld", 1)]).By(PolicySet.Shipped).Verdicts[0].Action);

    [Theory]
    [InlineData(1, PolicyAction.Deliver, PolicyAction.Deliver)]
    [InlineData(2, PolicyAction.Hold, PolicyAction.Deliver)]
    [InlineData(9, PolicyAction.Hold, PolicyAction.Deliver)]
    [InlineData(10, PolicyAction.Approve, PolicyAction.Hold)]
    [InlineData(100, PolicyAction.Approve, PolicyAction.Approve)]
    public void Each_step_of_personal_data_is_one_graver_for_the_first_time(int persons, PolicyAction first, PolicyAction known)
    {
        var decision = Mail.To("new@one.example", "old@two.example").With("personal-data", Severity.Medium, persons: persons)
            .With("first-time-recipient", Severity.Info, ["new@one.example"], measures: [("recipients", 1)]).By(PolicySet.Shipped);

        Assert.Equal([first, known], decision.Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void Personal_data_is_one_step_graver_for_those_who_are_written_to_for_the_first_time_and_for_nobody_else()
    {
        var decision = Mail.To("new@one.example", "old@two.example", "silent@three.example").With("personal-data", Severity.Medium, persons: 12)
            .With("first-time-recipient", Severity.Info, ["new@one.example"], measures: [("recipients", 1)])
            .With("first-time-recipient", Severity.Info, ["silent@three.example"], measures: [("silent-days", 700)]).By(PolicySet.Shipped);

        Assert.Equal([PolicyAction.Approve, PolicyAction.Hold, PolicyAction.Hold], decision.Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void Ordinary_mail_passes_at_once()
    {
        var verdict = Mail.To("a@one.example").By(PolicySet.Shipped).Verdicts[0];

        Assert.Equal((PolicyAction.Deliver, TimeSpan.Zero, false), (verdict.Action, verdict.Wait, verdict.StopRun));
    }

    [Theory]
    [InlineData(Severity.Info, PolicyAction.Deliver)]
    [InlineData(Severity.Medium, PolicyAction.Deliver)]
    [InlineData(Severity.High, PolicyAction.Hold)]
    [InlineData(Severity.Critical, PolicyAction.Hold)]
    public void A_finding_no_rule_names_is_a_note_unless_it_is_grave(Severity severity, PolicyAction expected)
    {
        var decision = Mail.To("a@one.example").With("from-the-future", severity).By(PolicySet.Shipped);

        Assert.Equal(expected, decision.Verdicts[0].Action);
        Assert.Equal(expected == PolicyAction.Hold, decision.TellSender);
        Assert.Equal(expected == PolicyAction.Hold ? ["from-the-future"] : [], decision.Verdicts[0].Rules);
    }

    [Fact]
    public void Every_finding_of_the_inspectors_is_known_to_the_policy()
    {
        var names = typeof(RuleNames).GetFields().Select(f => (string)f.GetRawConstantValue()!);

        Assert.Empty(names.Except(Vocabulary.Findings.Keys));
    }

    [Fact]
    public void The_canonical_text_reads_back_to_the_same_version()
    {
        var again = PolicySet.FromCanonicalText(PolicySet.Shipped.CanonicalText);

        Assert.Equal(PolicySet.Shipped.Version, again.Version);
        Assert.Equal(PolicySet.Shipped.CanonicalText, again.CanonicalText);
        Assert.Matches("^[0-9a-f]{16}$", again.Version);
    }

    [Fact]
    public void The_file_in_the_tree_is_the_one_in_the_program_and_every_rule_says_why_in_a_comment()
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "src/Sekisho.Policy/shipped-policy.yaml"));

        Assert.Equal(text, PolicySet.ShippedText);
        Assert.True(text.Split('\n').Count(l => l.TrimStart().StartsWith('#')) > PolicySet.Shipped.Rules.Count);
    }
}
