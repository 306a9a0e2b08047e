using Microsoft.AspNetCore.Http;

namespace Sekisho.Pages.Shell;

/// <summary>Headers of every answer: nothing from elsewhere, no inline script or style, no framing by others, no address leaked, nothing kept in caches.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Of pages. Frames: the console's own only, for showing a mail's text in a sandbox.</summary>
    public const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
