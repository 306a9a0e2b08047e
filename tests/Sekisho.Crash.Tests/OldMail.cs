using System.Security.Cryptography;
using Sekisho.Storage;

namespace Sekisho.Crash.Tests;

/// <summary>Mail delivered long ago, for the purge at the start to find.</summary>
internal static class OldMail
{
    /// <summary>Puts one such mail, with a large body, into a store that nobody uses now.</summary>
    public static async Task PutAsync(string data)
    {
        var then = new Past(TimeProvider.System.GetUtcNow().AddDays(-90));
        await using var store = await SqliteStore.OpenAsync(data, then, CancellationToken.None);
        var bytes = new byte[100_000];
        await using var file = await store.Spool.CreateAsync(CancellationToken.None);
        await file.WriteAsync(bytes, CancellationToken.None);
        var name = await file.CommitAsync(CancellationToken.None);
        var delivery = await store.AcceptAsync(
            new NewSubmission
            {
                Id = SubmissionId.New(then.GetUtcNow()),
                Origin = SubmissionOrigin.Gateway,
                ReceivedAt = then.GetUtcNow(),
                MailFrom = "",
                Recipients = [new StoredRecipient(0, Workload.Sender, null, null)],
                Body = new StoredBody(default, name),
                Size = bytes.Length,
                Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            },
            "past", TimeSpan.FromHours(1), CancellationToken.None);
        await store.EndAttemptAsync(delivery.Lease!, [new RecipientResult(0, Outcome.Delivered, "250 ok")], then.GetUtcNow(), [], CancellationToken.None);
    }

    private sealed class Past(DateTimeOffset then) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => then;
    }
}
