using System.Text;

namespace Sekisho.Incidents;

/// <summary>One announcement to many, none of whom sees another: by Bcc, without anybody's data.</summary>
internal static class Announcements
{
    // The catalogue's mails, without the slip.
    private static readonly string[] s_mirrors =
    [
        "2006-12-15-kodansha", "2006-10-12-careerbrain", "2006-12-08-trenders", "2006-03-15-jnsa", "2005-07-26-tokio-marine-risk-consulting", "2021-11-11-isid", "2021-10-26-aist",
        "2006-06-12-sega-toys", "2005-12-02-jns", "2007-02-14-odakyu-railway", "2005-07-11-jec", "2006-08-09-ys-table",
    ];

    public static IEnumerable<RightCase> Cases() => [.. Blind(), .. Newsletters(), .. Enclosures()];

    private static IEnumerable<RightCase> Blind()
    {
        for (var n = 1; n <= 12; n++)
        {
            var incident = Catalogue.Embedded.Find(s_mirrors[n - 1])!;
            // A sender nobody is known to write to very many for may be asked; these stay below that.
            var desk = new Desk("announcement", n, incident.Id, outside: 12 + 3 * n, mix: n % 2 == 0 ? AudienceMix.Business : AudienceMix.Consumers, english: n > 10);
            var own = desk.Box(desk.Staff);
            var text = desk.English
                ? $"Dear members,\n\nOur annual meeting takes place on 20 July at 2 p.m.\nPlease register by 10 July: https://www.{desk.Cast.OwnDomain}/meeting\n\n{desk.Bye}\n\n{desk.Signature}\n"
                : $"会員の皆様\n\n平素より格別のご高配を賜り、厚く御礼申し上げます。\n下記のとおり説明会を開催いたします。\n\n・日時 7月20日(土) 14時から16時まで\n・会場 架空会館 3階 大会議室\n・定員 80名\n・申込 https://www.{desk.Cast.OwnDomain}/event/2024\n\n※本メールは配信専用アドレスから、お一人ずつ見えない形（Bcc）でお送りしています。\n\n{desk.Signature}\n";
            yield return desk.Send(Stage.Addresses(desk.Outside), n % 4 == 3 ? "undisclosed-recipients:;" : own, null, desk.English ? "Annual meeting" : "【ご案内】夏の説明会", text).Done();
        }
    }

    private static IEnumerable<RightCase> Newsletters()
    {
        for (var n = 1; n <= 10; n++)
        {
            var desk = new Desk("newsletter", n, n % 2 == 0 ? "2006-10-12-careerbrain" : "2005-10-17-jbook", outside: 25 + n, english: n > 7);
            yield return desk.Send(Stage.Addresses(desk.Outside), desk.Box(desk.Staff), desk.English ? $"Monthly news, issue {n}" : $"【月刊つうしん】第{n}号", () => Html(desk)).Done();
        }
    }

    private static MailBody Html(Desk desk)
    {
        var html = new StringBuilder("<html><head><style>td{padding:8px}</style></head><body><table width=\"600\">\n");
        for (var i = 1; i <= 40; i++)
        {
            html.Append(desk.English
                ? $"<tr><td><img src=\"https://img.{desk.Cast.OwnDomain}/{i}.png\" alt=\"\"></td><td><a href=\"https://www.{desk.Cast.OwnDomain}/article/{2024_000 + i}?utm_source=mail&amp;utm_id={i}\">Topic {i}: what is new this summer</a><br>Model AB-{1000 + i}, now at $ {i * 5}.99. Read how our readers use it.</td></tr>\n"
                : $"<tr><td><img src=\"https://img.{desk.Cast.OwnDomain}/{i}.png\" alt=\"\"></td><td><a href=\"https://www.{desk.Cast.OwnDomain}/article/{2024_000 + i}?utm_source=mail&amp;utm_id={i}\">話題その{i} この夏の新しい商品</a><br>型番AB-{1000 + i}が{i * 500:N0}円で登場。お電話でのご注文は0120-000-{i:D3}まで。</td></tr>\n");
        }

        html.Append(desk.English
            ? $"</table><p>Published by {desk.Firm}, 1-2-3 Kakucho, Chiyoda-ku, Tokyo. Editor: {Desk.Latin(desk.Staff)}. Contact: {desk.Cast.Own("news")}. <a href=\"https://www.{desk.Cast.OwnDomain}/unsubscribe\">Unsubscribe</a></p></body></html>\n"
            : $"</table><p>発行：{desk.Firm}　編集：{desk.Staff.Name}<br>〒100-0001 東京都千代田区架空町1-2-3　TEL 03-0000-0001　お問い合わせ：{desk.Cast.Own("news")}<br><a href=\"https://www.{desk.Cast.OwnDomain}/unsubscribe\">配信停止はこちら</a></p></body></html>\n");
        var plain = desk.English ? $"This month's topics: https://www.{desk.Cast.OwnDomain}/\n" : $"今月の話題はこちら\nhttps://www.{desk.Cast.OwnDomain}/\n";
        return MailBody.Alternative(plain, html.ToString(), desk.Style);
    }

    // The mail with the right file: the leaflet instead of the list.
    private static IEnumerable<RightCase> Enclosures()
    {
        string[] mirrors = ["2006-12-15-kodansha", "2006-12-08-trenders", "2006-03-15-jnsa", "2006-07-25-nhk-hiroshima", "2005-07-26-tokio-marine-risk-consulting", "2006-05-24-sakai-niwashirodai-school"];
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("right-file", n, mirrors[n - 1], outside: 20);
            yield return desk.Send(Stage.Addresses(desk.Outside), desk.Box(desk.Staff), null, "ご案内（資料を添付します）",
                $"皆様\n\n{desk.Hello}\n今回の資料を添付いたします。\n\n{desk.Bye}\n\n{desk.Signature}\n", "",
                Papers.Of(n, "ご案内", ["催しのご案内", "日時：7月20日 10時", "会場：架空体育館", "持ち物：飲み物、タオル、上履き", "参加費：500", "問い合わせ：事務局 03-0000-0001", "雨天の場合は中止します。"])).Done();
        }
    }
}
