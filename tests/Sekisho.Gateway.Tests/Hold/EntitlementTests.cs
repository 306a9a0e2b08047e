using Sekisho.Gateway.Hold;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Hold;

/// <summary>Law 4: who may decide what.</summary>
public sealed class EntitlementTests
{
    private static readonly EffectiveConfig s_nobodyNamed = new(SekishoConfig.Default with { Domains = ["inside.example"] });

    private static readonly EffectiveConfig s_named = new(SekishoConfig.Default with
    {
        Domains = ["inside.example"],
        Approvers = ["boss@inside.example"],
        Users =
        [
            new UserConfig("admin@inside.example", ["administrator"], PasswordHash: null),
            new UserConfig("deputy@inside.example", ["approver"], PasswordHash: null),
            new UserConfig("me@inside.example", ["approver", "administrator"], PasswordHash: null),
        ],
    });

    [Theory]
    [InlineData(PolicyAction.Hold, DecisionKind.Release, "me@inside.example", true)]
    [InlineData(PolicyAction.Hold, DecisionKind.Release, "ME@Inside.Example", true)]
    [InlineData(PolicyAction.Hold, DecisionKind.ReleaseIndividually, "me@inside.example", true)]
    [InlineData(PolicyAction.Hold, DecisionKind.Cancel, "me@inside.example", true)]
    [InlineData(PolicyAction.Hold, DecisionKind.Release, "admin@inside.example", true)]
    [InlineData(PolicyAction.Hold, DecisionKind.Release, "deputy@inside.example", false)]
    [InlineData(PolicyAction.Hold, DecisionKind.Release, "stranger@elsewhere.example", false)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, "boss@inside.example", true)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, "deputy@inside.example", true)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, "admin@inside.example", true)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, Entitlement.LocalAdministrator, true)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, "me@inside.example", false)]
    [InlineData(PolicyAction.Approve, DecisionKind.Reject, "me@inside.example", false)]
    [InlineData(PolicyAction.Approve, DecisionKind.Cancel, "me@inside.example", true)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, "colleague@inside.example", false)]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, "timer", false)]
    [InlineData(PolicyAction.Refuse, DecisionKind.Cancel, "me@inside.example", true)]
    [InlineData(PolicyAction.Refuse, DecisionKind.Cancel, "boss@inside.example", false)]
    [InlineData(PolicyAction.Hold, DecisionKind.TimerRelease, "timer", true)]
    [InlineData(PolicyAction.Hold, DecisionKind.TimerRelease, "me@inside.example", false)]
    public void With_people_named(PolicyAction action, DecisionKind kind, string by, bool entitled)
        => Assert.Equal(entitled, Entitlement.Objection(s_named, Held(action), submitter: null, by, kind) is null);

    [Theory]
    [InlineData("colleague@inside.example", true)]
    [InlineData("me@inside.example", false)]
    [InlineData("someone@outside.example", false)]
    [InlineData("nonsense", false)]
    public void With_nobody_named_any_colleague_but_the_sender_approves(string by, bool entitled)
        => Assert.Equal(entitled, Entitlement.Objection(s_nobodyNamed, Held(PolicyAction.Approve), submitter: null, by, DecisionKind.Approve) is null);

    [Fact]
    public void Whoever_handed_the_mail_in_under_another_name_does_not_approve_it_either()
        => Assert.NotNull(Entitlement.Objection(s_nobodyNamed, Held(PolicyAction.Approve), submitter: "writer@inside.example", "writer@inside.example", DecisionKind.Approve));

    [Fact]
    public void A_rule_that_names_its_approvers_is_not_decided_by_others()
    {
        var held = Held(PolicyAction.Approve) with { Approvers = ["legal@inside.example"] };
        Assert.Null(Entitlement.Objection(s_named, held, null, "legal@inside.example", DecisionKind.Approve));
        Assert.NotNull(Entitlement.Objection(s_named, held, null, "boss@inside.example", DecisionKind.Approve));
    }

    private static HeldDelivery Held(PolicyAction action) => new()
    {
        Id = 1,
        Submission = "0",
        Sender = "me@inside.example",
        Subject = "x",
        Recipients = ["a@a.example"],
        Action = action,
        Rules = [],
        Since = DateTimeOffset.UnixEpoch,
        Approvers = [],
        DecisionDigest = "d",
        MessageDigest = "m",
        Findings = [],
    };
}
