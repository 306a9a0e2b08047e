using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;
using Sekisho.Gateway.Notify;
using Sekisho.Pages.Access;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>Reads the signed links of notes: <c>/d/{token}</c> and what lies below it.</summary>
public sealed class LinkReader(IAccountStore accounts, TimeProvider time)
{
    private LinkSigner? _signer;

    /// <summary>The link of a request's path; null when the path is none of a link's, or the token none of ours. <c>Expired</c>: genuine, but too old.</summary>
    public async ValueTask<(SignedLink Link, bool Expired)?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        if (TokenOf(context.Request.Path) is not { } token)
        {
            return null;
        }

        _signer ??= await LinkSigner.OpenAsync(accounts, cancel).ConfigureAwait(false);
        return _signer.Read(token) is { } link ? (link, link.Expires <= time.GetUtcNow()) : null;
    }

    /// <summary>The token in a path, or null.</summary>
    public static string? TokenOf(PathString path)
    {
        var parts = (path.Value ?? "").Split('/', 4);
        return parts.Length >= 3 && parts[0].Length == 0 && parts[1].Equals("d", StringComparison.OrdinalIgnoreCase) ? parts[2] : null;
    }
}

/// <summary>Whoever comes by a signed link is the person it was made for, for that one mail and nothing else. Under a link's path no session counts: what he sees is the link's.</summary>
internal sealed class LinkVisitor(LinkReader links, IAccountStore accounts, GatewayHost gateway) : IVisitorSource
{
    public async ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        if (gateway.Config.Config.SignIn.Links != LinkUse.Decide || await links.FindAsync(context, cancel).ConfigureAwait(false) is not { Expired: false, Link: var link })
        {
            return null;
        }

        var account = await accounts.FindAsync(link.Address, cancel).ConfigureAwait(false);
        return account is { Disabled: true } ? null : new Visitor
        {
            Address = link.Address,
            Name = account is null ? "" : Visitors.Of(account, gateway.Config).Name,
            Language = account?.Language,
            Roles = [.. gateway.Config.RolesOf(link.Address)],
            Scopes = account?.Scopes ?? [],
            LinkedTo = link.Submission,
        };
    }
}

/// <summary>
/// Before a link's pages: a token that is none of ours is turned away, also where somebody is signed in; one that has run out, or whose house wants a sign-in, leads to the same mail by way of the
/// sign-in page.
/// </summary>
internal sealed class LinkDoor(RequestDelegate next, LinkReader links, BrowserSession sessions, GatewayHost gateway)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (LinkReader.TokenOf(context.Request.Path) is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (await links.FindAsync(context, context.RequestAborted).ConfigureAwait(false) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!found.Expired && gateway.Config.Config.SignIn.Links == LinkUse.Decide)
        {
            // Somebody who is signed in as himself does not decide as another with a link that was passed on to him.
            if (!HttpMethods.IsGet(context.Request.Method) && await sessions.FindAsync(context, context.RequestAborted).ConfigureAwait(false) is { } session && !AccountRules.IsSame(session.Address, found.Link.Address))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            await next(context).ConfigureAwait(false);
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        context.Response.Redirect($"/sign-in?to={Uri.EscapeDataString($"/held/{found.Link.Submission}")}{(found.Expired ? "&expired=true" : "")}");
    }
}
