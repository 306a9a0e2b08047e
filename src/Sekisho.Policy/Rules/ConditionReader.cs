using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads <c>when</c> and <c>unless</c> of a rule.</summary>
internal sealed class ConditionReader(ErrorList errors)
{
    public static readonly string[] Keys = ["finding", "severity", "persons", "with", "sender", "recipient", "recipients", "keyword", "in", "attachment"];

    private const int MostWords = 10_000;

    private const int MostNames = 1_000;

    /// <summary>The conditions behind the key, or null; <paramref name="when"/> are those whose finding an <c>unless</c> may mean.</summary>
    public PolicyConditions? Read(MapReader rule, string key, PolicyConditions? when)
    {
        if (rule.Get(key) is not { } node)
        {
            return null;
        }

        if (node is not MapNode map)
        {
            errors.Add(node, $"{key} is {node.Kind}; expected conditions like {{ finding: visible-recipients, groups: \">= 10\" }}");
            return null;
        }

        // Any other key is a measure of the finding, so which keys are known depends on the finding.
        var findings = Findings(map, key);
        var measures = (findings.Count > 0 ? findings : when?.Findings ?? []).SelectMany(f => Vocabulary.Findings[f]).Distinct(StringComparer.Ordinal).ToList();
        var reader = new MapReader(map, key, [.. Keys, .. measures], errors);
        if (map.Entries.Count == 0)
        {
            errors.Add(map, $"{key} is empty; expected at least one condition");
        }

        // A condition with nothing behind it would be no condition: the rule would apply to everything.
        foreach (var (name, value) in map.Entries)
        {
            if (value is ScalarNode { IsNull: true } || (value is ListNode { Items.Count: 0 } && name.Value != "keyword"))
            {
                errors.Add(name, $"{key}.{ScalarNode.Shorten(name.Value)} is empty; expected a value, or no such line");
            }
        }

        var (inSubject, inBody) = Where(reader);
        var conditions = new PolicyConditions
        {
            Findings = findings,
            Measures = Measures(reader, measures),
            Severity = reader.Has("severity") ? Severity(reader) : null,
            Persons = reader.Has("persons") ? Compare(reader, "persons") : null,
            With = With(reader),
            Sender = Patterns(reader, "sender"),
            Recipient = Patterns(reader, "recipient"),
            Recipients = reader.Has("recipients") && !measures.Contains("recipients") ? Compare(reader, "recipients") : null,
            Keywords = Words(reader),
            InSubject = inSubject,
            InBody = inBody,
            Attachments = FileNames(reader),
        };
        if (conditions.TestsFinding && findings.Count == 0 && (when is null || when.Findings.Count == 0))
        {
            errors.Add(map, $"{key} asks for a property of a finding but names none; expected 'finding: …'");
        }

        return conditions;
    }

    /// <summary>A finding's name or several (any of them), or a mapping that asks for its measures too.</summary>
    private PolicyConditions? With(MapReader reader)
    {
        if (reader.Get("with") is not { } node)
        {
            return null;
        }

        if (node is MapNode map)
        {
            var name = reader.Name("with");
            var findings = Findings(map, name);
            var measures = findings.SelectMany(f => Vocabulary.Findings[f]).Distinct(StringComparer.Ordinal).ToList();
            var other = new MapReader(map, name, ["finding", "severity", "persons", .. measures], errors);
            if (!other.Has("finding"))
            {
                errors.Add(map, $"{name} names no finding; expected 'finding: …'");
            }

            return new PolicyConditions
            {
                Findings = findings,
                Measures = Measures(other, measures),
                Severity = other.Has("severity") ? Severity(other) : null,
                Persons = other.Has("persons") ? Compare(other, "persons") : null,
            };
        }

        return new PolicyConditions { Findings = Known(reader.Texts("with") ?? []) };
    }

    private List<KeyValuePair<string, Comparison>> Measures(MapReader reader, List<string> measures)
        => [.. measures.Where(reader.Has).Select(m => KeyValuePair.Create(m, Compare(reader, m))).OrderBy(m => m.Key, StringComparer.Ordinal)];

    private List<string> Findings(MapNode map, string key)
    {
        var entry = map.Entries.FirstOrDefault(e => e.Key.Value == "finding");
        if (entry.Value is null)
        {
            return [];
        }

        var scratch = new MapReader(new MapNode(map.Place, [entry]), key, ["finding"], errors);
        return Known(scratch.Texts("finding") ?? []);
    }

