using System.Text;
using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;
using Sekisho.Storage.Tests.Sqlite;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>A person's right to be forgotten, and everybody's after a time: in the answers, in the tables and in the file's bytes.</summary>
public sealed class ForgettingTests : SqliteTest
{
    private const string Me = "me@home.example";

    private static LearntMail Of(DateTimeOffset at, params string[] people) =>
        new(Me, at, [.. people.Select(p => new LearntPerson(p, p[(p.IndexOf('@') + 1)..], true, "Name of " + p[..p.IndexOf('@')]))]) { MessageId = $"{at.UtcTicks}@home.example" };

    private async Task<CorrespondenceView> LookAsync(IStore store, params string[] people) => await store.LookAsync(new CorrespondenceQuestion(Me, people, Time.Now), None);

    [Theory]
    [InlineData(AddressForm.Plain)]
    [InlineData(AddressForm.Hashed)]
    public async Task Somebody_of_very_many_sets_is_forgotten_whole_and_no_row_of_his_stays(AddressForm form)
    {
        await using var store = await OpenAsync();
        await KeepAsync(store, form);
        await store.LearnAsync([.. Enumerable.Range(0, 700).Select(i => Of(Time.Now.AddMinutes(i), "popular@client.example", $"p{i}@other{i % 7}.example", "third@else.example"))], None);
        Assert.Equal(1, await store.ForgetAsync("POPULAR@client.example", "admin", None));

        Assert.Null(await store.ShowAddressAsync("popular@client.example", None));
        Assert.Equal(256, (await LookAsync(store, "third@else.example")).Gatherings.Count);
        Assert.All((await LookAsync(store, "third@else.example")).Gatherings, g => Assert.Equal(3, g.Size));
        Assert.Equal(700, (await store.ShowAddressAsync("third@else.example", None))!.GatheringCount);
        Assert.Equal(0, (await store.CorrespondenceStatsAsync(None)).Forgetting);
        using var database = SqliteDatabase.OpenReader(DatabasePath);
        Assert.Equal(0, database.ScalarOnce("SELECT count(*) FROM person WHERE len < 0 OR domain = 0"));
        Assert.Equal(0, database.ScalarOnce("SELECT count(*) FROM older o WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.n = o.person)"));
        Assert.Equal(0, database.ScalarOnce("SELECT count(*) FROM contact c WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.n = c.person) OR NOT EXISTS (SELECT 1 FROM person p WHERE p.n = c.sender)"));
    }

    [Fact]
    public async Task A_set_of_one_goes_and_sets_that_become_the_same_become_one()
    {
        await using var store = await OpenAsync();
        await store.LearnAsync([new LearntMail(Me, Time.Now, [new("gone@home.example", null, true)]), new LearntMail(Me, Time.Now, [new("gone@home.example", null, true), new("b@home.example", null, true)])], None);
        await store.LearnAsync([new LearntMail(Me, Time.Now.AddDays(1), [new("b@home.example", null, true)])], None);
        Assert.Equal(3, (await store.CountsAsync(None)).Gatherings);

        await store.ForgetAsync("gone@home.example", "admin", None);

        var left = Assert.Single((await LookAsync(store, "b@home.example")).Gatherings);
        Assert.Equal((2, 2, Time.Now.AddDays(1)), (left.Size, left.Times, left.LastAt));
        Assert.True(left.WithSender);
        Assert.Equal(1, (await store.CountsAsync(None)).Gatherings);
        Assert.Equal(1, (await store.CorrespondenceStatsAsync(None)).Gatherings);
    }

