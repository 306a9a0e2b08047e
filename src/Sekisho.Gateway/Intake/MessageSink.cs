using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Intake;

/// <summary>
/// Takes one message: up to 64 kB in memory, more into a spool file. Law 1: 250 is answered only after message, envelope, delivery and
/// first audit event are synced; whatever fails before answers 4xx and leaves nothing.
/// </summary>
internal sealed class MessageSink(IStore store, IntakeSettings settings, Func<SubmissionHead> head, Func<NewSubmission, Task> accept) : ISmtpMessageSink
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[]? _buffer;
    private int _buffered;
    private ISpoolWriter? _spool;
    private long _size;
    private bool _eightBit;
    private HopCounter _hops;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel)
    {
        foreach (var segment in bytes)
        {
            _digest.AppendData(segment.Span);
            _eightBit = _eightBit || !Ascii.IsValid(segment.Span);
            _hops.Read(segment.Span);
            _size += segment.Length;
            if (_spool is null && _buffered + segment.Length <= settings.InlineBytes)
            {
                Buffer(segment.Span);
            }
            else
            {
                await SpoolAsync(segment, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SmtpReply> CompleteAsync(CancellationToken cancel)
    {
        var name = (string?)null;
        var taken = false;
        try
        {
            if (_hops.Count > settings.MaxHops)
            {
                return new SmtpReply(554, "5.4.6", $"mail loop: {_hops.Count} Received lines");
            }

            if (_spool is not null)
            {
                name = await _spool.CommitAsync(cancel).ConfigureAwait(false);
            }

            Failpoints.Hit("intake.body-written");
            var submission = head().With(new StoredBody(name is null ? _buffer.AsMemory(0, _buffered).ToArray() : default, name), _size,
                Convert.ToHexStringLower(_digest.GetHashAndReset()), _eightBit);
            await accept(submission).ConfigureAwait(false);
            taken = true;
            Failpoints.Hit("intake.before-250");
            return new SmtpReply(250, "2.0.0", $"{submission.Id} accepted");
        }
        catch (StoreException e) when (e.IsFull)
        {
            throw new SmtpStorageFullException(e.Message, e);
        }
        finally
        {
            // Not taken for certain, or perhaps not: the file goes only when no row can refer to it.
            if (name is not null && !taken)
            {
                store.Spool.Discard(name);
            }

            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask AbortAsync() => CloseAsync();

    private void Buffer(ReadOnlySpan<byte> bytes)
    {
        if (_buffer is null || _buffered + bytes.Length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(settings.InlineBytes, Math.Max(_buffered + bytes.Length, 2 * _buffered)));
            _buffer.AsSpan(0, _buffered).CopyTo(larger);
            if (_buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    private async ValueTask SpoolAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            if (_spool is null)
            {
                _spool = await store.Spool.CreateAsync(cancel).ConfigureAwait(false);
                if (_buffered > 0)
                {
                    await _spool.WriteAsync(_buffer.AsMemory(0, _buffered), cancel).ConfigureAwait(false);
                }

                ReturnBuffer();
            }

            await _spool.WriteAsync(bytes, cancel).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsFull)
        {
            throw new SmtpStorageFullException(e.Message, e);
        }
    }

    private async ValueTask CloseAsync()
    {
        ReturnBuffer();
        _digest.Dispose();
        if (_spool is not null)
        {
            await _spool.DisposeAsync().ConfigureAwait(false);
            _spool = null;
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
            _buffered = 0;
        }
    }
}

/// <summary>What the sink needs to know.</summary>
/// <param name="InlineBytes">Up to here a body stays in memory and in the row.</param>
/// <param name="MaxHops">Received lines above which the mail loops.</param>
internal sealed record IntakeSettings(int InlineBytes, int MaxHops);

/// <summary>Everything of a submission but its body.</summary>
internal sealed record SubmissionHead(NewSubmission Submission)
{
    /// <summary>The whole.</summary>
    public NewSubmission With(StoredBody body, long size, string digest, bool eightBit)
        => Submission with { Body = body, Size = size, Digest = digest, EightBit = eightBit || Submission.EightBit };
}
