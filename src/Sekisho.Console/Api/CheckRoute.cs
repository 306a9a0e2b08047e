using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Sekisho.Gateway;
using Sekisho.Gateway.Inspect;
using Sekisho.Mime;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Api;

/// <summary>Check before sending: what the gateway would do with a draft.</summary>
internal static class CheckRoute
{
    public static void Map(RouteGroupBuilder api)
        => api.MapPost("/check", CheckAsync).Says(Right.Check, "check", "Check a draft",
                "What the gateway would do with it now, by the policy and the correspondence in force. Nothing is stored, learnt or sent. The body is the draft as JSON, or the message itself (message/rfc822) with its envelope in the query. Scope: check.")
            .Takes<DraftBody>("""{"from":"me@example.com","to":["a@customer.example"],"subject":"Offer","text":"Hello"}""", "message/rfc822").Produces<CheckAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<CheckAnswer> CheckAsync(HttpContext context, GatewayHost gateway, TimeProvider time,
        [Description("With message/rfc822: envelope sender; the address in From without it.")] string? from,
        [Description("With message/rfc822: envelope recipients, several separated by commas or given again; To, Cc and Bcc of the message without it.")] [FromQuery(Name = "to")] string[]? to, CancellationToken cancel)
    {
        var config = gateway.Config.Config;
        var asJson = context.Request.HasJsonContentType();
        if (!asJson && context.Request.ContentType?.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "a draft is JSON or a message", "header Content-Type", "send application/json or message/rfc822");
        }

        var (bytes, sender, recipients) = asJson
            // Base64 makes attachments a third longer on their way here.
            ? DraftMail.Compose(await Asked.BodyAsync<DraftBody>(context, config.Api.CheckSize * 4 / 3 + ApiRoutes.SmallBody, cancel).ConfigureAwait(false))
            : (await ReadAsync(context, config.Api.CheckSize, cancel).ConfigureAwait(false), from, to is null ? [] : [.. to.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]);
        if (bytes.Length > config.Api.CheckSize)
        {
            throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
        }

        var message = MimeMessage.Parse(bytes);
        if (message.Headers.Count == 0)
        {
            throw Refusal.Bad("body", "no mail header was found in it", "send a message as it would be sent (RFC 5322)");
        }

        var (author, visible) = DraftCheck.EnvelopeOf(message, withBcc: true);
        recipients = recipients.Count > 0 ? recipients : visible;
        NeedAddresses(sender, recipients, config.Limits.Recipients);
        return await LookAsync(gateway, time, bytes, message, sender ?? author, recipients, cancel).ConfigureAwait(false);
    }

    private static async Task<CheckAnswer> LookAsync(GatewayHost gateway, TimeProvider time, ReadOnlyMemory<byte> bytes, MimeMessage message, string sender, IReadOnlyList<string> recipients, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        CheckAnswer? answer;
        try
        {
            answer = await gateway.Drafts.CheckAsync(bytes, message, sender, recipients, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            gateway.Metrics.Checked("late", time.GetElapsedTime(began));
            throw new Refusal(StatusCodes.Status503ServiceUnavailable, "the draft could not be looked through in time; sent as it is, it would be held", "body", "make it smaller") { RetryAfter = 30 };
        }

        gateway.Metrics.Checked(answer is null ? "busy" : "done", time.GetElapsedTime(began));
        return answer ?? throw new Refusal(StatusCodes.Status503ServiceUnavailable, "too many drafts are being looked at", todo: "ask again in a moment, or send: mail is checked in any case") { RetryAfter = 2 };
    }

    private static void NeedAddresses(string? sender, IReadOnlyList<string> recipients, int most)
    {
        if (sender is { Length: > 0 } && !EmailAddress.TryParse(sender, out _))
        {
            throw Refusal.Bad("from", "it is no mail address", "give one like name@example.com");
        }

        if (recipients.Count == 0 || recipients.Count > most)
        {
            throw Refusal.Bad("to", recipients.Count == 0 ? "the draft has no recipient" : $"it has {recipients.Count:N0} recipients", $"give 1 to {most:N0} recipients in to, cc and bcc");
        }

        for (var i = 0; i < recipients.Count; i++)
        {
            if (!EmailAddress.TryParse(recipients[i], out _))
            {
                throw Refusal.Bad($"to, recipient {i + 1}", "it is no mail address", "give one like name@example.com");
            }
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, long limit, CancellationToken cancel)
    {
        Asked.Limit(context, limit);
        using var buffer = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 4096, limit));
        await context.Request.Body.CopyToAsync(buffer, cancel).ConfigureAwait(false);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
