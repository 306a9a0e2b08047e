namespace Sekisho.Inspection;

/// <summary>Greetings that only colleagues are given: 社員各位, 全職員の皆様, "Dear all staff".</summary>
internal static class StaffGreeting
{
    private const int GreetingLines = 4;
    private const int MaxGreeting = 40;

    private static readonly string[] _staff =
    [
        "社員", "従業員", "職員", "教職員", "社内", "所員", "行員", "部員", "課員", "スタッフ", "管理職", "営業所長", "支店長", "店長",
    ];

    private static readonly string[] _groups = ["部", "課", "室", "係", "班", "チーム", "グループ", "本部", "支店", "支社", "営業所", "事業所", "委員会", "メンバー"];

    private static readonly string[] _english =
    [
        "dear all staff", "dear staff", "all staff", "dear employees", "dear all employees", "all employees", "to all employees", "to all staff", "fellow employees",
    ];

    private static readonly string[] _firms =
        ["株式会社", "有限会社", "合同会社", "(株)", "（株）", "㈱", "財団", "社団", "大学", "病院", "学校", "協会", "組合", "役所", "省", "庁", "銀行", "Inc", "Ltd", "Corp", "Co."];

    /// <summary>The greeting among the first lines of the author's own text, or null.</summary>
    public static string? Find(MessageFacts facts)
    {
        var left = GreetingLines;
        foreach (var raw in facts.OwnText.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.Length == 0)
            {
                continue;
            }

            // Another organisation's staff may be greeted like that too: then it is named.
            if (left-- == 0 || NamesFirm(line))
            {
                return null;
            }

            if (line.Length <= MaxGreeting && IsStaff(line, facts))
            {
                return line.ToString();
            }
        }

        return null;
    }

    private static bool IsStaff(ReadOnlySpan<char> line, MessageFacts facts)
    {
        foreach (var english in _english)
        {
            if (line.StartsWith(english, StringComparison.OrdinalIgnoreCase) && (line.Length == english.Length || !char.IsLetter(line[english.Length])))
            {
                return true;
            }
        }

        var at = line.IndexOf("各位", StringComparison.Ordinal);
        at = at < 0 ? line.IndexOf("皆様", StringComparison.Ordinal) : at;
        at = at < 0 ? line.IndexOf("皆さま", StringComparison.Ordinal) : at;
        at = at < 0 ? line.IndexOf("皆さん", StringComparison.Ordinal) : at;
        if (at <= 0)
        {
            return false;
        }

        var group = line[..at].TrimEnd(" 　の");
        return EndsWithAny(group, _staff) || (EndsWithAny(group, _groups) && OnlyInsideIsNamed(facts));
    }

    /// <summary>A department's name says nothing of whose it is, unless the header names colleagues alone while the envelope goes further.</summary>
    private static bool OnlyInsideIsNamed(MessageFacts facts) => facts.Visible.Count > 0 && facts.Visible.All(v => v.Inside);

    private static bool NamesFirm(ReadOnlySpan<char> line)
    {
        foreach (var firm in _firms)
        {
            if (line.Contains(firm, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] ends)
    {
        foreach (var end in ends)
        {
            if (text.EndsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
