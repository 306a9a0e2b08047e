namespace Sekisho.Storage.Tests.Search;

public sealed class TrailPageTests : IndexTest
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("decided", null)]
    [InlineData("accepted", null)]
    [InlineData("config-changed", null)]
    [InlineData(null, "CHEF@house.example")]
    [InlineData(null, "gateway")]
    [InlineData("decided", "chef@house.example")]
    [InlineData("no-such-kind", null)]
    [InlineData(null, "nobody")]
    public async Task Page_by_page_the_trail_shows_every_event_that_fits_once_newest_first(string? kind, string? by)
    {
        var world = new World(Store, Time, 7);
        for (var i = 0; i < 500; i++)
        {
            await world.StepAsync();
            if (i == 250)
            {
                await Index.CatchUpAsync(null, None);
            }
        }

        // The trail as it stands in each mail, and the events that belong to none.
        var all = new List<AuditEvent>();
        foreach (var id in world.Ids)
        {
            all.AddRange((await Store.FindSubmissionAsync(id, None))!.Events);
        }

        var expected = all.Where(one => (kind is null || one.Kind == kind) && (by is null || (one.Kind != "accepted" && string.Equals(one.By, by, StringComparison.OrdinalIgnoreCase)))).OrderByDescending(one => one.Number).ToList();
        var found = new List<AuditEvent>();
        long? before = null;
        do
        {
            var page = await Index.EventsAsync(new EventQuery { Kind = kind, By = by, Before = before, Max = 37 }, None);
            found.AddRange(page.Events);
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(expected, found.Where(one => one.Submission is not null));
        Assert.Equal(kind is null or "config-changed" && by is null, found.Any(one => one.Kind == "config-changed"));
        Assert.Equal(found.OrderByDescending(one => one.Number), found);
    }

    [Fact]
    public async Task One_submissions_events_are_its_own()
    {
        var (id, _) = await MailAsync("sender@example.com", "one", ["a@example.net"]);
        await MailAsync("sender@example.com", "two", ["a@example.net"]);
        var page = await Index.EventsAsync(new EventQuery { Submission = id }, None);
        Assert.Equal((await Store.FindSubmissionAsync(id, None))!.Events.Reverse(), page.Events);
        Assert.Null(page.Next);
        Assert.Empty((await Index.EventsAsync(new EventQuery { Submission = "nothing' OR 1=1" }, None)).Events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_page_of_no_size_is_refused(int max) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Index.EventsAsync(new EventQuery { Max = max }, None));
}
