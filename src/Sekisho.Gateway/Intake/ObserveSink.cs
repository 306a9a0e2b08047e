using System.Buffers;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Smtp;

namespace Sekisho.Gateway.Intake;

/// <summary>
/// The sink of an <c>observe</c> listener: learns from a copy of mail (journal, always-bcc) who was visible to whom, and keeps nothing else.
/// Only the header is read; a mail with so many outside organisations that our own rules would have stopped it teaches nothing.
/// </summary>
internal sealed class ObserveSink(IntakeServices services, IReadOnlyList<SmtpRecipient> recipients) : ISmtpMessageSink
{
    private const int HeaderBytes = 1024 * 1024;

    /// <summary>Outside organisations above which an observed mail is more likely an accident than an acquaintance.</summary>
    private const int MaxOrganisations = 9;

    private readonly ArrayBufferWriter<byte> _head = new(4096);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel)
    {
        foreach (var segment in bytes)
        {
            var room = HeaderBytes - _head.WrittenCount;
            if (room > 0)
            {
                _head.Write(segment.Span[..Math.Min(room, segment.Length)]);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<SmtpReply> CompleteAsync(CancellationToken cancel)
    {
        var message = MimeMessage.Parse(_head.WrittenMemory);
        var organisation = services.Live.Current.Organisation;
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["From", "To", "Cc"])
        {
            foreach (var mailbox in message.Headers.Addresses(name).Mailboxes)
            {
                if (mailbox.Address is { } address && !organisation.IsInside(address))
                {
                    keys.TryAdd(address.Key, organisation.OrganisationOf(address));
                }
            }
        }

        if (keys.Count >= 2 && keys.Values.Distinct(StringComparer.Ordinal).Count() <= MaxOrganisations)
        {
            await services.Store.LearnAsync([new LearntMail(keys.Keys.First(), services.Time.GetUtcNow(), [.. keys.Keys.Skip(1).Select(k => new LearntPerson(k, null, true))])], cancel).ConfigureAwait(false);
        }

        return new SmtpReply(250, "2.0.0", $"observed, {recipients.Count} recipients");
    }

    /// <inheritdoc/>
    public ValueTask AbortAsync() => ValueTask.CompletedTask;
}
