using Sekisho.Gateway.Hold;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Hold;

/// <summary>Who may approve, for whom, and when nobody in particular is named.</summary>
public sealed class EntitlementTests
{
    private const string Me = "me@inside.example";
    private const string Boss = "boss@inside.example";
    private const string Deputy = "deputy@inside.example";

    private static DateOnly Today => new EffectiveConfig(SekishoConfig.Default, TimeProvider.System).Today;

    private static HeldDelivery Mail(params string[] approvers) => new()
    {
        Id = 1,
        Submission = "x",
        Sender = Me,
        Subject = "x",
        Recipients = ["a@one.example"],
        Ordinals = [0],
        Action = PolicyAction.Approve,
        Rules = [],
        Since = DateTimeOffset.UnixEpoch,
        Approvers = approvers,
        DecisionDigest = "",
        MessageDigest = "",
        Findings = [],
        Authors = [],
    };

    private static EffectiveConfig House(SekishoConfig? config = null, params Deputy[] deputies)
        => new((config ?? new SekishoConfig()) with { Domains = ["inside.example"] }, TimeProvider.System) { Deputies = deputies };

    private static Deputy Stand(string approver, string substitute, int from = 0, int until = 0, string? by = null) => new(1, approver, substitute, Today.AddDays(from), Today.AddDays(until), by ?? approver);

