using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>Takes over what stood in the tables of the schema's first step, which knew sets of outside addresses alone, and drops them. Within the step's transaction.</summary>
internal static class CarriedOver
{
    /// <summary>Sets taken over before rows of people are written.</summary>
    private const int AtOnce = 2_000;

    private static readonly Query s_sets = new("SELECT n, first_at, last_at, times FROM old_gathering WHERE n > ? ORDER BY n LIMIT ?");

    private static readonly Query s_members = new("SELECT a.key FROM old_set_member m JOIN old_address a ON a.n = m.address WHERE m.gathering = ?");

    private static readonly Query s_gatherings = new("INSERT INTO counter(id, value) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET value = excluded.value");

    public static void Take(SqliteDatabase database)
    {
        database.Execute("CREATE TABLE old_set_member(gathering INTEGER NOT NULL, address INTEGER NOT NULL, PRIMARY KEY(gathering, address)) STRICT, WITHOUT ROWID;"
            + "INSERT INTO old_set_member(gathering, address) SELECT gathering, address FROM old_member ORDER BY 1, 2");
        long from = 0;
        long sets = 0;
        while (true)
        {
            var some = new List<(long Number, long First, long Last, long Times)>();
            var rows = database[s_sets].Add(from).Add(AtOnce);
            while (rows.Step())
            {
                some.Add((rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3)));
            }

            if (some.Count == 0)
            {
                break;
            }

            var lessons = new Lessons(database, AddressKeys.Clear);
            foreach (var (number, first, last, times) in some)
            {
                lessons.CarryOver(Members(database, number), first, last, times);
            }

            lessons.Flush();
            sets += lessons.NewGatherings;
            from = some[^1].Number;
        }

        database[s_gatherings].Add((int)Counter.Gatherings).Add(sets).Run();
        database.ResetAll();
        database.ForgetStatements();
        database.Execute("DROP TABLE old_set_member; DROP TABLE old_member; DROP TABLE old_gathering; DROP TABLE old_address");
    }

    private static List<string> Members(SqliteDatabase database, long set)
    {
        var keys = new List<string>();
        var rows = database[s_members].Add(set);
        while (rows.Step())
        {
            keys.Add(rows.Text(0));
        }

        return keys;
    }
}
