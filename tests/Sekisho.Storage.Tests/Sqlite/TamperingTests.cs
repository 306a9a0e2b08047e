namespace Sekisho.Storage.Tests.Sqlite;

/// <summary>The trail cannot be changed through SQL by accident, and a change on purpose shows.</summary>
public sealed class TamperingTests : SqliteTest
{
    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            var accepted = await store.AcceptAsync(Mail.New(Time));
            var ready = await store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));
            await store.EndAsync(ready[0], Outcome.Delivered);
        }
    }

    [Theory]
    [InlineData("UPDATE audit SET by = 'x'")]
    [InlineData("DELETE FROM audit WHERE number = 9")]
    public async Task Events_are_not_changed_nor_deleted(string sql)
    {
        await FillAsync();
        var error = Assert.Throws<Sekisho.Storage.Sqlite.SqliteError>(() => Sql(sql));
        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET by = 'x' WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE number = 1", 1)]
    [InlineData("UPDATE audit SET kind = 'bounced' WHERE number = 9", 9)]
    [InlineData("UPDATE audit SET detail = replace(detail, '250', '550') WHERE number = 3", 3)]
    [InlineData("UPDATE audit SET delivery = NULL WHERE number = 4", 4)]
    [InlineData("UPDATE audit SET submission = 1 WHERE number = 7", 7)]
    [InlineData("UPDATE audit SET hash = zeroblob(32) WHERE number = 6", 6)]
    [InlineData("UPDATE submission SET id = 'x' || substr(id, 2) WHERE n = 2", 4)]
    [InlineData("DELETE FROM audit WHERE number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 1", 1)]
    [InlineData("DELETE FROM audit WHERE number >= 8", 8)]
    [InlineData("DELETE FROM audit", 1)]
    [InlineData("INSERT INTO audit SELECT 10, at, kind, submission, delivery, by, detail, hash FROM audit WHERE number = 9", 10)]
    public async Task Whatever_is_changed_behind_the_stores_back_is_found(string sql, long at)
    {
        await FillAsync();
        Sql("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; " + sql);
        await using var store = await OpenAsync();

        var verification = await store.VerifyAuditAsync(null, None);

        Assert.Equal(at, verification.BrokenAt);
        Assert.NotNull(verification.Problem);
    }
}
