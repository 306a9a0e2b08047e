using System.Globalization;

namespace Sekisho.Incidents;

/// <summary>A person's own data, to that person.</summary>
internal static class OwnData
{
    public static IEnumerable<RightCase> Cases() => [.. Payslips(), .. Orders(), .. Patients(), .. Registrations(), .. Resets(), .. Contracts(), .. Members(), .. Resumes()];

    private static IEnumerable<RightCase> Payslips()
    {
        for (var n = 1; n <= 8; n++)
        {
            var desk = new Desk("payslip", n, "2005-08-16-dot-commodity");
            var who = desk.First;
            yield return desk.To(who, "【給与明細】2024年6月分", "6月分の給与明細書をお送りします。",
                Papers.Of(n, "給与明細", [
                    "給与明細書 2024年6月", $"社員番号：{10_000 + n}", $"氏名：{who.Name}", $"住所：{Rows.Postal(who)}", "基本給：250000", "残業手当：32500", "健康保険料：14970", "差引支給額：214330",
                    $"振込先：みほん銀行 架空支店 普通 {1_234_500 + n}",
                ])).Done();
        }
    }

    private static IEnumerable<RightCase> Orders()
    {
        for (var n = 1; n <= 10; n++)
        {
            var english = n > 7;
            var desk = new Desk("order", n, "2006-09-21-trend-micro", english: english);
            var who = desk.First;
            var slip = $"{4_000 + n}-{5_670 + 13 * n}-{8_900 + 7 * n}";
            yield return desk.To(who, english ? $"Your order {100_200 + n}" : n % 2 == 0 ? $"【発送のお知らせ】ご注文番号 {100_200 + n}" : "ご注文ありがとうございます",
                english
                    ? $"Order no.: {100_200 + n}\nItem: Garden chair x {n}\nTotal: USD {40 * n}.00\nPaid by: card ending in 1234\n\nShip to:\n{Desk.Latin(who)}\n1-2-{n} Kakucho, Chiyoda-ku, Tokyo 100-0001\nPhone: 090-0000-{4_000 + n}\nEmail: {who.Address}\nTracking no.: {slip}"
                    : $"ご注文番号：{100_200 + n}\n商品：庭いす {n}脚\n合計：{4_000 * n:N0}円（税込）\nお支払い：クレジットカード（末尾1234）\n\n■お届け先\n〒100-0001 {Rows.Postal(who)}\n{who.NameSama}\nお電話：090-0000-{4_000 + n}\nメール：{who.Address}\n送り状番号：{slip}").Done();
        }
    }

