using System.Text;

namespace Sekisho.Policy.Tests;

/// <summary>Valid but odd policies, by a seed.</summary>
internal static class RandomRules
{
    private static readonly string[] s_words = ["secret", "社外秘", "a\\\"b", "yes", "null", "5", "# no", "{x}", "*&!|>'%@`", "\\u00a0x", "né", "🚧"];

    public static string Write(Random random)
    {
        var text = new StringBuilder();
        text.Append($"undo: {random.Next(3)}m{random.Next(60)}s\norganization:\n  approvers: [a{random.Next(9)}@h.example]\n  lists: {{ l{random.Next(9)}@h.example: ['@h.example'] }}\n  companies: [{{ name: [\"Firm {random.Next(9)} \\u00e9\", 株式会社会社], domains: [f.example, '*.f{random.Next(9)}.example'] }}]\npolicy:\n");
        var count = random.Next(1, 6);
        for (var i = 0; i < count; i++)
        {
            text.Append($"  - name: rule-{i}\n    when: {{ {Conditions(random)} }}\n");
            if (random.Next(3) == 0)
            {
                text.Append($"    unless: {{ {Conditions(random)} }}\n");
            }

            text.Append(random.Next(4) switch
            {
                0 => $"    then: deliver\n    wait: {random.Next(1, 5000)}s\n",
                1 => $"    then: hold\n    release-after: {random.Next(1, 99)}m\n    stop-run: {(random.Next(2) == 0 ? "true" : "false")}\n",
                2 => "    then: approve\n    approvers: [boss@h.example, vice@h.example]\n",
                _ => "    then: refuse\n",
            });
            if (random.Next(2) == 0)
            {
                text.Append($"    note: {{ en: \"{Word(random)}\\n{Word(random)}\", ja: \"{Word(random)}\" }}\n");
            }

            text.Append($"    tell: {(random.Next(2) == 0 ? "sender" : "nobody")}\n    inside: {(random.Next(2) == 0 ? "yes" : "no")}\n    enabled: {(random.Next(4) == 0 ? "no" : "yes")}\n");
        }

        return text.ToString();
    }

    private static string Conditions(Random random)
    {
        List<string> parts = [];
        if (random.Next(2) == 0)
        {
            parts.Add("finding: [addresses-in-body, visible-recipients]");
            parts.Add($"addresses: \"{random.Next(5)}..{random.Next(5, 50)}\"");
            parts.Add($"severity: \"{(random.Next(2) == 0 ? "> low" : "<= high")}\"");
            parts.Add($"persons: \"< {random.Next(1, 9)}\"");
        }

        if (random.Next(3) == 0)
        {
            parts.Add(random.Next(2) == 0 ? "with: [first-time-recipient, uninspectable]" : $"with: {{ finding: first-time-recipient, silent-days: \"> {random.Next(900)}\" }}");
        }

        parts.Add($"sender: [\"*@x{random.Next(9)}.example\", \"b-*@*.例え.example\", \"<>\", \"*\"]");
        parts.Add($"recipient: \"info@*\"");
        parts.Add($"recipients: \">= {random.Next(99)}\"");
        if (random.Next(2) == 0)
        {
            parts.Add($"keyword: [\"{Word(random)}\", \"{Word(random)}2\"]");
            parts.Add(random.Next(2) == 0 ? "in: subject" : "in: [subject, body]");
        }

        if (random.Next(2) == 0)
        {
            parts.Add($"attachment: [\"*{Word(random)}*.pdf\", \"{Word(random)}2*\"]");
        }

        return string.Join(", ", parts);
    }

    private static string Word(Random random) => s_words[random.Next(s_words.Length)];
}
