namespace Sekisho.Inspection.Tests;

public class LateCompanyTests
{
    private const string Me = "me@home.example";

    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly CorrespondenceQuestion _question = new(Me, ["a@client.example", "@client.example", "b@client.example", "stranger@else.example"], _noon.AddDays(400));

    private static LearntMail Mail(int day, params string[] people) => new(Me, _noon.AddDays(day), [.. people.Select(p => new LearntPerson(p, p[(p.IndexOf('@', StringComparison.Ordinal) + 1)..], true))]);

    /// <summary>One with more gatherings than are looked at, one with few, and a crowd that comes and goes.</summary>
    private static CorrespondenceMemory History()
    {
        var memory = new CorrespondenceMemory();
        for (var i = 0; i < 300; i++)
        {
            memory.Learn(Mail(i, "a@client.example", $"guest{i}@other.example"));
            if (i % 30 == 0)
            {
                memory.Learn(Mail(i, "b@client.example", "a@client.example", "friend@client.example"));
                memory.Learn(Mail(i, "a@client.example", "guest0@other.example"));
            }
        }

        return memory;
    }

    [Fact]
    public void ToldLate_IsTheSameAsToldAtOnce()
    {
        var memory = History();
        var late = memory.Look(_question with { ReadAtOnce = true });

        // Questions in between must not disturb it.
        memory.Look(new CorrespondenceQuestion(Me, ["friend@client.example"], _noon));
        var atOnce = memory.Look(_question);
        Assert.Equal(atOnce.Gatherings.Select(g => (g.Id, g.Size, g.Times, g.LastAt, g.WithSender, string.Join(' ', g.People))), late.Gatherings.Select(g => (g.Id, g.Size, g.Times, g.LastAt, g.WithSender, string.Join(' ', g.People))));
        Assert.Equal(atOnce.Companions.Select(c => (c.Contact.Key, c.Together)), late.Companions.Select(c => (c.Contact.Key, c.Together)));
        Assert.Contains(late.Gatherings, g => g.People is [0, 1, 2] && g.Times == 10);
        Assert.Equal([("guest0@other.example", 11), ("friend@client.example", 10)], late.Companions.Take(2).Select(c => (c.Contact.Key, c.Together)));
        Assert.Equal(late.Gatherings.OrderByDescending(g => g.LastAt).ThenByDescending(g => g.Id).Select(g => g.Id), late.Gatherings.Select(g => g.Id));
    }

    [Fact]
    public void MeetingsAsBits_AreTheGatherings()
    {
        var view = History().Look(_question with { ReadAtOnce = true });
        var told = Meeting.Of(view.Gatherings);
        Assert.NotEmpty(told);
        Assert.Equal(told.OrderBy(m => m.LastAt).ThenBy(m => m.People).ThenBy(m => m.Times), view.Meetings.OrderBy(m => m.LastAt).ThenBy(m => m.People).ThenBy(m => m.Times));
    }

    [Fact]
    public void OfTheLatestGatherings_OneThatHappensAgain_ComesBack()
    {
        var memory = new CorrespondenceMemory();
        for (var i = 0; i < 300; i++)
        {
            memory.Learn(Mail(i, "a@client.example", $"guest{i}@other.example"));
        }

        var first = memory.Look(_question).Gatherings;
        memory.Learn(Mail(301, "a@client.example", "guest3@other.example"));
        var again = memory.Look(_question).Gatherings;
        Assert.Equal((first.Count, 2L), (again.Count, again[0].Times));
        Assert.DoesNotContain(again[0].Id, first.Select(g => g.Id));
        Assert.DoesNotContain(first[^1].Id, again.Select(g => g.Id));
    }

    [Fact]
    public void ReadAfterMoreWasLearnt_Throws_RatherThanTellAnotherMoment()
    {
        var memory = History();
        var view = memory.Look(_question with { ReadAtOnce = true });
        memory.Learn(Mail(500, "a@client.example", "b@client.example"));
        Assert.Throws<InvalidOperationException>(() => view.Gatherings);
        Assert.Throws<InvalidOperationException>(() => view.Companions);
    }

    [Fact]
    public void ToldAtOnce_StaysAsItWas_WhateverIsLearntThen()
    {
        var memory = History();
        var view = memory.Look(_question);
        var before = view.Gatherings.Count;
        memory.Learn(Mail(500, "b@client.example", "new@other.example"));
        Assert.Equal(before, view.Gatherings.Count);
        Assert.DoesNotContain(view.Gatherings, g => g.LastAt == _noon.AddDays(500));
    }
}
