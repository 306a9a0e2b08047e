using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Mime;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Mails;

/// <summary>Routes around one mail: the second address of the pages that a signed link opens too, the frame its text is shown in, and its original.</summary>
internal static class MailRoutes
{
    /// <summary>Of the frame: nothing runs, nothing is fetched, nothing is clicked, only the console frames it, and the one style it carries applies.</summary>
    internal static readonly string FramePolicy = $"sandbox; default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(MailText.Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static void Add(RazorPagesOptions options)
    {
        options.Conventions.AddPageRoute("/Held/Decide", "/d/{token}");
        options.Conventions.AddPageRoute("/Held/Recipients", "/d/{token}/recipients");
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/held/{id:length(26)}/content", ContentAsync).WithMetadata(new NeedsAttribute(Right.Known));
        app.MapGet("/mail/{id:length(26)}/content", ContentAsync).WithMetadata(new NeedsAttribute(Right.Known));
        app.MapGet("/d/{token}/content", ContentAsync).WithMetadata(new NeedsAttribute(Right.Known));
        app.MapGet("/mail/{id:length(26)}/original", OriginalAsync).WithMetadata(new NeedsAttribute(Right.SignedIn));
    }

    private static async Task ContentAsync(HttpContext context, MailDoor door, IStore store)
    {
        if (await OpenAsync(context, door, store, "text").ConfigureAwait(false) is not var (_, body))
        {
            return;
        }

        using (body)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = FramePolicy;
            headers.XFrameOptions = "SAMEORIGIN";
            context.Response.ContentType = "text/html; charset=utf-8";
            var plain = string.Equals(context.Request.Query["as"], "text", StringComparison.Ordinal);
            await context.Response.WriteAsync(MailText.Document(MimeMessage.Parse(body.Bytes), plain, Tongue.Of(context)), context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task OriginalAsync(HttpContext context, MailDoor door, IStore store)
    {
        if (await OpenAsync(context, door, store, "original").ConfigureAwait(false) is not var (mail, body))
        {
            return;
        }

        using (body)
        {
            // Named by us, never by the mail: what stands in a subject or file name cannot reach a header.
            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{mail.Id}.eml\"";
            context.Response.ContentType = "message/rfc822";
            context.Response.ContentLength = body.Bytes.Length;
            await context.Response.Body.WriteAsync(body.Bytes, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The mail and its bytes, for one who may see all of it; null when the answer is given already. A look at somebody else's mail stands in the audit trail before the first byte is shown.
    /// </summary>
    private static async Task<(OpenedMail Mail, IBodyLease Body)?> OpenAsync(HttpContext context, MailDoor door, IStore store, string what)
    {
        var me = context.Visitor()!;
        var cancel = context.RequestAborted;
        var mail = await door.OpenAsync((string?)context.GetRouteValue("id") ?? me.LinkedTo, me, cancel).ConfigureAwait(false);
        if (mail is not { Sight: Sight.Full })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }

        IBodyLease body;
        try
        {
            body = store.Spool.Open(mail.Submission.Body, mail.Submission.Size);
        }
        catch (StoreException)
        {
            // Removed after its time: findings and timeline are all there is.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }

        try
        {
            if (!MailAccess.IsOwn(me, mail.Submission))
            {
                await store.AppendAuditAsync("viewed", me.Address, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["what"] = what }), mail.Id, CancellationToken.None).ConfigureAwait(false);
            }

            return (mail, body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
