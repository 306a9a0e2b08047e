using System.Security.Cryptography;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>Bodies, small and large: there when needed, gone when done.</summary>
public abstract class Bodies<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private async Task<NewSubmission> LargeAsync(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await using var writer = await Store.Spool.CreateAsync(None);
        for (var from = 0; from < size; from += 60_000)
        {
            await writer.WriteAsync(bytes.AsMemory(from, Math.Min(60_000, size - from)), None);
        }

        var name = await writer.CommitAsync(None);
        return Mail.New(Time) with { Body = new StoredBody(default, name), Size = size, Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    [Fact]
    public async Task A_large_body_comes_back_byte_for_byte()
    {
        var submission = await LargeAsync(1_000_000);
        await Store.AcceptAsync(submission, null, default, None);
        await RestartAsync();
        var delivery = Assert.Single(await Store.LeaseAsync(DeliveryState.Inspecting));
        using var body = Store.Spool.Open(delivery.Submission.Body, delivery.Submission.Size);
        Assert.Equal(submission.Digest, Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span)));
    }

    [Fact]
    public async Task A_body_read_after_it_was_given_back_says_so()
    {
        var submission = await LargeAsync(100_000);
        var body = Store.Spool.Open(submission.Body, submission.Size);
        var bytes = body.Bytes;
        body.Dispose();
        body.Dispose();
        Assert.Throws<ObjectDisposedException>(() => body.Bytes);
        Assert.Throws<ObjectDisposedException>(() => bytes.Span[0]);
    }

    [Fact]
    public async Task A_body_of_the_wrong_size_is_not_accepted()
    {
        var inline = Mail.New(Time);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcceptAsync(inline with { Size = inline.Size + 1 }));
        var large = await LargeAsync(100_000);
        await Assert.ThrowsAsync<StoreException>(() => Store.AcceptAsync(large with { Size = 99_999 }));
        Store.Spool.Discard(large.Body.SpoolName!);
        await Assert.ThrowsAsync<StoreException>(() => Store.AcceptAsync(large));
        Assert.Equal(0, (await Store.CountsAsync(None)).Submissions);
    }

    [Fact]
    public async Task Done_and_old_bodies_go_and_what_was_found_stays()
    {
        var old = await Finished(Mail.New(Time) with { Id = "01oldoldoldoldoldoldoldold" }, Outcome.Delivered);
        var oldLarge = await Finished(await LargeAsync(100_000), Outcome.Bounced);
        var waiting = await Store.HoldAsync(Mail.New(Time));
        var retrying = await Finished(await LargeAsync(100_001), Outcome.Pending);
        Time.Advance(TimeSpan.FromDays(30));
        var young = await Finished(Mail.New(Time), Outcome.Delivered);

        Assert.Equal(2, await Store.PurgeAsync(Time.Now - TimeSpan.FromDays(1), None));
        Assert.Equal(0, await Store.PurgeAsync(Time.Now - TimeSpan.FromDays(1), None));

        foreach (var gone in new[] { old, oldLarge })
        {
            var detail = await DetailAsync(gone);
            Assert.Throws<StoreException>(() => Store.Spool.Open(detail.Submission.Body, detail.Submission.Size));
            Assert.Equal(3, detail.Events.Count);
        }

        foreach (var kept in new[] { waiting.Submission, retrying, young })
        {
            var detail = await DetailAsync(kept);
            Store.Spool.Open(detail.Submission.Body, detail.Submission.Size).Dispose();
        }

        Assert.Null((await Store.VerifyAuditAsync(null, None)).BrokenAt);

        async Task<string> Finished(NewSubmission submission, Outcome outcome)
        {
            var accepted = await Store.AcceptAsync(submission);
            var ready = await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));
            await Store.EndAsync(ready[0], outcome, Time.Now + TimeSpan.FromDays(60));
            return submission.Id;
        }
    }

    [Fact]
    public void Free_space_is_known() => Assert.True(Store.Spool.FreeBytes > 0);
}
