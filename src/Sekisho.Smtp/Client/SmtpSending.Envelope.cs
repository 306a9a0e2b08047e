using System.Text;

namespace Sekisho.Smtp;

/// <content>MAIL, RCPT and the reply to DATA.</content>
internal sealed partial class SmtpSending
{
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
}
