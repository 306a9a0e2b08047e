namespace Sekisho.Audit.Archives;

/// <summary>What was found in one file, or in one batch of a folder's files.</summary>
internal sealed class FileOutcome
{
    /// <summary>Broken places kept by name; the rest is only counted.</summary>
    public const int MaxNamed = 1000;

    private readonly Func<long, string> _place;
    private readonly List<BrokenMessage> _broken = [];

    /// <summary>Of a file; places in it are named by <paramref name="place"/>.</summary>
    public FileOutcome(Func<long, string> place) => _place = place;

    /// <summary>Messages in the file's order.</summary>
    public EntryList Entries { get; } = new();

    /// <summary>The first of what is broken.</summary>
    public IReadOnlyList<BrokenMessage> Broken => _broken;

    /// <summary>How much is.</summary>
    public long BrokenCount { get; private set; }

    /// <summary>A message; without a date it waits for <see cref="DateRepair"/>.</summary>
    public void Add(Entry entry, DateTimeOffset? at)
    {
        if (at is { } known)
        {
            entry.At = known;
        }
        else
        {
            entry.At = MessageDates.Earliest;
            entry.Marks |= EntryMarks.Undated;
        }

        Entries.Add(entry);
    }

    /// <summary>Another one for the same file, still empty.</summary>
    public FileOutcome Beside() => new(_place);

    /// <summary>Adds what was found behind it.</summary>
    public void Append(FileOutcome behind)
    {
        for (var i = 0; i < behind.Entries.Count; i++)
        {
            Entries.Add(behind.Entries[i]);
        }

        _broken.AddRange(behind._broken.Take(MaxNamed - _broken.Count));
        BrokenCount += behind.BrokenCount;
    }

    /// <summary>Something that is no message.</summary>
    public void Break(long offset, string why) => Break(_place(offset), why);

    /// <inheritdoc cref="Break(long, string)"/>
    public void Break(string place, string why)
    {
        BrokenCount++;
        if (_broken.Count < MaxNamed)
        {
            _broken.Add(new BrokenMessage(place, why));
        }
    }
}
