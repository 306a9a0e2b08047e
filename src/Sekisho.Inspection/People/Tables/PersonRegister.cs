using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>A record that is a person, as one table or text shows him.</summary>
internal sealed record PersonRecord
{
    public required DataKinds Kinds { get; init; }

    public required string Name { get; init; }

    /// <summary>Values for comparison, normalised.</summary>
    public required IReadOnlyList<PersonalValue> Values { get; init; }

    /// <summary>What the person id is called where it stands: numbers of different names are not compared.</summary>
    public string IdName { get; init; } = "";

    public string File { get; init; } = "";

    public string Place { get; init; } = "";

    public int Row { get; init; }

    public bool Hidden { get; init; }

    public bool Quoted { get; init; }

    /// <summary>Which table or text: rows of one are different persons unless something says otherwise, rows of two the same.</summary>
    public required int Source { get; init; }

    /// <summary>True where one person may have many rows: orders, visits, payments.</summary>
    public bool Repeats { get; init; }

    /// <summary>Hash of the whole row; equal rows of one table are one person.</summary>
    public ulong RowKey { get; init; }
}

/// <summary>Tells the same person in many places from persons of one name. Linear: every record is compared with a bounded number of others.</summary>
internal sealed class PersonRegister
{
    /// <summary>Persons of one name a record is compared with; the equal values found by key come on top.</summary>
    private const int MaxNamesakes = 16;

    /// <summary>A value that names one person by itself.</summary>
    private const DataKinds Own = DataKinds.Email | DataKinds.PersonId | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Passport | DataKinds.DrivingLicence | DataKinds.HealthInsurance;

    /// <summary>A value families share; with an equal name it names one.</summary>
    private const DataKinds Shared = DataKinds.Phone | DataKinds.BirthDate | DataKinds.PostalAddress | DataKinds.BankAccount;

    /// <summary>A value that tells namesakes apart but proves nothing where it is equal.</summary>
    private const DataKinds Telling = DataKinds.Age | DataKinds.Sex | DataKinds.Municipality | DataKinds.Postcode;

    private static readonly ulong _seed = (ulong)Random.Shared.NextInt64() | 1;

    private readonly List<Entry> _entries = [];
    private int _sources;
    private readonly Dictionary<ulong, int> _byValue = [];
    private readonly Dictionary<string, Namesakes> _byName = new(StringComparer.Ordinal);

    /// <summary>Distinct persons so far.</summary>
    public int Count => _entries.Count;

    /// <summary>A number for the next table or text.</summary>
    public int NextSource() => ++_sources;

    /// <summary>Takes a record in: as a further sight of somebody known, or as somebody new.</summary>
    public void Add(PersonRecord record)
    {
        var name = PersonNames.Key(record.Name);
        var known = Find(record, name);
        if (known is null)
        {
            known = new Entry(record, name, _entries.Count);
            _entries.Add(known);
            if (name.Length > 0)
            {
                ref var namesakes = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, name, out _);
                (namesakes ??= new Namesakes()).Entries.Add(known);
            }
        }
        else
        {
            known.Merge(record, name);
        }