    private static Standing Approve(EffectiveConfig config, HeldDelivery held, string by, string? standsFor = null) => Entitlement.Judge(config, held, by, DecisionKind.Approve, standsFor);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(-1, 0, true)]
    [InlineData(0, 5, true)]
    [InlineData(-5, -1, false)]
    [InlineData(1, 5, false)]
    public void A_deputy_counts_on_his_days_both_included(int from, int until, bool may)
    {
        var standing = Approve(House(null, Stand(Boss, Deputy, from, until)), Mail(Boss), Deputy);
        Assert.Equal((may, may ? Boss : null), (standing.May, standing.For));
    }

    [Fact]
    public void A_deputys_deputy_is_none()
        => Assert.False(Approve(House(null, Stand(Boss, Deputy), Stand(Deputy, "third@inside.example")), Mail(Boss), "third@inside.example").May);

    [Theory]
    [InlineData(Me, Me)]
    [InlineData(Boss, Me)]
    [InlineData(Boss, "me+home@inside.example")]
    public void One_whom_the_sender_named_or_who_stands_for_the_sender_is_no_deputy_for_his_mail(string approver, string by)
        => Assert.False(Approve(House(null, Stand(approver, Deputy, by: by)), Mail(Boss, Me), Deputy).May);

    [Fact]
    public void Nobody_is_asked_as_deputy_for_his_own_mail_nor_in_place_of_who_sent_it()
    {
        var house = House(null, Stand(Boss, Me), Stand(Me, Deputy, by: "admin@inside.example"), Stand(Boss, Deputy));
        Assert.Equal([Deputy], Entitlement.DeputiesOf(house, Mail(Boss, Me), Boss).Select(d => d.Substitute));
        Assert.Empty(Entitlement.DeputiesOf(house, Mail(Boss, Me), Me));
    }

    [Fact]
    public void Nobody_approves_his_own_mail_in_any_capacity()
    {
        var house = House(new SekishoConfig { Users = [new(Me, ["administrator", "approver"], null)] }, Stand(Boss, Me));
        foreach (var mail in new[] { Mail(Boss, Me), Mail(Boss) with { Sender = "x@inside.example", Submitter = Me }, Mail(Boss) with { Sender = "x@inside.example", Authors = ["other@inside.example", Me] } })
        {
            foreach (var by in new[] { Me, "ME@inside.example", "me+tag@inside.example" })
            {
                Assert.False(Approve(house, mail, by).May);
                Assert.False(Approve(house, mail, by, Boss).May);
                Assert.False(Entitlement.Judge(house, mail, by, DecisionKind.Reject, null).May);
            }

            Assert.True(Approve(house, mail, Boss).May);
        }
    }

    [Fact]
    public void Nobody_stands_in_for_who_wrote_it()
    {
        var house = House(new SekishoConfig { Users = [new("admin@inside.example", ["administrator"], null)] });
        Assert.Contains("own mail", Approve(house, Mail(Boss, Me), "admin@inside.example", Me).Objection!.En, StringComparison.Ordinal);
        Assert.Equal(Boss, Approve(house, Mail(Boss, Me), "admin@inside.example", "Boss@inside.example").For);
        Assert.False(Approve(house, Mail(Boss), "admin@inside.example", "stranger@inside.example").May);
        Assert.False(Approve(house, Mail(Boss), "colleague@inside.example", Boss).May);
    }

    [Fact]
    public void An_administrator_is_recorded_for_the_one_who_is_absent()
    {
        var house = House(new SekishoConfig { Users = [new("admin@inside.example", ["administrator"], null)] });
        Assert.Equal(Boss, Approve(house, Mail(Boss), "admin@inside.example").For);
        Assert.Null(Approve(house, Mail(Boss, "legal@inside.example"), "admin@inside.example").For);
        Assert.Null(Approve(house, Mail(), "admin@inside.example").For);
    }

    [Fact]
    public void Where_all_who_are_named_are_the_sender_the_organisations_approvers_decide_then_the_administrators()
    {
        var people = new PeopleDirectory([new(Me, "", "", Boss, [])]);
        Assert.Equal([Boss], Entitlement.ApproversOf(House(new SekishoConfig { Approvers = [ApproverNames.Superior], People = people }), Mail(Me)));
        var administrators = House(new SekishoConfig { Approvers = [Me], Users = [new("admin@inside.example", ["administrator"], null)] });
        Assert.Equal(["admin@inside.example"], Entitlement.ApproversOf(administrators, Mail(Me)));
        Assert.False(Approve(House(new SekishoConfig { Approvers = [Me] }), Mail(), "colleague@inside.example").May);
    }

    [Fact]
    public void Where_fewer_are_named_than_needed_the_next_circle_counts_too()
    {
        var house = House(new SekishoConfig { Approvers = ["office@inside.example"], Users = [new("admin@inside.example", ["administrator"], null)] });
        var two = Mail(Boss, Me) with { Terms = new ApprovalTerms(2, null, AtDeadline.Wait, []) };
        Assert.Equal([Boss, "office@inside.example"], Entitlement.ApproversOf(house, two));
        Assert.False(Approve(house, Mail(Boss), "office@inside.example").May);
    }

    [Fact]
    public void Whom_it_was_passed_on_to_decides_from_then_on()
    {
        var house = House(new SekishoConfig { Users = [new("admin@inside.example", ["administrator"], null)] });
        var terms = new ApprovalTerms(1, TimeSpan.FromHours(1), AtDeadline.Escalate, ["head@inside.example", Me]);
        Assert.Equal([Boss], Entitlement.ApproversOf(house, Mail(Boss) with { Terms = terms }));
        Assert.Equal([Boss, "head@inside.example"], Entitlement.ApproversOf(house, Mail(Boss) with { Terms = terms, Escalated = true }));
        Assert.Equal([Boss, "admin@inside.example"], Entitlement.ApproversOf(house, Mail(Boss) with { Terms = terms with { EscalateTo = [] }, Escalated = true }));
    }

    [Fact]
    public void In_a_house_that_named_nobody_a_colleague_may_and_an_outsider_never()
    {
        Assert.True(Approve(House(), Mail(), "colleague@inside.example").May);
        Assert.False(Approve(House(), Mail(), "a@one.example").May);
        Assert.False(Approve(House(), Mail(), Me).May);
        Assert.False(Approve(House(), Mail(Boss), "colleague@inside.example").May);
    }

    [Fact]
    public void A_house_that_named_only_the_sender_has_named_somebody_and_no_colleague_takes_his_place()
    {
        Assert.False(Approve(House(), Mail(Me), "colleague@inside.example").May);
        foreach (var role in new[] { "approver", "administrator" })
        {
            Assert.False(Approve(House(new SekishoConfig { Users = [new(Me, [role], null)] }), Mail(), "colleague@inside.example").May, role);
        }

        var passedOn = Mail() with { Terms = new ApprovalTerms(1, null, AtDeadline.Escalate, ["head@inside.example"]), Escalated = true };
        Assert.False(Approve(House(), passedOn, "colleague@inside.example").May);
        Assert.True(Approve(House(), passedOn, "head@inside.example").May);
    }

    [Theory]
    [InlineData(DecisionKind.TimerRelease)]
    [InlineData(DecisionKind.DeadlineReturn)]
    [InlineData(DecisionKind.DeadlineEscalate)]
    public void Time_alone_decides_what_time_decides(DecisionKind kind)
    {
        var house = House(new SekishoConfig { Users = [new("admin@inside.example", ["administrator"], null)] });
        foreach (var by in new[] { Me, Boss, "admin@inside.example", Entitlement.LocalAdministrator })
        {
            Assert.False(Entitlement.Judge(house, Mail(Boss), by, kind, null).May, by);
        }

        Assert.True(Entitlement.Judge(house, Mail(Boss), Entitlement.Timer, kind, null).May);
    }

    [Theory]
    [InlineData("@inside.example", true)]
    [InlineData("@other.example", false)]
    [InlineData("department:Sales", true)]
    [InlineData("department:Legal", false)]
    public void A_role_reaches_as_far_as_its_accounts_scopes(string scope, bool may)
    {
        var account = new Account { Address = "admin@inside.example", Roles = ["administrator"], Scopes = [scope], CreatedAt = DateTimeOffset.UnixEpoch };
        var people = new PeopleDirectory([new(Me, "", "sales", null, [])]);
        var house = new EffectiveConfig(new SekishoConfig { Domains = ["inside.example"], Approvers = [Boss], People = people }, TimeProvider.System, [account]);
        Assert.Equal(may, Approve(house, Mail(Boss), "admin@inside.example").May);
        Assert.Equal(may, Entitlement.Judge(house, Mail() with { Action = PolicyAction.Hold }, "admin@inside.example", DecisionKind.Release, null).May);
        Assert.Equal(may, Entitlement.Judge(house, Mail() with { Action = PolicyAction.Refuse }, "admin@inside.example", DecisionKind.Cancel, null).May);
    }

    [Theory]
    [InlineData("@inside.example", true)]
    [InlineData("@other.example", false)]
    public void Those_asked_in_their_turn_are_those_whose_role_reaches_the_sender(string scope, bool asked)
    {
        static Account Of(string role, string scope) => new() { Address = role + "@inside.example", Roles = [role], Scopes = [scope], CreatedAt = DateTimeOffset.UnixEpoch };
        string[] Asked(string role, HeldDelivery held)
            => [.. Entitlement.ApproversOf(new EffectiveConfig(new SekishoConfig { Domains = ["inside.example"] }, TimeProvider.System, [Of(role, scope)]), held)];
        foreach (var role in new[] { "approver", "administrator" })
        {
            Assert.Equal(asked ? [role + "@inside.example"] : [], Asked(role, Mail()));
        }

        var passedOn = Mail(Boss) with { Terms = new ApprovalTerms(1, null, AtDeadline.Escalate, []), Escalated = true };
        Assert.Equal(asked ? [Boss, "administrator@inside.example"] : [Boss], Asked("administrator", passedOn));
    }

    [Fact]
    public void A_switched_off_account_has_no_say()
    {
        var account = new Account { Address = "admin@inside.example", Roles = ["administrator", "approver"], Disabled = true, CreatedAt = DateTimeOffset.UnixEpoch };
        var house = new EffectiveConfig(new SekishoConfig { Domains = ["inside.example"], Approvers = [Boss] }, TimeProvider.System, [account]);
        Assert.Empty(house.RolesOf(account.Address));
        Assert.False(Approve(house, Mail(), account.Address).May);
        Assert.False(Entitlement.Judge(house, Mail() with { Action = PolicyAction.Hold }, account.Address, DecisionKind.Release, null).May);
        Assert.Equal([Boss], Entitlement.ApproversOf(house, Mail() with { Terms = new ApprovalTerms(2, null, AtDeadline.Wait, []) }));
    }

    [Fact]
    public void Pages_offer_only_what_he_may()
    {
        Assert.Equal([DecisionKind.Cancel], Entitlement.Choices(House(), Mail(Boss), Me));
        Assert.Equal([DecisionKind.Approve, DecisionKind.Reject], Entitlement.Choices(House(), Mail(Boss), Boss));
        Assert.Equal([DecisionKind.ReleaseIndividually, DecisionKind.Release, DecisionKind.Cancel], Entitlement.Choices(House(), Mail() with { Action = PolicyAction.Hold }, Me));
        Assert.Empty(Entitlement.Choices(House(), Mail() with { Action = PolicyAction.Refuse }, Me));
    }
}
