namespace Sekisho.Incidents;

/// <summary>The daily mail of an office: minutes, agendas, quotations, invoices, appointments, words with a long signature.</summary>
internal static class OfficeMail
{
    public static IEnumerable<RightCase> Cases() => [.. Minutes(), .. Agendas(), .. Quotations(), .. Invoices(), .. Signatures(), .. Appointments(), .. Inside(), .. Talk()];

    private static IEnumerable<RightCase> Minutes()
    {
        for (var n = 1; n <= 8; n++)
        {
            var desk = new Desk("minutes", n, mix: AudienceMix.OneEach, inside: 4, english: n == 8);
            var who = desk.First;
            var staff = desk.Cast.People.Where(p => p.Inside).ToList();
            string[] lines =
            [
                "議事録", "日時：2024年6月3日 10時00分～11時30分", "場所：弊社 第2会議室", $"出席者（{who.Company}）：{who.Name}様", $"出席者（弊社）：{string.Join("、", staff.Select(p => p.Name.Split(' ')[0]))}", "",
                "1. 前回の宿題の確認", $"　{staff[0].Name.Split(' ')[0]}より、納期の見通しについて説明した。", "2. 仕様の確認", "　画面の色は見本どおりとする。", "3. 次回", "　6月17日(月) 10時から。", "", $"記録：{staff[1].Name}",
            ];
            if (n % 3 == 0)
            {
                yield return desk.To(who, "議事録の件", string.Join('\n', lines)).Done();
                continue;
            }

            yield return desk.To(who, desk.English ? "Minutes of our meeting" : "議事録のご送付", desk.English ? "Please find attached the minutes of our meeting." : "先日の打ち合わせの議事録を添付いたします。",
                Papers.Of(n % 2, "議事録", lines)).Done();
        }
    }

