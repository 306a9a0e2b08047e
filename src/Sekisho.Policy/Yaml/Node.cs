namespace Sekisho.Policy.Yaml;

/// <summary>A place in a configuration file; lines and columns begin with 1.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A YAML node with the place it stands at, so that whatever is wrong with it can be pointed at.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;

    /// <summary>Offset of its first character in the text read (a byte order mark not counted). What an alias means stands elsewhere.</summary>
    public int Start { get; set; }

    /// <summary>Offset after its last character.</summary>
    public int End { get; set; }

    /// <summary>Nodes in it, itself included, aliases counted as often as they are used.</summary>
    public abstract long Size { get; }

    /// <summary>What it is, in words for an error message.</summary>
    public abstract string Kind { get; }
}

internal sealed class ScalarNode(Place place, string value, bool plain) : Node(place)
{
    public string Value { get; } = value;

    /// <summary>Nothing stands there (<c>key:</c>), or a plain <c>null</c> or <c>~</c>.</summary>
    public bool IsNull { get; } = plain && value is "" or "~" or "null";

    public override long Size => 1;

    public override string Kind => IsNull ? "nothing" : $"'{Shorten(Value)}'";

    internal static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}

internal sealed class ListNode(Place place, IReadOnlyList<Node> items) : Node(place)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override long Size { get; } = 1 + items.Sum(i => i.Size);

    public override string Kind => "a list";
}

internal sealed class MapNode(Place place, IReadOnlyList<KeyValuePair<ScalarNode, Node>> entries) : Node(place)
{
    public IReadOnlyList<KeyValuePair<ScalarNode, Node>> Entries { get; } = entries;

    public override long Size { get; } = 1 + entries.Sum(e => 1 + e.Value.Size);

    public override string Kind => "a mapping";
}
