using System.Buffers;

namespace Sekisho.Smtp;

/// <content>BDAT (RFC 3030).</content>
public sealed partial class SmtpServerSession
{
    private ValueTask Chunk(ReadOnlySpan<byte> argument)
    {
        if (!CommandGrammar.TryParseChunk(argument, out var size, out var last))
        {
            // How much to skip is not known, and a message must not be read as commands.
            _transport.ConsumeAll();
            Farewell(Replies.ChunkSyntax);
            return default;
        }

        return ChunkAsync(size, last);
    }

    private async ValueTask ChunkAsync(long size, bool last)
    {
        var order = !_options.OfferChunking ? Replies.NoChunking
            : _info.Helo.Length == 0 ? Replies.HeloFirst
            : _from is null ? Replies.MailFirst
            : _recipients.Count == 0 ? Replies.NoRecipients
            : null;
        if (order is null && _sink is null)
        {
            await OpenMessageAsync(dots: false).ConfigureAwait(false);
        }

        if (_sink is null)
        {
            await SkipChunkAsync(size, order).ConfigureAwait(false);
            return;
        }

        if (!await ReceiveChunkAsync(size).ConfigureAwait(false))
        {
            await ClearTransactionAsync().ConfigureAwait(false);
            return;
        }

        if (last)
        {
            if (_decoder.EndChunks())
            {
                await DeliverAsync(new ReadOnlySequence<byte>("\n"u8.ToArray())).ConfigureAwait(false);
            }

            await FinishMessageAsync().ConfigureAwait(false);
        }
        else if (Refusal() is { } refusal)
        {
            // More chunks may be on their way; each gets its 503 (RFC 3030 section 2) without being held against the client.
            Reply(refusal);
            await ClearTransactionAsync(keepMailSaid: true).ConfigureAwait(false);
        }
        else
        {
            Reply(Replies.Done);
        }
    }

    /// <summary>Refuses a chunk, which is on its way whatever the answer is (RFC 3030 section 2): its bytes must never be read as commands.</summary>
    private async ValueTask SkipChunkAsync(long size, SmtpReply? order)
    {
        if (order is not null)
        {
            BeginMessage(dots: false);
        }

        if (!await ReceiveChunkAsync(size).ConfigureAwait(false))
        {
            return;
        }

        if (order is not null)
        {
            RefuseOrder(order);
            return;
        }

        Reply(_failure!);
        await ClearTransactionAsync(keepMailSaid: true).ConfigureAwait(false);
    }

    /// <summary>Reads a chunk to its end. False when the peer is gone or too slow.</summary>
    private async ValueTask<bool> ReceiveChunkAsync(long size)
    {
        while (size > 0)
        {
            if (_transport.Buffer.IsEmpty && !await MoreDataAsync().ConfigureAwait(false))
            {
                return false;
            }

            var block = _transport.Buffer.Slice(0, Math.Min(size, _transport.Buffer.Length));
            if (_sink is null)
            {
                size -= block.Length;
                _transport.Consume(block.End);
                continue;
            }

            _decoder.Decode(block, out var consumed, out var bytes);
            size -= block.Slice(0, consumed).Length;
            await DeliverAsync(bytes).ConfigureAwait(false);
            _transport.Consume(consumed);
        }

        return true;
    }
}
