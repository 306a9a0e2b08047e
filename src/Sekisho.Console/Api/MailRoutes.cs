using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Gateway.Inspect;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages.Api;

/// <summary>One mail of a list.</summary>
internal sealed record MailItem(string Id, DateTimeOffset ReceivedAt, string Sender, string Subject, int RecipientCount, string FirstRecipient,
    [property: Description("inspecting, held, approval, refused, on-the-way, delivered, failed or cancelled.")] string State,
    [property: Description("The gravest verdict.")] string Action, IReadOnlyList<string> Rules, long Size);

/// <summary>A page of mail.</summary>
internal sealed record MailItems(IReadOnlyList<MailItem> Items, [property: Description("Give it as 'after' for the next page; absent on the last.")] string? Next,
    [property: Description("Changes the index has not yet taken in.")] long Behind);

/// <summary>One mail's life.</summary>
internal sealed record MailLife(string Id, DateTimeOffset ReceivedAt, string Sender, string? User, string Subject, long Size, string Digest, string? PolicyVersion,
    IReadOnlyList<FindingJson> Findings, IReadOnlyList<MailRecipient> Recipients, IReadOnlyList<EventItem> Events);

/// <summary>One recipient's fate.</summary>
internal sealed record MailRecipient(int Number, string Address, long Delivery, string State, string Copy, string Action, string Outcome, string? LastReply, int Attempts, bool PossibleDuplicate);

/// <summary>An event of the audit trail.</summary>
internal sealed record EventItem(long Number, DateTimeOffset At, string Kind, string? Mail, long? Delivery, string By, JsonElement Detail, [property: Description("Hash of the chain up to here.")] string Hash)
{
    public static EventItem Of(AuditEvent e) => new(e.Number, e.At, e.Kind, e.Submission, e.Delivery, e.By, Parse(e.DetailJson), e.Hash);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
        return document.RootElement.Clone();
    }
}

/// <summary>Search, one mail's life, and its original.</summary>
internal static class MailRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/mail", SearchAsync).Says(Right.SignedIn, "searchMail", "Search mail", "Newest first. All that is given must hold. Who has no role that reaches others' mail finds his own. Scope: read.")
            .Produces<MailItems>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/mail/{id}", ShowAsync).Says(Right.SignedIn, "showMail", "One mail's life", "Findings, each recipient's fate, and every event from receipt on. Scope: read.")
            .Produces<MailLife>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/mail/{id}/original", OriginalAsync).Says(Right.SignedIn, "originalMail", "The original", "The bytes as received, for those who may see all of it. Looking is recorded in the audit trail. Scope: read.")
            .Produces<Stream>(contentType: "message/rfc822").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<MailItems> SearchAsync(HttpContext context, IMailIndex index,
        [Description("Words in sender, recipients or subject; all must occur.")] string? text,
        [Description("Part of the sender's address.")] string? sender,
        [Description("Part of a recipient's address.")] string? recipient,
        [Description("Part of the subject.")] string? subject,
        [Description("A rule that found something in it.")] string? rule,
        [Description("inspecting, held, approval, refused, on-the-way, delivered, failed or cancelled.")] string? state,
        [Description("Received at or after this moment.")] string? from,
        [Description("Received before this moment.")] string? until,
        [Description("Continue after this ('next' of the page before).")] string? after,
        [Description("Rows wanted, 1 to 200; 50 without it.")] string? max, CancellationToken cancel)
    {
        var visitor = Asked.Visitor(context);
        Asked.NeedScope(visitor, "read");
        var query = new MailQuery
        {
            Text = Asked.Text(text, "query text") ?? "",
            Sender = Asked.Text(sender, "query sender"),
            Recipient = Asked.Text(recipient, "query recipient"),
            Subject = Asked.Text(subject, "query subject"),
            Rule = Asked.Text(rule, "query rule"),
            State = Asked.Word<MailState>(state, "query state"),
            From = Asked.Moment(from, "query from"),
            Until = Asked.Moment(until, "query until"),
            After = Asked.Text(after, "query after"),
            Max = Asked.Number(max, "query max", 1, 200, 50),
            OnlySenders = Senders(visitor),
        };
        try
        {
            var page = await index.SearchAsync(query, cancel).ConfigureAwait(false);
            return new MailItems([.. page.Rows.Select(r => new MailItem(r.Id, r.ReceivedAt, r.Sender, r.Subject, r.Recipients, r.FirstRecipient, Words.Of(r.State), Words.Of(r.Action), r.Rules, r.Size))], page.Next, page.Behind);
        }
        catch (ArgumentException)
        {
            throw Refusal.Bad("query after", "it is none of ours", "give 'next' of the page before, with the same search");
        }
    }

    /// <summary>Whose mail he may search: everybody's, that of his part of the organisation, or his own.</summary>
    private static IReadOnlyList<string> Senders(Visitor visitor)
        => !Rights.Has(visitor, Right.SearchAll) ? [visitor.Address] : visitor.Scopes.Count == 0 ? [] : [visitor.Address, .. visitor.Scopes.Where(s => s.StartsWith('@'))];

    private static async Task<MailLife> ShowAsync(HttpContext context, MailFinder finder, [Description("The mail's name, 26 characters.")] string id, CancellationToken cancel)
    {
        var visitor = Asked.Visitor(context);
        Asked.NeedScope(visitor, "read");
        var detail = (await finder.FindAsync(visitor, id, cancel).ConfigureAwait(false)).Detail;
        var submission = detail.Submission;
        return new MailLife(submission.Id, submission.ReceivedAt, submission.MailFrom, submission.User, submission.Subject, submission.Size, submission.Digest, submission.PolicyVersion,
            [.. detail.Findings.Select(FindingJson.Of)],
            [.. detail.Recipients.Select(r => new MailRecipient(r.Ordinal, r.Address, r.DeliveryId, Words.Of(r.State), Words.Of(r.Copy), Words.Of(r.Action), Words.Of(r.Outcome), r.LastReply, r.Attempts, r.PossibleDuplicate))],
            [.. detail.Events.Select(EventItem.Of)]);
    }

    private static async Task<IResult> OriginalAsync(HttpContext context, IStore store, MailFinder finder, [Description("The mail's name, 26 characters.")] string id, CancellationToken cancel)
    {
        var visitor = Asked.Visitor(context);
        Asked.NeedScope(visitor, "read");
        var mail = await finder.FindAsync(visitor, id, cancel).ConfigureAwait(false);
        if (mail.Sight != Sight.Full)
        {
            throw new Refusal(StatusCodes.Status403Forbidden, "you may see this mail's outline, not its content", "path", "ask its sender, whoever decides it, or the privacy officer");
        }

        IBodyLease body;
        try
        {
            body = store.Spool.Open(mail.Detail.Submission.Body, mail.Detail.Submission.Size);
        }
        catch (StoreException)
        {
            throw new Refusal(StatusCodes.Status410Gone, "its content was removed, as store.keep says", "path", "findings and events stay: GET /api/mail/{id}");
        }

        using (body)
        {
            // Recorded before the first byte is shown, or it is not shown.
            await store.AppendAuditAsync("original-viewed", visitor.Address, JsonSerializer.Serialize(new { submission = mail.Detail.Submission.Id, by = "api" }), cancel).ConfigureAwait(false);
            context.Response.ContentType = "message/rfc822";
            context.Response.ContentLength = body.Bytes.Length;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{mail.Detail.Submission.Id}.eml\"";
            await context.Response.Body.WriteAsync(body.Bytes, cancel).ConfigureAwait(false);
        }

        return Results.Empty;
    }
}
