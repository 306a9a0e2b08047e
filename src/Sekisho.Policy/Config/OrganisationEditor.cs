using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>
/// Changes the lists of the <c>organization</c> section in the text of a configuration: the one list and nothing around it. Answers null where the text is written in a
/// way that is better changed by hand.
/// </summary>
public static class OrganisationEditor
{
    /// <summary>The text with other inside domains.</summary>
    public static string? Domains(string text, IReadOnlyList<string> domains) => Set(text, "domains", domains.Count == 0 ? null : [], PolicyWriter.List(domains));

    /// <summary>The text with other groups of partners' domains.</summary>
    public static string? Partners(string text, IReadOnlyList<IReadOnlyList<string>> groups) => Set(text, "partners", groups.Count == 0 ? null : [.. groups.Select(PolicyWriter.List)], null);

    /// <summary>The text with other companies.</summary>
    public static string? Companies(string text, IReadOnlyList<(IReadOnlyList<string> Names, IReadOnlyList<string> Domains)> companies)
        => Set(text, "companies", companies.Count == 0 ? null : [.. companies.Select(c => $"{{ name: {PolicyWriter.List(c.Names)}, domains: {PolicyWriter.List(c.Domains)} }}")], null);

    /// <summary>The text with other distribution lists and who may post to them.</summary>
    public static string? Lists(string text, IReadOnlyList<(string List, IReadOnlyList<string> Posters)> lists)
        => Set(text, "lists", null, lists.Count == 0 ? null : $"{{ {string.Join(", ", lists.Select(l => $"{PolicyWriter.List([l.List])[1..^1]}: {PolicyWriter.List(l.Posters)}"))} }}");

    /// <summary>A domain that looks like a slip for one that is there already, with the one it resembles; null where none does.</summary>
    public static string? Resembles(string domain, IEnumerable<string> others) => Spelling.Nearest(domain, others.Where(o => !o.Equals(domain, StringComparison.OrdinalIgnoreCase)));

    // Items stand a line each where the section is written in lines; inline is what stands on one. Both null: the key goes.
    private static string? Set(string text, string field, IReadOnlyList<string>? items, string? inline)
    {
        var gone = items is null && inline is null or { Length: 0 } || (items is null && inline == "[]");
        var errors = new ErrorList("");
        var root = YamlTree.Read(text, errors);
        if (errors.Count > 0 || root is not (null or MapNode or ScalarNode { IsNull: true }))
        {
            return null;
        }

        var section = (root as MapNode)?.Entries.FirstOrDefault(e => e.Key.Value == "organization") ?? default;
        if (section.Value is null or ScalarNode { IsNull: true })
        {
            if (gone)
            {
                return text;
            }

            var line = $"  {field}: {Value(items, inline, 2)}\n";
            return section.Key is null ? $"organization:\n{line}{(text.Length > 0 ? "\n" : "")}{text}" : text[..Next(text, section.Key.End)] + line + text[Next(text, section.Key.End)..];
        }

        if (section.Value is not MapNode map || map.Start < section.Key.End || text[map.Start] == '{' || map.Entries.Any(e => e.Value.Start < e.Key.End && e.Value is not ScalarNode { IsNull: true }))
        {
            return null;
        }

        var indent = map.Place.Column - 1;
        var entry = map.Entries.FirstOrDefault(e => e.Key.Value == field);
        if (entry.Key is null)
        {
            var at = Next(text, EndOf(text, map.Entries[^1]));
            return gone ? text : $"{text[..at]}{(at > 0 && text[at - 1] != '\n' ? "\n" : "")}{new string(' ', indent)}{field}: {Value(items, inline, indent)}\n{text[at..]}";
        }

        var end = EndOf(text, entry);
        if (!gone)
        {
            return $"{text[..entry.Key.Start]}{field}: {Value(items, inline, indent)}{text[end..]}";
        }

        var start = text.LastIndexOf('\n', entry.Key.Start) + 1;
        return text[..start] + text[Next(text, end)..];
    }

    private static string Value(IReadOnlyList<string>? items, string? inline, int indent)
        => items is { Count: > 0 } ? string.Concat(items.Select(i => $"\n{new string(' ', indent + 2)}- {i}")) : inline ?? "[]";

    private static int EndOf(string text, KeyValuePair<ScalarNode, Node> entry)
    {
        var end = Math.Max(text.IndexOf(':', entry.Key.End) + 1, entry.Value.Start < entry.Key.End ? 0 : entry.Value.End);
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static int Next(string text, int at) => text.IndexOf('\n', at) is var found && found < 0 ? text.Length : found + 1;
}
