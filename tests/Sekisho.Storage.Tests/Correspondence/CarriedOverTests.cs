using Sekisho.Inspection;
using Sekisho.Storage.Correspondence;
using Sekisho.Storage.Sqlite;
using Sekisho.Storage.Tests.Sqlite;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>What an older version learnt is still known.</summary>
public sealed class CarriedOverTests : SqliteTest
{
    [Fact]
    public async Task Sets_of_the_first_schema_are_taken_over_and_its_tables_are_gone()
    {
        using (var database = SqliteDatabase.OpenWriter(DatabasePath))
        {
            Schema.Migrate(database, [.. Schema.Migrations.Take(4)]);
            var at = Time.Now.ToUnixTimeMilliseconds();
            database.Execute($"""
                INSERT INTO address(n, key) VALUES(1, 'a@client.example'), (2, 'b@other.example'), (3, 'c@third.example');
                INSERT INTO gathering(n, digest, first_at, last_at, times, size) VALUES(1, x'01', {at - 1000}, {at}, 3, 2), (2, x'02', {at}, {at}, 1, 2);
                INSERT INTO member(address, gathering) VALUES(1, 1), (2, 1), (2, 2), (3, 2);
                INSERT INTO counter(id, value) VALUES(8, 2);
                """);
        }

        await using var store = await OpenAsync();
        var known = await store.GatheringsOfAsync(["a@client.example", "b@other.example", "c@third.example"], None);
        Assert.Single(known["a@client.example"].Intersect(known["b@other.example"]));
        Assert.Empty(known["a@client.example"].Intersect(known["c@third.example"]));
        var view = await store.LookAsync(new CorrespondenceQuestion("me@home.example", ["a@client.example"], Time.Now), None);
        Assert.Equal((3, 2, Time.Now), (view.Gatherings[0].Times, view.Gatherings[0].Size, view.Gatherings[0].LastAt));
        Assert.Equal((3, Time.Now.AddSeconds(-1)), (view.Contacts["a@client.example"].Mails, view.Contacts["a@client.example"].FirstAt));
        Assert.Equal(2, (await store.CountsAsync(None)).Gatherings);
        using var reader = SqliteDatabase.OpenReader(DatabasePath);
        Assert.Equal(0, reader.ScalarOnce("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'old\\_%' ESCAPE '\\' OR name IN ('member', 'address')"));
        Assert.Equal(0, reader.ScalarOnce("SELECT count(*) FROM pragma_foreign_key_check"));
    }

    [Fact]
    public void Numbers_and_sets_read_as_they_were_written()
    {
        long[] numbers = [0, 1, 127, 128, 300_000_000, 300_000_001, long.MaxValue / 2];
        Assert.Equal(numbers, Packed.Ascending(Packed.Ascending(numbers)));
        Assert.Empty(Packed.Ascending([]));
        Assert.Equal([5L, 5L], Packed.Ascending([5, 0x80])); // cut short: what stood before is still good
        var list = SeenList.Empty();
        for (var i = 0; i < 400; i++)
        {
            list.Put(new SeenSet(i, i % 3, 1_700_000_000_000 + (i * 37 % 400), i));
        }

        list.Put(new SeenSet(7, 9, 1_800_000_000_000, 2));
        Assert.Equal(list.Sets, SeenList.Read(list.Write()).Sets);
        Assert.Equal(list.Sets.OrderByDescending(s => s.LastAt).ThenByDescending(s => s.Set), list.Sets);
        Assert.Equal(144, list.Trim().Count);
        Assert.Equal((256, 7L), (list.Sets.Count, list.Sets[0].Set));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(60_000)]
    public void A_bucket_holds_what_was_put_into_it_whichever_form_it_has(int count)
    {
        var bucket = new SetBucket([]);
        long[] sets = [.. Enumerable.Range(0, count).Select(i => (3L << 16) | (i * 65_535L / count))];
        foreach (var set in sets)
        {
            bucket.Add(set);
        }

        var bytes = bucket.Write();
        Assert.InRange(bytes.Length, 1, 8192);
        Assert.Equal(sets.Distinct(), SetBucket.All(bytes, 3));
        Assert.All(sets, s => Assert.True(SetBucket.Holds(bytes, s)));
        Assert.False(SetBucket.Holds(bytes, 65_535));
        var again = new SetBucket(bytes);
        again.Remove(sets[^1]);
        Assert.False(SetBucket.Holds(again.Write(), sets[^1]));
        foreach (var set in sets)
        {
            again.Remove(set);
        }

        Assert.Empty(again.Write());
    }
}
