namespace Sekisho.Pages.Access;

/// <summary>What a page or an API route asks of whoever opens it. What he may see and do of a single mail is <see cref="MailAccess"/>'s.</summary>
public enum Right
{
    /// <summary>Nothing: health, sign-in, style sheets.</summary>
    None,

    /// <summary>To be known: signed in, or come by a signed link (then for that one mail).</summary>
    Known,

    /// <summary>To be signed in; a link is not enough.</summary>
    SignedIn,

    /// <summary>Lists and searches over other people's mail, without its content.</summary>
    SearchAll,

    /// <summary>The audit trail.</summary>
    AuditTrail,

    /// <summary>Dashboard and figures.</summary>
    Figures,

    /// <summary>Users and stops, of his own part of the organisation where his roles are kept to one.</summary>
    Administer,

    /// <summary>Policy, domains, states of the machine: an administrator whose roles are not kept to a part.</summary>
    AdministerAll,

    /// <summary>Asking the engine about a draft (API).</summary>
    Check,

    /// <summary>Metrics (API token or the machine itself).</summary>
    Metrics,
}

/// <summary>Which role carries which right: the whole table in one place.</summary>
public static class Rights
{
    private static readonly Dictionary<string, Right[]> s_ofRole = new(StringComparer.Ordinal)
    {
        ["sender"] = [],
        ["approver"] = [],
        ["auditor"] = [Right.SearchAll, Right.AuditTrail, Right.Figures],
        ["privacy-officer"] = [Right.SearchAll, Right.AuditTrail, Right.Figures],
        ["administrator"] = [Right.SearchAll, Right.AuditTrail, Right.Figures, Right.Administer, Right.Metrics],
    };

    /// <summary>The roles there are, mildest first.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["sender", "approver", "auditor", "privacy-officer", "administrator"];

    /// <summary>True when the visitor may open what asks for this.</summary>
    public static bool Has(Visitor? visitor, Right right) => right switch
    {
        Right.None => true,
        Right.Known => visitor is not null,
        _ when visitor is null || visitor.LinkedTo is not null => false,
        _ when visitor.TokenScopes is not null => TokenHas(visitor, right),
        Right.SignedIn or Right.Check => true,
        Right.AdministerAll => visitor.Scopes.Count == 0 && RolesHave(visitor, Right.Administer),
        _ => RolesHave(visitor, right),
    };

    private static bool RolesHave(Visitor visitor, Right right) => visitor.Roles.Any(role => s_ofRole.TryGetValue(role, out var rights) && rights.Contains(right));

    // A key never may more than its owner, and only what it was made for.
    private static bool TokenHas(Visitor visitor, Right right) => right switch
    {
        Right.Check => visitor.TokenScopes!.Contains("check"),
        Right.SignedIn => visitor.TokenScopes!.Contains("read") || visitor.TokenScopes!.Contains("decide"),
        Right.SearchAll or Right.AuditTrail or Right.Figures => visitor.TokenScopes!.Contains("read") && RolesHave(visitor, right),
        Right.Metrics => visitor.TokenScopes!.Contains("metrics") && RolesHave(visitor, right),
        _ => false,
    };
}

/// <summary>Names the right a page asks for. One without it opens for nobody.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NeedsAttribute(Right right) : Attribute
{
    /// <summary>What it asks for.</summary>
    public Right Right { get; } = right;
}
