using System.Buffers;
using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Storage.Correspondence;

/// <summary>A person's row, or an organisation's, while it is read or changed.</summary>
internal sealed class Person
{
    private const int MaxNames = 8;
    private const int TellNames = 4;

    private byte[] _seenBytes = [];
    private SeenList? _seen;
    private List<(string Name, long Times)>? _names;

    public required long Id { get; init; }

    /// <summary>His address's key as it was asked for.</summary>
    public required string Key { get; init; }

    /// <summary>Not in the database yet.</summary>
    public bool IsNew { get; init; }

    public bool IsOrganisation => Key.StartsWith('@');

    public long FirstAt { get; set; }

    public long LastAt { get; set; }

    /// <summary>Mails he got.</summary>
    public long Mails { get; set; }

    /// <summary>The same, as <see cref="Decay"/> keeps it.</summary>
    public double Weight { get; set; }

    /// <summary>Mails he wrote.</summary>
    public long Written { get; set; }

    /// <summary>There are rows of sets that fell out of <see cref="Seen"/>.</summary>
    public bool HasOlder { get; set; }

    public byte[]? NameBytes { get; set; }

    /// <summary>Sets as read; for look-ups that need no list.</summary>
    public ReadOnlySpan<byte> SeenBytes => _seenBytes;

    public SeenList Seen => _seen ??= SeenList.Read(_seenBytes);

    public IReadOnlyList<(string Name, long Times)> Names => _names ??= ReadNames(NameBytes);

    public void SetSeen(ReadOnlySpan<byte> bytes) => _seenBytes = bytes.ToArray();

    public byte[] WriteSeen() => _seen is null ? _seenBytes : _seen.Write();

    public void At(long at)
    {
        FirstAt = Math.Min(FirstAt, at);
        LastAt = Math.Max(LastAt, at);
    }

    public void Got(long at, long mails = 1)
    {
        Mails += mails;
        Weight += Decay.Of(at) * mails;
    }

    /// <summary>Notes a name used for him; true when it was not known.</summary>
    public bool Name(string name)
    {
        if (name.Length == 0)
        {
            return false;
        }

        _names ??= ReadNames(NameBytes);
        var at = _names.FindIndex(known => known.Name == name);
        if (at >= 0)
        {
            _names[at] = (name, _names[at].Times + 1);
            return false;
        }

        if (_names.Count == MaxNames)
        {
            // The least used makes room.
            var least = 0;
            for (var i = 1; i < MaxNames; i++)
            {
                least = _names[i].Times < _names[least].Times ? i : least;
            }

            _names.RemoveAt(least);
            _names.Insert(least, (name, 1));
        }
        else
        {
            _names.Add((name, 1));
        }

        return true;
    }

    public byte[]? WriteNames()
    {
        if (_names is null)
        {
            return NameBytes;
        }

        var writer = new ArrayBufferWriter<byte>(64);
        foreach (var (name, times) in _names)
        {
            var text = Encoding.UTF8.GetBytes(name);
            Packed.Write(writer, (ulong)times);
            Packed.Write(writer, (ulong)text.Length);
            writer.Write(text);
        }

        return _names.Count == 0 ? null : writer.WrittenSpan.ToArray();
    }

    /// <summary>As the rules know him. <paramref name="habit"/> is the sender's with him.</summary>
    public Contact AsContact(string key, Habit habit, long at) => new(key, Time(FirstAt), Time(LastAt), Mails)
    {
        BySender = habit.Mails,
        LastBySender = habit.Mails > 0 ? Time(habit.LastAt) : null,
        WeightBySender = habit.Mails > 0 ? Decay.At(habit.Weight, at, habit.LastAt) : 0,
        Weight = Decay.At(Weight, at, LastAt),
        Written = Written,
        Names = NameBytes is null && _names is null ? [] : [.. Names.OrderByDescending(n => n.Times).ThenBy(n => n.Name, StringComparer.Ordinal).Take(TellNames).Select(n => n.Name)],
    };

    public static DateTimeOffset Time(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    public static List<(string Name, long Times)> ReadNames(ReadOnlySpan<byte> bytes)
    {
        var names = new List<(string, long)>();
        while (!bytes.IsEmpty && names.Count < MaxNames)
        {
            var times = (long)Packed.Read(ref bytes);
            var length = (int)Math.Min(Packed.Read(ref bytes), (ulong)bytes.Length);
            names.Add((Encoding.UTF8.GetString(bytes[..length]), times));
            bytes = bytes[length..];
        }

        return names;
    }
}

/// <summary>One writer's mails to one person.</summary>
internal readonly record struct Habit(long Mails, long LastAt, double Weight);
