using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>How the summary is written.</summary>
public sealed record ReportTerminalOptions
{
    /// <summary>Columns of the terminal; taken between 40 and 160.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Bold and colour by escape sequences; false where the output is no terminal.</summary>
    public bool Colour { get; init; }

    /// <summary>Where the page was written; null when none was asked for.</summary>
    public string? Page { get; init; }

    /// <summary>True when the gateway's history was filled in this run.</summary>
    public bool Learnt { get; init; }
}

/// <summary>The report on one screen, for somebody who has two minutes.</summary>
public static class ReportTerminal
{
    private const int Worst = 5;
    private const int MostRules = 5;
    private const int MostSenders = 3;
    private const int MostBroken = 3;

    /// <summary>Writes it in the language asked for, each line no wider than the terminal.</summary>
    public static void Write(AuditReport report, Tongue tongue, TextWriter output, ReportTerminalOptions? options = null)
    {
        options ??= new();
        var page = new Lines(output, Math.Clamp(options.Width, 40, 160), options.Colour);
        var first = report.Policies[0];
        page.Heading(tongue["Audit of past mail", "過去メールの監査"] + "  " + tongue.Of(ReportWords.Period(report)));
        page.Text(tongue[$"{Number(report.Messages)} mails read ({Size(report.Bytes)}); {Number(report.Outside)} of them went outside.", $"{Number(report.Messages)}通（{Size(report.Bytes)}）を読み、うち社外宛ては{Number(report.Outside)}通でした。"]);
        var rest = new List<string>();
        if (report.Incoming > 0)
        {
            rest.Add(tongue[$"{Number(report.Incoming)} came from outside (learnt from, not judged)", $"社外から届いたもの{Number(report.Incoming)}通（学習のみ、判定なし）"]);
        }

        if (report.Repeated > 0)
        {
            rest.Add(tongue[$"{Number(report.Repeated)} were copies of others", $"同じメールの写し{Number(report.Repeated)}通"]);
        }

        if (rest.Count > 0)
        {
            page.Text(string.Join(tongue["; ", "、"], rest) + tongue[".", "。"]);
        }

        WriteIncidents(page, first, tongue, options);
        WriteCosts(page, report, first, tongue);
        if (report.Policies.Count > 1)
        {
            WriteComparison(page, report, tongue);
        }

        WriteBroken(page, report, tongue);
        WriteNext(page, report, tongue, options);
    }

    private static void WriteIncidents(Lines page, PolicyOutcome policy, Tongue tongue, ReportTerminalOptions options)
    {
        page.Blank();
        page.Heading(tongue.Of(ReportWords.Incidents(policy)));
        foreach (var (incident, i) in policy.Incidents.Take(Worst).Select((n, i) => (n, i)))
        {
            var grave = incident.Severity >= Severity.Critical;
            page.Item($"{i + 1}. ", ReportWords.Day(incident.Date) + " " + tongue.Of(ReportWords.Sentence(incident)), grave);
        }

        if (policy.IncidentCount > Worst && options.Page is null)
        {
            page.Text("   " + tongue[$"and {Number(policy.IncidentCount - Worst)} more: --html FILE shows them.", $"ほか{Number(policy.IncidentCount - Worst)}件：--html FILE で見られます。"]);
        }
    }

    private static void WriteCosts(Lines page, AuditReport report, PolicyOutcome policy, Tongue tongue)
    {
        page.Blank();
        page.Heading(tongue[$"What the policy would have cost ({Name(policy)})", $"このポリシーで運用した場合の負担（{Name(policy)}）"]);
        page.Text(tongue.Of(ReportWords.Interruptions(report, policy)) + tongue[".", "。"]);
        var rules = policy.ByRule.Where(r => r.Interrupted > 0).Take(MostRules).ToList();
        if (rules.Count > 0)
        {
            page.Table([tongue["Noisiest rules", "多く止める規則"], tongue["mails", "通数"], tongue["share", "割合"], tongue["alone", "単独"]],
                [.. rules.Select(r => new[] { tongue.Of(ReportWords.Rule(r.Rule)), Number(r.Interrupted), Share(r.Interrupted, policy.Interrupted), Number(r.Alone) })]);
        }

        var senders = policy.BySender.Where(s => s.Interrupted > 0).Take(MostSenders).ToList();
        if (senders.Count > 0)
        {
            page.Table([tongue["Most interrupted senders", "中断の多い送信者"], tongue["mails", "通数"], tongue["sent", "社外宛て"], tongue["per 1,000", "千通あたり"]],
                [.. senders.Select(s => new[] { tongue.Of(ReportWords.Sender(s.Sender)), Number(s.Interrupted), Number(s.Outside), PerThousand(s.Interrupted, s.Outside) })]);
        }
    }

