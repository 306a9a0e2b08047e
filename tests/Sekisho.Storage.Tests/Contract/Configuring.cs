namespace Sekisho.Storage.Tests.Contract;

/// <summary>Configurations put in force, and drafts of them.</summary>
public abstract class Configuring<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private static ConfigVersion Version(string text) => new(0, default, "boss@inside.example", text, "0123456789abcdef", "why");

    [Fact]
    public async Task What_was_put_in_force_is_kept_newest_first_and_recorded()
    {
        Assert.Equal(1, await Store.Configurations.AddAsync(Version("undo: 1s\n"), None));
        Assert.Equal(2, await Store.Configurations.AddAsync(Version("undo: 2s # 二\n"), None));
        await RestartAsync();
        Assert.Equal([2L, 1L], (await Store.Configurations.ListAsync(10, None)).Select(v => v.Number));
        Assert.Equal("undo: 2s # 二\n", Assert.Single(await Store.Configurations.ListAsync(1, None)).Text);
        Assert.Equal(("undo: 1s\n", "why", Time.Now), (await Store.Configurations.FindAsync(1, None)) is { } one ? (one.Text, one.Note, one.At) : default);
        Assert.Null(await Store.Configurations.FindAsync(3, None));
        var events = await Store.EventsAsync(new() { Kind = "policy-activated" }, None);
        Assert.Equal(2, events.Lines.Count);
        Assert.Contains("\"number\":2", events.Lines[0].Event.DetailJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_its_authors_and_one_a_person()
    {
        await Store.Configurations.SaveDraftAsync(new("Boss@Inside.example", default, "d1", "undo: 1s\n", null, null), None);
        await Store.Configurations.SaveDraftAsync(new("boss@inside.example", default, "d2", "undo: 2s\n", null, null), None);
        Assert.Equal(("d2", "undo: 2s\n"), (await Store.Configurations.FindDraftAsync("BOSS@inside.example", None)) is { } d ? (d.BaseDigest, d.Text) : default);
        Assert.Null(await Store.Configurations.FindDraftAsync("other@inside.example", None));
        Assert.True(await Store.Configurations.RemoveDraftAsync("boss@inside.example", None));
        Assert.False(await Store.Configurations.RemoveDraftAsync("boss@inside.example", None));
    }

    [Fact]
    public async Task A_result_is_noted_for_the_text_it_is_about_and_no_other()
    {
        await Store.Configurations.SaveDraftAsync(new("a@b.example", default, "d1", "undo: 1s\n", null, null), None);
        Assert.False(await Store.Configurations.NoteResultAsync("a@b.example", "d1", "undo: 2s\n", "x", "{}", None));
        Assert.True(await Store.Configurations.NoteResultAsync("a@b.example", "d1", "undo: 1s\n", "x", "{}", None));
        Assert.Equal("x", (await Store.Configurations.FindDraftAsync("a@b.example", None))!.LookedAt);
    }
}

/// <summary>Reading the audit trail and the inspected mail page by page.</summary>
public abstract class Paging<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task The_trail_is_read_in_both_directions_without_gap_or_repetition()
    {
        for (var i = 0; i < 7; i++)
        {
            await Store.AppendAuditAsync(i % 2 == 0 ? "even" : "odd", i < 4 ? "a@b.example" : "C@d.example", $"{{\"i\":{i}}}", None);
        }

        var down = new List<long>();
        long? next = null;
        do
        {
            var page = await Store.EventsAsync(new() { Before = next, Max = 3 }, None);
            down.AddRange(page.Lines.Select(l => l.Event.Number));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal([7L, 6, 5, 4, 3, 2, 1], down);
        Assert.Equal([1L, 3], (await Store.EventsAsync(new() { After = 0, Kind = "even", By = "A@b.example" }, None)).Lines.Select(l => l.Event.Number));
        Assert.Equal([7L, 6, 5], (await Store.EventsAsync(new() { By = "c@D.example" }, None)).Lines.Select(l => l.Event.Number));
    }

    [Fact]
    public async Task Inspected_mail_is_listed_from_a_moment_on_and_what_was_not_looked_at_is_not()
    {
        var old = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(old, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));
        Time.Advance(TimeSpan.FromDays(2));
        var one = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(one, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));
        Time.Advance(TimeSpan.FromMinutes(1));
        var two = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(two, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));
        await Store.AcceptAsync(Mail.New(Time));
        Assert.Equal([one.Submission.Id, two.Submission.Id], await Store.InspectedAsync(Time.Now - TimeSpan.FromDays(1), null, 10, None));
        Assert.Equal([two.Submission.Id], await Store.InspectedAsync(Time.Now - TimeSpan.FromDays(1), one.Submission.Id, 10, None));
    }
}
