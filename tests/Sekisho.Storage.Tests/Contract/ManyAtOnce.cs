namespace Sekisho.Storage.Tests.Contract;

/// <summary>Many callers, many recipients.</summary>
public abstract class ManyAtOnce<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task Sixteen_thousand_recipients_become_as_many_copies()
    {
        const int Count = 16_280;
        var submission = Mail.New(Time, Count);
        var accepted = await Store.AcceptAsync(submission);
        var copies = await Store.InspectAsync(accepted, Mail.Individually(Count));

        Assert.Equal(Count, copies.Count);
        Assert.Equal(Count, copies.Select(copy => copy.Id).Distinct().Count());
        Assert.Equal(submission.Recipients, copies.Select(copy => Assert.Single(copy.Recipients)));
        Assert.All(copies, copy => Assert.True(RecipientSeal.Verify(copy.Submission, copy.Recipients[0])));

        await Task.WhenAll(copies.Select(copy => Store.EndAsync(copy, Outcome.Delivered)));
        var counts = await Store.CountsAsync(None);
        Assert.Equal((Count, 0), (counts.Delivered, counts.Ready));
        Assert.Equal(Count + 2, (await Store.VerifyAuditAsync(null, None)).Events);
    }

    [Fact]
    public async Task One_that_fails_takes_nobody_with_it()
    {
        var taken = Mail.New(Time);
        await Store.AcceptAsync(taken);
        var submissions = Enumerable.Range(0, 200).Select(i => i % 10 == 3 ? Mail.New(Time) with { Id = taken.Id } : Mail.New(Time)).ToList();

        var results = await Task.WhenAll(submissions.Select(async submission =>
        {
            try
            {
                await Store.AcceptAsync(submission);
                return true;
            }
            catch (StoreException)
            {
                return false;
            }
        }));

        Assert.Equal(submissions.Select(submission => submission.Id != taken.Id), results);
        Assert.Equal(181, (await Store.CountsAsync(None)).Submissions);
        Assert.Equal((181, null), ((await Store.VerifyAuditAsync(null, None)).Events, (await Store.VerifyAuditAsync(null, None)).BrokenAt));
    }

    [Fact]
    public async Task Whoever_gives_up_before_his_turn_is_not_accepted()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AcceptAsync(Mail.New(Time), null, default, cancelled.Token));
        Assert.Equal(0, (await Store.CountsAsync(None)).Submissions);
    }

    [Fact]
    public async Task Nothing_is_lost_between_many_callers_and_a_restart()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();
        var accepting = Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var submission = Mail.New(Time);
                try
                {
                    await Store.AcceptAsync(submission, null, default, None);
                }
                catch (ObjectDisposedException)
                {
                    return;
                }

                ids.Add(submission.Id);
            }
        })).ToList();
        while (ids.Count < 500)
        {
            await Task.Yield();
        }

        await RestartAsync();
        await Task.WhenAll(accepting);

        foreach (var id in ids)
        {
            Assert.NotNull(await Store.FindSubmissionAsync(id, None));
        }
    }

    [Fact]
    public async Task After_closing_everything_says_so()
    {
        await Store.DisposeAsync();
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.AcceptAsync(Mail.New(Time)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.HeldAsync(None));
    }

    [Fact]
    public async Task A_submission_needs_recipients_in_order()
    {
        var submission = Mail.New(Time, recipients: 2);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcceptAsync(submission with { Recipients = [] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcceptAsync(submission with { Recipients = [submission.Recipients[1], submission.Recipients[0]] }));
    }
}