        known.Source = record.Source;
        foreach (var value in record.Values)
        {
            if ((value.Kind & Own) != 0)
            {
                _byValue.TryAdd(KeyOf(record, value, ""), known.Index);
            }

            if (name.Length > 0 && (value.Kind & (Own | Shared)) != 0)
            {
                _byValue.TryAdd(KeyOf(record, value, name), known.Index);
            }
        }
    }

    /// <summary>Everybody, in order of first sight.</summary>
    public List<FoundPerson> Persons() => _entries.ConvertAll(e => e.Found());

    private Entry? Find(PersonRecord record, string name)
    {
        foreach (var value in record.Values)
        {
            if (name.Length > 0 && (value.Kind & (Own | Shared)) != 0 && _byValue.TryGetValue(KeyOf(record, value, name), out var index) && !Differ(_entries[index], record, sure: (value.Kind & Own) != 0))
            {
                return _entries[index];
            }
        }

        foreach (var value in record.Values)
        {
            if ((value.Kind & Own) != 0 && _byValue.TryGetValue(KeyOf(record, value, ""), out var index) && PersonNames.MayBeSame(_entries[index].NameKey, name) && !Differ(_entries[index], record, sure: true))
            {
                return _entries[index];
            }
        }

        return name.Length > 0 && _byName.TryGetValue(name, out var namesakes) ? ByName(namesakes, record) : null;
    }

    private static Entry? ByName(Namesakes namesakes, PersonRecord record)
    {
        if (!PersonNames.IsFull(record.Name) && !record.Repeats)
        {
            return null;
        }

        // Each person of this name is taken once per source, in order: three of them on one list are three, and the same three on the next.
        if (namesakes.Source != record.Source)
        {
            namesakes.Source = record.Source;
            namesakes.Next = 0;
        }

        var entries = namesakes.Entries;
        var looked = 0;
        for (var i = record.Repeats ? Math.Max(0, entries.Count - MaxNamesakes) : namesakes.Next; i < entries.Count && looked < MaxNamesakes; i++, looked++)
        {
            var entry = entries[i];
            if (entry.Source == record.Source && !record.Repeats && entry.RowKey != record.RowKey)
            {
                continue;
            }

            if (!Differ(entry, record, sure: false))
            {
                namesakes.Next = record.Repeats || entry.Source == record.Source ? namesakes.Next : i + 1;
                return entry;
            }
        }

        return null;
    }

    /// <summary>True where both hold a value of one kind and the values say they are two.</summary>
    private static bool Differ(Entry entry, PersonRecord record, bool sure)
    {
        var against = DataKinds.None;
        var equal = DataKinds.None;
        foreach (var value in record.Values)
        {
            if ((entry.ValueKinds & value.Kind) == 0 || (value.Kind & (Own | Shared | Telling)) == 0 || (value.Kind == DataKinds.PersonId && entry.IdName != record.IdName))
            {
                continue;
            }

            if (entry.Has(value))
            {
                equal |= value.Kind;
            }
            else
            {
                against |= value.Kind;
            }
        }

        against &= ~equal;
        return (against & (DataKinds.BirthDate | DataKinds.MyNumber)) != 0
            || (!sure && (against & DataKinds.PersonId) != 0)
            || (!sure && (equal & (Own | DataKinds.BirthDate)) == 0 && (against & Own) != 0 && ((equal & Shared) == 0 || entry.Source == record.Source))
            || (!sure && (equal & (Own | Shared)) == 0 && (against & (Shared | Telling)) != 0)
            || ((against & DataKinds.Sex) != 0 && !sure);
    }

    private static ulong KeyOf(PersonRecord record, PersonalValue value, string name)
    {
        var hash = Hash(_seed ^ (ulong)(uint)value.Kind, value.Value);
        hash = value.Kind == DataKinds.PersonId ? Hash(hash, record.IdName) : hash;
        return Hash(hash * 31, name);
    }

    /// <summary>FNV-1a of 64 bits from a start nobody outside can know.</summary>
    internal static ulong Hash(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9;
    }

    private sealed class Namesakes
    {
        public List<Entry> Entries { get; } = [];

        public int Source { get; set; } = -1;

        public int Next { get; set; }
    }

    private sealed class Entry(PersonRecord first, string nameKey, int index)
    {
        private const int MaxValues = 24;

        private IReadOnlyList<PersonalValue> _values = first.Values;
        private List<PersonalValue>? _own;
        private DataKinds _kinds = first.Kinds;
        private string _name = first.Name;
        private bool _hidden = first.Hidden;
        private bool _quoted = first.Quoted;
        private HashSet<string>? _files;

        public string NameKey { get; private set; } = nameKey;

        public string IdName { get; private set; } = first.IdName;

        public int Source { get; set; } = first.Source;

        public int Index => index;

        public ulong RowKey { get; } = first.RowKey;

        public DataKinds ValueKinds { get; private set; } = KindsOf(first.Values);

        public bool Has(PersonalValue value)
        {
            foreach (var mine in _values)
            {
                if (mine.Kind == value.Kind && mine.Value == value.Value)
                {
                    return true;
                }
            }

            return false;
        }

        public void Merge(PersonRecord record, string name)
        {
            _kinds |= record.Kinds;
            _hidden &= record.Hidden;
            _quoted &= record.Quoted;
            if (NameKey.Length == 0)
            {
                (NameKey, _name) = (name, record.Name);
            }

            if (record.File != first.File)
            {
                (_files ??= new HashSet<string>(StringComparer.Ordinal) { first.File }).Add(record.File);
            }

            IdName = IdName.Length == 0 ? record.IdName : IdName;
            foreach (var value in record.Values)
            {
                if (_values.Count < MaxValues && !Has(value))
                {
                    _values = _own ??= [.. _values];
                    _own.Add(value);
                    ValueKinds |= value.Kind;
                }
            }
        }

        public FoundPerson Found() => new()
        {
            Kinds = _kinds,
            Name = _name,
            Values = _values,
            File = first.File,
            Place = first.Place,
            Row = first.Row,
            Quoted = _quoted,
            Hidden = _hidden,
            Files = _files is null ? [first.File] : [.. _files],
        };

        private static DataKinds KindsOf(IReadOnlyList<PersonalValue> values)
        {
            var kinds = DataKinds.None;
            foreach (var value in values)
            {
                kinds |= value.Kind;
            }

            return kinds;
        }
    }
}
