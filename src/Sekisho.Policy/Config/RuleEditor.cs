using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>What is to be different about one rule; what is null stays.</summary>
public sealed record RuleChange
{
    public bool? Enabled { get; init; }

    public PolicyAction? Then { get; init; }

    public PolicyConditions? When { get; init; }

    public PolicyConditions? Unless { get; init; }

    /// <summary>Empty: whoever the organisation names.</summary>
    public IReadOnlyList<string>? Approvers { get; init; }

    /// <summary>Both empty: none.</summary>
    public Summary? Note { get; init; }
}

/// <summary>
/// Changes single rules in the text of a configuration: the fields that change and nothing around them, comments stay. Answers null where the text is written in a way
/// that is better changed by hand. What comes out is checked by whoever asked, like any text.
/// </summary>
public static class RuleEditor
{
    /// <summary>Names of the rules that stand under <c>policy</c> in the text.</summary>
    public static IReadOnlyList<string> Local(string text) => Text.Read(text) is { } read ? [.. read.Items.Select(NameOf).OfType<string>()] : [];

    /// <summary>The text with a rule changed: the fields in its own place, or a new override at the end.</summary>
    public static string? Change(string text, string rule, RuleChange change)
    {
        if (Text.Read(text) is not { } read)
        {
            return null;
        }

        var fields = Fields(change);
        if (read.Items.FirstOrDefault(i => NameOf(i) == rule) is not { } item)
        {
            return read.Append([new("name", rule), .. fields.Where(f => f.Value is not null)]);
        }

        foreach (var (key, value) in fields)
        {
            if (Text.Read(text) is not { } again || again.Items.FirstOrDefault(i => NameOf(i) == rule) is not { } now || again.Set(now, key, value) is not { } changed)
            {
                return null;
            }

            text = changed;
        }

        return text;
    }

    /// <summary>The text with a rule of the organisation's own at the end.</summary>
    public static string? Add(string text, string name, PolicyConditions when, PolicyConditions? unless, PolicyAction then, Summary? note)
        => Text.Read(text)?.Append([new("name", name), .. Fields(new RuleChange { When = when, Unless = unless, Then = then, Note = note }).Where(f => f.Value is not null)]);

    /// <summary>The text without a rule, and without the comment right above it; null also when it does not stand there.</summary>
    public static string? Remove(string text, string rule)
        => Text.Read(text) is { } read && read.Items.FirstOrDefault(i => NameOf(i) == rule) is { } item ? read.Remove(item) : null;

    private static string? NameOf(MapNode item) => (item.Entries.FirstOrDefault(e => e.Key.Value == "name").Value as ScalarNode)?.Value;

    private static List<KeyValuePair<string, string?>> Fields(RuleChange change)
    {
        var fields = new List<KeyValuePair<string, string?>>();
        void Add(bool set, string key, Func<string?> value)
        {
            if (set)
            {
                fields.Add(new(key, value()));
            }
        }

        Add(change.When is not null, "when", () => PolicyWriter.Conditions(change.When!));
        Add(change.Unless is not null, "unless", () => PolicyWriter.Conditions(change.Unless!) is var text && text == "{  }" ? null : text);
        Add(change.Then is not null, "then", () => change.Then!.Value.ToString().ToLowerInvariant());
        Add(change.Approvers is not null, "approvers", () => change.Approvers!.Count == 0 ? null : PolicyWriter.List(change.Approvers));
        Add(change.Enabled is not null, "enabled", () => change.Enabled!.Value ? "true" : "false");
        Add(change.Note is not null, "note", () => change.Note!.En.Length + change.Note.Ja.Length == 0 ? null : PolicyWriter.NoteText(change.Note));
        return fields;
    }

    /// <summary>A text with the places of its rules.</summary>
    private sealed class Text(string text, ScalarNode? key, Node? policy, IReadOnlyList<MapNode> items)
    {
        public IReadOnlyList<MapNode> Items => items;

        public static Text? Read(string text)
        {
            var errors = new ErrorList("");
            var root = YamlTree.Read(text, errors);
            if (errors.Count > 0 || root is not (null or MapNode or ScalarNode { IsNull: true }))
            {
                return null;
            }

            var entry = (root as MapNode)?.Entries.FirstOrDefault(e => e.Key.Value == "policy") ?? default;
            if (entry.Value is null or ScalarNode { IsNull: true })
            {
                return new(text, entry.Key, null, []);
            }

            // Offsets of what an alias means lie elsewhere in the text: such items are not touched.
            return entry.Value is ListNode list && list.Start >= entry.Key.End && list.Items.All(i => i is MapNode && i.Start >= list.Start)
                ? new(text, entry.Key, list, [.. list.Items.Cast<MapNode>()]) : null;
        }

