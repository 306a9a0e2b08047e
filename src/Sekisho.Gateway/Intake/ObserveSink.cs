using System.Buffers;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Smtp;

namespace Sekisho.Gateway.Intake;

/// <summary>
/// The sink of an <c>observe</c> listener: learns from a copy of mail (journal, always-bcc), our own and what comes in, who writes with whom, and keeps nothing else.
/// Only the header is read; a mail with so many outside organisations that our own rules would have stopped it teaches nothing. Nor does our own mail to outside where the gateway itself takes mail in:
/// there it has been judged or will be, and a copy made before must not teach what is held.
/// </summary>
internal sealed class ObserveSink(IntakeServices services, IReadOnlyList<SmtpRecipient> recipients) : ISmtpMessageSink
{
    private const int HeaderBytes = 1024 * 1024;

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
        if (LessonOf(MimeMessage.Parse(_head.WrittenMemory), services.Live.Current.Organisation, services.Time.GetUtcNow()) is { } lesson
            && !(IsOurs(lesson) && (await services.Store.CountsAsync(cancel).ConfigureAwait(false)).Submissions > 0))
        {
            await services.Store.LearnAsync([lesson], cancel).ConfigureAwait(false);
        }

        return new SmtpReply(250, "2.0.0", $"observed, {recipients.Count} recipients");
    }

    /// <summary>What a copy teaches, or null. Its envelope names whoever collects copies, so the header is believed on who wrote the mail and who got it.</summary>
    internal static LearntMail? LessonOf(MimeMessage message, IOrganisation organisation, DateTimeOffset at)
    {
        var got = message.Headers.Addresses("To").Mailboxes.Concat(message.Headers.Addresses("Cc").Mailboxes).Where(m => m.Address is not null).Select(m => m.Address!.Key).ToList();
        return Lesson.UnlessAccident(Lesson.Of(message, mailFrom: "", got, organisation, at));
    }

    /// <summary>True for mail that one of us wrote to somebody outside.</summary>
    internal static bool IsOurs(LearntMail lesson) => lesson.SenderOrganisation is null && lesson.People.Any(p => p.Organisation is not null);

    /// <inheritdoc/>
    public ValueTask AbortAsync() => ValueTask.CompletedTask;
}
