using System.Text;
using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;
using Sekisho.Storage.Tests.Sqlite;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>Addresses as keyed hashes: what the file then holds, the way there, and that there is none back.</summary>
public sealed class HashingTests : SqliteTest
{
    private const string Me = "mycolleague@home.example";

    private string KeyPath => Path.Combine(DataDirectory, "correspondence.key");

    private LearntMail Of(params string[] people) => new(Me, Time.Now, [.. people.Select(p => new LearntPerson(p, p[(p.IndexOf('@') + 1)..], true, "Yamada Hanako"))]) { Topic = "delivery of the parts" };

    private static async Task<int> KeepAsync(IStore store, AddressForm form)
    {
        var steps = 1;
        while (await store.KeepAddressesAsync(form, None))
        {
            steps++;
        }

        return steps;
    }

    [Fact]
    public async Task Neither_address_nor_name_stands_in_the_file_the_organisations_domain_does()
    {
        await using var store = await OpenAsync();
        await KeepAsync(store, AddressForm.Hashed);
        await store.LearnAsync([Of("wiedererkannt@client.example", "zweiter@client.example")], None);
        Assert.Equal(["wiedererkannt@client.example", "@client.example"], (await store.LookAsync(new CorrespondenceQuestion(Me, ["wiedererkannt@client.example", "@client.example"], Time.Now), None)).Contacts.Keys);
        AssertHidden();
        Assert.True(Stands("client.example"));
    }

    [Fact]
    public async Task What_stood_in_clear_is_hashed_and_means_the_same()
    {
        await using var store = await OpenAsync();
        await store.LearnAsync([Of("wiedererkannt@client.example", "zweiter@client.example"), .. Enumerable.Range(0, 1200).Select(i => Of($"p{i}.wiedererkannt@client.example"))], None);
        var question = new CorrespondenceQuestion(Me, ["wiedererkannt@client.example", "zweiter@client.example", "@client.example"], Time.Now) { Topic = "delivery of the parts" };
        var before = await store.LookAsync(question, None);
        Assert.True(Stands("wiedererkannt"));

        // In the middle of it, as after a kill: what is asked and what is learnt goes by both forms.
        Assert.True(await store.KeepAddressesAsync(AddressForm.Hashed, None));
        Assert.True(await store.KeepAddressesAsync(AddressForm.Hashed, None));
        Assert.True((await store.CorrespondenceStatsAsync(None)).Changing);
        Same(before, await store.LookAsync(question, None));
        await using (var beside = await OpenAsync())
        {
            await beside.LearnAsync([Of("zweiter@client.example")], None);
        }

        Assert.InRange(await KeepAsync(store, AddressForm.Hashed), 2, 10);

        // Pages that were split before keep stale bytes between their rows: only rewriting the file clears those (docs/correspondence.md).
        Sql("VACUUM");
        Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        AssertHidden();
        var after = await store.LookAsync(question, None);
        Assert.Equal(before.Contacts["wiedererkannt@client.example"].BySender, after.Contacts["wiedererkannt@client.example"].BySender);
        Assert.Equal(before.Contacts["zweiter@client.example"].BySender + 1, after.Contacts["zweiter@client.example"].BySender);
        Assert.Equal(before.Contacts["zweiter@client.example"].Mails + 1, after.Contacts["zweiter@client.example"].Mails);
        Assert.NotNull(after.Thread);
        Assert.Equal(1, await store.ForgetAsync("zweiter@client.example", "admin", None));
        Assert.Equal(1, await KeepAsync(store, AddressForm.Hashed));

        static void Same(CorrespondenceView one, CorrespondenceView other)
        {
            Assert.Equal(one.Contacts.Keys, other.Contacts.Keys);
            Assert.Equal(one.Contacts.Values.Select(c => (c.Mails, c.BySender)), other.Contacts.Values.Select(c => (c.Mails, c.BySender)));
            Assert.Equal(one.Gatherings.Select(g => (g.Id, g.Size, g.WithSender)), other.Gatherings.Select(g => (g.Id, g.Size, g.WithSender)));
        }
    }

    [Fact]
    public async Task The_key_is_a_file_for_its_owner_alone_and_stays_the_same()
    {
        await using (var store = await OpenAsync())
        {
            Assert.False(File.Exists(KeyPath));
            await KeepAsync(store, AddressForm.Hashed);
        }

        var key = await File.ReadAllBytesAsync(KeyPath);
        Assert.Equal(32, key.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        }

        Assert.False(Stands(Encoding.Latin1.GetString(key), Encoding.Latin1));
        await using var again = await OpenAsync();
        await KeepAsync(again, AddressForm.Hashed);
        Assert.Equal(key, await File.ReadAllBytesAsync(KeyPath));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_key_nothing_is_told_and_it_is_said_what_to_do(bool another)
    {
        await using (var store = await OpenAsync())
        {
            await KeepAsync(store, AddressForm.Hashed);
            await store.LearnAsync([Of("a@client.example")], None);
        }

        File.Delete(KeyPath);
        if (another)
        {
            await File.WriteAllBytesAsync(KeyPath, new byte[32]);
        }

        await using var bereft = await OpenAsync();
        var error = await Assert.ThrowsAsync<StoreException>(() => bereft.KeepAddressesAsync(AddressForm.Hashed, None));
        Assert.Contains("correspondence.key", error.Message, StringComparison.Ordinal);
        Assert.Contains("addresses: plain", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => bereft.LookAsync(new CorrespondenceQuestion(Me, ["a@client.example"], Time.Now), None));
        await KeepAsync(bereft, AddressForm.Plain);
        Assert.Empty((await bereft.LookAsync(new CorrespondenceQuestion(Me, ["a@client.example"], Time.Now), None)).Contacts);
    }

    [Fact]
    public async Task Back_to_clear_everything_is_forgotten_but_how_mail_scored()
    {
        await using var store = await OpenAsync();
        await KeepAsync(store, AddressForm.Hashed);
        Assert.Equal(AddressForm.Hashed, SqliteStore.AddressFormOf(DataDirectory));
        await store.LearnAsync([Of("a@client.example", "b@client.example")], None);
        await store.AddScoresAsync(new Dictionary<string, ScoreCurve> { ["rule"] = new([.. Enumerable.Repeat(1L, 101)]) }, None);

        await KeepAsync(store, AddressForm.Plain);

        Assert.Equal(AddressForm.Plain, await store.AddressFormAsync(None));
        Assert.Equal(0, (await store.CountsAsync(None)).Gatherings);
        Assert.Equal(101, (await store.CurveAsync("rule", None)).Mails);
        await store.LearnAsync([Of("a@client.example", "b@client.example")], None);
        Assert.Equal(1, (await store.LookAsync(new CorrespondenceQuestion(Me, ["a@client.example"], Time.Now), None)).Contacts["a@client.example"].Mails);
        Assert.Equal(["correspondence-hashed", "correspondence-emptied"], (await store.EventsAsync(new AuditQuery(), None)).Lines.Select(l => l.Event).OrderBy(e => e.Number).Select(e => e.Kind));
    }

    private void AssertHidden()
    {
        Assert.False(Stands("wiedererkannt"));
        Assert.False(Stands("mycolleague"));
        Assert.False(Stands("Hanako"));
        Assert.False(Stands("tnnakrederei"));
    }

    private bool Stands(string text, Encoding? encoding = null) => Directory.EnumerateFiles(DataDirectory, "sekisho.db*").Any(f => ReadShared(f).AsSpan().IndexOf((encoding ?? Encoding.UTF8).GetBytes(text)) >= 0);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
