using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;
using Sekisho.Pages.Api;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages.Access;

/// <summary>
/// A program with a key: <c>Authorization: Bearer sekisho_…</c>. It acts as the key's owner, within the key's scopes, and opens the API and the metrics alone: a page
/// would let it do by form what its scopes do not name.
/// </summary>
internal sealed class TokenVisitor(IAccountStore accounts, GatewayHost gateway) : IVisitorSource
{
    private const string Scheme = "Bearer ";
    private const int MostLength = 200;

    private static readonly object s_key = new();

    /// <summary>Digest of the key a request came with, when it was good; else null.</summary>
    public static string? KeyOf(HttpContext context) => context.Items.TryGetValue(s_key, out var key) ? (string?)key : null;

    /// <inheritdoc/>
    public async ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        if (!Refusal.IsForProgram(context.Request.Path) || context.Request.Headers.Authorization is not [{ } given] || !given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var secret = given[Scheme.Length..].Trim();
        if (secret.Length > MostLength || !secret.StartsWith(Secrets.KeyPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var digest = Secrets.Digest(secret);
        if (await accounts.FindTokenAsync(digest, cancel).ConfigureAwait(false) is not { } token
            || await accounts.FindAsync(token.Owner, cancel).ConfigureAwait(false) is not { Disabled: false } owner)
        {
            return null;
        }

        var visitor = Visitors.Of(owner, gateway.Config);
        if (owner.PasswordHash is not null && SecondFactor.IsMissing(gateway.Config.Config.SignIn, owner, visitor.Roles))
        {
            // Raised to a role that needs a second factor and has none yet: an older key is no way around it.
            return null;
        }

        context.Items[s_key] = digest;
        return visitor with { TokenScopes = token.Scopes };
    }
}
