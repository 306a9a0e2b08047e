namespace Sekisho.Inspection;

/// <summary>How a typed word differs from the one that may have been meant, by the fewest edits: a letter too many, missing or another, or two neighbours swapped.</summary>
/// <param name="Distance">Edits; 0 for the same word.</param>
/// <param name="OfHand">Every edit is one fingers make: a swap, a letter left out, one struck twice, or its neighbour on the keyboard.</param>
/// <param name="Counts">A digit is among what differs: <c>member1</c> and <c>member2</c> are two of a series, not one mistyped.</param>
/// <param name="First">The first letter is another, missing or added: <c>cloud</c> is no slip for <c>icloud</c>, <c>k.smith</c> none for <c>j.smith</c>.</param>
internal readonly record struct Slip(int Distance, bool OfHand, bool Counts, bool First)
{
    /// <summary>Longer words are not compared.</summary>
    public const int MaxLength = 64;

    private const string Keys = "1234567890-qwertyuiop asdfghjkl; zxcvbnm,./";

    /// <summary>The slip that leads from <paramref name="meant"/> to <paramref name="typed"/>; null where it takes more than <paramref name="most"/> edits (or one is longer than <see cref="MaxLength"/>).</summary>
    public static Slip? Between(ReadOnlySpan<char> typed, ReadOnlySpan<char> meant, int most = 2)
    {
        if (typed.SequenceEqual(meant))
        {
            return new Slip(0, OfHand: true, Counts: false, First: false);
        }

        if (typed.Length > MaxLength || meant.Length > MaxLength || EditDistance.Of(typed, meant, most) > most)
        {
            return null;
        }

        var head = typed.CommonPrefixLength(meant);
        var tail = 0;
        while (tail < Math.Min(typed.Length, meant.Length) - head && typed[^(tail + 1)] == meant[^(tail + 1)])
        {
            tail++;
        }

        var (rows, columns) = (typed.Length - head - tail + 1, meant.Length - head - tail + 1);
        Span<byte> table = rows * columns <= 1024 ? stackalloc byte[rows * columns] : new byte[rows * columns];
        Fill(table, columns, typed[head..^tail], meant[head..^tail]);
        return Trace(table, columns, typed, meant, head, tail);
    }

    /// <summary>Optimal string alignment: a swap of neighbours is one slip of the hand, so one edit.</summary>
    private static void Fill(Span<byte> table, int columns, ReadOnlySpan<char> typed, ReadOnlySpan<char> meant)
    {
        for (var i = 0; i <= typed.Length; i++)
        {
            for (var j = 0; j <= meant.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[(i * columns) + j] = (byte)(i + j);
                    continue;
                }

                var change = typed[i - 1] == meant[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(table[((i - 1) * columns) + j], table[(i * columns) + j - 1]) + 1, table[((i - 1) * columns) + j - 1] + change);
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                {
                    best = Math.Min(best, table[((i - 2) * columns) + j - 2] + 1);
                }

                table[(i * columns) + j] = (byte)best;
            }
        }
    }

    /// <summary>Goes back through the table and judges each edit; of several equally short ways one with a swap first, then one with another letter.</summary>
    private static Slip Trace(ReadOnlySpan<byte> table, int columns, ReadOnlySpan<char> typed, ReadOnlySpan<char> meant, int head, int tail)
    {
        var (ofHand, counts, first) = (true, false, false);
        var (i, j) = (typed.Length - head - tail, meant.Length - head - tail);
        int distance = table[(i * columns) + j];
        while (i > 0 || j > 0)
        {
            int here = table[(i * columns) + j];
            var (t, m) = (head + i - 1, head + j - 1);
            if (i > 0 && j > 0 && typed[t] == meant[m] && table[((i - 1) * columns) + j - 1] == here)
            {
                (i, j) = (i - 1, j - 1);
            }
            else if (i > 1 && j > 1 && typed[t] == meant[m - 1] && typed[t - 1] == meant[m] && table[((i - 2) * columns) + j - 2] == here - 1)
            {
                counts |= char.IsDigit(typed[t]) || char.IsDigit(typed[t - 1]);
                (i, j) = (i - 2, j - 2);
            }
            else if (i > 0 && j > 0 && table[((i - 1) * columns) + j - 1] == here - 1)
            {
                counts |= char.IsDigit(typed[t]) || char.IsDigit(meant[m]);
                ofHand &= AreNeighbours(typed[t], meant[m]);
                first |= t == 0 && m == 0;
                (i, j) = (i - 1, j - 1);
            }
            else if (i > 0 && table[((i - 1) * columns) + j] == here - 1)
            {
                counts |= char.IsDigit(typed[t]);
                ofHand &= IsStray(typed, t);
                first |= t == 0 && !(typed.Length > 1 && typed[1] == typed[0]);
                i--;
            }
            else
            {
                counts |= char.IsDigit(meant[m]);
                first |= m == 0 && !(meant.Length > 1 && meant[1] == meant[0]);
                j--;
            }
        }

        return new Slip(distance, ofHand, counts, first);
    }

    /// <summary>A letter too many that a finger adds: the one beside it again, or a key beside that one's.</summary>
    private static bool IsStray(ReadOnlySpan<char> typed, int at)
        => (at > 0 && (typed[at - 1] == typed[at] || AreNeighbours(typed[at], typed[at - 1])))
            || (at + 1 < typed.Length && (typed[at + 1] == typed[at] || AreNeighbours(typed[at], typed[at + 1])));

    /// <summary>Two keys that touch, on the Latin keyboard the world shares (QWERTY; each row stands a little further right).</summary>
    internal static bool AreNeighbours(char a, char b)
    {
        var (p, q) = (Keys.IndexOf(a, StringComparison.Ordinal), Keys.IndexOf(b, StringComparison.Ordinal));
        if (p < 0 || q < 0 || a == b || a == ' ' || b == ' ')
        {
            return false;
        }

        var (rowA, rowB) = (p / 11, q / 11);
        return Math.Abs(rowA - rowB) <= 1 && Math.Abs((4 * (p % 11)) + Shift(rowA) - (4 * (q % 11)) - Shift(rowB)) <= 4;
    }

    /// <summary>Quarters of a key a row stands to the right.</summary>
    private static int Shift(int row) => row switch { 0 => 0, 1 => 2, 2 => 3, _ => 5 };
}
