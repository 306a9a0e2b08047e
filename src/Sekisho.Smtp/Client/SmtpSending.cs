using System.Buffers;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>One transaction of a client session. It keeps account of how far it came, so that a retry never duplicates unknowingly (law 8).</summary>
internal sealed class SmtpSending(
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

    /// <summary>One command, one reply. True when the server waits for the message.</summary>
    private async Task<bool> EnvelopeAsync(bool reset, CancellationToken cancel)
    {
        if (reset)
        {
            WriteReset();
            await FlushAsync(cancel).ConfigureAwait(false);
            await ExpectResetAsync(cancel).ConfigureAwait(false);
        }

        WriteMail();
        await FlushAsync(cancel).ConfigureAwait(false);
        if (!await ExpectMailAsync(cancel).ConfigureAwait(false))
        {
            return false;
        }

        var accepted = 0;
        for (var i = 0; i < recipients.Count; i++)
        {
            if (WriteRecipient(i))
            {
                await FlushAsync(cancel).ConfigureAwait(false);
                accepted += await ExpectRecipientAsync(i, cancel).ConfigureAwait(false) ? 1 : 0;
            }
        }

        if (accepted == 0)
        {
            _final = _replies[^1];
            return false;
        }

        transport.Write("DATA\r\n"u8);
        await FlushAsync(cancel).ConfigureAwait(false);
        return await ExpectDataAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>All commands, then all replies (RFC 2920); for many recipients at the same time, because a server stops reading when nobody takes its replies.</summary>
    private async Task<bool> PipelinedEnvelopeAsync(bool reset, CancellationToken cancel)
    {
        if (recipients.Count <= FewRecipients)
        {
            WriteEnvelope(reset);
            await FlushAsync(cancel).ConfigureAwait(false);
            return await ReadEnvelopeAsync(reset, cancel).ConfigureAwait(false);
        }

        var writing = WriteEnvelopeAsync(reset, cancel);
        bool go;
        try
        {
            go = await ReadEnvelopeAsync(reset, cancel).ConfigureAwait(false);
        }
        catch
        {
            _stopWriting = true;
            transport.InterruptWrite();
            await writing.ConfigureAwait(false);
            throw;
        }

        // Replies may be complete a moment before the last flush is; or long before, where the server answers what it was not asked.
        return await writing.ConfigureAwait(false) ? go : throw new SmtpProtocolException("connection lost");
    }

    private void WriteEnvelope(bool reset)
    {
        if (reset)
        {
            WriteReset();
        }

        WriteMail();
        for (var i = 0; i < recipients.Count; i++)
        {
            WriteRecipient(i);
        }

        transport.Write("DATA\r\n"u8);
    }

    /// <summary>False when not all could be written; what went wrong shows as a missing reply on the other side, which is where it is reported.</summary>
    private async Task<bool> WriteEnvelopeAsync(bool reset, CancellationToken cancel)
    {
        try
        {
            await Task.Yield();
            if (reset)
            {
                WriteReset();
            }

            WriteMail();
            for (var i = 0; i < recipients.Count; i++)
            {
                WriteRecipient(i);
                if (transport.Unflushed > Block / 4
                    && (!await transport.FlushAsync(options.CommandTimeout, cancel).ConfigureAwait(false) || _stopWriting))
                {
                    return false;
                }
            }

            transport.Write("DATA\r\n"u8);
            return await transport.FlushAsync(options.CommandTimeout, cancel).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task<bool> ReadEnvelopeAsync(bool reset, CancellationToken cancel)
    {
        if (reset)
        {
            await ExpectResetAsync(cancel).ConfigureAwait(false);
        }

        var mail = await ExpectMailAsync(cancel).ConfigureAwait(false);
        var accepted = 0;
        for (var i = 0; i < recipients.Count; i++)
        {
            if (!_skipped[i])
            {
                accepted += await ExpectRecipientAsync(i, cancel).ConfigureAwait(false) ? 1 : 0;
            }
        }

        var go = await ExpectDataAsync(cancel).ConfigureAwait(false);
        if (mail && accepted > 0)
        {
            return go;
        }

        _final ??= _replies[^1];
        if (go)
        {
            // It waits for a message to nobody. The end of data alone takes it out of there (RFC 2920 section 3.1); what it makes of that is no matter.
            transport.Write(".\r\n"u8);
            await FlushAsync(cancel).ConfigureAwait(false);
            await ReadAsync(options.DataEndTimeout, cancel).ConfigureAwait(false);
        }

        return false;
    }

    private void WriteReset() => transport.Write("RSET\r\n"u8);

    private void WriteMail()
    {
        Unfinished = true;
        var line = new StringBuilder("MAIL FROM:<").Append(from.Address).Append('>');
        if (capabilities.Size is not null)
        {
            line.Append(" SIZE=").Append(content.Length);
        }

        if (capabilities.EightBitMime && (from.EightBit || content.HasEightBit))
        {
            line.Append(" BODY=8BITMIME");
        }

        if (capabilities.SmtpUtf8 && _utf8)
        {
            line.Append(" SMTPUTF8");
        }

        if (capabilities.Dsn)
        {
            if (from.Ret is "FULL" or "HDRS")
            {
                line.Append(" RET=").Append(from.Ret);
            }

            if (!string.IsNullOrEmpty(from.EnvelopeId))
            {
                line.Append(" ENVID=").Append(Xtext.Encode(from.EnvelopeId));
            }
        }

        Write(line.Append("\r\n"));
    }

    /// <summary>False when this recipient was refused before (see <see cref="Refusal"/>).</summary>
    private bool WriteRecipient(int index)
    {
        // Not _replies: the reader fills them meanwhile, and a server that answers ahead must not make a recipient look done.
        var recipient = recipients[index];
        if (_skipped[index])
        {
            return false;
        }

        var line = new StringBuilder("RCPT TO:<").Append(recipient.Address).Append('>');
        if (capabilities.Dsn)
        {
            if (IsNotify(recipient.Notify))
            {
                line.Append(" NOTIFY=").Append(recipient.Notify);
            }

            if (recipient.OriginalRecipient?.IndexOf(';', StringComparison.Ordinal) is { } semicolon and > 0)
            {
                var type = recipient.OriginalRecipient[..semicolon];
                if (type.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                {
                    line.Append(" ORCPT=").Append(type).Append(';').Append(Xtext.Encode(recipient.OriginalRecipient[(semicolon + 1)..]));
                }
            }
        }

        Write(line.Append("\r\n"));
        return true;
    }

    private static bool IsNotify(string? notify) => notify is { Length: > 0 } && notify.All(c => char.IsAsciiLetter(c) || c == ',');

    private void Write(StringBuilder line) => transport.Write(Encoding.UTF8.GetBytes(line.ToString()));

    private async ValueTask ExpectResetAsync(CancellationToken cancel)
    {
        var reply = await ReadAsync(options.CommandTimeout, cancel).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw new SmtpProtocolException($"RSET refused: {reply}", reply);
        }
    }

    private async ValueTask<bool> ExpectMailAsync(CancellationToken cancel)
    {
        var reply = await ReadAsync(options.CommandTimeout, cancel).ConfigureAwait(false);
        _final = reply.IsSuccess ? null : reply;
        return reply.IsSuccess;
    }

    private async ValueTask<bool> ExpectRecipientAsync(int index, CancellationToken cancel)
    {
        var reply = await ReadAsync(options.CommandTimeout, cancel).ConfigureAwait(false);
        // After a refused MAIL the replies to RCPT only say so.
        _replies[index] = _final ?? reply;
        return reply.IsSuccess && _final is null;
    }

    private async ValueTask<bool> ExpectDataAsync(CancellationToken cancel)
    {
        var reply = await ReadAsync(options.DataStartTimeout, cancel, intermediate: true).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            throw new SmtpProtocolException($"unexpected reply to DATA: {reply}");
        }

        _final ??= reply.Code < 400 ? null : reply;
        return reply.Code < 400;
    }

    private async Task DataAsync(CancellationToken cancel)
    {
        var stuffer = new DotStuffer();
        long length = 0;
        foreach (var segment in content.Segments())
        {
            length += segment.Length;
            for (var rest = segment; !rest.IsEmpty; rest = rest[Math.Min(Block, rest.Length)..])
            {
                cancel.ThrowIfCancellationRequested();
                var before = stuffer.Written;
                stuffer.Write(rest.Span[..Math.Min(Block, rest.Length)], transport.Output);
                transport.Wrote(stuffer.Written - before);
                if (transport.Unflushed >= Block)
                {
                    await FlushDataAsync(cancel).ConfigureAwait(false);
                }
            }
        }

        if (!stuffer.CanEnd || length != content.Length)
        {
            // The content is not what it was when it was looked through: half a message, or one with another end of data in it. Never end that.
            throw new SmtpProtocolException("content changed while it was sent");
        }

        await ThrowIfAnsweredAsync(cancel).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();

        // From here on the server may have it all, and cancellation would only lose its answer.
        _stage = SmtpSendStage.ReplyLost;
        stuffer.End(transport.Output);
        await transport.FlushAsync(options.DataBlockTimeout, CancellationToken.None).ConfigureAwait(false);
        var reply = await replies.ReadAsync(options.DataEndTimeout, CancellationToken.None).ConfigureAwait(false);
        if (reply.Code < 400 && !reply.IsSuccess)
        {
            throw new SmtpProtocolException($"unexpected reply to the end of data: {reply}");
        }

        _stage = SmtpSendStage.Answered;
        _final = reply;
    }

    private async ValueTask FlushDataAsync(CancellationToken cancel)
    {
        if (!await transport.FlushAsync(options.DataBlockTimeout, cancel).ConfigureAwait(false))
        {
            await ThrowIfAnsweredAsync(cancel).ConfigureAwait(false);
            throw new SmtpProtocolException("connection lost while sending data");
        }

        await ThrowIfAnsweredAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>
    /// A server that answers before the end of data has given up, or is out of step. Were its reply taken for the one to the end of data, a message could
    /// count as delivered that nobody has.
    /// </summary>
    private async ValueTask ThrowIfAnsweredAsync(CancellationToken cancel)
    {
        if (!transport.Poll())
        {
            return;
        }

        var reply = await replies.ReadAsync(TimeSpan.FromSeconds(5), cancel).ConfigureAwait(false);
        throw new SmtpProtocolException($"answered before the end of data: {reply}", reply.Code >= 400 ? reply : null);
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
