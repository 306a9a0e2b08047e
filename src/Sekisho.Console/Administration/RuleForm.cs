using Microsoft.AspNetCore.Http;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Pages.Administration;

/// <summary>Reads what somebody filled in about one rule, and says what is different about it. Anything that cannot be read is a sentence for him.</summary>
public sealed class RuleForm(IFormCollection form, Tongue tongue)
{
    private readonly List<string> _problems = [];

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What differs from the rule as it is.</summary>
    public RuleChange ChangeOf(PolicyRule rule)
    {
        var enabled = form["enabled"] == "true";
        var then = Action(form["then"].ToString()) ?? rule.Then;
        var when = Conditions(rule.When, "");
        var unless = Unless(rule.Unless);
        var approvers = Lines("approvers");
        var note = new Summary(form["note-en"].ToString().Trim(), form["note-ja"].ToString().Trim());
        var before = rule.Note ?? new("", "");
        return new RuleChange
        {
            Enabled = enabled == rule.Enabled ? null : enabled,
            Then = then == rule.Then ? null : then,
            When = Same(when, rule.When) ? null : when,
            Unless = Same(unless, rule.Unless ?? new()) ? null : unless,
            Approvers = approvers.SequenceEqual(rule.Approvers, StringComparer.OrdinalIgnoreCase) || then != PolicyAction.Approve ? null : approvers,
            Note = note == before ? null : note.En.Length == 0 || note.Ja.Length == 0 ? new(note.En.Length == 0 ? note.Ja : note.En, note.Ja.Length == 0 ? note.En : note.Ja) : note,
        };
    }

    /// <summary>A rule of the organisation's own from a template: name, condition, exception, action, note. Null with problems.</summary>
    public (string Name, PolicyConditions When, PolicyConditions? Unless, PolicyAction Then, Summary? Note)? Added(IReadOnlyList<PolicyRule> rules)
    {
        var name = form["name"].ToString().Trim();
        if (name.Length is 0 or > 64 || name[0] == '-' || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            _problems.Add(tongue["The name is at most 64 lower-case letters, digits and hyphens.", "名前は64文字以内の英小文字・数字・ハイフンで付けてください。"]);
        }
        else if (rules.Any(r => r.Name == name))
        {
            _problems.Add(tongue["A rule of that name is there already.", "同じ名前の規則がすでにあります。"]);
        }

        var when = Conditions(new(), "");
        var asked = form["template"].ToString() switch
        {
            "keyword" => when.Keywords.Count,
            "attachment" => when.Attachments.Count,
            _ => when.Sender.Count + when.Recipient.Count,
        };
        if (asked == 0)
        {
            _problems.Add(tongue["Say what the rule is about.", "規則の対象を入力してください。"]);
        }

        var unless = Unless(null);
        var then = Action(form["then"].ToString()) ?? PolicyAction.Hold;
        var (en, ja) = (form["note-en"].ToString().Trim(), form["note-ja"].ToString().Trim());
        return _problems.Count > 0 ? null : (name, when, Same(unless, new()) ? null : unless, then, en.Length + ja.Length == 0 ? null : new(en.Length == 0 ? ja : en, ja.Length == 0 ? en : ja));
    }

    /// <summary>True when two sets of conditions ask the same.</summary>
    public static bool Same(PolicyConditions a, PolicyConditions b) => Text(a) == Text(b);

    private static string Text(PolicyConditions c) => string.Join('\u0001',
        string.Join(',', c.Findings), string.Join(',', c.Measures.Select(m => $"{m.Key}{m.Value}")), c.Severity, c.Persons, string.Join(',', c.Sender), string.Join(',', c.Recipient), c.Recipients,
        string.Join('\u0002', c.Keywords), c.Keywords.Count > 0 && c.InSubject, c.Keywords.Count > 0 && c.InBody, string.Join('\u0002', c.Attachments), c.With is null ? "" : Text(c.With));

    private PolicyConditions Unless(PolicyConditions? before)
        => form.ContainsKey("unless-recipient") ? (before ?? new()) with { Recipient = Patterns("unless-recipient") } : before ?? new();

    private PolicyConditions Conditions(PolicyConditions before, string prefix)
    {
        var measures = before.Measures.Select(m => KeyValuePair.Create(m.Key, Compare($"{prefix}m-{m.Key}", m.Value) ?? m.Value)).ToList();
        var words = form.ContainsKey("keyword") ? Lines("keyword") : before.Keywords;
        var (subject, body) = (form["in"].ToString()) switch { "subject" => (true, false), "body" => (false, true), "both" => (true, true), _ => (before.InSubject, before.InBody) };
        return before with
        {
            Measures = measures,
            Persons = Compare(prefix + "persons", before.Persons),
            Recipients = Compare(prefix + "recipients", before.Recipients),
            Sender = form.ContainsKey("sender") ? Patterns("sender") : before.Sender,
            Recipient = form.ContainsKey("recipient") ? Patterns("recipient") : before.Recipient,
            Keywords = words,
            InSubject = subject,
            InBody = body,
            Attachments = form.ContainsKey("attachment") ? Lines("attachment") : before.Attachments,
        };
    }

    private Comparison? Compare(string field, Comparison? before)
    {
        var text = form[field].ToString().Replace('≥', '>').Replace('≤', '<').Replace('–', '-').Trim();
        if (text.Length == 0)
        {
            return before;
        }

        if (Comparison.TryParse(text, out var value))
        {
            return value;
        }

        _problems.Add(tongue[$"“{Shown.Text(text, 40)}” is no comparison; write like >= 10, < 3, 2..9 or 5.", $"「{Shown.Text(text, 40)}」は条件として読めません。>= 10、< 3、2..9、5 のように書いてください。"]);
        return before;
    }

    private List<AddressPattern> Patterns(string field)
    {
        var patterns = new List<AddressPattern>();
        foreach (var line in Lines(field))
        {
            if (AddressPattern.TryParse(line, out var pattern, out _))
            {
                patterns.Add(pattern);
            }
            else
            {
                _problems.Add(tongue[$"“{Shown.Text(line, 60)}” is no address pattern; write like @example.com or sales-*@example.com.", $"「{Shown.Text(line, 60)}」はアドレスの書き方ではありません。@example.com や sales-*@example.com のように書いてください。"]);
            }
        }

        return patterns;
    }

    private List<string> Lines(string field)
        => [.. form[field].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static PolicyAction? Action(string word) => Enum.TryParse<PolicyAction>(word, ignoreCase: true, out var action) && Enum.IsDefined(action) ? action : null;
}
