using System.Buffers;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>Reads replies (RFC 5321 section 4.2) from a server that may send anything.</summary>
internal sealed class ReplyReader(TimedTransport transport, SmtpClientOptions options)
{
    /// <summary>The next whole reply. The timeout is for all of it. Throws <see cref="SmtpProtocolException"/> when none comes or it is none.</summary>
    public async ValueTask<SmtpReply> ReadAsync(TimeSpan timeout, CancellationToken cancel)
    {
        var code = 0;
        var count = 0;
        string? first = null;
        StringBuilder? more = null;
        var waiting = false;
        try
        {
            while (true)
            {
                while (TryTakeLine(out var lineCode, out var last, out var text))
                {
                    if (code != 0 && code != lineCode)
                    {
                        throw new SmtpProtocolException($"malformed reply: code changes from {code} to {lineCode}");
                    }

                    code = lineCode;
                    if (++count > options.MaxReplyLines)
                    {
                        throw new SmtpProtocolException("reply has too many lines");
                    }

                    if (first is null)
                    {
                        first = text;
                    }
                    else
                    {
                        (more ??= new StringBuilder(first)).Append('\n').Append(text);
                    }

                    if (last)
                    {
                        transport.ReleaseIfEmpty();
                        return ReplyGrammar.Create(code, more?.ToString() ?? first);
                    }
                }

                if (!waiting)
                {
                    waiting = true;
                    transport.SetReadDeadline(timeout);
                }

                switch (await transport.FillAsync(cancel).ConfigureAwait(false))
                {
                    case InputState.End:
                        throw new SmtpProtocolException(count > 0 || !transport.Buffer.IsEmpty ? "connection closed within a reply" : "connection closed");
                    case InputState.TimedOut:
                        throw new SmtpProtocolException($"no reply within {timeout.TotalSeconds:0} s");
                }
            }
        }
        finally
        {
            if (waiting)
            {
                transport.ClearReadDeadline();
            }
        }
    }

    private bool TryTakeLine(out int code, out bool last, out string text)
    {
        code = 0;
        last = false;
        text = "";
        var buffer = transport.Buffer;
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            return buffer.Length > options.MaxReplyLine ? throw new SmtpProtocolException("reply line too long") : false;
        }

        var line = buffer.Slice(0, end);
        if (line.Length > options.MaxReplyLine)
        {
            throw new SmtpProtocolException("reply line too long");
        }

        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (!ReplyGrammar.TryParseLine(bytes, out code, out last, out text))
        {
            throw new SmtpProtocolException("malformed reply");
        }

        transport.Consume(buffer.GetPosition(1, end));
        return true;
    }
}
