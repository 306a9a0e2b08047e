using Sekisho.Inspection;

namespace Sekisho.Policy.Tests;

/// <summary>Each condition alone and in company. The rule under test is always named <c>mine</c>.</summary>
public sealed class ConditionTests
{
    private static bool Holds(string when, Mail mail, string then = "refuse")
        => mail.By($"  - {{ name: mine, when: {when}, then: {then} }}").MatchedRules.Contains("mine");

    [Theory]
    [InlineData("{ finding: visible-recipients }", true)]
    [InlineData("{ finding: [duplicate-send, visible-recipients] }", true)]
    [InlineData("{ finding: duplicate-send }", false)]
    [InlineData("{ finding: visible-recipients, groups: 3 }", true)]
    [InlineData("{ finding: visible-recipients, groups: \"= 3\" }", true)]
    [InlineData("{ finding: visible-recipients, groups: 4 }", false)]
    [InlineData("{ finding: visible-recipients, groups: \"2..3\" }", true)]
    [InlineData("{ finding: visible-recipients, groups: \"4..9\" }", false)]
    [InlineData("{ finding: visible-recipients, groups: \"> 3\" }", false)]
    [InlineData("{ finding: visible-recipients, groups: \"< 4\" }", true)]
    [InlineData("{ finding: visible-recipients, groups: \"<= 2\" }", false)]
    [InlineData("{ finding: visible-recipients, organisations: 0 }", true)]
    [InlineData("{ finding: visible-recipients, groups: \">= 3\", addresses: \">= 8\" }", false)]
    [InlineData("{ finding: visible-recipients, severity: \">= high\" }", true)]
    [InlineData("{ finding: visible-recipients, severity: critical }", false)]
    [InlineData("{ finding: visible-recipients, severity: \"low..high\" }", true)]
    [InlineData("{ finding: visible-recipients, persons: \">= 7\" }", true)]
    [InlineData("{ finding: visible-recipients, persons: \">= 8\" }", false)]
    public void Properties_of_the_finding(string when, bool expected)
        => Assert.Equal(expected, Holds(when, Mail.To("a@one.example").With("visible-recipients", Severity.High, null, 7, ("groups", 3), ("addresses", 7))));

    [Theory]
    [InlineData("{ sender: taro@home.example }", true)]
    [InlineData("{ sender: TARO@Home.Example }", true)]
    [InlineData("{ sender: [\"x@home.example\", \"t*@home.example\"] }", true)]
    [InlineData("{ sender: \"@home.example\" }", true)]
    [InlineData("{ sender: \"@ome.example\" }", false)]
    [InlineData("{ recipient: \"@one.example\" }", true)]
    [InlineData("{ recipient: \"@three.example\" }", false)]
    [InlineData("{ recipients: 2 }", true)]
    [InlineData("{ recipients: \">= 3\" }", false)]
    [InlineData("{ recipient: \"@one.example\", sender: \"@other.example\" }", false)]
    public void Properties_of_the_envelope(string when, bool expected)
        => Assert.Equal(expected, Holds(when, Mail.To("a@one.example", "b@two.example").Inside("c@home.example")));

    [Fact]
    public void A_rule_about_recipients_touches_only_those()
    {
        var decision = Mail.To("a@one.example", "b@rival.example").By("  - { name: mine, when: { recipient: \"@rival.example\" }, then: approve }");

        Assert.Equal([PolicyAction.Deliver, PolicyAction.Approve], decision.Verdicts.Select(v => v.Action));
        Assert.Equal(["mine"], decision.Verdicts[1].Rules);
    }

