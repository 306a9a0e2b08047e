using System.Buffers;
using System.IO.Pipelines;

namespace Sekisho.Smtp;

/// <summary>One server session from greeting to close, over pipes; knows no sockets.</summary>
public sealed partial class SmtpServerSession
{
    /// <summary>Replies are gathered up to this and then sent even while more commands wait, so that a burst costs no memory.</summary>
    private const int FlushThreshold = 16 * 1024;

    private readonly SmtpSessionInfo _info;
    private readonly SmtpServerOptions _options;
    private readonly ISmtpReceiver _receiver;
    private readonly TlsUpgrade? _upgrade;
    private readonly TimeProvider _time;
    private readonly TimedTransport _transport;
    private readonly IDuplexPipe _plain;
    private readonly LineReader _lines;
    private readonly DataDecoder _decoder;
    private readonly List<SmtpRecipient> _recipients = [];
    private SmtpMailFrom? _from;
    private bool _mailSaid;
    private int _errors;
    private int _transactions;
    private int _authFailures;
    private bool _closing;
    private volatile bool _draining;
    private volatile bool _idle;

    /// <summary>Prepares a session. <paramref name="upgrade"/> null: no STARTTLS whatever the options say.</summary>
    public SmtpServerSession(IDuplexPipe transport, SmtpSessionInfo info, SmtpServerOptions options, ISmtpReceiver receiver, TlsUpgrade? upgrade, TimeProvider time)
    {
        _plain = transport;
        _info = info;
        _options = options;
        _receiver = receiver;
        _upgrade = upgrade;
        _time = time;
        _transport = new TimedTransport(transport, time);
        _lines = new LineReader(_transport);
        _decoder = new DataDecoder(options.NormalizeLineBreaks, options.MaxTextLine);
    }

    /// <summary>
    /// Runs until QUIT, a limit, a lost peer, or <paramref name="drain"/> (answers 421 4.3.2 at the next command boundary; a transaction
    /// whose DATA has begun is finished first). Never throws for anything the peer does. Completes both directions of the transport at the end.
    /// </summary>
    public async Task RunAsync(CancellationToken drain)
    {
        var registration = drain.UnsafeRegister(static state => ((SmtpServerSession)state!).Drain(), this);
        try
        {
            await ConverseAsync().ConfigureAwait(false);
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            await AbortMessageAsync().ConfigureAwait(false);
            _decoder.Release();
            _lines.Release();
            await _transport.CloseAsync().ConfigureAwait(false);
            await ClosePlainAsync().ConfigureAwait(false);
        }
    }

    private async Task ConverseAsync()
    {
        SmtpReply? refusal;
        try
        {
            refusal = _draining ? Replies.Draining : await _receiver.ConnectAsync(_info, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // No 451 in place of a greeting (RFC 5321 section 4.3.2): 421 says the same and every client knows it there.
            refusal = Replies.NotNow;
        }

        if (refusal is { IsSuccess: false })
        {
            Farewell(refusal);
        }
        else
        {
            Reply(new SmtpReply(220, null, $"{_options.HostName} ESMTP Sekisho"));
        }

        while (!_closing)
        {
            var status = await NextLineAsync(auth: false).ConfigureAwait(false);
            switch (status)
            {
                case LineStatus.Line:
                    var work = Execute(_lines.Line);
                    if (!work.IsCompletedSuccessfully)
                    {
                        await work.ConfigureAwait(false);
                    }

                    break;
                case LineStatus.TooLong:
                    Error(Replies.LineTooLong);
                    break;
                default:
                    EndOfInput(status);
                    break;
            }

            if (_transport.Unflushed > FlushThreshold && !await FlushAsync().ConfigureAwait(false))
            {
                return;
            }
        }

        await FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Takes the next line, sending the gathered replies first when there is none yet (RFC 2920 section 3.2).</summary>
    private async ValueTask<LineStatus> NextLineAsync(bool auth)
    {
        var waiting = false;
        try
        {
            while (true)
            {
                if (_draining && _sink is null && !auth)
                {
                    return LineStatus.Drain;
                }

                var status = _lines.TryTake(auth ? _options.MaxAuthLine : _options.MaxCommandLine, auth ? 0 : _options.MaxAuthLine);
                if (status != LineStatus.NeedMore)
                {
                    return status;
                }

                if (_transport.Unflushed > 0 && !await FlushAsync().ConfigureAwait(false))
                {
                    return LineStatus.Gone;
                }

                if (!waiting)
                {
                    // For the whole line, not for each piece of it: a byte a minute does not keep a session open.
                    waiting = true;
                    _transport.SetReadDeadline(_options.CommandTimeout);
                    _idle = true;
                    continue;
                }

                switch (await _transport.FillAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    case InputState.End:
                        return LineStatus.Gone;
                    case InputState.TimedOut:
                        return LineStatus.TimedOut;
                }
            }
        }
        finally
        {
            if (waiting)
            {
                _idle = false;
                _transport.ClearReadDeadline();
            }
        }
    }

    /// <summary>What to say, if anything, when no line came.</summary>
    private void EndOfInput(LineStatus status)
    {
        switch (status)
        {
            case LineStatus.Drain:
                Farewell(Replies.Draining);
                break;
            case LineStatus.TimedOut:
                Farewell(Replies.Idle);
                break;
            case LineStatus.BareBreak:
                // Whoever sends these may be a relay that was tricked into carrying a second message; nothing after it can be trusted.
                Farewell(Replies.BareLineBreak);
                break;
            default:
                _closing = true;
                break;
        }
    }

    private void Drain()
    {
        _draining = true;
        if (_idle)
        {
            _transport.Interrupt();
        }
    }

    private void Reply(SmtpReply reply)
        => _transport.Wrote(ReplyWriter.Write(_transport.Output, reply, _from is { SmtpUtf8: true }));

    /// <summary>A reply to bad syntax or order; too many of them end the session.</summary>
    private void Error(SmtpReply reply)
    {
        if (++_errors >= _options.MaxErrors)
        {
            Farewell(Replies.TooManyErrors);
        }
        else
        {
            Reply(reply);
        }
    }

    private void Farewell(SmtpReply reply)
    {
        Reply(reply);
        _closing = true;
    }

    private async ValueTask<bool> FlushAsync()
    {
        var sent = await _transport.FlushAndReleaseAsync(_options.CommandTimeout, CancellationToken.None).ConfigureAwait(false);
        _closing |= !sent;
        return sent;
    }

    private async ValueTask ClosePlainAsync()
    {
        try
        {
            await _plain.Output.CompleteAsync().ConfigureAwait(false);
            await _plain.Input.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Already closed, or broken; both are fine now.
        }
    }
}
