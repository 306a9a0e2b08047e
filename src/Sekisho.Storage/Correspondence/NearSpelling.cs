using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;
using Statement = Sekisho.Storage.Sqlite.Statement;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Finds what is spelt nearly like a text by the indexes of what begins and what ends like it: whatever one slip changes, the front or the back half of a text is left. What shares a half
/// is a range of an index, a few rows as a rule. In a crowded one (a provider of free addresses, <c>works1.example</c> to <c>works9999.example</c>) only the rows beside the place where the
/// text itself would stand are read: they share the most with it.
/// </summary>
internal sealed class NearSpelling(SqliteDatabase database)
{
    /// <summary>Rows of one range that are read, and beside the text's own place if the range has more, to each side.</summary>
    private const int MaxRead = 16;

    private const int Beside = 16;

    private static readonly Query s_front = new("SELECT n, local FROM person WHERE domain = ? AND len = ? AND local >= ? AND local < ? ORDER BY local LIMIT ?");

    private static readonly Query s_frontDown = new("SELECT n, local FROM person WHERE domain = ? AND len = ? AND local >= ? AND local < ? ORDER BY local DESC LIMIT ?");

    private static readonly Query s_back = new("SELECT n, reversed FROM person WHERE domain = ? AND len = ? AND reversed >= ? AND reversed < ? AND reversed IS NOT NULL ORDER BY reversed LIMIT ?");

    private static readonly Query s_backDown = new("SELECT n, reversed FROM person WHERE domain = ? AND len = ? AND reversed >= ? AND reversed < ? AND reversed IS NOT NULL ORDER BY reversed DESC LIMIT ?");

    private static readonly Query s_frontDomain = new("SELECT n, bare FROM domain WHERE len = ? AND bare >= ? AND bare < ? ORDER BY bare LIMIT ?");

    private static readonly Query s_frontDomainDown = new("SELECT n, bare FROM domain WHERE len = ? AND bare >= ? AND bare < ? ORDER BY bare DESC LIMIT ?");

    private static readonly Query s_backDomain = new("SELECT n, reversed FROM domain WHERE len = ? AND reversed >= ? AND reversed < ? ORDER BY reversed LIMIT ?");

    private static readonly Query s_backDomainDown = new("SELECT n, reversed FROM domain WHERE len = ? AND reversed >= ? AND reversed < ? ORDER BY reversed DESC LIMIT ?");

    /// <summary>Numbers of people at a domain whose local part is a slip or two away, the nearest first.</summary>
    public List<long> Locals(string local, long domain, int most)
        => Nearest(local, most, end => database[end switch { End.Front => s_front, End.FrontDown => s_frontDown, End.Back => s_back, _ => s_backDown }].Add(domain));

    /// <summary>Numbers of domains a slip or two away, the nearest first.</summary>
    public List<long> Domains(string domain, int most)
        => Nearest(domain, most, end => database[end switch { End.Front => s_frontDomain, End.FrontDown => s_frontDomainDown, End.Back => s_backDomain, _ => s_backDomainDown }]);

    private static List<long> Nearest(string text, int most, Func<End, Statement> begin)
    {
        var near = new Dictionary<long, int>();
        var reversed = AddressKeys.Reversed(text);
        for (var length = Math.Max(2, text.Length - 2); length <= text.Length + 2; length++)
        {
            // The letter in the middle is in neither half: two neighbours may be swapped there.
            var front = length / 2;
            var back = length - front - 1;
            if (front <= text.Length && back <= text.Length)
            {
                Range(End.Front, End.FrontDown, text, text[..front], length);
                Range(End.Back, End.BackDown, reversed, AddressKeys.Reversed(text[(text.Length - back)..]), length);
            }
        }

        // The number decides between equals, so that the same is answered every time.
        return [.. near.OrderBy(one => one.Value).ThenBy(one => one.Key).Take(most).Select(one => one.Key)];

        void Range(End up, End down, string place, string half, int length)
        {
            var after = half + "\U0010FFFF";
            if (!Read(up, place, length, half, after, MaxRead))
            {
                Read(up, place, length, place, after, Beside);
                Read(down, place, length, half, place, Beside);
            }
        }

        // True when that was all. What is read backwards is compared backwards: it is as far away.
        bool Read(End way, string place, int length, string from, string to, int most)
        {
            var rows = begin(way).Add(length).Add(from).Add(to).Add(most);
            var read = 0;
            for (; rows.Step(); read++)
            {
                var other = rows.Text(1);
                if (CorrespondenceMemory.IsNear(other, place) && other != place)
                {
                    near.TryAdd(rows.Int64(0), EditDistance.Of(other, place, 2));
                }
            }

            return read < most;
        }
    }

    private enum End
    {
        Front,
        FrontDown,
        Back,
        BackDown,
    }
}
