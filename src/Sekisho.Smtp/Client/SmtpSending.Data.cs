namespace Sekisho.Smtp;

/// <content>The message and its end.</content>
internal sealed partial class SmtpSending
{
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
}
