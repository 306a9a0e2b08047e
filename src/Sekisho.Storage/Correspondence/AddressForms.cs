using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>In which form addresses stand, and the change from one to the other.</summary>
internal static class AddressForms
{
    private const int Plain = 0;
    private const int Hashed = 1;
    private const int Changing = 2;

    private static readonly Query s_form = new("SELECT form, secret_check FROM correspondence WHERE id = 1");

    private static readonly Query s_setForm = new("UPDATE correspondence SET form = ?, secret_check = ? WHERE id = 1");

    private static readonly Query s_clear = new("SELECT p.n, p.local, d.name, p.names FROM person p JOIN domain d ON d.n = p.domain WHERE p.reversed IS NOT NULL LIMIT ?");

    /// <summary>Everything that is kept, but the score curves, which are nobody's.</summary>
    private static readonly string[] s_tables = ["person", "person_name", "domain", "older", "gathering", "contact", "strand", "strand_mail", "forgetting", "lesson"];

    /// <summary>How addresses stand as this connection sees it.</summary>
    public static AddressKeys Of(SqliteDatabase database, AddressSecret secret)
    {
        var row = database[s_form];
        row.Step();
        var form = row.Int64(0);
        if (form == Plain)
        {
            row.Reset();
            return AddressKeys.Clear;
        }

        var check = row.Bytes(1).ToArray();
        row.Reset();
        return new AddressKeys(secret.Read(check), form == Changing);
    }

    public static (AddressForm Form, bool Changing) FormOf(SqliteDatabase database)
    {
        var form = database[s_form].Scalar() ?? Plain;
        return (form == Plain ? AddressForm.Plain : AddressForm.Hashed, form == Changing);
    }

    /// <summary>From here on new addresses are hashed; those that are there still have to be (<see cref="HashSome"/>).</summary>
    public static void BeginHashing(WriteTransaction transaction, byte[] secret)
    {
        transaction[s_setForm].Add(Changing).Add(AddressSecret.CheckOf(secret)).Run();
        transaction.Audit("correspondence-hashed", null, null, null, "gateway", "{}");
    }

    /// <summary>Hashes addresses that stand in clear; false when none was left.</summary>
    public static bool HashSome(WriteTransaction transaction, AddressSecret secret, int most)
    {
        var database = transaction.Database;
        var keys = Of(database, secret);
        if (!keys.Changing)
        {
            return false;
        }

        var clear = new List<(long Id, string Key, byte[] Names)>();
        var rows = database[s_clear].Add(most);
        while (rows.Step())
        {
            clear.Add((rows.Int64(0), $"{rows.Text(1)}@{rows.Text(2)}", rows.IsNull(3) ? [] : rows.Bytes(3).ToArray()));
        }

        var people = new People(database, keys);
        foreach (var (id, key, names) in clear)
        {
            people.HashRow(id, names, keys.Of(key).Hash!);
        }

        if (clear.Count == 0)
        {
            var row = database[s_form];
            row.Step();
            var check = row.Bytes(1).ToArray();
            row.Reset();
            transaction[s_setForm].Add(Hashed).Add(check).Run();
        }

        return clear.Count > 0;
    }

    /// <summary>Forgets everything that is hashed: no way leads back to addresses in clear.</summary>
    public static void BeginAnew(WriteTransaction transaction, long gatherings)
    {
        foreach (var table in s_tables)
        {
            // The sequence of numbers goes on, so that nothing that was told before means somebody else.
            transaction.Database.Execute($"DELETE FROM {table}");
        }

        transaction.Count(Counter.Gatherings, -gatherings);
        transaction[s_setForm].Add(Plain).AddNull().Run();
        transaction.Audit("correspondence-emptied", null, null, null, "gateway", "{}");
    }
}
