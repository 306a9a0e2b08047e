using Sekisho.Audit.Archives;
using Sekisho.Audit.Report;
using Sekisho.Inspection;

namespace Sekisho.Audit.Run;

/// <summary>Everything a run knows at one position of the archive: what is counted, what was learnt, what was found. A checkpoint is this, saved.</summary>
internal sealed class RunState : IDisposable
{
    private const int MostBroken = 1000;

    /// <summary>An archive whose mails have no dates at all must not make this grow without end; a copy of one so far back is then judged again.</summary>
    private const int MostAtOnce = 1_000_000;

    private readonly StateFolder _folder;
    private readonly HashSet<UInt128> _sameMoment = [];
    private long _moment = long.MinValue;

    private RunState(StateFolder folder, int policies)
    {
        _folder = folder;
        Tallies = [.. Enumerable.Range(0, policies).Select(_ => new PolicyTally())];
    }

    /// <summary>The next message in date order.</summary>
    public int Position { get; set; }

    public long Messages { get; set; }

    public long Bytes { get; set; }

    public long Broken { get; private set; }

    public List<BrokenMessage> BrokenPlaces { get; } = [];

    public long Outside { get; set; }

    public long Incoming { get; set; }

    public long Repeated { get; set; }

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    /// <summary>Seconds of the runs before this one.</summary>
    public double SecondsBefore { get; private set; }

    /// <summary>Lessons the store was given, and those it is given next.</summary>
    public long LessonsGiven { get; set; }

    /// <inheritdoc cref="LessonsGiven"/>
    public List<LearntMail> Lessons { get; } = [];

    public IReadOnlyList<PolicyTally> Tallies { get; }

    public ExposureTally Exposure { get; } = new();

    public IReadOnlyList<IncidentLog> Incidents { get; private set; } = [];

    public LessonLog LessonLog { get; private set; } = null!;

    public AuditHistory History { get; private set; } = null!;

    /// <summary>A run's beginning.</summary>
    public static RunState New(StateFolder folder, int policies)
    {
        folder.Clear();
        var state = new RunState(folder, policies);
        state.Open(0, [.. Enumerable.Repeat((0L, 0L), policies)]);
        return state;
    }

    /// <summary>What a checkpoint says, or null where there is none. Throws <see cref="InvalidDataException"/> where it is of no use, saying why.</summary>
    public static RunState? Saved(StateFolder folder, int policies, ReadOnlySpan<byte> binding, CancellationToken cancel)
    {
        RunState? state = null;
        try
        {
            if (!folder.TryLoad(binding, reader => (state = new RunState(folder, policies)).Load(reader)))
            {
                return null;
            }

            state!.History.Restore(cancel);
            return state;
        }
        catch
        {
            state?.Dispose();
            throw;
        }
    }

    /// <summary>Counts a message that could not be read.</summary>
    public void AddBroken(string place, string why)
    {
        Broken++;
        if (BrokenPlaces.Count < MostBroken)
        {
            BrokenPlaces.Add(new BrokenMessage(place, why));
        }
    }

    /// <summary>Notes a readable message; false when a copy of it was here before. Copies have one date, so in date order they stand together.</summary>
    public bool IsNew(PastMail mail, DateTimeOffset at)
    {
        First = First is null || at < First ? at : First;
        Last = Last is null || at > Last ? at : Last;
        if (at.UtcTicks != _moment || _sameMoment.Count >= MostAtOnce)
        {
            _moment = at.UtcTicks;
            _sameMoment.Clear();
        }

        return _sameMoment.Add(mail.Identity);
    }

    /// <summary>Writes the checkpoint. Throws <see cref="IOException"/> when there is no room; the one before then still stands.</summary>
    public void Save(ReadOnlySpan<byte> binding, double seconds)
    {
        LessonLog.Flush();
        foreach (var log in Incidents)
        {
            log.Flush();
        }

        _folder.Save(binding, writer => Write(writer, seconds));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LessonLog?.Dispose();
        foreach (var log in Incidents)
        {
            log.Dispose();
        }
    }

    private void Open(long lessons, IReadOnlyList<(long Length, long Count)> incidents)
    {
        LessonLog = new LessonLog(_folder.LessonsPath, lessons);
        var logs = new List<IncidentLog>();
        Incidents = logs;
        for (var i = 0; i < incidents.Count; i++)
        {
            logs.Add(new IncidentLog(_folder.IncidentsPath(i), incidents[i].Length, incidents[i].Count));
        }

        History = new AuditHistory(LessonLog);
    }

    private void Write(BinaryWriter writer, double seconds)
    {
        writer.Write(LessonLog.Length);
        foreach (var log in Incidents)
        {
            writer.Write(log.Length);
            writer.Write(log.Count);
        }

        writer.Write(Position);
        writer.Write(Messages);
        writer.Write(Bytes);
        writer.Write(Broken);
        writer.WriteAll([.. BrokenPlaces.Select(b => KeyValuePair.Create(b.Place, b.Why))], (w, k) => w.Write(k), (w, v) => w.Write(v));
        writer.Write(Outside);
        writer.Write(Incoming);
        writer.Write(Repeated);
        writer.WriteMoment(First);
        writer.WriteMoment(Last);
        writer.Write(seconds);
        writer.Write(_moment);
        writer.Write(_sameMoment.Count);
        foreach (var one in _sameMoment)
        {
            writer.Write((ulong)(one >> 64));
            writer.Write((ulong)one);
        }

        writer.Write(LessonsGiven);
        writer.Write(Lessons.Count);
        foreach (var lesson in Lessons)
        {
            LessonLog.Write(writer, lesson);
        }

        foreach (var tally in Tallies)
        {
            tally.Save(writer);
        }

        Exposure.Save(writer);
        History.Recent.Save(writer);
    }

    private void Load(BinaryReader reader)
    {
        var lessons = reader.ReadInt64();
        Open(lessons, [.. Tallies.Select(_ => (reader.ReadInt64(), reader.ReadInt64()))]);
        Position = reader.ReadInt32();
        Messages = reader.ReadInt64();
        Bytes = reader.ReadInt64();
        Broken = reader.ReadInt64();
        for (var left = SavedCounts.Count(reader); left > 0; left--)
        {
            BrokenPlaces.Add(new BrokenMessage(reader.ReadString(), reader.ReadString()));
        }

        Outside = reader.ReadInt64();
        Incoming = reader.ReadInt64();
        Repeated = reader.ReadInt64();
        First = reader.ReadMoment();
        Last = reader.ReadMoment();
        SecondsBefore = reader.ReadDouble();
        _moment = reader.ReadInt64();
        for (var left = SavedCounts.Count(reader); left > 0; left--)
        {
            _sameMoment.Add(new UInt128(reader.ReadUInt64(), reader.ReadUInt64()));
        }

        LessonsGiven = reader.ReadInt64();
        for (var left = SavedCounts.Count(reader); left > 0; left--)
        {
            Lessons.Add(LessonLog.ReadMail(reader));
        }

        foreach (var tally in Tallies)
        {
            tally.Load(reader);
        }

        Exposure.Load(reader);
        History.Recent.Load(reader);
    }
}
