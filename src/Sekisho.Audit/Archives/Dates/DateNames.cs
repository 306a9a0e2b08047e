using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>Names of months and weekdays, by their first three letters; longer ones must go on as the name does.</summary>
internal static class DateNames
{
    private static readonly string[] s_months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] s_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>1 to 12, or 0.</summary>
    public static int Month(ReadOnlySpan<byte> word) => Find(s_months, word) + 1;

    /// <summary>True for a weekday.</summary>
    public static bool IsWeekday(ReadOnlySpan<byte> word) => Find(s_days, word) >= 0;

    private static int Find(string[] names, ReadOnlySpan<byte> word)
    {
        if (word.Length < 3)
        {
            return -1;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            if (word.Length <= name.Length && Ascii.EqualsIgnoreCase(word, name.AsSpan(0, word.Length)))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Zones by name: RFC 5322 section 4.3, and others that real mail writes and that mean one thing.</summary>
internal static class ZoneNames
{
    private static readonly (string Name, int Hours)[] s_zones =
    [
        ("gmt", 0), ("ut", 0), ("utc", 0), ("z", 0), ("jst", 9), ("kst", 9), ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6),
        ("pst", -8), ("pdt", -7), ("akst", -9), ("akdt", -8), ("hst", -10), ("wet", 0), ("west", 1), ("cet", 1), ("cest", 2), ("met", 1), ("mest", 2), ("eet", 2),
        ("eest", 3), ("msk", 3), ("msd", 4), ("hkt", 8), ("sgt", 8), ("aest", 10), ("aedt", 11), ("nzst", 12), ("nzdt", 13),
    ];

    /// <summary>Minutes east of UTC. The military letters were used with both signs and say nothing (RFC 5322 section 4.3): 0.</summary>
    public static bool TryFind(ReadOnlySpan<byte> word, out int minutes)
    {
        minutes = 0;
        foreach (var (name, hours) in s_zones)
        {
            if (Ascii.EqualsIgnoreCase(word, name))
            {
                minutes = hours * 60;
                return true;
            }
        }

        if (word.Length > 4 && word.StartsWith("GMT"u8) && word[3] is (byte)'+' or (byte)'-')
        {
            return MailDate.TryZone(word[3..], out minutes);
        }

        return word.Length == 1 && char.IsAsciiLetter((char)word[0]);
    }
}
