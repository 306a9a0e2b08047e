using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>A top-level key with everything up to the next one, the comment right above it included; without a name: what stands before the first.</summary>
internal sealed record ConfigSection(string? Name, string Text, int Line, Place Key);

/// <summary>
/// Cuts a file at its top-level keys. By the YAML reader's own places, not by looks: a line that begins like a key inside a quoted text is none. Whatever two readers
/// could take differently is refused.
/// </summary>
internal static class ConfigSections
{
    /// <summary>The sections in order, whose texts joined are <paramref name="text"/>; null with errors when it cannot be cut safely.</summary>
    public static IReadOnlyList<ConfigSection>? Cut(string text, ErrorList errors)
    {
        var root = YamlTree.Read(text, errors);
        if (errors.Count > 0)
        {
            return null;
        }

        if (root is null or ScalarNode { IsNull: true })
        {
            return [new(null, text, 1, new(1, 1))];
        }

        if (root is not MapNode map)
        {
            errors.Add(root, $"the file holds {root.Kind}; expected keys like 'organization:' and 'policy:'");
            return null;
        }

        var starts = LineStarts(text);
        return Check(map, text, starts, errors) ? Cut(map, text, starts, errors) : null;
    }

    /// <summary>True for a line that begins or ends a YAML document.</summary>
    public static bool IsMarker(string line) => (line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal)) && (line.Length == 3 || char.IsWhiteSpace(line[3]))
        || line.StartsWith('%');

    private static bool Check(MapNode map, string text, int[] starts, ErrorList errors)
    {
        if (map.Entries.Count == 0 || map.Place != map.Entries[0].Key.Place)
        {
            errors.Add(map, "the whole file is one value in braces, or carries an anchor; expected each key at the beginning of a line of its own");
            return false;
        }

        var line = 0;
        foreach (var (key, _) in map.Entries)
        {
            if (key.Place.Column != 1 || key.Place.Line <= line || text[starts[key.Place.Line - 1]] == '&')
            {
                errors.Add(key, $"the key '{ScalarNode.Shorten(key.Value)}' does not begin a line of its own; expected it to");
            }

            line = key.Place.Line;
        }

        for (var i = map.Place.Line; i <= starts.Length; i++)
        {
            if (IsMarker(LineAt(text, starts, i)))
            {
                errors.Add(new Place(i, 1), "a mark of where a document begins or ends; expected one document");
            }
        }

        return errors.Count == 0;
    }

    private static List<ConfigSection>? Cut(MapNode map, string text, int[] starts, ErrorList errors)
    {
        var sections = new List<ConfigSection>();
        var firsts = map.Entries.Select((e, i) => FirstLine(text, starts, e.Key.Place.Line, i == 0 ? null : map.Entries[i - 1].Key)).ToList();
        if (firsts[0] > 1)
        {
            sections.Add(new(null, text[..starts[firsts[0] - 1]], 1, new(1, 1)));
        }

        for (var i = 0; i < firsts.Count; i++)
        {
            var (key, value) = (map.Entries[i].Key, map.Entries[i].Value);
            var end = i + 1 < firsts.Count ? starts[firsts[i + 1] - 1] : text.Length;
            var section = new ConfigSection(key.Value, text[starts[firsts[i] - 1]..end], firsts[i], key.Place);
            // A section must mean by itself what it means in the file: no anchor of another one, no quoted text that runs across.
            var alone = new ErrorList(errors.File);
            if (YamlTree.Read(section.Text, alone) is not MapNode { Entries: [var only] } || alone.Count > 0 || only.Key.Value != key.Value || !Same(only.Value, value))
            {
                errors.Add(key, $"the section '{ScalarNode.Shorten(key.Value)}' cannot be told from the others (an anchor or a text that reaches across?); expected each to stand by itself");
            }

            sections.Add(section);
        }

        return errors.Count == 0 ? sections : null;
    }

    // The comment right above a key is the key's, unless it hangs on a section that is not shown: an out-commented password must stay with its own.
    private static int FirstLine(string text, int[] starts, int key, ScalarNode? above)
    {
        var first = key;
        while (first - 1 > (above?.Place.Line ?? 0) && LineAt(text, starts, first - 1).StartsWith('#'))
        {
            first--;
        }

        var hangs = first > 1 && !string.IsNullOrWhiteSpace(LineAt(text, starts, first - 1));
        return hangs && above is not null && !ConfigDocument.Editable.Contains(above.Value) ? key : first;
    }

    private static bool Same(Node a, Node b) => (a, b) switch
    {
        (ScalarNode x, ScalarNode y) => x.Value == y.Value && x.IsNull == y.IsNull,
        (ListNode x, ListNode y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(p => Same(p.First, p.Second)),
        (MapNode x, MapNode y) => x.Entries.Count == y.Entries.Count && x.Entries.Zip(y.Entries).All(p => p.First.Key.Value == p.Second.Key.Value && Same(p.First.Value, p.Second.Value)),
        _ => false,
    };

    private static int[] LineStarts(string text)
    {
        var starts = new List<int> { text.StartsWith('\uFEFF') ? 1 : 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' && i + 1 < text.Length)
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }

    private static string LineAt(string text, int[] starts, int line)
        => text[starts[line - 1]..(line < starts.Length ? starts[line] : text.Length)].TrimEnd('\n', '\r');
}
