namespace Sekisho.Inspection.Tests;

public sealed class RecentMailTests
{
    private static RecentMailNote Note(string id, int second = 0, string content = "c", string template = "t", string[]? to = null, string[]? foreign = null, bool file = false)
        => new(id, "s@home.example", content, template, to ?? ["r@x.example"], foreign ?? [], file) { At = Look.Noon.AddSeconds(second) };

    [Fact]
    public void OfTwoCopiesArrivingTogether_OneIsTheSecond()
    {
        var recent = new RecentMail();
        var answers = new RecentMailAnswer[64];
        Parallel.For(0, answers.Length, i => answers[i] = recent.Note(Note($"s{i}")));
        Assert.Single(answers, a => a.SameContentTo.Count == 0);
        Assert.Equal(Enumerable.Range(0, 64), answers.Select(a => a.RunMessages).Order());
    }

    [Fact]
    public void TheSameId_GetsTheSameAnswer()
    {
        var recent = new RecentMail();
        var first = recent.Note(Note("a"));
        recent.Note(Note("b"));
        Assert.Same(first, recent.Note(Note("a")));
    }

    [Fact]
    public void Addresses_AreCountedOncePerRun()
    {
        var recent = new RecentMail();
        Assert.Equal(2, recent.Note(Note("1", foreign: ["a@x", "b@x"])).RunForeignAddresses);
        Assert.Equal(3, recent.Note(Note("2", foreign: ["b@x", "c@x"])).RunForeignAddresses);
        Assert.Equal(1, recent.Note(Note("3", template: "other", foreign: ["d@x"])).RunForeignAddresses);
    }

    [Fact]
    public void ARunGoesOnWhileItsMailsAreCloseTogether()
    {
        var recent = new RecentMail();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i, recent.Note(Note($"{i}", i * 500)).RunMessages);
        }

        Assert.Equal(0, recent.Note(Note("late", (9 * 500) + 601)).RunMessages);
    }

    [Fact]
    public void WhatIsOld_IsForgotten()
    {
        var recent = new RecentMail();
        recent.Note(Note("1", to: Look.People(500), foreign: Look.People(100, 1000)));
        Assert.True(recent.Count > 1000);
        recent.Note(Note("2", 3600));
        Assert.Equal(4, recent.Count);
    }

    [Fact]
    public void Memory_IsBounded()
    {
        var recent = new RecentMail(1000);
        for (var i = 0; i < 200; i++)
        {
            recent.Note(Note($"{i}", i, $"c{i}", $"t{i % 3}", Look.People(50, i * 50), Look.People(50, 100_000 + (i * 50))));
            Assert.True(recent.Count <= 2000, $"{recent.Count} entries");
        }
    }

    [Fact]
    public void APastBound_StillCountsAddresses()
    {
        var recent = new RecentMail(10);
        Assert.Equal(100, recent.Note(Note("1", foreign: Look.People(100))).RunForeignAddresses);
    }

    [Fact]
    public void AClockThatRunsBackALittle_IsBorne()
    {
        var recent = new RecentMail();
        recent.Note(Note("1", 5));
        Assert.Single(recent.Note(Note("2", 3)).SameContentTo);
        Assert.Single(recent.Note(Note("3", 4)).SameContentTo);
    }
}