        public string? Append(IReadOnlyList<KeyValuePair<string, string?>> fields)
        {
            if (key is null)
            {
                var before = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
                return before + (before.Length == 0 || before.EndsWith("\n\n", StringComparison.Ordinal) ? "" : "\n") + "policy:\n" + Lines(2, fields) + "\n";
            }

            if (policy is null)
            {
                var end = LineEnd(text.IndexOf(':', key.End));
                return text[..end] + "\n" + Lines(2, fields) + text[end..];
            }

            if (text[policy.Start] == '[')
            {
                return items.Count > 0 ? null : text[..policy.Start].TrimEnd(' ') + "\n" + Lines(2, fields) + text[policy.End..];
            }

            var last = items[^1];
            var at = LineEnd(EndOf(last));
            return DashOf(last) is { } dash ? text[..at] + "\n" + Lines(dash, fields) + text[at..] : null;
        }

        public string? Remove(MapNode item)
        {
            if (DashOf(item) is not { } dash)
            {
                return null;
            }

            var start = LineStart(item.Start);
            while (start > 0 && LineStart(start - 1) is var above && text[above..start].TrimEnd() is var line && line.StartsWith(new string(' ', dash) + "#", StringComparison.Ordinal))
            {
                start = above;
            }

            return text[..start] + text[Math.Min(text.Length, LineEnd(EndOf(item)) + 1)..];
        }

        public string? Set(MapNode item, string field, string? value)
        {
            var index = item.Entries.ToList().FindIndex(e => e.Key.Value == field);
            var flow = text[item.Start] == '{';
            if (index < 0)
            {
                return value is null ? text : Insert(item, flow, field, value);
            }

            var (start, end) = RangeOf(item.Entries[index]);
            if (end < 0)
            {
                return null;
            }

            if (value is not null)
            {
                return $"{text[..start]}{field}: {value}{text[end..]}";
            }

            if (flow)
            {
                var from = index > 0 ? RangeOf(item.Entries[index - 1]).End : start;
                var to = index > 0 ? end : index + 1 < item.Entries.Count ? item.Entries[index + 1].Key.Start : end;
                return from < 0 ? null : text[..from] + text[to..];
            }

            return index == 0 ? null : text[..LineStart(start)] + text[Math.Min(text.Length, LineEnd(end) + 1)..];
        }

        private string? Insert(MapNode item, bool flow, string field, string value)
        {
            var (_, end) = RangeOf(item.Entries[^1]);
            if (end < 0)
            {
                return null;
            }

            var at = flow ? end : LineEnd(end);
            return flow ? $"{text[..at]}, {field}: {value}{text[at..]}" : $"{text[..at]}\n{new string(' ', item.Place.Column - 1)}{field}: {value}{text[at..]}";
        }

        private (int Start, int End) RangeOf(KeyValuePair<ScalarNode, Node> entry)
        {
            var colon = text.IndexOf(':', entry.Key.End);
            if (colon < 0 || (entry.Value.Start < entry.Key.End && entry.Value is not ScalarNode { IsNull: true }))
            {
                return (0, -1);
            }

            return (entry.Key.Start, Trimmed(Math.Max(colon + 1, entry.Value.Start < entry.Key.End ? 0 : entry.Value.End)));
        }

        private int EndOf(MapNode item) => text[item.Start] == '{' ? item.End : Math.Max(item.Start, RangeOf(item.Entries[^1]).End);

        private int Trimmed(int end)
        {
            while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            return end;
        }

        private int? DashOf(MapNode item)
        {
            var before = text[LineStart(item.Start)..item.Start];
            return before.Trim() == "-" ? before.IndexOf('-', StringComparison.Ordinal) : null;
        }

        private int LineStart(int at) => text.LastIndexOf('\n', Math.Max(0, at - 1)) is var found && at == 0 ? 0 : found + 1;

        private int LineEnd(int at) => text.IndexOf('\n', Math.Max(0, at)) is var found && found < 0 ? text.Length : found;

        private static string Lines(int dash, IReadOnlyList<KeyValuePair<string, string?>> fields)
            => string.Join("\n", fields.Select((f, i) => $"{new string(' ', dash)}{(i == 0 ? "- " : "  ")}{f.Key}: {f.Value}"));
    }
}
