using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>What could not be read, how it was judged, and what an archive cannot tell.</summary>
internal static class PageBackground
{
    private const int MostBroken = 200;
    private const int MostPaths = 200;

    public static void Write(PageWriter page, AuditReport report)
    {
        Broken(page, report);
        Judged(page, report);
        Unknown(page, report);
    }

    private static void Broken(PageWriter page, AuditReport report)
    {
        if (report.Broken == 0)
        {
            return;
        }

        page.Section("unread", "What could not be read", "読めなかったもの")
            .Paragraph($"{(report.Broken == 1 ? "One message" : $"{Number(report.Broken)} messages")} could not be taken for a mail, and nothing is said of them here. Look at them by hand.", $"メールとして読めなかったものが{Number(report.Broken)}件あります。このページには含まれていないため、別途確認してください。")
            .Raw("<details class=\"printed\"><summary>").Both("Which they are", "一覧").Raw("</summary><ul class=\"plain\">\n");
        var shown = Math.Min(report.BrokenPlaces.Count, MostBroken);
        foreach (var broken in report.BrokenPlaces.Take(MostBroken))
        {
            page.Raw("<li><code>").Foreign(broken.Place, 400).Raw("</code> <span class=\"evidence\" lang=\"\">").Foreign(broken.Why).Raw("</span></li>\n");
        }

        if (report.Broken > shown)
        {
            page.Raw("<li>").Both($"and {Number(report.Broken - shown)} more", $"ほか{Number(report.Broken - shown)}件").Raw("</li>");
        }

        page.Raw("</ul></details>\n").EndSection();
    }

    private static void Judged(PageWriter page, AuditReport report)
    {
        page.Section("judged", "How it was judged", "判定の方法").Raw("<dl class=\"facts\">");
        foreach (var policy in report.Policies)
        {
            page.Raw("<dt>").Both("Policy", "ポリシー").Raw("</dt><dd><span class=\"evidence\">").Foreign(policy.Name, 200).Raw("</span>, ").Both("version", "版").Raw(" <code>").Foreign(policy.Version, 64).Raw("</code></dd>");
        }

        page.Raw("<dt>").Both("Inside domains", "社内のドメイン").Raw("</dt><dd>");
        if (report.Domains.Count == 0)
        {
            page.Both("not configured: each sender's own domain", "設定なし（各送信者自身のドメインを社内とみなしました）");
        }
        else
        {
            page.Foreign(string.Join(", ", report.Domains.Take(100)), 4000).Raw(report.Domains.Count > 100 ? ", …" : "");
        }

        page.Raw("</dd><dt>").Both("Period", "期間").Raw("</dt><dd>").Both(ReportWords.Period(report)).Raw("</dd><dt>").Both("Read", "読んだもの").Raw("</dt><dd>")
            .Both($"{Number(report.Messages)} mails, {Size(report.Bytes)}", $"メール{Number(report.Messages)}通、{Size(report.Bytes)}").Raw("</dd><dt>").Both("From outside", "社外から").Raw("</dt><dd>").Number(report.Incoming).Raw(" ")
            .Both("learnt from, not judged", "学習のみ、判定なし").Raw("</dd><dt>").Both("Copies", "写し").Raw("</dt><dd>").Number(report.Repeated).Raw(" ").Both("of mails seen before, not judged again", "同じメールの再出、判定は一度のみ").Raw("</dd><dt>")
            .Both("Files", "ファイル").Raw("</dt><dd>");
        foreach (var path in report.Paths.Take(MostPaths))
        {
            page.Raw("<code>").Foreign(path, 400).Raw("</code><br>");
        }

        if (report.Paths.Count > MostPaths)
        {
            page.Both($"and {Number(report.Paths.Count - MostPaths)} more", $"ほか{Number(report.Paths.Count - MostPaths)}件");
        }

        page.Raw("</dd></dl>\n").Paragraph("Each mail was judged in the order of their dates, knowing only what was known then: who had written with whom before it. The same engine and the same policy stand at the gateway. Two runs over the same files give the same report.",
            "メールは日付の順に、その時点で分かっていたこと（それまでに誰と誰がやり取りしていたか）だけを使って判定しました。ゲートウェイと同じ仕組み、同じポリシーです。同じファイルからは、いつも同じ結果になります。").EndSection();
    }

    private static void Unknown(PageWriter page, AuditReport report)
    {
        page.Section("unknown", "What is not known", "分からないこと").Raw("<ul class=\"plain\">\n");
        Item("Who got a mail by Bcc: archives seldom keep it. A mail that shows few addresses here may have gone to many, and a Bcc that was wrongly typed is not seen.", "Bcc の宛先：アーカイブにはほとんど残りません。宛先が少なく見えるメールも、実際には多くの人に届いている場合があります。");
        Item("Who stands behind a group address or a mailing list: it counts as one recipient.", "グループアドレスやメーリングリストの先にいる人：1人の宛先として数えています。");
        Item("Who was acquainted before the archive begins. In its first months more mails look like mails to strangers than later.", "アーカイブが始まる前からの知り合い：最初の数か月は、実際より多くのメールが面識のない人宛てに見えます。");
        Item("Whether a mail arrived, was read, or was allowed: what people said to each other elsewhere is not in it. A mail in this list is a question, not yet a finding of fault.", "届いたか、読まれたか、了解があったか：メールの外でのやり取りは分かりません。この一覧は確認のきっかけであり、過失を示すものではありません。");
        Item("What was deleted before it was archived.", "アーカイブされる前に削除されたメール。");
        if (report.Broken > 0)
        {
            Item($"What stands in the {Number(report.Broken)} messages that could not be read.", $"読めなかった{Number(report.Broken)}件の中身。");
        }

        page.Raw("</ul>\n").EndSection();

        void Item(string english, string japanese) => page.Raw("<li>").Both(english, japanese).Raw("</li>\n");
    }
}
