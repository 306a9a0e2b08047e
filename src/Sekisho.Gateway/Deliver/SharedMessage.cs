using System.Security.Cryptography;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// One submission's bytes and copy maker, shared by its deliveries under way; opened by the first that needs it, closed with the last.
/// The bytes are checked against the digest taken at intake: what leaves is what came (law 5).
/// </summary>
internal sealed class SharedMessage(IStore store, Submission submission, IReadOnlyCollection<string>? envelope, int users) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _users = users;
    private IBodyLease? _body;
    private CopyMaker? _copies;

    /// <summary>The submission.</summary>
    public Submission Submission => submission;

    /// <summary>The copy maker. Throws <see cref="StoreException"/> when the body is missing or not what was accepted.</summary>
    public async Task<CopyMaker> OpenAsync(EffectiveConfig config, Func<string?> trace, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return _copies ??= await MakeAsync(config, trace(), cancel).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The message's bytes once opened; else empty.</summary>
    public ReadOnlyMemory<byte> Bytes => _body?.Bytes ?? default;

    /// <summary>One user less; the last closes.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _body?.Dispose();
        _gate.Dispose();
    }

    private async Task<CopyMaker> MakeAsync(EffectiveConfig config, string? trace, CancellationToken cancel)
    {
        var everybody = envelope;
        if (everybody is null)
        {
            everybody = await store.EnvelopeAsync(submission.Id, cancel).ConfigureAwait(false);
        }

        // Nothing of a mail that comes straight from its inspection can have been struck off.
        var removed = envelope is null ? await store.RemovedAsync(submission.Id, cancel).ConfigureAwait(false) : [];
        var body = store.Spool.Open(submission.Body, submission.Size);
        var digest = Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span));
        if (!string.Equals(digest, submission.Digest, StringComparison.Ordinal))
        {
            body.Dispose();
            throw new StoreException($"submission {submission.Id}: the stored message is not the one that was accepted (digest {digest})");
        }

        _body = body;
        return new CopyMaker(MimeMessage.Parse(body.Bytes), config.Organisation.ForSender(submission.MailFrom), everybody,
            config.Config.IndividualKeepsInside, submission.EightBit, trace, removed);
    }
}