    [Fact]
    public void A_rule_about_a_finding_touches_only_the_recipients_it_concerns()
    {
        var decision = Mail.To("a@one.example", "b@two.example", "c@three.example")
            .With("duplicate-send", Severity.High, ["b@two.example", "c@three.example"], null, ("recipients", 2))
            .By("  - { name: mine, when: { finding: duplicate-send, recipient: \"@two.example\" }, then: refuse }");

        Assert.Equal([PolicyAction.Deliver, PolicyAction.Refuse, PolicyAction.Hold], decision.Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void A_finding_that_names_nobody_concerns_every_outside_recipient()
        => Assert.All(Mail.To("a@one.example", "b@two.example").With("uninspectable", Severity.Low, []).By(PolicySet.Shipped).Verdicts, v => Assert.Equal(PolicyAction.Hold, v.Action));

    [Fact]
    public void Recipients_a_finding_names_as_they_were_written_are_found_too()
        => Assert.Equal(PolicyAction.Hold, Mail.To("Hanako@ONE.example").With("uninspectable", Severity.Low, ["Hanako@ONE.example"]).By(PolicySet.Shipped).Verdicts[0].Action);

    [Fact]
    public void The_measure_called_recipients_wins_over_the_envelope_where_the_finding_has_one()
    {
        var mail = Mail.To("a@one.example", "b@two.example").With("duplicate-send", ("recipients", 1));

        Assert.True(Holds("{ finding: duplicate-send, recipients: 1 }", mail));
        Assert.False(Holds("{ finding: duplicate-send, recipients: 2 }", mail));
    }

    [Theory]
    [InlineData("list-mine", true)]
    [InlineData("list-yours", false)]
    public void Words_of_the_rules_own_list(string measure, bool expected)
        => Assert.Equal(expected, Holds("{ keyword: [secret] }", Mail.To("a@one.example").With("keyword", (measure, 1))));

    [Fact]
    public void Words_reach_the_inspectors_under_the_rules_name()
    {
        var settings = Policies.Of("""
              - { name: secret, when: { keyword: [社外秘, confidential], in: subject }, then: hold }
              - { name: free, when: { finding: visible-recipients }, unless: { keyword: "[public]" }, then: hold }
              - { name: off, when: { keyword: nothing }, then: hold, enabled: false }
            """).Settings.Keywords;

        Assert.Equal(["secret", "unless:free"], settings.Select(k => k.Name));
        Assert.Equal(["社外秘", "confidential"], settings[0].Words);
        Assert.Equal((true, false), (settings[0].InSubject, settings[0].InBody));
        Assert.Equal((true, true), (settings[1].InSubject, settings[1].InBody));
    }

    [Fact]
    public void A_word_beside_a_finding_must_stand_too()
    {
        const string When = "{ finding: addresses-in-body, keyword: list }";

        Assert.False(Holds(When, Mail.To("a@one.example").With("addresses-in-body", ("addresses", 1))));
        Assert.True(Holds(When, Mail.To("a@one.example").With("addresses-in-body", ("addresses", 1)).With("keyword", ("list-mine", 1))));
    }

    [Theory]
    [InlineData("{ sender: taro@home.example }", false)]
    [InlineData("{ sender: jiro@home.example }", true)]
    [InlineData("{ recipients: \">= 2\" }", false)]
    [InlineData("{ finding: recalled-message }", true)]
    [InlineData("{ finding: duplicate-send }", false)]
    [InlineData("{ groups: \"< 5\" }", false)]
    [InlineData("{ groups: \">= 5\" }", true)]
    [InlineData("{ groups: \"< 5\", sender: jiro@home.example }", true)]
    public void Unless_takes_the_rule_back_when_all_of_it_holds(string unless, bool expected)
    {
        var decision = Mail.To("a@one.example", "b@two.example").With("visible-recipients", ("groups", 3)).With("duplicate-send")
            .By($"  - {{ name: mine, when: {{ finding: visible-recipients }}, unless: {unless}, then: refuse }}");

        Assert.Equal(expected, decision.MatchedRules.Contains("mine"));
    }

    [Fact]
    public void Unless_a_recipient_spares_that_one_alone()
    {
        var decision = Mail.To("a@one.example", "b@partner.example").With("list-posting").By("  - { name: list-posting, unless: { recipient: \"@partner.example\" } }");

        Assert.Equal([PolicyAction.Approve, PolicyAction.Deliver], decision.Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void Colleagues_get_the_mail_at_once_whatever_waits_for_outside()
    {
        var mail = Mail.To("a@one.example").Inside("b@home.example").With("visible-recipients", ("groups", 3));

        Assert.Equal([PolicyAction.Hold, PolicyAction.Deliver], mail.By(PolicySet.Shipped).Verdicts.Select(v => v.Action));
        Assert.Equal([PolicyAction.Hold, PolicyAction.Hold], mail.By("  - { name: strangers-few, inside: true }").Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void A_list_inside_that_a_finding_names_is_stopped_and_colleagues_beside_it_are_not()
    {
        var decision = new Mail().Inside("all@home.example", "b@home.example").With("list-posting", Severity.High, ["all@home.example"]).By(PolicySet.Shipped);

        Assert.Equal([PolicyAction.Approve, PolicyAction.Deliver], decision.Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void Mail_to_colleagues_only_is_delivered_whatever_was_found()
    {
        var decision = new Mail().Inside("b@home.example").With("header-injection", Severity.Critical, [], null, ("breaks", 1)).By("  - { name: broken-header, then: refuse }");

        Assert.Equal(PolicyAction.Deliver, Assert.Single(decision.Verdicts).Action);
        Assert.False(decision.TellSender);
        Assert.Empty(decision.MatchedRules);
    }

    [Fact]
    public void The_null_sender_fits_only_patterns_that_mean_it()
    {
        var bounce = new Mail { From = "" }.Outside("a@one.example");

        Assert.True(Holds("{ sender: \"<>\" }", bounce));
        Assert.True(Holds("{ sender: \"*\" }", bounce));
        Assert.False(Holds("{ sender: \"@home.example\" }", bounce));
        Assert.False(Holds("{ sender: \"<>\" }", Mail.To("a@one.example")));
    }
}
