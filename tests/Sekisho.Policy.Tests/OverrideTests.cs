using Sekisho.Inspection;

namespace Sekisho.Policy.Tests;

public sealed class OverrideTests
{
    private static PolicyRule Rule(string name, string rules) => Policies.Of(rules).Rules.Single(r => r.Name == name);

    [Fact]
    public void An_override_changes_what_it_gives_and_keeps_the_rest()
    {
        var shipped = PolicySet.Shipped.Rules.Single(r => r.Name == "strangers-many");
        var rule = Rule("strangers-many", "  - { name: strangers-many, then: hold, release-after: 10m }");

        Assert.Equal((PolicyAction.Hold, TimeSpan.FromMinutes(10)), (rule.Then, rule.ReleaseAfter));
        Assert.Equal(shipped.When, rule.When);
        Assert.Equal(shipped.Note, rule.Note);
        Assert.Equal(shipped.TellSender, rule.TellSender);
    }

    [Fact]
    public void An_override_stands_in_the_shipped_rules_place_and_new_rules_come_after()
    {
        var names = Policies.Of("  - { name: mine, when: { recipient: '*' }, then: deliver }\n  - { name: strangers-few, then: approve }").Rules.Select(r => r.Name);

        Assert.Equal(PolicySet.Shipped.Rules.Select(r => r.Name).Append("mine"), names);
    }

    [Fact]
    public void What_the_new_action_has_no_use_for_is_dropped()
    {
        var staged = Rule("address-staged", "  - { name: address-staged, then: hold }");
        var twice = Rule("sent-twice", "  - { name: sent-twice, then: deliver }");

        Assert.Equal(TimeSpan.Zero, staged.Wait);
        Assert.False(twice.StopRun);
    }

    [Fact]
    public void A_rule_switched_off_lets_its_finding_pass_however_grave()
    {
        var mail = Mail.To("a@one.example").With("header-injection", Severity.Critical, null, null, ("breaks", 1));

        Assert.Equal(PolicyAction.Hold, mail.By(PolicySet.Shipped).Verdicts[0].Action);
        Assert.Equal(PolicyAction.Deliver, mail.By("  - { name: broken-header, enabled: false }").Verdicts[0].Action);
    }

    [Fact]
    public void Telling_nobody_is_quiet()
    {
        var mail = Mail.To("a@one.example").With("visible-recipients", ("groups", 3));

        Assert.False(mail.By("  - { name: strangers-few, tell: nobody }").TellSender);
        Assert.True(Mail.To("a@one.example").By("  - { name: mine, when: { recipient: '*' }, then: deliver, tell: sender }").TellSender);
    }

    [Fact]
    public void Any_change_of_a_rule_changes_the_version_and_comments_do_not()
    {
        string[] variants =
        [
            "",
            "policy:\n  - { name: strangers-few, then: approve }",
            "policy:\n  - { name: strangers-few, enabled: false }",
            "policy:\n  - { name: strangers-few, tell: nobody }",
            "policy:\n  - { name: strangers-few, inside: true }",
            "policy:\n  - { name: strangers-few, release-after: 5m }",
            "policy:\n  - { name: strangers-few, when: { finding: visible-recipients, groups: '2..8' } }",
            "policy:\n  - { name: strangers-few, unless: { sender: boss@home.example } }",
            "policy:\n  - { name: strangers-few, note: other }",
            "undo: 1s",
            "organization: { mass-mailers: { from: 51 } }",
            "organization: { mass-mailers: { allowed: ['@home.example'] } }",
            "organization: { lists: { news@home.example: [editor@home.example] } }",
            "organization: { approvers: [boss@home.example] }",
        ];
        var versions = variants.Select(v => Policies.Config(v).Policy.Version).ToList();

        Assert.Equal(variants.Length, versions.Distinct().Count());
        Assert.Equal(versions[0], PolicySet.Shipped.Version);
        Assert.Equal(versions[1], Policies.Config("# why\npolicy:\n  - name: strangers-few   # because\n    then: approve\n").Policy.Version);
    }

    [Fact]
    public void Lists_and_mass_mailers_reach_the_inspectors()
    {
        var settings = Policies.Config("""
            organization:
              mass-mailers: { from: 20, allowed: [News@Home.Example, "@shop.home.example"] }
              lists:
                all@home.example: [editor@home.example, "@office.home.example"]
                closed@home.example: []
            """).Policy.Settings;

        Assert.Equal(20, settings.MassMailFrom);
        Assert.Equal(["news@home.example", "@shop.home.example"], settings.MassMailers);
        Assert.Equal(["editor@home.example", "@office.home.example"], settings.Lists["all@home.example"]);
        Assert.Empty(settings.Lists["closed@home.example"]);
    }

    [Fact]
    public void Any_policy_written_out_reads_back_to_itself()
    {
        var random = new Random(20260101);
        for (var i = 0; i < 300; i++)
        {
            var policy = Policies.Config(RandomRules.Write(random)).Policy;
            var again = PolicySet.FromCanonicalText(policy.CanonicalText);

            Assert.Equal(policy.CanonicalText, again.CanonicalText);
            Assert.Equal(policy.Version, again.Version);
            Assert.Equal(policy.Settings.Keywords.SelectMany(k => k.Words), again.Settings.Keywords.SelectMany(k => k.Words));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("policy:\n  - { name: x }")]
    [InlineData("policy: [")]
    public void What_is_no_canonical_text_is_refused(string text) => Assert.Throws<FormatException>(() => PolicySet.FromCanonicalText(text));
}
