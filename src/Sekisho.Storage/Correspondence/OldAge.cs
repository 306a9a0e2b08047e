using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>Forgets what was last seen before a moment: gatherings first, then threads, then people, who then are in no gathering any more.</summary>
internal sealed class OldAge(WriteTransaction transaction, AddressKeys keys)
{
    private static readonly Query s_gatherings = new("SELECT n, people FROM gathering WHERE month <= ? AND last_at < ? LIMIT ?");

    private static readonly Query s_strands = new("SELECT n FROM strand WHERE month <= ? AND last_at < ? LIMIT ?");

    private static readonly Query s_people = new("SELECT n, len, typeof(local) = 'blob', names FROM person WHERE month <= ? AND last_at < ? AND len >= 0 LIMIT ?");

    private static readonly Query s_dropMails = new("DELETE FROM strand_mail WHERE strand = ?");

    private static readonly Query s_dropStrand = new("DELETE FROM strand WHERE n = ?");

    private readonly Forgetting _forgetting = new(transaction, keys);

    /// <summary>How many went, at most <paramref name="max"/>; of gatherings, each person counts as one.</summary>
    public int Forget(long before, int max)
    {
        var month = Decay.Month(before);
        var count = 0;
        foreach (var (set, people) in Gatherings(month, before, max))
        {
            count += _forgetting.Drop(set, people);
            if (count >= max)
            {
                return count;
            }
        }

        foreach (var strand in Numbers(transaction[s_strands].Add(month).Add(before).Add(max - count)))
        {
            transaction[s_dropMails].Add(strand).Run();
            count += transaction[s_dropStrand].Add(strand).Run();
        }

        return count >= max ? count : count + ForgetPeople(month, before, max - count);
    }

    private int ForgetPeople(long month, long before, int max)
    {
        var people = new List<(long Id, bool IsOrganisation, byte[] Names)>();
        var rows = transaction[s_people].Add(month).Add(before).Add(max);
        while (rows.Step())
        {
            people.Add((rows.Int64(0), rows.Int64(1) == 0 && !rows.Bool(2), rows.IsNull(3) ? [] : rows.Bytes(3).ToArray()));
        }

        foreach (var (id, isOrganisation, names) in people)
        {
            _forgetting.Order(id, isOrganisation, names);
        }

        return people.Count;
    }

    private List<(long Set, List<long> People)> Gatherings(long month, long before, int max)
    {
        var sets = new List<(long, List<long>)>();
        var people = 0;
        var rows = transaction[s_gatherings].Add(month).Add(before).Add(max);
        while (rows.Step())
        {
            var members = Packed.Ascending(rows.Bytes(1));
            sets.Add((rows.Int64(0), members));
            people += members.Count + 1;
            if (people >= max)
            {
                rows.Reset();
                break;
            }
        }

        return sets;
    }

    private static List<long> Numbers(Statement rows)
    {
        var numbers = new List<long>();
        while (rows.Step())
        {
            numbers.Add(rows.Int64(0));
        }

        return numbers;
    }
}
