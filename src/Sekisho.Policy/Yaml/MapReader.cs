using System.Globalization;

namespace Sekisho.Policy.Yaml;

/// <summary>
/// Reads one mapping of a configuration file by its known keys. Every getter answers null for "not there" and for "wrong"; what is wrong
/// is in the error list, so that reading goes on and all errors are found in one go.
/// </summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, (ScalarNode Key, Node Value)> _entries = new(StringComparer.Ordinal);

    public MapReader(MapNode map, string path, IReadOnlyCollection<string> known, ErrorList errors)
    {
        (Map, Path, Errors) = (map, path, errors);
        foreach (var (key, value) in map.Entries)
        {
            if (known.Contains(key.Value))
            {
                _entries[key.Value] = (key, value);
            }
            else
            {
                errors.Add(key, $"unknown key '{ScalarNode.Shorten(key.Value)}'{(path.Length == 0 ? "" : $" in '{path}'")}{Spelling.Hint(key.Value, known)}");
            }
        }
    }

    public MapNode Map { get; }

    public string Path { get; }

    public ErrorList Errors { get; }

    /// <summary>The value's node; null where the key is missing or stands with nothing behind it.</summary>
    public Node? Get(string key) => _entries.TryGetValue(key, out var e) && e.Value is not ScalarNode { IsNull: true } ? e.Value : null;

    public bool Has(string key) => Get(key) is not null;

    /// <summary>Where the key stands, or the mapping when it does not.</summary>
    public Place PlaceOf(string key) => _entries.TryGetValue(key, out var e) ? e.Key.Place : Map.Place;

    public string Name(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    public string? Text(string key) => Get(key) is { } node ? AsText(node, Name(key)) : null;

    public bool? Flag(string key) => Word(key, ("true", true), ("false", false), ("yes", true), ("no", false));

    public int? Number(string key, int min, int max)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Errors.Add(Get(key)!, $"{Name(key)} is '{ScalarNode.Shorten(text)}'; expected a whole number from {min} to {max}");
        return null;
    }

    public TimeSpan? Duration(string key, TimeSpan? min = null, TimeSpan? max = null)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!Quantity.TryReadDuration(text, out var value))
        {
            Errors.Add(Get(key)!, $"{Name(key)} is '{ScalarNode.Shorten(text)}'; expected a duration like 30s, 10m, 1h or 5d");
            return null;
        }

        return InRange(key, value, min ?? TimeSpan.Zero, max ?? TimeSpan.FromDays(3650), Quantity.Write);
    }

    public long? Size(string key, long min, long max)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!Quantity.TryReadSize(text, out var value))
        {
            Errors.Add(Get(key)!, $"{Name(key)} is '{ScalarNode.Shorten(text)}'; expected a size like 64kB, 50MB or 1GB");
            return null;
        }

        return InRange(key, value, min, max, b => b % (1 << 20) == 0 && b > 0 ? $"{b >> 20}MB" : $"{b}B");
    }

    public T? Word<T>(string key, params (string Word, T Value)[] choices)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        foreach (var (word, value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        Errors.Add(Get(key)!, $"{Name(key)} is '{ScalarNode.Shorten(text)}'; expected {Spelling.Or([.. choices.Select(c => c.Word)])}");
        return null;
    }

    public HostPort? Address(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (HostPort.TryParse(text, out var value))
        {
            return value;
        }

        Errors.Add(Get(key)!, $"{Name(key)} is '{ScalarNode.Shorten(text)}'; expected HOST:PORT like 127.0.0.1:2525, mail.example.com:25 or [::1]:25");
        return null;
    }

    /// <summary>One text or a list of texts; entries that are no text are left out (with an error). Null when the key is missing.</summary>
    public IReadOnlyList<ScalarNode>? Texts(string key) => Get(key) is { } node ? AsTexts(node, Name(key)) : null;

    public IReadOnlyList<ScalarNode> AsTexts(Node node, string name)
    {
        if (node is ScalarNode)
        {
            return AsText(node, name) is null ? [] : [(ScalarNode)node];
        }

        if (node is not ListNode list)
        {
            Errors.Add(node, $"{name} is {node.Kind}; expected one text or a list of them");
            return [];
        }

        return [.. list.Items.Where(item => AsText(item, $"an entry of {name}") is not null).Cast<ScalarNode>()];
    }

    public string? AsText(Node node, string name)
    {
        if (node is ScalarNode { IsNull: false } scalar)
        {
            return scalar.Value;
        }

        Errors.Add(node, $"{name} is {node.Kind}; expected one text");
        return null;
    }

    /// <summary>The mapping behind the key as a reader of its own; an empty one when missing.</summary>
    public MapReader Section(string key, IReadOnlyCollection<string> known)
    {
        if (Get(key) is { } node && node is not MapNode)
        {
            Errors.Add(node, $"{Name(key)} is {node.Kind}; expected a mapping with {Spelling.Or([.. known])}");
        }

        return new(Get(key) as MapNode ?? new MapNode(PlaceOf(key), []), Name(key), known, Errors);
    }

    /// <summary>The list behind the key; empty when missing.</summary>
    public IReadOnlyList<Node> Items(string key, string of)
    {
        if (Get(key) is not { } node)
        {
            return [];
        }

        if (node is ListNode list)
        {
            return list.Items;
        }

        Errors.Add(node, $"{Name(key)} is {node.Kind}; expected a list of {of}, each with '- ' before it");
        return [];
    }

    private T? InRange<T>(string key, T value, T min, T max, Func<T, string> write)
        where T : struct, IComparable<T>
    {
        if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)
        {
            return value;
        }

        Errors.Add(Get(key)!, $"{Name(key)} is {write(value)}; expected {write(min)} to {write(max)}");
        return null;
    }
}
