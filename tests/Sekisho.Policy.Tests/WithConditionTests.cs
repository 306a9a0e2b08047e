using Sekisho.Inspection;

namespace Sekisho.Policy.Tests;

/// <summary>Two findings about one recipient.</summary>
public sealed class WithConditionTests
{
    private const string Rules = "  - { name: both, when: { finding: personal-data, with: { finding: first-time-recipient, recipients: \">= 1\" } }, then: refuse }";

    private static Mail Sent => Mail.To("a@one.example", "b@two.example").With("personal-data", Severity.Info, ["a@one.example", "b@two.example"], 1);

    [Fact]
    public void It_holds_for_the_recipients_whom_both_findings_concern()
    {
        var decision = Sent.With("first-time-recipient", Severity.Info, ["b@two.example"], measures: [("recipients", 1)]).By(Rules);

        Assert.Equal([PolicyAction.Deliver, PolicyAction.Refuse], decision.Verdicts.Select(v => v.Action));
        Assert.Equal(["personal-data"], decision.Verdicts[1].Rules);
    }

    [Fact]
    public void Without_the_other_finding_or_with_other_numbers_it_does_not()
    {
        Assert.All(Sent.By(Rules).Verdicts, v => Assert.Equal(PolicyAction.Deliver, v.Action));
        Assert.All(Sent.With("first-time-recipient", ("silent-days", 500)).By(Rules).Verdicts, v => Assert.Equal(PolicyAction.Deliver, v.Action));
        Assert.All(Mail.To("a@one.example").With("first-time-recipient", ("recipients", 1)).By(Rules).Verdicts, v => Assert.Equal(PolicyAction.Deliver, v.Action));
    }

    [Fact]
    public void A_name_alone_and_a_list_of_names_ask_for_no_numbers()
    {
        const string Any = "  - { name: both, when: { recipient: \"*\", with: [greeting-mismatch, first-time-recipient] }, then: refuse }";

        Assert.Equal([PolicyAction.Refuse, PolicyAction.Deliver], Sent.With("first-time-recipient", Severity.Info, ["a@one.example"]).By(Any).Verdicts.Select(v => v.Action));
        Assert.Equal(PolicyAction.Deliver, Sent.By(Any.Replace("[greeting-mismatch, first-time-recipient]", "first-time-recipient")).Verdicts[0].Action);
    }

    [Fact]
    public void As_an_exception_it_spares_those_recipients()
    {
        const string But = "  - { name: both, when: { finding: uninspectable }, unless: { with: first-time-recipient }, then: refuse }";
        var decision = Mail.To("a@one.example", "b@two.example").With("uninspectable", ("limit", 1)).With("first-time-recipient", Severity.Info, ["b@two.example"]).By(But);

        Assert.Equal([PolicyAction.Refuse, PolicyAction.Hold], decision.Verdicts.Select(v => v.Action));
    }

    [Theory]
    [InlineData("with: first-time-recipent", "no inspector is named 'first-time-recipent'; did you mean 'first-time-recipient'?")]
    [InlineData("with: { recipients: 1 }", "when.with names no finding; expected 'finding: …'")]
    [InlineData("with: { finding: first-time-recipient, sender: '*' }", "unknown key 'sender' in 'when.with'")]
    [InlineData("with: { finding: first-time-recipient, recipients: many }", "when.with.recipients is 'many'; expected a comparison")]
    [InlineData("with: []", "with is empty")]
    public void What_is_wrong_is_said(string condition, string error)
        => Assert.Contains(Policies.Errors($"policy:\n  - {{ name: x, when: {{ finding: personal-data, {condition} }}, then: hold }}"), e => e.Contains(error, StringComparison.Ordinal));

    [Fact]
    public void The_canonical_text_keeps_it()
    {
        var policy = Policies.Of(Rules);

        Assert.Equal(policy.CanonicalText, PolicySet.FromCanonicalText(policy.CanonicalText).CanonicalText);
        Assert.NotEqual(PolicySet.Shipped.Version, policy.Version);
    }
}
