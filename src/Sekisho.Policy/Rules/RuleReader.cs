using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads the <c>policy:</c> list: rules of its own, or on top of a policy that stands already (overriding field by field by name).</summary>
internal sealed class RuleReader(ErrorList errors, ApprovalSettings? approval = null)
{
    public static readonly string[] RuleKeys = ["name", "when", "unless", "then", "wait", "release-after", "approvers", "approvals", "deadline", "at-deadline", "escalate-to", "stop-run", "tell", "inside", "enabled", "note"];

    /// <summary>Looks at who approves by each rule of the file; null: not asked.</summary>
    public Action<MapReader>? CheckApprovers { get; init; }

    private readonly ConditionReader _conditions = new(errors);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The effective rules: <paramref name="shipped"/> with overrides in place, then the new ones in order.</summary>
    public IReadOnlyList<PolicyRule> Read(IReadOnlyList<Node> items, IReadOnlyList<PolicyRule> shipped)
    {
        var rules = shipped.ToList();
        foreach (var item in items)
        {
            if (item is not MapNode map)
            {
                errors.Add(item, $"{item.Kind} stands where a rule was expected; a rule is a mapping with name, when and then");
                continue;
            }

            var reader = new MapReader(map, "policy", RuleKeys, errors);
            var name = Name(reader);
            var index = name is null ? -1 : rules.FindIndex(r => r.Name == name);
            var before = index < 0 ? null : rules[index];
            if (name is not null && !_names.Add(name))
            {
                errors.Add(reader.Get("name")!, $"a second rule is named '{name}'; expected each name once");
                continue;
            }

            var rule = Rule(reader, name, before, shipped);
            if (rule is null || name is null)
            {
                continue;
            }

            if (index < 0)
            {
                rules.Add(rule);
            }
            else
            {
                rules[index] = rule;
            }
        }

        return rules;
    }

    private string? Name(MapReader reader)
    {
        if (reader.Text("name") is not { } name)
        {
            if (!reader.Has("name"))
            {
                errors.Add(reader.Map, "the rule has no name; expected 'name: some-name'");
            }

            return null;
        }

        if (name.Length <= 64 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && name[0] != '-')
        {
            return name;
        }

        errors.Add(reader.Get("name")!, $"the rule's name is '{ScalarNode.Shorten(name)}'; expected at most 64 lower-case letters, digits and hyphens");
        return null;
    }

    private PolicyRule? Rule(MapReader reader, string? name, PolicyRule? before, IReadOnlyList<PolicyRule> shipped)
    {
        var count = errors.Count;
        var when = _conditions.Read(reader, "when", null);
        var unless = _conditions.Read(reader, "unless", when ?? before?.When);
        var then = reader.Word("then", Vocabulary.Actions);
        if (before is null)
        {
            Missing(reader, name, "when", "what it is about", shipped);
            Missing(reader, name, "then", "deliver, individual, hold, approve or refuse", shipped);
        }

        var action = then ?? before?.Then ?? PolicyAction.Hold;
        var waits = action is PolicyAction.Deliver or PolicyAction.Individual;
        Fits(reader, "wait", waits, action, "deliver and individual");
        Fits(reader, "release-after", action == PolicyAction.Hold, action, "hold");
        foreach (var key in ApprovalReader.Keys.Append("approvers"))
        {
            Fits(reader, key, action == PolicyAction.Approve, action, "approve");
        }

        Fits(reader, "stop-run", action >= PolicyAction.Hold, action, "hold, approve and refuse");

        var wait = reader.Duration("wait", max: TimeSpan.FromDays(7));
        var release = reader.Duration("release-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        var approvers = reader.Texts("approvers") is { } nodes ? ApprovalReader.Names(nodes, reader.Name("approvers"), errors) : null;
        var conditions = ApprovalReader.Read(reader, (before?.Approval ?? ApprovalSettings.None).Over(approval ?? ApprovalSettings.None));
        Enough(reader, approvers, conditions.Needed);
        CheckApprovers?.Invoke(reader);
        var stop = reader.Flag("stop-run");
        var tell = reader.Word("tell", ("sender", true), ("nobody", false));
        var inside = reader.Flag("inside");
        var enabled = reader.Flag("enabled");
        var note = Note(reader);
        if (errors.Count != count || name is null || (when ?? before?.When) is not { } what)
        {
            return null;
        }

        // What the shipped rule carries and the new action has no use for (a hold's timer after 'then: approve') is dropped, not an error:
        // the writer of the override never saw it.
        return new PolicyRule
        {
            Name = name,
            When = what,
            Unless = unless ?? before?.Unless,
            Then = action,
            Wait = waits ? wait ?? before?.Wait ?? TimeSpan.Zero : TimeSpan.Zero,
            ReleaseAfter = action == PolicyAction.Hold ? release ?? before?.ReleaseAfter : null,
            Approvers = action == PolicyAction.Approve ? approvers ?? before?.Approvers ?? [] : [],
            Approval = action == PolicyAction.Approve ? conditions.Over(before?.Approval ?? ApprovalSettings.None) : ApprovalSettings.None,
            StopRun = action >= PolicyAction.Hold && (stop ?? before?.StopRun ?? false),
            TellSender = tell ?? before?.TellSender,
            Inside = inside ?? before?.Inside ?? false,
            Enabled = enabled ?? before?.Enabled ?? true,
            Note = note ?? before?.Note,
        };
    }

    private void Missing(MapReader reader, string? name, string key, string expected, IReadOnlyList<PolicyRule> shipped)
    {
        if (!reader.Has(key))
        {
            var near = name is null ? null : Spelling.Nearest(name, shipped.Select(r => r.Name));
            errors.Add(reader.Map, $"the rule {(name is null ? "" : $"'{name}' ")}has no '{key}' ({expected}); expected one{(near is null ? "" : $", or did you mean the shipped rule '{near}'?")}");
        }
    }

    private void Fits(MapReader reader, string key, bool fits, PolicyAction action, string with)
    {
        if (!fits && reader.Has(key))
        {
            errors.Add(reader.PlaceOf(key), $"'{key}' has no meaning with 'then: {action.ToString().ToLowerInvariant()}'; it goes with {with}");
        }
    }

    // A superior is one at least and a group any number: only a list of plain addresses can be counted here.
    private void Enough(MapReader reader, List<string>? approvers, int? needed)
    {
        if (approvers is { Count: > 0 } && needed > approvers.Count && approvers.TrueForAll(a => a.Contains('@', StringComparison.Ordinal)))
        {
            errors.Add(reader.PlaceOf("approvals"), $"'approvals: {needed}' asks for more approvers than are named ({approvers.Count}); expected at most {approvers.Count}, or more approvers");
        }
    }

    private Summary? Note(MapReader reader)
    {
        if (reader.Get("note") is not { } node)
        {
            return null;
        }

        if (node is ScalarNode text)
        {
            return new(text.Value, text.Value);
        }

        var section = reader.Section("note", ["en", "ja"]);
        var (en, ja) = (section.Text("en"), section.Text("ja"));
        if (node is MapNode && en is null && ja is null)
        {
            errors.Add(node, "the note has neither 'en' nor 'ja'; expected a sentence in one or both");
        }

        return en is null && ja is null ? null : new(en ?? ja!, ja ?? en!);
    }
}