    private static IEnumerable<RightCase> Patients()
    {
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("patient", n, "2007-01-10-chiba-univ-hospital", english: n == 6);
            var who = desk.First;
            yield return desk.To(who, desk.English ? "Your check-up" : "健康診断の結果について",
                desk.English ? "Please find attached the result of your check-up." : "先日の検査結果をお送りします。添付ファイルをご確認ください。",
                desk.English ? Papers.Pdf("report", [
                    "Examination report", $"Patient: {Desk.Latin(who)}", $"Patient no.: {20_000 + n}", $"Date of birth: {1960 + n}-04-{n:D2}", "Examination: electrocardiogram", "Result: normal", "Blood pressure: 128/82",
                ]) : Papers.Of(n, "検査結果", [
                    "検査結果報告書", $"患者氏名：{who.Name}", $"カナ：{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(who.Romaji)}", $"患者番号：{20_000 + n}", $"生年月日：{1960 + n}/4/{n}", "性別：男",
                    "検査：心電図", "所見：異常なし", "血圧：128/82", "総コレステロール：198",
                ])).Done();
        }
    }

    private static IEnumerable<RightCase> Registrations()
    {
        for (var n = 1; n <= 8; n++)
        {
            var desk = new Desk("registration", n, "2006-07-27-gameon", english: n > 5);
            var who = desk.First;
            yield return desk.To(who, desk.English ? "Welcome" : "会員登録完了のお知らせ", desk.English
                ? $"Your registration is complete.\n\nName: {Desk.Latin(who)}\nLogin: {who.Address}\nMember no.: {700_000 + n}\n\nPlease confirm: https://www.{desk.Cast.OwnDomain}/confirm?code={Cast.Seed(who.Address):x8}"
                : $"会員登録が完了しました。\n\nお名前：{who.Name}\nログイン用アドレス：{who.Address}\n会員番号：{700_000 + n}\n生年月日：{1970 + n}年{n}月1日\n\n本登録はこちらから24時間以内にお願いします。\nhttps://www.{desk.Cast.OwnDomain}/confirm?code={Cast.Seed(who.Address):x8}").Done();
        }
    }

    private static IEnumerable<RightCase> Resets()
    {
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("password-reset", n, "2006-07-27-gameon", english: n > 4);
            var who = desk.First;
            var link = $"https://www.{desk.Cast.OwnDomain}/reset?token={Cast.Seed(who.Address):x8}{Cast.Seed(who.Record):x8}";
            yield return desk.To(who, desk.English ? "Reset your password" : "パスワード再設定のご案内", desk.English
                ? $"Somebody asked to reset the password of {who.Address}. To choose a new password, open this page within an hour:\n{link}\n\nIf it was not you, ignore this mail."
                : $"{who.Address} のパスワード再設定を受け付けました。\n下記のページから1時間以内に新しいパスワードを設定してください。\n{link}\n\nお心当たりのない場合は、このメールを破棄してください。").Done();
        }
    }

    private static IEnumerable<RightCase> Contracts()
    {
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("contract", n, "2021-01-27-kyushu-electric-td", mix: n % 2 == 0 ? AudienceMix.OneEach : AudienceMix.Consumers);
            var who = desk.First;
            yield return desk.To(who, "契約書の送付", "契約書の案をお送りします。内容をご確認のうえ、ご返送ください。",
                Papers.Of(n % 2, "業務委託契約書", [
                    "業務委託契約書", $"{desk.Firm}（以下「甲」という。）と{(who.Company.Length > 0 ? who.Company : who.Name)}（以下「乙」という。）とは、次のとおり契約を締結する。",
                    "第1条（目的） 甲は乙に対し、翻訳の業務を委託し、乙はこれを受託する。", "第2条（期間） 2024年7月1日から2025年6月30日までとする。", "第3条（報酬） 月額300,000円（消費税別）とする。",
                    "第4条（秘密保持） 甲及び乙は、本契約に関して知り得た秘密を第三者に漏らしてはならない。", "", "2024年6月1日", $"甲 東京都千代田区架空町1-2-3 {desk.Firm} 代表取締役 見本 一郎",
                    $"乙 {Rows.Postal(who)} {who.Name}",
                ])).Done();
        }
    }

    // The same table of personal data as in the leaks, but of one row: the recipient's.
    private static IEnumerable<RightCase> Members()
    {
        string[] mirrors = ["2006-12-15-kodansha", "2006-12-08-trenders", "2005-10-07-kaigai-kaihatsu-center", "2006-10-12-careerbrain", "2005-05-26-polytech-gunma", "2006-07-25-nhk-hiroshima"];
        for (var n = 1; n <= 6; n++)
        {
            var incident = Catalogue.Embedded.Find(mirrors[n - 1])!;
            var desk = new Desk("own-row", n, incident.Id);
            string[] columns = [.. incident.Replay.Attachment.Columns.Where(c => c is not ("card_number" or "card_expiry" or "emergency_contact" or "guardian"))];
            var row = Rows.List("登録内容", columns, [desk.First]);
            yield return desk.To(desk.First, "ご登録内容の確認のお願い", "現在のご登録内容をお送りします。お変わりのある場合はお知らせください。",
                Papers.List(n, "登録内容", row, desk.Style)).Done();
        }
    }

    private static IEnumerable<RightCase> Resumes()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("resume", n, "2005-05-26-polytech-gunma", outside: 2, mix: AudienceMix.OneEach);
            var candidate = desk.Outside[1];
            yield return desk.To(desk.First, "ご紹介する方の職務経歴書", "ご依頼の職種に合う方を1名ご紹介します。職務経歴書をお送りします。",
                Papers.Of(n, "職務経歴書", ["職務経歴書", $"氏名：{candidate.Name}", $"年齢：{30 + n}歳", "希望職種：溶接工", "2010年4月 架空製作所 入社", "2020年3月 同社 退職", "資格：アーク溶接作業者", "自己PR：まじめに取り組みます。"])).Done();
        }
    }
}
