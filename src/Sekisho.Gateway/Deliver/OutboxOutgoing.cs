using System.Text.Json;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// The way out when no relay is configured: nothing leaves the machine; each copy becomes <c>DATA/outbox/&lt;delivery&gt;.eml</c> and
/// <c>&lt;delivery&gt;.json</c>, the latter last, each by rename, and counts as delivered when both are on the disk.
/// </summary>
internal sealed class OutboxOutgoing : IOutgoing, IDisposable
{
    private static readonly SmtpReply s_written = new(250, "2.0.0", "written to the outbox");

    private readonly string _directory;
    private readonly GroupSync _sync;

    /// <summary>Prepares the folder and removes what a killed process left half-written.</summary>
    public OutboxOutgoing(string dataDirectory)
    {
        _directory = Path.Combine(dataDirectory, "outbox");
        Directory.CreateDirectory(_directory);
        foreach (var left in Directory.EnumerateFiles(_directory, "*.tmp"))
        {
            File.Delete(left);
        }

        _sync = new GroupSync(_directory);
    }

    /// <inheritdoc/>
    public bool Reports => false;

    /// <inheritdoc/>
    public bool TakesAllAtOnce => true;

    /// <inheritdoc/>
    /// <remarks>High, because the copies under way share their syncs.</remarks>
    public int Concurrency => 2048;

    /// <inheritdoc/>
    public async Task<SmtpSendResult> SendAsync(Delivery delivery, IReadOnlyList<StoredRecipient> recipients, ISmtpContent content, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var stem = Path.Combine(_directory, delivery.Id.ToString());
        try
        {
            Write(stem, delivery, recipients, content);
            Failpoints.Hit("outbox.before-rename");
            File.Move(stem + ".eml.tmp", stem + ".eml", overwrite: true);
            Failpoints.Hit("outbox.between-renames");
            File.Move(stem + ".json.tmp", stem + ".json", overwrite: true);
            // One sync, after the names: until it is done the delivery is not recorded, so a power loss in between repeats it whole.
            await _sync.SyncAsync().ConfigureAwait(false);
            Failpoints.Hit("outbox.after-sync");
            return new SmtpSendResult(SmtpSendStage.Answered, [.. recipients.Select(_ => (SmtpReply?)s_written)], s_written, Error: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SmtpSendResult(SmtpSendStage.BeforeEndOfData, new SmtpReply?[recipients.Count], FinalReply: null, $"outbox: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public Task CloseAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _sync.Dispose();

    private static void Write(string stem, Delivery delivery, IReadOnlyList<StoredRecipient> recipients, ISmtpContent content)
    {
        using (var message = new FileStream(stem + ".eml.tmp", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            foreach (var segment in content.Segments())
            {
                message.Write(segment.Span);
            }
        }

        using var description = new FileStream(stem + ".json.tmp", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 4096);
        using var json = new Utf8JsonWriter(description, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("from", delivery.Submission.MailFrom);
        json.WriteStartArray("to");
        foreach (var recipient in recipients)
        {
            json.WriteStringValue(recipient.Address);
        }

        json.WriteEndArray();
        json.WriteString("submission", delivery.Submission.Id);
        json.WriteString("copy", delivery.Copy == CopyKind.Individual ? "individual" : "original");
        if (delivery.Submission.About is { } about)
        {
            json.WriteString("about", about);
        }

        json.WriteEndObject();
    }
}
