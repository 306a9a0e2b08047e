using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;
using Sekisho.Pages.Api;
using Sekisho.Storage;

namespace Sekisho.Pages.Access;

/// <summary>
/// A program with a key: <c>Authorization: Bearer sk_…</c>. It acts as the key's owner, within the key's scopes, and opens the API and the metrics alone: a page
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
        if (secret.Length > MostLength || !secret.StartsWith("sk_", StringComparison.Ordinal))
        {
            return null;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        if (await accounts.FindTokenAsync(digest, cancel).ConfigureAwait(false) is not { } token)
        {
            return null;
        }

        var owner = await accounts.FindAsync(token.Owner, cancel).ConfigureAwait(false);
        if (owner is { Disabled: true })
        {
            return null;
        }

        context.Items[s_key] = digest;
        return new Visitor
        {
            Address = token.Owner,
            Name = owner?.Name ?? "",
            Roles = [.. gateway.Config.RolesOf(token.Owner).Union(owner?.Roles ?? [], StringComparer.Ordinal)],
            Scopes = owner?.Scopes ?? [],
            Language = owner?.Language,
            TokenScopes = token.Scopes,
        };
    }
}
