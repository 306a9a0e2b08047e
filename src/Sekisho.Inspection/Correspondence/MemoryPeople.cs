namespace Sekisho.Inspection;

/// <summary>A count and a weight of it that halves with time, as of its latest mail.</summary>
internal struct Habit
{
    public long Mails { get; private set; }

    public double Weight { get; private set; }

    public long Last { get; private set; }

    public void Add(long at)
    {
        if (at >= Last)
        {
            Weight = (Weight * Decay(at - Last)) + 1;
            Last = at;
        }
        else
        {
            Weight += Decay(Last - at);
        }

        Mails++;
    }

    public void Add(Habit other)
    {
        Weight = Last >= other.Last ? Weight + other.WeightAt(Last) : other.Weight + WeightAt(other.Last);
        Last = Math.Max(Last, other.Last);
        Mails += other.Mails;
    }

    /// <summary>At a moment; before its latest mail, as at that.</summary>
    public readonly double WeightAt(long at) => at > Last && Weight > 0 ? Weight * Decay(at - Last) : Weight;

    private static double Decay(long ticks) => ticks == 0 ? 1 : Math.Exp(ticks * (-0.69314718055994531 / Contact.HalfLife.Ticks));
}

/// <summary>An address, or an organisation.</summary>
internal sealed class Someone(string key, int id, long first)
{
    private const int MaxNames = 8;

    private (string Name, int Times)[] _names = [];
    private string[]? _mostUsed;
    private long[] _ids = [];
    private int _idCount;
    private Habit _received;
    private long _lesson;
    private int _marks;

    public string Key { get; } = key;

    public int Id { get; set; } = id;

    public bool IsOrganisation { get; } = key.StartsWith('@');

    /// <summary>Which letters stand in what is compared of his key.</summary>
    public uint Letters { get; } = Inspection.Letters.OfKey(key);

    public long First { get; private set; } = first;

    public long Last { get; private set; } = first;

    public long Written { get; set; }

    /// <summary>Mails to him, from anybody.</summary>
    public Habit Received => _received;

    /// <summary>His gatherings, in the order of their ids.</summary>
    public List<Circle> Circles { get; } = [];

    /// <summary>The question in which he was met last, and as which of its people; -1 for none of them.</summary>
    public (long Question, int Index) Met { get; set; }

    public long Together { get; set; }

    /// <summary>Rounds, as counted of so many gatherings.</summary>
    public (int Of, int Count) Rounds { get; set; }

    /// <summary>The least of his latest gatherings, when they were last asked for: its moment and its id.</summary>
    public long LeastLast { get; set; } = long.MinValue;

    /// <inheritdoc cref="LeastLast"/>
    public long LeastId { get; set; } = long.MinValue;

    /// <summary>The ids of his gatherings as they are now.</summary>
    public ArraySegment<long> CircleIds()
    {
        if (_ids.Length < Circles.Count)
        {
            Array.Resize(ref _ids, Circles.Capacity);
        }

        for (; _idCount < Circles.Count; _idCount++)
        {
            _ids[_idCount] = Circles[_idCount].Id;
        }

        return new ArraySegment<long>(_ids, 0, _idCount);
    }

    /// <summary>Before his gatherings are told anew.</summary>
    public void ForgetCircles()
    {
        Circles.Clear();
        (_ids, _idCount, Rounds, LeastLast, LeastId) = ([], 0, default, long.MinValue, long.MinValue);
    }

    /// <summary>True the first time a lesson asks for this mark.</summary>
    public bool Mark(long lesson, int mark)
    {
        if (_lesson != lesson)
        {
            (_lesson, _marks) = (lesson, 0);
        }

        var isNew = (_marks & mark) == 0;
        _marks |= mark;
        return isNew;
    }

    /// <summary>Names used, most used first, at most <paramref name="most"/>, the same each time.</summary>
    public string[] Names(int most)
    {
        if (_mostUsed is null)
        {
            (string Name, int Times)[] names = [.. _names];
            Array.Sort(names, (a, b) => a.Times != b.Times ? b.Times.CompareTo(a.Times) : string.CompareOrdinal(a.Name, b.Name));
            _mostUsed = new string[Math.Min(most, names.Length)];
            for (var i = 0; i < _mostUsed.Length; i++)
            {
                _mostUsed[i] = names[i].Name;
            }
        }

        return _mostUsed;
    }

    public void Seen(long at)
    {
        First = Math.Min(First, at);
        Last = Math.Max(Last, at);
    }

    public void Got(long at) => _received.Add(at);

    /// <summary>Enters all his names into a new table.</summary>
    public void AddNames(AlikeIndex alike)
    {
        foreach (var (name, _) in _names)
        {
            alike.AddName(this, name);
        }
    }

    /// <summary>Notes a name used for him; empty for none.</summary>
    public void Name(string name, AlikeIndex alike)
    {
        if (name.Length == 0)
        {
            return;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i].Name == name)
            {
                _names[i].Times++;
                _mostUsed = _names.Length == 1 ? _mostUsed : null;
                return;
            }
        }

        _mostUsed = null;
        if (_names.Length == MaxNames)
        {
            // The least used makes room.
            var least = 0;
            for (var i = 1; i < MaxNames; i++)
            {
                least = _names[i].Times < _names[least].Times ? i : least;
            }

            _names[least] = (name, 1);
        }
        else
        {
            _names = [.. _names, (name, 1)];
        }

        alike.AddName(this, name);
    }
}

/// <summary>A gathering: people seen together, by their ids, ascending.</summary>
internal sealed class Circle(long id, int[] members, int size, long times, long last)
{
    public long Id { get; } = id;

    public int[] Members { get; } = members;

    /// <summary>How many are people.</summary>
    public int Size { get; } = size;

    public long Times { get; private set; } = times;

    public long Last { get; private set; } = last;

    /// <summary>The question in which it was met last, and at which place.</summary>
    public (long Question, int Place) Met { get; set; }

    public void Again(long times, long at)
    {
        Times += times;
        Last = Math.Max(Last, at);
    }
}

/// <summary>Mails of one thread.</summary>
internal sealed class Strand(ulong topic, long at)
{
    private const int MaxPeople = 256;

    private readonly List<(int Id, int Times)> _people = [];

    /// <summary>Digest of its topic; 0 for none.</summary>
    public ulong Topic { get; } = topic;

    public long Mails { get; private set; }

    public long Last { get; private set; } = at;

    public IReadOnlyList<(int Id, int Times)> People => _people;

    public void Add(Someone sender, List<Someone> got, long at)
    {
        Mails++;
        Last = Math.Max(Last, at);
        Add(sender.Id);
        foreach (var one in got)
        {
            Add(one.Id);
        }
    }

    private void Add(int id)
    {
        var known = IndexOf(id);
        if (known >= 0)
        {
            _people[known] = (id, _people[known].Times + 1);
        }
        else if (_people.Count < MaxPeople)
        {
            _people.Add((id, 1));
        }
    }

    public bool Has(int id) => IndexOf(id) >= 0;

    /// <summary>After people were renumbered: those without a number are gone. False when nobody is left.</summary>
    public bool Renumber(int[] numbers)
    {
        var kept = 0;
        foreach (var (id, times) in _people.ToArray())
        {
            if (numbers[id] >= 0)
            {
                _people[kept++] = (numbers[id], times);
            }
        }

        _people.RemoveRange(kept, _people.Count - kept);
        return kept > 0;
    }

    private int IndexOf(int id)
    {
        for (var i = 0; i < _people.Count; i++)
        {
            if (_people[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
