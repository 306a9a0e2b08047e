namespace Sekisho.Audit.Archives;

/// <summary>
/// Puts the messages of one file whose date is missing or cannot be where the file has them. A date is doubted only when it lies far outside of what nearly all of the file
/// spans and none of the messages around it is of that time: a few old mails at the head of a mailbox stay as old as they are.
/// </summary>
internal static class DateRepair
{
    private const int Fewest = 5;
    private const int Sampled = 4096;
    private const int Around = 2;
    private const long Year = 366L * 24 * 3600;
    private const long Near = Year / 2;
    private const long ClockError = 2L * 24 * 3600;

    /// <summary>Mends the dates of a file's messages, in the file's order.</summary>
    /// <param name="entries">Messages.</param>
    /// <param name="changed">When the file was last written to: no mail in it is later, unless the files' times say nothing.</param>
    /// <param name="witness">Reads again what others than its writer say about a message's time.</param>
    public static void Settle(EntryList entries, DateTimeOffset changed, Func<Entry, DateTimeOffset?> witness)
    {
        var (low, high, middle) = Span(entries);
        var latest = changed.ToUnixTimeSeconds() + ClockError;
        if (latest < middle)
        {
            // Most of the file is later than the file: its time was set by whatever copied it, and says nothing.
            latest = long.MaxValue;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            ref var entry = ref entries[i];
            if ((entry.Marks & EntryMarks.Undated) != 0 || (entry.Seconds <= latest && ((entry.Seconds >= low && entry.Seconds <= high) || !IsAlone(entries, i))))
            {
                continue;
            }

            if (witness(entry) is { } other && other.ToUnixTimeSeconds() is var seconds && seconds >= low && seconds <= Math.Min(high, latest))
            {
                entry.At = other;
            }
            else
            {
                entry.Marks |= EntryMarks.Undated;
            }
        }

        FillFromNeighbours(entries, changed);
    }

    private static void FillFromNeighbours(EntryList entries, DateTimeOffset changed)
    {
        DateTimeOffset? last = null;
        for (var i = 0; i < entries.Count && last is null; i++)
        {
            last = (entries[i].Marks & EntryMarks.Undated) == 0 ? entries[i].At : null;
        }

        var current = last ?? (MessageDates.IsPossible(changed) ? changed : MessageDates.Earliest);
        for (var i = 0; i < entries.Count; i++)
        {
            ref var entry = ref entries[i];
            if ((entry.Marks & EntryMarks.Undated) != 0)
            {
                entry.At = current;
            }

            current = entry.At;
        }
    }

    private static bool IsAlone(EntryList entries, int index)
    {
        for (var i = Math.Max(0, index - Around); i <= Math.Min(entries.Count - 1, index + Around); i++)
        {
            if (i != index && (entries[i].Marks & EntryMarks.Undated) == 0 && Math.Abs(entries[i].Seconds - entries[index].Seconds) < Near)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What nearly all of the file spans, half of it and a year more on either side; a sample of it, always the same, does.</summary>
    private static (long Low, long High, long Middle) Span(EntryList entries)
    {
        var step = Math.Max(1, entries.Count / Sampled);
        var seconds = new List<long>(Math.Min(entries.Count, Sampled * 2));
        for (var i = 0; i < entries.Count; i += step)
        {
            if ((entries[i].Marks & EntryMarks.Undated) == 0)
            {
                seconds.Add(entries[i].Seconds);
            }
        }

        seconds.Sort();
        if (seconds.Count < Fewest)
        {
            return (long.MinValue, long.MaxValue, seconds.Count == 0 ? 0 : seconds[seconds.Count / 2]);
        }

        // At least one on either side is left out, so that one broken date cannot widen the span it is held against.
        var cut = Math.Max(1, seconds.Count / 50);
        var (first, last) = (seconds[cut], seconds[^(cut + 1)]);
        var slack = Year + ((last - first) / 2);
        return (first - slack, last + slack, seconds[seconds.Count / 2]);
    }
}
