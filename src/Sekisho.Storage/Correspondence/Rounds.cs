using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// How often somebody was brought together with organisations new to him (<see cref="ICorrespondence.RoundsOf"/>): a row for the person, one for each of his latest sets, and one for each of
/// those in them, each read once in a question and no more than <see cref="MaxRows"/> in all. What lies beyond is not counted: then people are taken for strangers rather than for acquainted.
/// </summary>
internal sealed class Rounds(SqliteDatabase database, AddressKeys keys)
{
    /// <summary>Rows read for one question: some hundred microseconds. Each may use his share and what those before him left.</summary>
    private const int MaxRows = 640;

    // Hashes stand as bytes, which are never equal to an empty text.
    private static readonly Query s_isOrganisation = new("SELECT 1 FROM person WHERE n = ? AND local = ''");

    private readonly People _rows = new(database, keys);
    private readonly Gatherings _gatherings = new(database);
    private readonly Dictionary<long, bool> _isOrganisation = [];
    private readonly Dictionary<long, long[]> _organisations = [];
    private int _left;

    public IReadOnlyDictionary<string, int> Of(IReadOnlyCollection<string> addressKeys, CancellationToken cancel)
    {
        var rounds = new Dictionary<string, int>(StringComparer.Ordinal);
        var (rows, keysLeft) = (MaxRows, addressKeys.Count);
        foreach (var key in addressKeys)
        {
            cancel.ThrowIfCancellationRequested();
            _left = rows / keysLeft--;
            rows -= _left;
            if (!rounds.ContainsKey(key) && Take() && _rows.Find(key) is { } person && Of(person) is > 0 and var count)
            {
                rounds.Add(key, count);
            }

            rows += _left;
        }

        return rounds;
    }

    private int Of(Person person)
    {
        var sets = new List<SeenSet>();
        SeenList.Read(person.SeenBytes, sets, SeenList.Told);
        sets.Sort(static (a, b) => a.Set.CompareTo(b.Set));
        var met = new HashSet<long> { person.Id };
        var rounds = 0;
        foreach (var set in sets)
        {
            // Most sets are a writer and him, whom nobody was introduced to: their rows need not be read.
            if (set.Size is > 2 and <= CorrespondenceQuestion.MaxCompany)
            {
                var isNew = false;
                foreach (var organisation in OrganisationsIn(set.Set))
                {
                    isNew |= met.Add(organisation);
                }

                rounds += isNew ? 1 : 0;
                if (rounds == ICorrespondence.MaxRounds)
                {
                    break;
                }
            }
        }

        return rounds;
    }

    private long[] OrganisationsIn(long set)
    {
        if (_organisations.TryGetValue(set, out var known))
        {
            return known;
        }

        if (!Take() || _gatherings.Read(set) is not { } gathering)
        {
            return [];
        }

        var found = gathering.People.FindAll(IsOrganisation).ToArray();
        if (_left > 0)
        {
            // Not what was cut short: another's share may reach further.
            _organisations.Add(set, found);
        }

        return found;
    }

    private bool IsOrganisation(long person)
    {
        if (!_isOrganisation.TryGetValue(person, out var isOne) && Take())
        {
            isOne = database[s_isOrganisation].Add(person).Scalar() is not null;
            _isOrganisation.Add(person, isOne);
        }

        return isOne;
    }

    /// <summary>Whether another row may be read; it is counted.</summary>
    private bool Take()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
