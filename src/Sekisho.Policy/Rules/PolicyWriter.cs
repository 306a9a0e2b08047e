using System.Globalization;
using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>Writes a policy in one canonical form: the same rules always give the same bytes, and the text reads back to the same rules.</summary>
internal static class PolicyWriter
{
    public static string Write(IReadOnlyList<PolicyRule> rules, PolicyBackground background)
    {
        var text = new StringBuilder();
        text.Append("organization:\n");
        text.Append("  approvers: ").Append(List(background.Approvers)).Append('\n');
        Write(text, "  ", background.Approval);
        text.Append(CultureInfo.InvariantCulture, $"  mass-mailers: {{ from: {background.MassMailFrom}, allowed: {List(background.MassMailers)} }}\n");
        text.Append(background.Lists.Count == 0 ? "  lists: {}\n" : "  lists:\n");
        foreach (var (list, posters) in background.Lists.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            text.Append("    ").Append(Quote(list)).Append(": ").Append(List(posters)).Append('\n');
        }

        if (background.Companies.Count > 0)
        {
            text.Append("  companies:\n");
            foreach (var company in background.Companies)
            {
                text.Append(CultureInfo.InvariantCulture, $"    - {{ name: {List(company.Names)}, domains: {List(company.Domains)} }}\n");
            }
        }

        text.Append("undo: ").Append(Yaml.Quantity.Write(background.Undo)).Append('\n');
        text.Append(rules.Count == 0 ? "policy: []\n" : "policy:\n");
        foreach (var rule in rules)
        {
            Write(text, rule);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, PolicyRule rule)
    {
        text.Append("  - name: ").Append(rule.Name).Append('\n');
        Write(text, "when", rule.When);
        if (rule.Unless is not null)
        {
            Write(text, "unless", rule.Unless);
        }

        Line(text, "then", rule.Then.ToString().ToLowerInvariant());
        Line(text, "wait", rule.Wait > TimeSpan.Zero ? Yaml.Quantity.Write(rule.Wait) : null);
        Line(text, "release-after", rule.ReleaseAfter is { } after ? Yaml.Quantity.Write(after) : null);
        Line(text, "approvers", rule.Approvers.Count > 0 ? List(rule.Approvers) : null);
        Write(text, "    ", rule.Approval);
        Line(text, "stop-run", rule.StopRun ? "true" : null);
        Line(text, "tell", rule.TellSender is { } tell ? tell ? "sender" : "nobody" : null);
        Line(text, "inside", rule.Inside ? "true" : null);
        Line(text, "enabled", rule.Enabled ? null : "false");
        Line(text, "note", rule.Note is { } note ? NoteText(note) : null);
    }

    private static void Write(StringBuilder text, string key, PolicyConditions c) => Line(text, key, Conditions(c));

    /// <summary>Conditions in one line.</summary>
    internal static string Conditions(PolicyConditions c)
    {
        var parts = new List<string>();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}: {value}");
            }
        }

        Add("finding", c.Findings.Count == 0 ? null : List(c.Findings));
        foreach (var (name, comparison) in c.Measures)
        {
            Add(name, Quote(comparison.ToString()));
        }

        Add("severity", c.Severity is { } severity ? Quote(severity.ToString(n => Vocabulary.Severities[(int)n])) : null);
        Add("persons", c.Persons is { } persons ? Quote(persons.ToString()) : null);
        Add("with", c.With is null ? null : Conditions(c.With));
        Add("sender", c.Sender.Count == 0 ? null : List(c.Sender.Select(p => p.ToString())));
        Add("recipient", c.Recipient.Count == 0 ? null : List(c.Recipient.Select(p => p.ToString())));
        Add("recipients", c.Recipients is { } recipients ? Quote(recipients.ToString()) : null);
        Add("keyword", c.Keywords.Count == 0 ? null : List(c.Keywords));
        Add("in", c.Keywords.Count == 0 || (c.InSubject && c.InBody) ? null : c.InSubject ? "[subject]" : "[body]");
        Add("attachment", c.Attachments.Count == 0 ? null : List(c.Attachments));
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static void Write(StringBuilder text, string indent, ApprovalSettings approval)
    {
        void Add(string key, string? value)
        {
            if (value is not null)
            {
                text.Append(indent).Append(key).Append(": ").Append(value).Append('\n');
            }
        }

        Add("approvals", approval.Needed?.ToString(CultureInfo.InvariantCulture));
        Add("deadline", approval.Deadline is { } deadline ? Yaml.Quantity.Write(deadline) : null);
        Add("at-deadline", approval.Then?.ToString().ToLowerInvariant());
        Add("escalate-to", approval.EscalateTo is { } others ? List(others) : null);
    }

    /// <summary>A note in one line.</summary>
    internal static string NoteText(Summary note) => $"{{ en: {Quote(note.En)}, ja: {Quote(note.Ja)} }}";

    private static void Line(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append("    ").Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    internal static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Quote))}]";

    // Always double-quoted: then no word is ever taken for a number, a boolean or YAML's own signs.
    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\u2028' or '\u2029' or '\uFEFF' or < ' ' or (>= '\x7f' and <= '\xa0') => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}

/// <summary>What a decision rests on besides the rules.</summary>
internal sealed record PolicyBackground
{
    public IReadOnlyList<string> Approvers { get; init; } = [];

    public ApprovalSettings Approval { get; init; } = ApprovalSettings.None;

    public IReadOnlyList<string> MassMailers { get; init; } = [];

    public int MassMailFrom { get; init; } = new RuleSettings().MassMailFrom;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<RuleSettings.Company> Companies { get; init; } = [];

    public TimeSpan Undo { get; init; }
}
