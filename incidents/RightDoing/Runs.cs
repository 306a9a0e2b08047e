namespace Sekisho.Incidents;

/// <summary>Runs in which each mail is for the one who gets it.</summary>
internal static class Runs
{
    public static IEnumerable<RightCase> Cases() => [.. Personalised(), .. Papers13(), .. Invoices(), .. Notices(), .. Alone()];

    // Greeted by their own name and company.
    private static IEnumerable<RightCase> Personalised()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("personalised-run", n, "2006-01-23-the-r", outside: 50, mix: n % 2 == 0 ? AudienceMix.Business : AudienceMix.Consumers, english: n == 4);
            foreach (var who in desk.Outside)
            {
                desk.To(who, desk.English ? "Summer seminar" : "【ご案内】夏の講習会", desk.English ? $"we are glad to invite you to our seminar. Your number: {4000 + who.Index}" : $"夏の講習会にご招待いたします。\n受付番号：{4000 + who.Index}");
            }

            yield return desk.Done();
        }
    }

    // The daily account papers, started once.
    private static IEnumerable<RightCase> Papers13()
    {
        var incident = Catalogue.Embedded.Find("2005-08-16-dot-commodity")!;
        ListKind[] kinds = [ListKind.Pdf, ListKind.Xlsx, ListKind.Docx];
        for (var n = 1; n <= kinds.Length; n++)
        {
            var desk = new Desk("papers-run", n, incident.Id, outside: 13);
            var stage = Stage.Of(incident, 20 + n, 0);
            foreach (var who in desk.Outside)
            {
                desk.To(who, "【取引報告書】本日の残高のお知らせ", "本日のお取引の報告書をお送りします。添付ファイルをご確認ください。", RunScript.Report(stage, kinds[n - 1], who));
            }

            yield return desk.Done();
        }
    }

    private static IEnumerable<RightCase> Invoices()
    {
        for (var n = 1; n <= 3; n++)
        {
            var desk = new Desk("invoice-run", n, "2005-08-16-dot-commodity", outside: 30, mix: AudienceMix.OneEach);
            foreach (var who in desk.Outside)
            {
                desk.To(who, "6月分ご請求書", "6月分の請求書をお送りします。", Papers.Of(n - 1, "請求書", [
                    "請求書", $"請求先：{who.Company} 御中", $"ご担当：{who.NameSama}", $"請求番号：{20_240_600 + who.Index}", $"ご請求額：{(who.Index + 7) * 11_000}", "お支払期限：2024年7月31日",
                    "お振込先：みほん銀行 架空支店 普通 1234567", $"発行：{desk.Firm} 東京都千代田区架空町1-2-3 TEL 03-0000-0001",
                ]));
            }

            yield return desk.Done();
        }
    }

    // Registration notices, each with its own registrant in it.
    private static IEnumerable<RightCase> Notices()
    {
        for (var n = 1; n <= 3; n++)
        {
            var desk = new Desk("notice-run", n, "2006-07-27-gameon", outside: 40, english: n == 3);
            foreach (var who in desk.Outside)
            {
                desk.To(who, desk.English ? "Your registration" : "ご登録のお知らせ", desk.English
                    ? $"Login: {who.Address}\nMember no.: {5000 + who.Index}" : $"ご登録ありがとうございます。\n\nログイン用アドレス：{who.Address}\n会員番号：{5000 + who.Index}");
            }

            yield return desk.Done();
        }
    }

    // The announcement that showed everybody to everybody, sent to each alone.
    private static IEnumerable<RightCase> Alone()
    {
        string[] mirrors = ["2006-06-12-sega-toys", "2005-07-26-pasona", "2007-03-02-metropolitan-expressway", "2006-03-06-gonzo-rosso"];
        for (var n = 1; n <= mirrors.Length; n++)
        {
            var desk = new Desk("one-by-one", n, mirrors[n - 1], outside: 30, mix: n % 2 == 0 ? AudienceMix.Business : AudienceMix.Consumers);
            foreach (var who in desk.Outside)
            {
                desk.Send([who.Address], who.Address, null, "アンケートのお願い", $"お客様各位\n\n{desk.Hello}\nアンケートへのご協力をお願いいたします。\nhttps://www.{desk.Cast.OwnDomain}/survey\n\n{desk.Signature}\n");
            }

            yield return desk.Done();
        }
    }
}
