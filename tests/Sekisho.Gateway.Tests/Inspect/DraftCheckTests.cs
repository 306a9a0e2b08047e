using System.Text;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Smtp.Tests;

namespace Sekisho.Gateway.Tests.Inspect;

public sealed class DraftCheckTests
{
    private static readonly byte[] s_mail = Encoding.ASCII.GetBytes("From: me@inside.example\r\nTo: a@one.example\r\n\r\nHello\r\n");

    [Fact]
    public async Task WhereTooManyAskTheNextIsTurnedAwayAndTheTurnIsGivenBack()
    {
        await using var bench = await Workbench.CreateAsync();
        using var rule = new Waiting();
        using var check = new DraftCheck(() => new InspectionEngine([rule]), new EmptyCorrespondence(), new RecentMail(), () => bench.Live.Current, TimeProvider.System, atOnce: 1, queue: 0);
        var first = AskAsync(check);
        await rule.Began.WaitAsync();
        Assert.Null(await AskAsync(check));
        rule.Release.Set();
        Assert.NotNull(await first);

        // The turn comes back a moment after the answer.
        CheckAnswer? next = null;
        for (var i = 0; next is null && i < 1000; i++)
        {
            next = await AskAsync(check);
            await Task.Delay(1);
        }

        Assert.NotNull(next);
    }

    [Fact]
    public async Task WhatWasNotLookedAtInTimeIsAFinding()
    {
        var time = new ManualTime();
        await using var bench = await Workbench.CreateAsync(c => c with { Limits = c.Limits with { InspectionTime = TimeSpan.FromMilliseconds(200) } });
        using var rule = new Waiting();
        using var check = new DraftCheck(() => new InspectionEngine([rule]), new EmptyCorrespondence(), new RecentMail(), () => bench.Live.Current, time);
        var asked = AskAsync(check);
        await rule.Began.WaitAsync();
        time.Advance(TimeSpan.FromMilliseconds(200));
        var answer = await asked;
        Assert.Equal("uninspectable", Assert.Single(answer!.Findings).Rule);
        Assert.Equal("hold", Assert.Single(answer.Verdicts).Action);
    }

    private static Task<CheckAnswer?> AskAsync(DraftCheck check)
        => check.CheckAsync(s_mail, MimeMessage.Parse(s_mail), "me@inside.example", ["a@one.example"], CancellationToken.None);

    /// <summary>Waits until it is released or its time is over.</summary>
    private sealed class Waiting : IInspector, IDisposable
    {
        public SemaphoreSlim Began { get; } = new(0);

        public ManualResetEventSlim Release { get; } = new();

        public string Rule => "waiting";

        public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
        {
            Began.Release();
            Release.Wait(cancel);
            return [];
        }

        public void Dispose()
        {
            Began.Dispose();
            Release.Dispose();
        }
    }
}