    private static IEnumerable<RightCase> Agendas()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("agenda", n, mix: AudienceMix.OneEach, inside: 6, english: n == 4);
            var staff = desk.Cast.People.Where(p => p.Inside);
            yield return desk.To(desk.First, desk.English ? "Agenda for Monday" : "次回打ち合わせの議題", desk.English
                ? $"Agenda\n10:00 Opening\n10:10 Schedule\n11:00 Open questions\n\nAttending: {string.Join(", ", staff.Select(Desk.Latin))}"
                : $"次回の議題をお知らせします。\n\n・10時00分 開会\n・10時10分 進み具合\n・11時00分 課題\n\n弊社出席者：{string.Join("、", staff.Select(p => $"{p.Name}（{(p.Index % 2 == 0 ? "営業部" : "技術部")}）"))}").Done();
        }
    }

    private static IEnumerable<RightCase> Quotations()
    {
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("quotation", n, mix: AudienceMix.OneEach, english: n == 6);
            var who = desk.First;
            yield return desk.To(who, desk.English ? $"Quotation Q-{2400 + n}" : $"御見積書（Q-{2400 + n}）", desk.English ? "Please find attached our quotation." : "ご依頼の見積書を添付いたします。ご検討のほどお願いいたします。",
                Papers.Of(n % 3, "御見積書", [
                    "御見積書", $"宛先：{who.Company} 御中", $"ご担当：{who.NameSama}", $"見積番号：Q-{2400 + n}", "件名：事務用品一式", "金額：1234000", "消費税：123400", "有効期限：発行後30日",
                    $"発行：{desk.Firm} 〒100-0001 東京都千代田区架空町1-2-3", $"担当：{desk.Staff.Name} 電話 03-0000-0001",
                ])).Done();
        }
    }

    private static IEnumerable<RightCase> Invoices()
    {
        for (var n = 1; n <= 8; n++)
        {
            var desk = new Desk("invoice", n, mix: AudienceMix.OneEach, english: n > 6);
            var who = desk.First;
            yield return desk.To(who, desk.English ? $"Invoice {2400 + n}" : "6月分ご請求書", desk.English ? "Please find attached our invoice." : "6月分の請求書をお送りします。",
                Papers.Of(n, "請求書", [
                    "請求書", $"請求先：{who.Company} 御中", $"請求番号：{20_240_600 + n}", $"登録番号：T{7_010_001_000_010L + n}", "ご請求額：1357400", "お支払期限：2024年7月31日",
                    "お振込先：みほん銀行 架空支店 普通 1234567", $"口座名義：{desk.Firm}", $"発行：{desk.Firm} 東京都千代田区架空町1-2-3 TEL 03-0000-0001",
                ])).Done();
        }
    }

    private static IEnumerable<RightCase> Signatures()
    {
        for (var n = 1; n <= 8; n++)
        {
            var desk = new Desk("signature", n, "2007-01-16-hokuden-it", mix: n % 2 == 0 ? AudienceMix.OneEach : AudienceMix.Consumers, english: n > 6);
            yield return desk.To(desk.First, desk.English ? "Thank you" : "お礼", desk.English ? "thank you for your visit yesterday. I will call you next week."
                : $"昨日はご来社いただき、ありがとうございました。\n次回は{n + 3}日の午後に伺います。お急ぎの節は携帯(090-0000-{3000 + n:D4})までお電話ください。").Done();
        }
    }

    private static IEnumerable<RightCase> Appointments()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("invitation", n, mix: AudienceMix.OneEach, english: n == 4);
            var who = desk.First;
            var title = desk.English ? "Meeting" : "お打ち合わせ";
            var calendar = $"BEGIN:VCALENDAR\r\nPRODID:-//mihon//JA\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:{n}.right@{desk.Cast.OwnDomain}\r\nDTSTAMP:20240603T000000Z\r\n"
                + $"DTSTART:20240610T010000Z\r\nDTEND:20240610T020000Z\r\nSUMMARY:{title}\r\nORGANIZER:mailto:{desk.Staff.Address}\r\nATTENDEE;RSVP=TRUE:mailto:{who.Address}\r\n"
                + $"ATTENDEE:mailto:{desk.Cast.People[2].Address}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
            yield return desk.Send([who.Address, desk.Cast.People[2].Address], desk.Box(who), title, () => MailBody.Of("Content-Type: text/calendar; charset=UTF-8; method=REQUEST\r\nContent-Transfer-Encoding: base64\r\n",
                System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(calendar), Base64FormattingOptions.InsertLineBreaks) + "\r\n"))).Done();
        }
    }

    // Among colleagues the whole list may travel.
    private static IEnumerable<RightCase> Inside()
    {
        string[] mirrors = ["2006-12-15-kodansha", "2006-06-26-chuo-university", "2005-10-07-kaigai-kaihatsu-center", "2006-04-28-chubu-electric-internal", "2007-01-10-chiba-univ-hospital", "2018-05-18-kanagawa-bank"];
        for (var n = 1; n <= 6; n++)
        {
            var incident = Catalogue.Embedded.Find(mirrors[n - 1])!;
            var desk = new Desk("inside-only", n, incident.Id, outside: 400, inside: 5);
            var columns = incident.Replay.Attachment.Columns.Count > 0 ? incident.Replay.Attachment.Columns : ["name", "email", "address", "phone"];
            var colleagues = desk.Cast.People.Where(p => p.Inside && p != desk.Staff).ToList();
            yield return desk.Send(Stage.Addresses(colleagues), desk.Boxes(colleagues), null, "【社内限】名簿の共有", $"各位\n\n社外秘。最新の名簿を添付します。取扱いに注意してください。\n\n{desk.Signature}\n", "",
                Papers.List(n, "名簿", Rows.List("名簿", columns, desk.Outside), desk.Style)).Done();
        }
    }

    // Words that the rules look for, in sentences that mean something else.
    private static IEnumerable<RightCase> Talk()
    {
        string[] says =
        [
            "社外秘の取扱いに関する研修を開催いたします。個人情報の保護についても学びます。", "弊社は個人情報保護方針を改定しました。詳しくはホームページをご覧ください。", "パスワードの変更をお願いする不審なメールにご注意ください。弊社がパスワードをお尋ねすることはありません。",
            "マイナンバー制度の説明会のご案内です。番号をお送りいただく必要はありません。", "患者様向け講演会「心臓の病気」を開きます。お申込みは不要です。", "資料は後日お送りします。添付はございません。",
            "カード番号をメールでお送りいただかないようお願いいたします。", "The workshop covers confidential information and how to handle it.",
        ];
        for (var n = 1; n <= says.Length; n++)
        {
            var desk = new Desk("talk", n, mix: n % 2 == 0 ? AudienceMix.OneEach : AudienceMix.Consumers, english: n == says.Length);
            yield return desk.To(desk.First, desk.English ? "Workshop" : "お知らせ", says[n - 1]).Done();
        }
    }
}
