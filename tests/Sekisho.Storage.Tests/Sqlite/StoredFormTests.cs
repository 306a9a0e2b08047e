using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Sqlite;

/// <summary>What was written years ago must still be read, and still verify: these forms may grow but not change.</summary>
public sealed class StoredFormTests : SqliteTest
{
    private const string Stored =
        """
        [{"rule":"visible-recipients","severity":"high","summary":{"en":"185 people would see each other's addresses.","ja":"185人のアドレスがお互いに見えてしまいます。"},"evidence":["person1@example.net","山田 <person2@example.net>"],"recipients":["person1@example.net"],"persons":185,"measures":{"groups":142}}]
        """;

    private string Text(string sql)
    {
        using var database = SqliteDatabase.OpenReader(DatabasePath);
        var row = database[new Query(sql)];
        Assert.True(row.Step());
        var text = row.Text(0);
        row.Reset();
        return text;
    }

    [Fact]
    public async Task Findings_are_written_in_this_form()
    {
        await using var store = await OpenAsync();
        var accepted = await store.AcceptAsync(Mail.New(Time));
        await store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Findings = [Mail.Finding()] });
        Assert.Equal(Stored, Text("SELECT json FROM finding"));
        Assert.Equal("policy: []", Text("SELECT text FROM policy"));
    }

    [Fact]
    public async Task Findings_with_less_or_more_than_we_know_are_read()
    {
        await using var store = await OpenAsync();
        await store.HoldAsync(Mail.New(Time));
        Sql("""INSERT INTO finding(submission, json) VALUES(1, '[{"rule":"keyword","severity":"low","summary":{"en":"e","ja":"j"},"added-later":[1]}]')""");
        var finding = Assert.Single((await store.HeldAsync(None)).Single().Findings);
        Assert.Equal(("keyword", Severity.Low, null), (finding.Rule, finding.Severity, finding.Persons));
        Assert.Empty(finding.Evidence);
    }

    [Fact]
    public async Task Notes_of_recent_mail_without_a_greeting_are_read_and_those_with_one_keep_it()
    {
        await using var store = await OpenAsync();
        var accepted = await store.AcceptAsync(Mail.New(Time));
        var note = new RecentMailNote(accepted.Submission.Id, "s@home.example", "c", "t", [], [], false) { Greeting = RecentMailNote.GreetingFits };
        await store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Recent = note });
        Assert.Contains("\"greeting\":\"fits\"", Text("SELECT json FROM recent"), StringComparison.Ordinal);
        Assert.Equal(RecentMailNote.GreetingFits, (await store.RecentNotesAsync(Time.Now - Mail.Minute, None)).Single().Note.Greeting);

        Sql("""UPDATE recent SET json = '{"id":"x","sender":"s@home.example","contentKey":"c","templateKey":"t","outsideRecipients":[],"foreignAddresses":[],"hasAttachment":false,"added-later":1}'""");
        var old = (await store.RecentNotesAsync(Time.Now - Mail.Minute, None)).Single().Note;
        Assert.True(string.IsNullOrEmpty(old.Greeting));
        Assert.Equal(0, new RecentMail().Note(old).RunGreetingsFit);
    }

    [Fact]
    public async Task What_a_mail_would_have_taught_that_never_left_goes_with_its_body()
    {
        await using var store = await OpenAsync();
        var accepted = await store.AcceptAsync(Mail.New(Time));
        await store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0) with { NotBefore = Time.Now + Mail.Minute }) with { Learnt = Mail.Learnt(Time.Now, "a@example.net") });
        Time.Advance(Mail.Minute);
        await store.EndAsync(Assert.Single(await store.LeaseAsync(DeliveryState.Ready)), Outcome.Bounced);
        Assert.Contains("a@example.net", Text("SELECT mail FROM lesson"), StringComparison.Ordinal);

        Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, await store.PurgeAsync(Time.Now, CancellationToken.None));
        Assert.Equal("0", Text("SELECT CAST(count(*) AS TEXT) FROM lesson"));
    }

    [Fact]
    public void An_events_hash_is_this_one()
    {
        // Spelled out byte by byte: whoever holds an old trail can check it without this program.
        var hash = new byte[32];
        AuditHash.Next(hash, 1, 2, "k", "s", 3, "b", "d", hash);
        Span<byte> bytes =
        [
            .. new byte[32], 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, (byte)'k', 0, 0, 0, 1, (byte)'s',
            0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1, (byte)'b', 0, 0, 0, 1, (byte)'d',
        ];
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), hash);
    }

    [Fact]
    public void Two_events_never_share_a_hash()
    {
        var seen = new HashSet<string>();
        foreach (var (kind, submission, delivery, by, detail) in new (string Kind, string? Submission, long? Delivery, string By, string Detail)[]
        {
            ("ab", "c", 1, "d", "e"), ("a", "bc", 1, "d", "e"), ("ab", "c", 1, "de", ""), ("ab", "c", 1, "", "de"), ("ab", "", 1, "d", "e"),
            ("ab", null, 1, "d", "e"), ("ab", "c", 0, "d", "e"), ("ab", "c", null, "d", "e"), ("ab", "c", 1, "d", new string('e', 5000)),
        })
        {
            var hash = new byte[32];
            AuditHash.Next(hash, 1, 2, kind, submission, delivery, by, detail, hash);
            Assert.True(seen.Add(Convert.ToHexString(hash)));
        }
    }

    [Fact]
    public void A_seal_and_a_decisions_digest_are_these()
    {
        Assert.Equal(RecipientSeal.Size, RecipientSeal.Compute("id", 0, "a@example.net", "digest").Length);
        Assert.NotEqual(RecipientSeal.Compute("id", 0, "a@example.net", "digest"), RecipientSeal.Compute("ida", 0, "@example.net", "digest"));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("digest\n7\n1\na@example.net\nb@example.net"u8)),
            DecisionDigest.Compute("digest", 7, CopyKind.Individual, ["a@example.net", "b@example.net"]));
    }
}