    private static void WriteComparison(Lines page, AuditReport report, Tongue tongue)
    {
        page.Blank();
        page.Heading(tongue["The policies side by side", "ポリシーの比較"]);
        var rows = new List<string[]>
        {
            Row(tongue["Interrupted", "中断"], p => Number(p.Interrupted)),
            Row(tongue["per 1,000 mails to outside", "社外宛て千通あたり"], p => PerThousand(p.Interrupted, report.Outside)),
            Row(tongue["Mails that stay inside", "社内だけのメールの中断"], p => Number(p.InterruptedInside)),
        };
        rows.AddRange(Enum.GetValues<PolicyAction>().Where(a => a != PolicyAction.Deliver && report.Policies.Any(p => Count(p.ByVerdict, a) > 0))
            .Select(a => Row(tongue["Verdict: ", "判定："] + tongue.Of(ReportWords.Word(a)), p => Number(Count(p.ByVerdict, a)))));
        rows.Add(Row(tongue["Past incidents", "過去の事案"], p => Number(p.IncidentCount)));
        page.Table(["", .. report.Policies.Select(Name)], rows);
        foreach (var other in report.Policies.Skip(1))
        {
            var (onlyFirst, onlySecond, whole) = Difference(report.Policies[0], other);
            page.Text(tongue[$"{Name(other)}: stops {Number(onlySecond.Count)} mails that {Name(report.Policies[0])} lets go, and lets {Number(onlyFirst.Count)} go that it stops{(whole ? "" : " (of those listed)")}.",
                $"{Name(other)}：{Name(report.Policies[0])}が通す{Number(onlySecond.Count)}通を止め、止める{Number(onlyFirst.Count)}通を通します{(whole ? "" : "（一覧にある範囲）")}。"]);
        }

        string[] Row(string label, Func<PolicyOutcome, string> value) => [label, .. report.Policies.Select(value)];
    }

    private static void WriteBroken(Lines page, AuditReport report, Tongue tongue)
    {
        if (report.Broken == 0)
        {
            return;
        }

        page.Blank();
        page.Heading(tongue[$"Could not be read: {Number(report.Broken)}", $"読めなかったもの：{Number(report.Broken)}件"]);
        foreach (var broken in report.BrokenPlaces.Take(MostBroken))
        {
            page.Item("- ", $"{Shown.Text(broken.Place)}: {Shown.Text(broken.Why)}");
        }

        if (report.Broken > MostBroken)
        {
            page.Text("  " + tongue[$"and {Number(report.Broken - Math.Min(MostBroken, report.BrokenPlaces.Count))} more", $"ほか{Number(report.Broken - Math.Min(MostBroken, report.BrokenPlaces.Count))}件"]);
        }
    }

    private static void WriteNext(Lines page, AuditReport report, Tongue tongue, ReportTerminalOptions options)
    {
        page.Blank();
        page.Heading(tongue["Next", "次にすること"]);
        page.Item("- ", options.Page is { } file
            ? tongue[$"Open {Shown.Text(file)}: every incident with its evidence, to read, sort and print.", $"{Shown.Text(file)} を開く：すべての事案を根拠とともに読み、並べ替え、印刷できます。"]
            : tongue["--html FILE writes a page with every incident and its evidence, to read, sort and print.", "--html FILE：すべての事案を根拠とともに載せたページを書き出します（並べ替え、印刷可）。"]);
        page.Item("- ", options.Learnt
            ? tongue["The gateway has learnt from these mails who writes with whom.", "ゲートウェイは、誰と誰がやり取りしているかをこれらのメールから学びました。"]
            : tongue["--learn fills the gateway's history from these mails, so that it knows from the first day who writes with whom.", "--learn：これらのメールをゲートウェイの履歴に取り込み、初日から誰と誰がやり取りしているかを分かるようにします。"]);
        if (report.Policies.Count == 1 && report.Policies[0].Interrupted > 0)
        {
            page.Item("- ", tongue["--policy A --policy B shows what a change of the policy would change, before anything is enforced.", "--policy A --policy B：ポリシーを変えると何が変わるかを、実際に止め始める前に比べられます。"]);
        }
    }

    private static string Name(PolicyOutcome policy) => Shown.Text(policy.Name, 60);

    /// <summary>Lines that fit the terminal.</summary>
    private sealed class Lines(TextWriter output, int width, bool colour)
    {
        public void Blank() => output.WriteLine();

        public void Heading(string text)
        {
            foreach (var line in TerminalText.Wrap(text, width))
            {
                output.WriteLine(colour ? $"\e[1m{line}\e[0m" : line);
            }
        }

        public void Text(string text) => Item("", text);

        /// <summary>With a mark before the first line and the others below its text.</summary>
        public void Item(string mark, string text, bool grave = false)
        {
            var indent = TerminalText.Width(mark);
            foreach (var line in TerminalText.Wrap(text, width - indent))
            {
                output.WriteLine(mark + (colour && grave ? $"\e[31m{line}\e[0m" : line));
                mark = new string(' ', indent);
            }
        }

        /// <summary>The first column takes what room is left; the others are numbers or short names, at the right.</summary>
        public void Table(string[] head, IReadOnlyList<string[]> rows)
        {
            var room = Math.Max(8, (width - 12) / head.Length);
            var wide = Enumerable.Range(0, head.Length).Select(c => rows.Append(head).Max(r => TerminalText.Width(r[c]))).ToArray();
            for (var c = 1; c < wide.Length; c++)
            {
                wide[c] = Math.Min(wide[c], room);
            }

            wide[0] = Math.Min(wide[0], Math.Max(10, width - 2 - wide.Skip(1).Sum(w => w + 2)));
            foreach (var (row, i) in rows.Prepend(head).Select((r, i) => (r, i)))
            {
                var line = "  " + TerminalText.Left(TerminalText.Cut(row[0], wide[0]), wide[0]) + string.Concat(row.Skip(1).Select((cell, c) => "  " + TerminalText.Right(TerminalText.Cut(cell, wide[c + 1]), wide[c + 1])));
                output.WriteLine(i == 0 && colour ? $"\e[2m{line.TrimEnd()}\e[0m" : line.TrimEnd());
            }
        }
    }
}
