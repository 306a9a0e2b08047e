using System.Buffers;
using System.IO.Pipelines;

namespace Sekisho.Smtp;

/// <summary>How a read ended.</summary>
internal enum InputState
{
    /// <summary>There are more bytes than before.</summary>
    Data,

    /// <summary>The peer closed or the connection broke; nothing more will come.</summary>
    End,

    /// <summary>The read deadline passed.</summary>
    TimedOut,

    /// <summary><see cref="TimedTransport.Interrupt"/> was called.</summary>
    Interrupted,
}

/// <summary>
/// A duplex pipe with deadlines. It holds what was read and not yet used (<see cref="Buffer"/>), so that a parser takes line after line without touching
/// the pipe; only <see cref="FillAsync"/> returns memory to it.
/// </summary>
internal sealed class TimedTransport
{
    private readonly Deadline _readDeadline;
    private readonly Deadline _writeDeadline;
    private IDuplexPipe _pipe;
    private bool _held;
    private bool _completed;
    private bool _writeFailed;
    private long _filled;

    public TimedTransport(IDuplexPipe pipe, TimeProvider time)
    {
        _pipe = pipe;
        // A deadline only wakes the pending call; the pipe itself stays usable for the farewell.
        _readDeadline = new Deadline(time, () => _pipe.Input.CancelPendingRead());
        _writeDeadline = new Deadline(time, () => _pipe.Output.CancelPendingFlush());
    }

    /// <summary>Read and not yet consumed. Valid until the next <see cref="FillAsync"/>.</summary>
    public ReadOnlySequence<byte> Buffer { get; private set; }

    public PipeWriter Output => _pipe.Output;

    /// <summary>Bytes written since the last flush; kept here because not every PipeWriter can say.</summary>
    public long Unflushed { get; private set; }

    /// <summary>Takes everything before <paramref name="position"/> off the buffer.</summary>
    public void Consume(SequencePosition position) => Buffer = Buffer.Slice(position);

    public void ConsumeAll() => Buffer = Buffer.Slice(Buffer.End);