    [Fact]
    public async Task The_trail_says_that_somebody_was_forgotten_by_whom_and_not_who()
    {
        await using var store = await OpenAsync();
        await store.LearnAsync([Of(Time.Now, "gone@client.example")], None);
        await store.ForgetAsync("gone@client.example", "officer@home.example", None);
        await store.ForgetAsync("gone@client.example", "officer@home.example", None);

        var events = (await store.EventsAsync(new AuditQuery(), None)).Lines.Select(l => l.Event).Where(e => e.Kind == "correspondence-forgotten").ToList();
        Assert.Equal(2, events.Count);
        Assert.All(events, e => Assert.Equal("officer@home.example", e.By));
        Assert.DoesNotContain(events, e => e.DetailJson.Contains("gone", StringComparison.Ordinal));
        Assert.NotEqual(Digest(events[0]), Digest(events[1]));
        Assert.All(events, e =>
        {
            using var json = System.Text.Json.JsonDocument.Parse(e.DetailJson);
            var salt = Convert.FromHexString(json.RootElement.GetProperty("salt").GetString()!);
            Assert.Equal(Digest(e), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes("gone@client.example")])));
        });

        static string Digest(AuditEvent e) => System.Text.Json.JsonDocument.Parse(e.DetailJson).RootElement.GetProperty("digest").GetString()!;
    }

    [Fact]
    public async Task What_was_forgotten_is_in_no_row_and_after_a_clean_up_not_in_the_files_bytes()
    {
        await using (var store = await OpenAsync())
        {
            await store.LearnAsync([.. Enumerable.Range(0, 300).Select(i => Of(Time.Now.AddMinutes(i), "unforgettable@client.example", $"p{i}@client.example"))], None);
            Assert.True(Stands("unforgettable"));
            await store.ForgetAsync("unforgettable@client.example", "admin", None);
            Assert.Equal(300, await store.ForgetAsync("@client.example", "admin", None));
        }

        // Pages that were split before keep stale bytes between their rows: only rewriting the file clears those (docs/correspondence.md).
        Sql("VACUUM");
        Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.False(Stands("client.example"));
        Assert.False(Stands("unforgettable"));
    }

    [Fact]
    public async Task A_domain_that_writes_again_after_it_was_forgotten_is_learnt_anew()
    {
        await using var store = await OpenAsync();
        await store.LearnAsync([Of(Time.Now, "a@client.example", "b@client.example", "c@notclient.example")], None);
        Assert.Equal(2, await store.ForgetAsync("@client.example", "admin", None));
        await store.LearnAsync([Of(Time.Now, "a@client.example")], None);
        Assert.Equal(["a@client.example"], (await LookAsync(store, "a@client.example", "b@client.example")).Contacts.Keys);
        Assert.Equal(1, (await LookAsync(store, "a@client.example")).Contacts["a@client.example"].Mails);
    }

    [Fact]
    public async Task A_forgetting_that_was_broken_off_is_effective_and_finished_by_the_next_purge()
    {
        await using var store = await OpenAsync();
        await store.LearnAsync([Of(Time.Now, "gone@client.example", "b@client.example")], None);
        // As a kill between the first transaction and the second leaves it.
        using (var database = SqliteDatabase.OpenWriter(DatabasePath))
        {
            var gone = database.ScalarOnce("SELECT n FROM person WHERE local = 'gone'");
            database.Execute($"UPDATE person SET domain = 0, len = -1, local = n, reversed = NULL, names = NULL WHERE n = {gone}; INSERT INTO forgetting(domain, person, until) VALUES(NULL, {gone}, 0)");
        }

        Assert.Null(await store.ShowAddressAsync("gone@client.example", None));
        Assert.Equal(1, (await store.CorrespondenceStatsAsync(None)).Forgetting);
        Assert.Equal(0, await store.ForgetBeforeAsync(Time.Now.AddYears(-3), 100, None));
        Assert.Equal(0, (await store.CorrespondenceStatsAsync(None)).Forgetting);
        Assert.Equal(2, Assert.Single((await LookAsync(store, "b@client.example")).Gatherings).Size);
    }

    [Fact]
    public async Task What_was_not_seen_for_long_goes_step_by_step_and_the_rest_stays()
    {
        await using var store = await OpenAsync();
        var old = Time.Now.AddYears(-4);
        await store.LearnAsync([.. Enumerable.Range(0, 40).Select(i => Of(old.AddMinutes(i), $"old{i}@client.example", "both@client.example"))], None);
        await store.LearnAsync([Of(Time.Now, "both@client.example", "new@other.example")], None);
        var steps = 0;
        while (await store.ForgetBeforeAsync(Time.Now.AddYears(-3), 25, None) > 0)
        {
            Assert.InRange(++steps, 1, 60);
        }

        Assert.InRange(steps, 4, 60);
        var view = await LookAsync(store, "old1@client.example", "both@client.example", "new@other.example");
        Assert.Equal(["both@client.example", "new@other.example"], view.Contacts.Keys);
        Assert.Equal([1, 2], Assert.Single(view.Gatherings).People);
        var stats = await store.CorrespondenceStatsAsync(None);
        Assert.Equal((1, 3, 2, 1), (stats.Gatherings, stats.People, stats.Organisations, stats.Threads));
        Assert.Equal(1, (await store.CountsAsync(None)).Gatherings);
    }

    [Fact]
    public async Task Everything_known_about_somebody_is_shown()
    {
        await using var store = await OpenAsync();
        await store.LearnAsync([Of(Time.Now, "a@client.example", "b@other.example"), Of(Time.Now.AddDays(1), "a@client.example")], None);
        var known = (await store.ShowAddressAsync("a@client.example", None))!;
        Assert.Equal((2, 0, Time.Now, Time.Now.AddDays(1)), (known.Mails, known.Written, known.FirstAt, known.LastAt));
        Assert.Equal(new KnownName("Name of a", 2), Assert.Single(known.Names));
        Assert.Equal(new KnownHabit(Me, 2, Time.Now.AddDays(1)), Assert.Single(known.From));
        Assert.Equal(2, known.GatheringCount);
        Assert.Contains("b@other.example", known.Gatherings[1].People);
        Assert.Contains((await store.ShowAddressAsync(Me, None))!.To, h => h.Key == "b@other.example");
    }

    private static async Task KeepAsync(IStore store, AddressForm form)
    {
        while (await store.KeepAddressesAsync(form, None))
        {
        }
    }

    private bool Stands(string text) => Directory.EnumerateFiles(DataDirectory, "sekisho.db*").Any(f => ReadShared(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
