using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Bench.Correspondence;

/// <summary>
/// The straight way to keep the same: a row a membership, clustered by address, and a look at each gathering's own row. Answers who of the people was in which of their latest gatherings,
/// which is the larger part of what the store answers, and nothing else.
/// </summary>
internal sealed class Peer(string path) : IDisposable
{
    private static readonly Query s_number = new("SELECT p.n FROM domain d CROSS JOIN person p ON p.domain = d.n AND p.len = ? AND p.local = ? WHERE d.name = ?");

    private static readonly Query s_latest = new("SELECT m.gathering, g.size, g.times, g.last_at FROM peer_member m CROSS JOIN gathering g ON g.n = m.gathering WHERE m.address = ? ORDER BY m.gathering DESC LIMIT 256");

    private static readonly Query s_isIn = new("SELECT 1 FROM peer_member WHERE address = ? AND gathering = ?");

    private readonly SqliteDatabase _database = SqliteDatabase.OpenReader(path);

    public int Look(CorrespondenceQuestion question)
    {
        _database.Execute("BEGIN");
        var people = new List<long>();
        foreach (var key in question.People.Append(question.Sender))
        {
            var at = key.LastIndexOf('@');
            if (_database[s_number].Add(at).Add(key[..at]).Add(key[(at + 1)..]).Scalar() is { } number)
            {
                people.Add(number);
            }
        }

        var found = new Dictionary<long, int>();
        foreach (var person in people)
        {
            var rows = _database[s_latest].Add(person);
            while (rows.Step())
            {
                _ = rows.Int64(1) + rows.Int64(2) + rows.Int64(3);
                found.TryAdd(rows.Int64(0), 0);
            }
        }

        foreach (var gathering in found.Keys)
        {
            foreach (var person in people)
            {
                found[gathering] += _database[s_isIn].Add(person).Add(gathering).Scalar() is null ? 0 : 1;
            }
        }

        _database.Execute("COMMIT");
        return found.Count;
    }

    public void Dispose() => _database.Dispose();
}
