using System.Buffers;

namespace Sekisho.Smtp;

/// <content>DATA (RFC 5321 section 4.1.1.4), and what BDAT shares with it.</content>
public sealed partial class SmtpServerSession
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    private ISmtpMessageSink? _sink;
    private SmtpReply? _failure;
    private long _received;
    private long _dropped;
    private long _rateBytes;
    private TimeSpan _rateWait;

    private async ValueTask DataAsync()
    {
        var order = _sink is not null ? Replies.InChunks
            : _info.Helo.Length == 0 ? Replies.HeloFirst
            : _from is null ? Replies.MailFirst
            : _recipients.Count == 0 ? Replies.NoRecipients
            : null;
        if (order is not null)
        {
            RefuseData(order, isError: true);
            return;
        }

        if (!await OpenMessageAsync(dots: true).ConfigureAwait(false))
        {
            RefuseData(_failure!, isError: false);
            await ClearTransactionAsync().ConfigureAwait(false);
            return;
        }

        Reply(Replies.StartData);
        if (!await FlushAsync().ConfigureAwait(false))
        {
            return;
        }

        while (true)
        {
            if (_transport.Buffer.IsEmpty && !await MoreDataAsync().ConfigureAwait(false))
            {
                await ClearTransactionAsync().ConfigureAwait(false);
                return;
            }

            var ended = _decoder.Decode(_transport.Buffer, out var consumed, out var bytes);
            var delivery = DeliverAsync(bytes);
            if (!delivery.IsCompletedSuccessfully)
            {
                await delivery.ConfigureAwait(false);
            }

            _transport.Consume(consumed);
            if (ended)
            {
                break;
            }
        }

        await FinishMessageAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Refuses DATA. A client must wait for this reply (RFC 2920 section 3.1); if more has come already, it is a message whose lines would be read as commands.
    /// </summary>
    private void RefuseData(SmtpReply reply, bool isError)
    {
        if (isError)
        {
            RefuseOrder(reply);
        }
        else
        {
            Reply(reply);
        }

        if (!_closing && _transport.Poll() && !_transport.Buffer.IsEmpty)
        {
            _transport.ConsumeAll();
            Farewell(Replies.PipelinedAfterData);
        }
    }

    private void BeginMessage(bool dots)
    {
        _decoder.Reset(dots);
        _failure = null;
        _received = 0;
        _dropped = 0;
        _rateBytes = 0;
        _rateWait = TimeSpan.Zero;
    }

    private async ValueTask<bool> OpenMessageAsync(bool dots)
    {
        BeginMessage(dots);
        try
        {
            // A copy: the list is cleared for the next transaction while the receiver may still hold on to it.
            _sink = await _receiver.OpenMessageAsync(_info, _from!, [.. _recipients], CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception e)
        {
            _failure = Replies.For(e);
            return false;
        }
    }

    private async ValueTask DeliverAsync(ReadOnlySequence<byte> bytes)
    {
        if (_decoder.Broken && _sink is not null)
        {
            await AbortMessageAsync().ConfigureAwait(false);
        }

        if (bytes.IsEmpty || _sink is null)
        {
            return;
        }

        _received += bytes.Length;
        if (_received > _options.MaxMessageSize)
        {
            _failure = Replies.TooLarge;
            await AbortMessageAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            await _sink.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _failure = Replies.For(e);
            await AbortMessageAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Why the message cannot be taken, gravest first; null when it can.</summary>
    private SmtpReply? Refusal() => _decoder.Broken ? Replies.BrokenData : _failure ?? (_decoder.LineTooLong ? Replies.TextLineTooLong : null);

    private async ValueTask FinishMessageAsync()
    {
        var reply = Refusal();
        if (reply is null && _sink is { } sink)
        {
            // Taken out first: after this call, however it ends, the sink is not to be touched again.
            _sink = null;
            try
            {
                reply = Replies.Checked(await sink.CompleteAsync(CancellationToken.None).ConfigureAwait(false));
            }
            catch (Exception e)
            {
                reply = Replies.For(e);
            }
        }

        reply ??= Replies.Internal;
        Reply(reply);
        _closing |= reply.Code == 421;
        await ClearTransactionAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the next block of a message. False when there is none; what is to be said about it has been said.</summary>
    private async ValueTask<bool> MoreDataAsync()
    {
        if (_transport.Unflushed > 0 && !await FlushAsync().ConfigureAwait(false))
        {
            return false;
        }

        if (_dropped > (4 * _options.MaxMessageSize) + (64L << 20))
        {
            // Reading a refused message to its end is a courtesy, and it ends here.
            Farewell(Refusal() ?? Replies.TooLarge);
            return false;
        }

        _transport.SetReadDeadline(_decoder.Broken ? _options.BrokenDataTimeout : _options.DataTimeout);
        var start = _time.GetTimestamp();
        InputState state;
        do
        {
            state = await _transport.FillAsync(CancellationToken.None).ConfigureAwait(false);
        }
        while (state == InputState.Interrupted);

        _transport.ClearReadDeadline();
        switch (state)
        {
            case InputState.TimedOut:
                Farewell(_decoder.Broken ? Replies.BrokenData : Replies.Idle);
                return false;
            case InputState.End:
                _closing = true;
                return false;
        }

        if (_decoder.Broken || _sink is null)
        {
            _dropped += _transport.Buffer.Length;
        }

        // Only the waiting counts: a slow disk on this side is not the peer's fault.
        _rateWait += _time.GetElapsedTime(start);
        _rateBytes += _transport.Buffer.Length;
        if (_options.MinDataRate > 0 && _rateWait >= RateWindow)
        {
            if (_rateBytes < _options.MinDataRate * _rateWait.TotalSeconds)
            {
                Farewell(_decoder.Broken ? Replies.BrokenData : Replies.TooSlow);
                return false;
            }

            _rateBytes = 0;
            _rateWait = TimeSpan.Zero;
        }

        return true;
    }

    /// <summary>Back to after EHLO. The reply that ends a transaction must be written before, for its SMTPUTF8 to count.</summary>
    private ValueTask ClearTransactionAsync(bool keepMailSaid = false)
    {
        _from = null;
        _mailSaid &= keepMailSaid;
        _recipients.Clear();
        if (_recipients.Capacity > 1024)
        {
            _recipients.Capacity = 0;
        }

        return _sink is null ? default : AbortMessageAsync();
    }

    private async ValueTask AbortMessageAsync()
    {
        if (_sink is not { } sink)
        {
            return;
        }

        _sink = null;
        try
        {
            await sink.AbortAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The message is refused or gone either way; cleaning up is the sink's own affair.
        }
    }
}