    private List<string> Known(IReadOnlyList<ScalarNode> names)
    {
        var found = new List<string>();
        foreach (var node in names)
        {
            if (Vocabulary.Findings.ContainsKey(node.Value))
            {
                found.Add(node.Value);
            }
            else
            {
                errors.Add(node, $"no inspector is named '{ScalarNode.Shorten(node.Value)}'{Spelling.Hint(node.Value, Vocabulary.Findings.Keys.Order(StringComparer.Ordinal))}");
            }
        }

        return found;
    }

    private Comparison Compare(MapReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
        {
            return default;
        }

        if (!Comparison.TryParse(text, out var value))
        {
            errors.Add(reader.Get(key)!, $"{reader.Name(key)} is '{ScalarNode.Shorten(text)}'; expected a comparison like \">= 10\", \"< 3\", \"2..9\" or 5");
        }

        return value;
    }

    private Comparison? Severity(MapReader reader)
    {
        if (reader.Text("severity") is not { } text)
        {
            return null;
        }

        if (Comparison.TryParse(text, Vocabulary.TryReadSeverity, out var value))
        {
            return value;
        }

        errors.Add(reader.Get("severity")!, $"{reader.Name("severity")} is '{ScalarNode.Shorten(text)}'; expected a comparison like \">= high\" with one of {Spelling.Or(Vocabulary.Severities)}");
        return null;
    }

    private List<AddressPattern> Patterns(MapReader reader, string key)
    {
        var patterns = new List<AddressPattern>();
        foreach (var node in reader.Texts(key) ?? [])
        {
            if (AddressPattern.TryParse(node.Value, out var pattern, out var why))
            {
                patterns.Add(pattern);
            }
            else
            {
                errors.Add(node, $"{reader.Name(key)} is '{ScalarNode.Shorten(node.Value)}': {why}");
            }
        }

        return patterns;
    }

    private List<string> Words(MapReader reader)
    {
        var words = new List<string>();
        foreach (var node in reader.Texts("keyword") ?? [])
        {
            if (string.IsNullOrWhiteSpace(node.Value) || node.Value.Length > 200)
            {
                errors.Add(node, $"{reader.Name("keyword")} holds {(string.IsNullOrWhiteSpace(node.Value) ? "an empty word" : "a word of more than 200 characters")}; expected words that can stand in a mail");
            }
            else
            {
                words.Add(node.Value.Trim());
            }
        }

        if (words.Count > MostWords)
        {
            errors.Add(reader.Get("keyword")!, $"{reader.Name("keyword")} holds {words.Count} words; expected at most {MostWords}");
        }

        if (reader.Has("keyword") && words.Count == 0 && reader.Get("keyword") is ListNode { Items.Count: 0 } empty)
        {
            errors.Add(empty, $"{reader.Name("keyword")} is empty; expected words");
        }

        if (reader.Has("in") && !reader.Has("keyword"))
        {
            errors.Add(reader.PlaceOf("in"), "'in' says where a keyword counts, but there is no 'keyword'");
        }

        return words;
    }

    private List<string> FileNames(MapReader reader)
    {
        var patterns = new List<string>();
        foreach (var node in reader.Texts("attachment") ?? [])
        {
            // A pattern of stars alone would mean every mail with a file, which nobody means who asks for a name.
            if (node.Value.Length > 200 || node.Value.All(c => c == '*' || char.IsWhiteSpace(c)))
            {
                errors.Add(node, $"{reader.Name("attachment")} is '{ScalarNode.Shorten(node.Value)}'; expected a file's name of at most 200 characters, a '*' standing for anything: \"*price*\"");
            }
            else
            {
                patterns.Add(node.Value.Trim());
            }
        }

        if (patterns.Count > MostNames)
        {
            errors.Add(reader.Get("attachment")!, $"{reader.Name("attachment")} holds {patterns.Count} names; expected at most {MostNames}");
        }

        return patterns;
    }

    private (bool Subject, bool Body) Where(MapReader reader)
    {
        if (!reader.Has("in"))
        {
            return (true, true);
        }

        bool subject = false, body = false;
        foreach (var node in reader.Texts("in") ?? [])
        {
            subject |= node.Value == "subject";
            body |= node.Value == "body";
            if (node.Value is not ("subject" or "body"))
            {
                errors.Add(node, $"{reader.Name("in")} is '{ScalarNode.Shorten(node.Value)}'; expected subject or body");
            }
        }

        return (subject, body);
    }
}
