using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>The audit trail as JSON lines, oldest first, with the hash of each event: a copy of it elsewhere shows what was changed here.</summary>
[Needs(Right.AuditTrail)]
public sealed class AuditExportModel(GatewayHost gateway) : ConsolePage
{
    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Streams it, a thousand events at a time.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Response.ContentType = "application/jsonl; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"audit-trail.jsonl\"";
        long? after = 0;
        while (after is not null)
        {
            var page = await gateway.Store.EventsAsync(new AuditQuery { After = after, Max = 1000 }, cancel).ConfigureAwait(false);
            using var buffer = new MemoryStream();
            foreach (var line in page.Lines.Where(l => AuditModel.MaySee(Me, gateway.Config, l)))
            {
                Write(buffer, line.Event);
            }

            await Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancel).ConfigureAwait(false);
            after = page.Next;
        }

        return new EmptyResult();
    }

    private static void Write(MemoryStream buffer, AuditEvent line)
    {
        using (var json = new Utf8JsonWriter(buffer, s_readable))
        {
            json.WriteStartObject();
            json.WriteNumber("number", line.Number);
            json.WriteString("at", line.At.UtcDateTime);
            json.WriteString("kind", line.Kind);
            json.WriteString("submission", line.Submission);
            if (line.Delivery is { } delivery)
            {
                json.WriteNumber("delivery", delivery);
            }

            json.WriteString("by", line.By);
            // As it went into the hash, to the byte.
            json.WriteString("detail", line.DetailJson);
            json.WriteString("hash", line.Hash);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
    }
}