    public void Wrote(long bytes) => Unflushed += bytes;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _pipe.Output.Write(bytes);
        Unflushed += bytes.Length;
    }

    /// <summary>How long the next reads together may take, from now.</summary>
    public void SetReadDeadline(TimeSpan span) => _readDeadline.Set(span);

    public void ClearReadDeadline() => _readDeadline.Clear();

    /// <summary>Wakes a pending read; it returns <see cref="InputState.Interrupted"/>.</summary>
    public void Interrupt() => _pipe.Input.CancelPendingRead();

    /// <summary>Wakes a pending flush; it returns false.</summary>
    public void InterruptWrite() => _pipe.Output.CancelPendingFlush();

    /// <summary>Waits until there is more in <see cref="Buffer"/>. Throws only when <paramref name="cancel"/> fires.</summary>
    public async ValueTask<InputState> FillAsync(CancellationToken cancel)
    {
        if (_completed)
        {
            return InputState.End;
        }

        var before = Buffer.Length;
        while (true)
        {
            if (_readDeadline.Expired)
            {
                return InputState.TimedOut;
            }

            ReadResult read;
            try
            {
                if (_held)
                {
                    _held = false;
                    _pipe.Input.AdvanceTo(Buffer.Start, Buffer.End);
                    Buffer = default;
                }

                read = await _pipe.Input.ReadAsync(cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                // A reset connection, a TLS record that does not verify, a transport disposed under us: all mean the peer is gone.
                _completed = true;
                Buffer = default;
                return InputState.End;
            }

            _held = true;
            Buffer = read.Buffer;
            _filled = Buffer.Length;
            _completed = read.IsCompleted;
            if (_filled > before)
            {
                return InputState.Data;
            }

            if (_completed)
            {
                return InputState.End;
            }

            if (read.IsCanceled)
            {
                return _readDeadline.Expired ? InputState.TimedOut : InputState.Interrupted;
            }
        }
    }

    /// <summary>Takes over what has already arrived, without waiting. True when the buffer is not empty or the peer has closed.</summary>
    public bool Poll()
    {
        if (!Buffer.IsEmpty || _completed)
        {
            return true;
        }

        Release();
        TryAcquire();
        return !Buffer.IsEmpty || _completed;
    }

    /// <summary>
    /// Gives consumed memory back to the pipe when nothing is left in the buffer. To be done before waiting for anything that may depend on the peer going on:
    /// it may be waiting for just this room.
    /// </summary>
    public void ReleaseIfEmpty()
    {
        if (Buffer.IsEmpty && !_completed)
        {
            Release();
        }
    }

    /// <summary>Like <see cref="FlushAsync"/>, for one who does not read at the same time: while it waits, the pipe has its memory back.</summary>
    public async ValueTask<bool> FlushAndReleaseAsync(TimeSpan timeout, CancellationToken cancel)
    {
        var flushing = FlushAsync(timeout, cancel);
        if (flushing.IsCompleted || _completed || Buffer.Length == _filled)
        {
            return await flushing.ConfigureAwait(false);
        }

        var left = !Buffer.IsEmpty;
        Release();
        var sent = await flushing.ConfigureAwait(false);
        if (left)
        {
            TryAcquire();
        }

        return sent;
    }

    private void Release()
    {
        if (_held)
        {
            // Examined only so far as consumed: what is left is there again at the next read.
            _held = false;
            _pipe.Input.AdvanceTo(Buffer.Start);
            Buffer = default;
        }
    }

    private void TryAcquire()
    {
        try
        {
            if (_pipe.Input.TryRead(out var read))
            {
                _held = true;
                Buffer = read.Buffer;
                _filled = 0;
                _completed = read.IsCompleted;
            }
        }
        catch (Exception)
        {
            // The connection broke; as in FillAsync.
            _completed = true;
            Buffer = default;
        }
    }

    /// <summary>Sends what was written. False when the peer does not take it in time or is gone. Throws only when <paramref name="cancel"/> fires.</summary>
    public async ValueTask<bool> FlushAsync(TimeSpan timeout, CancellationToken cancel)
    {
        Unflushed = 0;
        if (_writeFailed)
        {
            // One wait for a peer that takes nothing is enough.
            return false;
        }

        try
        {
            var flushing = _pipe.Output.FlushAsync(cancel);
            if (!flushing.IsCompletedSuccessfully)
            {
                _writeDeadline.Set(timeout);
            }

            var sent = await flushing.ConfigureAwait(false) is { IsCompleted: false, IsCanceled: false };
            _writeFailed |= !sent;
            return sent;
        }
        catch (Exception e)
        {
            _writeFailed = true;
            if (e is OperationCanceledException && cancel.IsCancellationRequested)
            {
                throw;
            }

            return false;
        }
        finally
        {
            _writeDeadline.Clear();
        }
    }

    /// <summary>Puts TLS in between. Nothing read may be left over: the caller has checked that <see cref="Buffer"/> is empty.</summary>
    public async Task UpgradeAsync(TlsUpgrade upgrade, TimeSpan timeout, TimeProvider time, CancellationToken cancel)
    {
        if (_held)
        {
            _held = false;
            _pipe.Input.AdvanceTo(Buffer.End);
            Buffer = default;
        }

        using var source = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(source.Token, cancel);
        _pipe = await upgrade(_pipe, both.Token).ConfigureAwait(false);
        _completed = false;
    }

    /// <summary>Ends both directions and the timers. Never throws.</summary>
    public async ValueTask CloseAsync()
    {
        _readDeadline.Stop();
        _writeDeadline.Stop();
        try
        {
            if (_held)
            {
                _held = false;
                _pipe.Input.AdvanceTo(Buffer.End);
            }

            // With an exception nothing that is left over is sent: a peer that does not read would keep us here, and half a message is of no use to it.
            await _pipe.Output.CompleteAsync(_writeFailed || Unflushed > 0 ? new IOException("Closed before all was sent.") : null).ConfigureAwait(false);
            await _pipe.Input.CompleteAsync().ConfigureAwait(false);
            if (_pipe is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // A broken connection cannot be closed more than it is.
        }
    }
}
