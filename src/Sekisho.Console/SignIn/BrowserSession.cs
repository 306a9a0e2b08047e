using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>The session of one browser: its cookie and the row behind it. Every sign-in begins a new one, so a cookie planted before is worth nothing.</summary>
public sealed class BrowserSession(IAccountStore accounts, GatewayHost gateway, TimeProvider time)
{
    /// <summary>The cookie's name; over https with <c>__Host-</c> before it, which browsers take from this host alone.</summary>
    public const string CookieName = "sekisho-session";

    private const string SecureName = "__Host-" + CookieName;

    /// <summary>Begins one and hands the browser its cookie.</summary>
    public async Task BeginAsync(HttpContext context, string address, CancellationToken cancel)
    {
        await EndAsync(context, cancel).ConfigureAwait(false);
        var secret = Secrets.New();
        var now = time.GetUtcNow();
        var config = gateway.Config.Config.SignIn;
        var digest = Secrets.Digest(secret);
        await accounts.BeginSessionAsync(new Session(digest, address, now, now, now + config.Session, ClientOf(context)), cancel).ConfigureAwait(false);
        var https = Peer.IsHttps(context, config);
        context.Response.Cookies.Append(https ? SecureName : CookieName, secret, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = https, Path = "/", IsEssential = true });
        if (context.Visitor() is { LinkedTo: null } visitor && visitor.Address == address)
        {
            // The page that answers this request holds forms: their tokens are to fit the session they will be sent in.
            context.SetVisitor(visitor with { SessionDigest = digest, NeedsSecondFactor = false });
        }
    }

    /// <summary>Ends the browser's session, if it has one.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken cancel)
    {
        if (await FindAsync(context, cancel).ConfigureAwait(false) is { } session)
        {
            await accounts.EndSessionAsync(session.Address, session.Digest, cancel).ConfigureAwait(false);
        }

        foreach (var name in (string[])[CookieName, SecureName])
        {
            if (context.Request.Cookies.ContainsKey(name))
            {
                context.Response.Cookies.Delete(name, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = name == SecureName, Path = "/" });
            }
        }
    }

    /// <summary>The browser's session, while it holds.</summary>
    public async Task<Session?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        var config = gateway.Config.Config.SignIn;
        var secret = context.Request.Cookies[Peer.IsHttps(context, config) ? SecureName : CookieName];
        return secret is { Length: > 0 and <= 100 } ? await accounts.FindSessionAsync(Secrets.Digest(secret), config.Idle, cancel).ConfigureAwait(false) : null;
    }

    private string ClientOf(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return $"{Peer.Client(context, gateway.Config.Config.SignIn)} {(agent.Length > 200 ? agent[..200] : agent)}".TrimEnd();
    }
}

/// <summary>Knows visitors by their session.</summary>
internal sealed class SessionVisitor(BrowserSession sessions, IAccountStore accounts, GatewayHost gateway) : IVisitorSource
{
    public async ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        if (await sessions.FindAsync(context, cancel).ConfigureAwait(false) is not { } session
            || await accounts.FindAsync(session.Address, cancel).ConfigureAwait(false) is not { Disabled: false } account)
        {
            return null;
        }

        var visitor = Visitors.Of(account, gateway.Config);
        return visitor with { SessionDigest = session.Digest, NeedsSecondFactor = SecondFactor.IsMissing(gateway.Config.Config.SignIn, account, visitor.Roles) };
    }
}

/// <summary>Makes visitors of accounts; the same for sessions, keys and proxies.</summary>
public static class Visitors
{
    /// <summary>The visitor an account is: its roles as stored now, and those of the file's <c>users</c>.</summary>
    public static Visitor Of(Account account, EffectiveConfig config) => new()
    {
        Address = account.Address,
        Name = Shown.Text(account.Name, 100),
        Roles = [.. account.Roles.Union(config.Config.Users.Where(u => Same(u.Address, account.Address)).SelectMany(u => u.Roles), StringComparer.Ordinal)],
        Scopes = account.Scopes,
        Language = account.Language,
    };

    private static bool Same(string a, string b)
        => Mime.EmailAddress.TryParse(a, out var first) && Mime.EmailAddress.TryParse(b, out var second) ? first.Equals(second) : a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
