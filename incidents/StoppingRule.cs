namespace Sekisho.Incidents;

/// <summary>Whether the rules of today stop an incident.</summary>
public enum Standing
{
    /// <summary>They must: a replay that lets it pass has failed.</summary>
    Now,

    /// <summary>They stop some readings of it, or all of it by a rule that only happens to fit; the rule made for it is still to come.</summary>
    Partly,

    /// <summary>They do not; the rule named is still to come.</summary>
    NotYet,
}

/// <summary>What stops an incident.</summary>
/// <param name="Rules">Rule names, the one that stops it first. <see cref="DeliverySeal"/> is no rule of the policy but a law of the delivery.</param>
/// <param name="Standing">Whether that is so today.</param>
/// <param name="Later">Rules still to come that it needs; empty when it is stopped today.</param>
public sealed record StoppingRule(IReadOnlyList<string> Rules, Standing Standing, IReadOnlyList<string> Later)
{
    /// <summary>The check, directly before sending, that a copy goes to addresses of its envelope only.</summary>
    public const string DeliverySeal = "delivery-seal";

    /// <summary>The first rule: today's, or the first of those to come.</summary>
    public string Primary => Rules.Count > 0 ? Rules[0] : Later[0];

    /// <summary>For tables: the rule, with <c>not yet</c> where it is still to come.</summary>
    public string Label => Standing switch
    {
        Standing.Now => string.Join(", ", Rules),
        Standing.Partly => $"partly {string.Join(", ", Rules)}; not yet {string.Join(", ", Later)}",
        _ => $"not yet: {string.Join(", ", Later)}",
    };
}

/// <summary>From an incident, and from a control of the catalogue, to the rules.</summary>
public static class StoppingRules
{
    private static readonly Dictionary<string, StoppingRule> s_byMechanism = new(StringComparer.Ordinal)
    {
        [Mechanisms.VisibleFamily] = Now("visible-recipients"),
        [Mechanisms.AddressesInBody] = Now("addresses-in-body"),
        [Mechanisms.AddressesInSubject] = Now("addresses-in-subject"),
        [Mechanisms.HeaderBreak] = Now("header-injection", "addresses-in-body"),
        [Mechanisms.DoubleStart] = Now("duplicate-send"),
        [Mechanisms.ListOpen] = Now("list-posting"),
        [Mechanisms.SystemMisrouting] = Now(StoppingRule.DeliverySeal),
        // An outsider's mail fanned out to 7,000 outside members is a list post first; that it carries a worm comes second.
        [Mechanisms.Virus] = Now("list-posting", "malware"),
        [Mechanisms.WrongAttachment] = Now("personal-data"),
        [Mechanisms.WrongRecipient] = Now("personal-data"),
        [Mechanisms.WrongPersonalisation] = Now("foreign-records"),
        [Mechanisms.Other] = Now("visible-recipients", "addresses-in-body", "personal-data"),
    };

    // Where the mechanism alone says too little.
    private static readonly Dictionary<string, StoppingRule> s_byId = new(StringComparer.Ordinal)
    {
        ["2005-05-26-polytech-gunma"] = Now("personal-data"),
        ["2005-10-07-kaigai-kaihatsu-center"] = Now("card-number", "personal-data"),
        ["2005-10-20-mic"] = Now("personal-data", "visible-recipients"),
        ["2006-05-24-sakai-niwashirodai-school"] = Now("personal-data", "visible-recipients"),
        ["2006-09-21-trend-micro"] = Now("addresses-in-body", "personal-data"),
        ["2006-01-23-the-r"] = Now("greeting-mismatch", "company-mismatch"),
        ["2006-07-27-gameon"] = Now("credentials", "foreign-records", "addresses-in-body"),
        ["2006-04-28-chubu-electric-internal"] = Now("internal-only"),
        // Nineteen strangers in Bcc would see the buyer.
        ["2006-06-28-nankai-broadcasting"] = Now("visible-recipients"),
        ["2018-05-18-kanagawa-bank"] = Now("personal-data", "foreign-records"),
        ["2021-01-27-kyushu-electric-td"] = Now("foreign-records"),
    };

    private static readonly Dictionary<string, string[]> s_byControl = new(StringComparer.Ordinal)
    {
        ["split-per-recipient"] = ["visible-recipients"],
        ["hold-visible-recipients"] = ["visible-recipients"],
        ["never-met-recipients"] = ["visible-recipients"],
        ["hold-address-list-in-body"] = ["addresses-in-body"],
        ["hold-address-in-subject"] = ["addresses-in-subject"],
        ["reject-header-injection"] = ["header-injection"],
        ["list-posting-guard"] = ["list-posting"],
        ["sender-authorisation"] = ["sender-not-authorised", "list-posting"],
        ["duplicate-run-guard"] = ["duplicate-send"],
        ["recall-by-hold"] = ["recalled-message"],
        ["delivery-invariant"] = [StoppingRule.DeliverySeal],
        ["personal-data-attachment"] = ["personal-data", "card-number", "my-number"],
        ["virus-scan"] = ["malware"],
        ["internal-only-content"] = ["internal-only"],
        ["recipient-content-mismatch"] = ["foreign-records", "company-mismatch"],
        ["merge-consistency-check"] = ["greeting-mismatch", "foreign-records"],
        ["first-time-recipient"] = ["first-time-recipient"],
        ["lookalike-recipient"] = ["lookalike-recipient"],
    };

    /// <summary>What stops this incident, and whether it does today.</summary>
    public static StoppingRule RuleThatStops(Incident incident)
        => s_byId.GetValueOrDefault(incident.Id) ?? s_byMechanism[Mechanisms.Family(incident.Mechanism)];

    /// <summary>
    /// The rules behind one of the catalogue's controls; empty for what is a way of working and not a rule (approval, staged sending with a
    /// stop, a portal instead of mail, an audit of the past).
    /// </summary>
    public static IReadOnlyList<string> RulesOfControl(string control) => s_byControl.GetValueOrDefault(control) ?? [];

    private static StoppingRule Now(params string[] rules) => new(rules, Standing.Now, []);

    private static StoppingRule Partly(string[] rules, params string[] later) => new(rules, Standing.Partly, later);

    private static StoppingRule NotYet(params string[] later) => new([], Standing.NotYet, later);
}
