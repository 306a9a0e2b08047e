using Sekisho.Audit.Report.Samples;
using Sekisho.Pages.Shell;

namespace Sekisho.Audit.Report.Tests;

/// <summary>The summary on one screen.</summary>
public sealed class ReportTerminalTests
{
    private static readonly bool[] s_both = [false, true];

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        foreach (var report in new[] { SampleReports.Quiet(), SampleReports.One(), SampleReports.Many(60), SampleReports.Compared(), SampleReports.Hostile() })
        {
            foreach (var japanese in s_both)
            {
                Assert.All(Text(report, japanese, new() { Width = width }).Split('\n'), line => Assert.True(TerminalText.Width(line) <= width, $"{TerminalText.Width(line)} columns: {line}"));
            }
        }
    }

    [Fact]
    public void It_fits_one_screen()
    {
        foreach (var japanese in s_both)
        {
            Assert.InRange(Text(SampleReports.Many(10_000, inAll: 12_345), japanese, new() { Width = 100 }).Split('\n').Length, 20, 42);
        }
    }

    [Fact]
    public void Away_from_a_terminal_there_are_no_colours_and_nothing_in_mail_moves_the_cursor()
    {
        var plain = Text(SampleReports.Hostile(), japanese: false, new() { Width = 120 });
        Assert.DoesNotContain(plain, c => (char.IsControl(c) && c != '\n') || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format);
        var coloured = Text(SampleReports.Hostile(), japanese: false, new() { Width = 120, Colour = true });
        // Bold, dim, red and their end, and no other sequence.
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[(?:0|1|2|31)m", ""));
        Assert.NotEqual(plain, coloured);
    }

    [Fact]
    public void It_says_in_English_what_matters()
        => Assert.Equal("""
            Audit of past mail  2024-04-01 to 2025-03-31
            30,654 mails read (564 MB); 10,218 of them went outside.
            3,406 came from outside (learnt from, not judged); 204 were copies of others.

            6 mails would not have left as they were: 3 critical, 2 high, 1 medium
            1. 2024-10-04 priya.nair@minato.example sent data of 1,240 people in a mail to 2
               recipients: “Members' list for the autumn meeting” (Personal data)
            2. 2024-04-02 takahashi.yuko@minato.example showed the addresses of 186 people
               from 139 organisations in a mail to 187 recipients: “秋の感謝祭のご案内”
               (Strangers see each other's addresses)
            3. 2024-04-12 suzuki.haruto@minato.example sent data of 64 people in a mail to 3
               recipients: “Fwd: 通院者リスト(10月)” (Personal data)
            4. 2024-10-14 tanaka.sora@minato.example showed the addresses of 38 people from
               28 organisations in a mail to 39 recipients: “Invitation: harbour tour for
               our partners” (Invitation shows the attendees)
            5. 2024-04-22 sato.kenji@minato.example wrote to 2 recipients: “見積書の件”
               (Look-alike address)
               and 1 more: --html FILE shows them.

            What the policy would have cost (shipped)
            0.39 interruptions per 1,000 mails to outside (4 of 10,218); none of mails that
            stay inside.
              Noisiest rules            mails  share  alone
              Personal data                 2   50 %      2
              Look-alike address            1   25 %      1
              New in this conversation      1   25 %      1
              Most interrupted senders   mails   sent  per 1,000
              oconnor@minato.example         1  1,021       0.98
              priya.nair@minato.example      1  1,021       0.98
              sato.kenji@minato.example      1  1,021       0.98

            Could not be read: 3
            - /srv/archive/2024-sent.mbox:88123456: no header before the first blank line
            - /srv/archive/2024-sent.mbox:88127552: cut off in the middle of a part
            - /srv/archive/2024-sent.mbox:88131648: cut off in the middle of a part

            Next
            - --html FILE writes a page with every incident and its evidence, to read, sort
              and print.
            - --learn fills the gateway's history from these mails, so that it knows from
              the first day who writes with whom.
            - --policy A --policy B shows what a change of the policy would change, before
              anything is enforced.

            """, Text(SampleReports.Many(6), japanese: false, new() { Width = 80 }));

    [Fact]
    public void It_says_in_Japanese_what_matters()
        => Assert.Equal("""
            過去メールの監査  2024-04-01〜2025-03-31
            30,654通（564 MB）を読み、うち社外宛ては10,218通でした。
            社外から届いたもの3,406通（学習のみ、判定なし）、同じメールの写し204通。

            そのままでは送られなかったはずのメール：6通（重大3件、高2件、中1件）
            1. 2024-10-04 priya.nair@minato.example が宛先2人のメールで1,240人分の情報を送っ
               た：「Members' list for the autumn meeting」（個人情報）
            2. 2024-04-02 takahashi.yuko@minato.example が宛先187人のメールで139組織・186人
               のアドレスを見せた：「秋の感謝祭のご案内」（宛先が互いに見える）
            3. 2024-04-12 suzuki.haruto@minato.example が宛先3人のメールで64人分の情報を送っ
               た：「Fwd: 通院者リスト(10月)」（個人情報）
            4. 2024-10-14 tanaka.sora@minato.example が宛先39人のメールで28組織・38人のアド
               レスを見せた：「Invitation: harbour tour for our partners」（招待に参加者一
               覧）
            5. 2024-04-22 sato.kenji@minato.example が2人に送った：「見積書の件」（似た宛
               先）
               ほか1件：--html FILE で見られます。

            このポリシーで運用した場合の負担（shipped）
            社外宛て1,000通あたり0.39回の中断（10,218通中4通）。社内だけのメールの中断はな
            し。
              多く止める規則        通数  割合  単独
              個人情報                 2  50 %     2
              似た宛先                 1  25 %     1
              やり取りに新しい宛先     1  25 %     1
              中断の多い送信者           通数  社外宛て  千通あたり
              oconnor@minato.example        1     1,021        0.98
              priya.nair@minato.example     1     1,021        0.98
              sato.kenji@minato.example     1     1,021        0.98

            読めなかったもの：3件
            - /srv/archive/2024-sent.mbox:88123456: no header before the first blank line
            - /srv/archive/2024-sent.mbox:88127552: cut off in the middle of a part
            - /srv/archive/2024-sent.mbox:88131648: cut off in the middle of a part

            次にすること
            - --html FILE：すべての事案を根拠とともに載せたページを書き出します（並べ替え、
              印刷可）。
            - --learn：これらのメールをゲートウェイの履歴に取り込み、初日から誰と誰がやり取
              りしているかを分かるようにします。
            - --policy A --policy B：ポリシーを変えると何が変わるかを、実際に止め始める前に
              比べられます。

            """, Text(SampleReports.Many(6), japanese: true, new() { Width = 80 }));

    [Fact]
    public void A_mail_listed_for_its_many_addresses_alone_is_not_counted_as_stopped()
    {
        var report = SampleReports.One();
        var policy = report.Policies[0];
        var listed = policy.Incidents[0] with { Verdict = Policy.PolicyAction.Deliver, Findings = [], Exposed = 0, ByCount = true };
        var text = Text(report with { Policies = [policy with { Incidents = [listed] }] }, japanese: false, new() { Width = 160 });
        Assert.Contains("The policy would have let every mail go as it was; 1 more is listed because", text, StringComparison.Ordinal);
        Assert.Contains("wrote to 187 recipients; addresses of 139 outside organisations were in sight: “秋の感謝祭のご案内”", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_policies_stand_side_by_side_and_what_was_asked_for_is_not_advised()
    {
        var report = SampleReports.Compared();
        var text = Text(report, japanese: false, new() { Width = 100, Page = "audit.html", Learnt = true });
        Assert.Contains($"  Interrupted                         {report.Policies[0].Interrupted}                    {report.Policies[1].Interrupted}\n", text, StringComparison.Ordinal);
        Assert.Contains("policies/strict.yaml: stops 12 mails that shipped lets go, and lets 5 go that it stops.", text, StringComparison.Ordinal);
        Assert.Contains("Open audit.html", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--html", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--learn", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--policy", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("日本語とmixed text", 8, "日本語と|mixed|text")]
    [InlineData("括弧「あ」、次", 8, "括弧|「あ」、|次")]
    [InlineData("a-very-long-address@host.example", 10, "a-very-lon|g-address@|host.examp|le")]
    [InlineData("か\u3099き", 2, "か\u3099|き")]
    [InlineData("", 10, "")]
    public void Lines_are_broken_where_a_reader_would(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', TerminalText.Wrap(text, width)));

    private static string Text(AuditReport report, bool japanese, ReportTerminalOptions options)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ReportTerminal.Write(report, new Tongue(japanese), text, options);
        return text.ToString();
    }
}
