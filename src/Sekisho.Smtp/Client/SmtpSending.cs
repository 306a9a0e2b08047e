using System.Buffers;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>One transaction of a client session. It keeps account of how far it came, so that a retry never duplicates unknowingly (law 8).</summary>
internal sealed partial class SmtpSending(
    TimedTransport transport,
    ReplyReader replies,
    SmtpClientOptions options,
    SmtpCapabilities capabilities,
    SmtpMailFrom from,
    IReadOnlyList<SmtpRecipient> recipients,
    ISmtpContent content)
{
    /// <summary>What is written at once; also what can lie unsent in memory.</summary>
    private const int Block = 32 * 1024;

    /// <summary>So few recipients that commands and replies fit any socket's buffers: no need to write and read at the same time.</summary>
    private const int FewRecipients = 16;

    private static readonly SmtpReply BareLineBreak = new(554, "5.6.11", "Message has a bare CR or LF and was not sent");
    private static readonly SmtpReply Unreadable = new(451, "4.3.0", "Message could not be read and was not sent");
    private static readonly SmtpReply TooLarge = new(552, "5.3.4", "Message is larger than the server takes and was not sent");
    private static readonly SmtpReply NeedsUtf8 = new(550, "5.6.7", "Message needs SMTPUTF8, which the server does not offer");
    private static readonly SmtpReply BadSender = new(501, "5.1.7", "Sender address cannot be written in a command");
    private static readonly SmtpReply BadRecipient = new(501, "5.1.3", "Recipient address cannot be written in a command");

    private readonly SmtpReply?[] _replies = new SmtpReply?[recipients.Count];
    private readonly bool[] _skipped = new bool[recipients.Count];
    private readonly bool _utf8 = from.SmtpUtf8 || !Ascii.IsValid(from.Address) || recipients.Any(recipient => !Ascii.IsValid(recipient.Address));
    private SmtpSendStage _stage = SmtpSendStage.BeforeEndOfData;
    private SmtpReply? _final;
    private volatile bool _stopWriting;

    /// <summary>MAIL was said and the server may still be in the transaction.</summary>
    public bool Unfinished { get; private set; }

    /// <summary>The result of a session that cannot be used.</summary>
    public SmtpSendResult Lost(string error) => new(_stage, _replies, _final, error);

    /// <summary>What can be refused without asking the server; null when it is to be sent. Reads the content once.</summary>
    public SmtpSendResult? Refusal(CancellationToken cancel)
    {
        if (from.Address.Length > 0 && !PathGrammar.IsMailbox(from.Address))
        {
            return RefuseAll(BadSender);
        }

        if (!capabilities.SmtpUtf8 && (from.SmtpUtf8 || !Ascii.IsValid(from.Address)))
        {
            return RefuseAll(NeedsUtf8);
        }

        if (capabilities.Size > 0 && content.Length > capabilities.Size)
        {
            return RefuseAll(TooLarge);
        }

        for (var i = 0; i < _replies.Length; i++)
        {
            var address = recipients[i].Address;
            _replies[i] = !PathGrammar.IsMailbox(address) ? BadRecipient
                : !capabilities.SmtpUtf8 && !Ascii.IsValid(address) ? NeedsUtf8
                : null;
            _skipped[i] = _replies[i] is not null;
        }

        if (Array.TrueForAll(_skipped, skipped => skipped))
        {
            return new SmtpSendResult(_stage, _replies, _replies[^1], null);
        }

        var check = default(LineBreakCheck);
        long length = 0;
        try
        {
            foreach (var segment in content.Segments())
            {
                cancel.ThrowIfCancellationRequested();
                check.Add(segment.Span);
                length += segment.Length;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return RefuseAll(Unreadable);
        }

        check.End();
        return check.Broken ? RefuseAll(BareLineBreak) : length != content.Length ? RefuseAll(Unreadable) : null;
    }

    /// <summary>The whole transaction. Throws <see cref="OperationCanceledException"/> only.</summary>
    public async Task<SmtpSendResult> RunAsync(bool reset, CancellationToken cancel)
    {
        try
        {
            var go = capabilities.Pipelining
                ? await PipelinedEnvelopeAsync(reset, cancel).ConfigureAwait(false)
                : await EnvelopeAsync(reset, cancel).ConfigureAwait(false);
            if (go)
            {
                await DataAsync(cancel).ConfigureAwait(false);
                Unfinished = false;
            }

            return Result(_final is { Code: 421 } ? $"server closes: {_final}" : null);
        }
        catch (SmtpProtocolException e)
        {
            _final ??= e.Reply;
            return Result(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return Result(SmtpText.Clean(e.Message));
        }
    }

    private SmtpSendResult RefuseAll(SmtpReply reply)
    {
        Array.Fill(_replies, reply);
        return new SmtpSendResult(_stage, _replies, reply, null);
    }

    private SmtpSendResult Result(string? error)
    {
        for (var i = 0; i < _replies.Length; i++)
        {
            // An accepted RCPT is no result: only what came after it is.
            if (_replies[i] is null or { IsSuccess: true })
            {
                _replies[i] = _final;
            }
        }

        return new SmtpSendResult(_stage, _replies, _final, error);
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (!await transport.FlushAsync(options.CommandTimeout, cancel).ConfigureAwait(false) && !transport.Poll())
        {
            throw new SmtpProtocolException("connection lost");
        }
    }

    /// <summary>A reply; 421 ends everything at any point (RFC 5321 section 3.8).</summary>
    private async ValueTask<SmtpReply> ReadAsync(TimeSpan timeout, CancellationToken cancel, bool intermediate = false)
    {
        var reply = await replies.ReadAsync(timeout, cancel).ConfigureAwait(false);
        if (reply.Code == 421)
        {
            throw new SmtpProtocolException($"server closes: {reply}", reply);
        }

        return reply.Code is >= 300 and < 400 && !intermediate
            ? throw new SmtpProtocolException($"unexpected reply: {reply}")
            : reply;
    }
}
