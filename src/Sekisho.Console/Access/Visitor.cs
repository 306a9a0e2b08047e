using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Sekisho.Pages.Access;

/// <summary>Who opened the page: signed in, come by a signed link, or a program with a key.</summary>
public sealed record Visitor
{
    /// <summary>Mail address; the name he decides under.</summary>
    public required string Address { get; init; }

    /// <summary>Shown name; the address where none is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>Roles from his account and from the file's <c>users</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whose mail the roles reach (<see cref="Storage.Account.Scopes"/>); empty = everybody's.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The language he chose, or null: the browser's.</summary>
    public string? Language { get; init; }

    /// <summary>Come by a signed link: the one submission it is for. He may see and decide this, as this address, and open nothing else.</summary>
    public string? LinkedTo { get; init; }

    /// <summary>A program: what its key is for; else null.</summary>
    public IReadOnlyList<string>? TokenScopes { get; init; }

    /// <summary>Of this browser's session; binds the forgery token and lets him end it. Null for links and keys.</summary>
    public string? SessionDigest { get; init; }

    /// <summary>His roles ask for a second factor and he has none: he sets it up before anything else opens.</summary>
    public bool NeedsSecondFactor { get; init; }

    /// <summary>True when he has the role.</summary>
    public bool Is(string role) => Roles.Contains(role);
}

/// <summary>One way of knowing who asks: session cookie, signed link, key, trusted header. Asked in order; the first that answers holds.</summary>
public interface IVisitorSource
{
    /// <summary>Who it is, or null when this way says nothing.</summary>
    ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel);
}

/// <summary>The visitor of a request, put there by <see cref="Gatekeeper"/>.</summary>
public static class VisitorFeature
{
    private static readonly object s_key = new();

    /// <summary>Who asks, or null.</summary>
    public static Visitor? Visitor(this HttpContext context) => context.Items.TryGetValue(s_key, out var found) ? (Visitor?)found : null;

    /// <summary>Also makes him the request's user: forgery tokens are bound to that, so one made for another visitor, session or link is refused.</summary>
    internal static void SetVisitor(this HttpContext context, Visitor? visitor)
    {
        context.Items[s_key] = visitor;
        context.User = visitor is null ? new() : new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, Binding(visitor))], "sekisho"));
    }

    private static string Binding(Visitor visitor) => visitor switch
    {
        { LinkedTo: { } submission } => $"link {submission} {visitor.Address}",
        { SessionDigest: { } digest } => $"session {digest}",
        _ => $"address {visitor.Address}",
    };
}
