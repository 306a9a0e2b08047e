using System.Globalization;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>Texts without persons that a pattern trips over.</summary>
internal static class NearMissTexts
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        new("source code", 4, SourceCode, Prose: true),
        new("log", 4, Log, Prose: true),
        new("menu", 3, Menu, Prose: true),
        new("invoice", 5, Invoice, Prose: true),
        new("references", 3, References, Prose: true),
        new("newsletter", 5, Newsletter, Prose: true),
        new("manual", 4, Manual, Prose: true),
        new("company profile", 3, Profile, Prose: true),
        new("contract form", 3, BlankForm, Prose: true),
        new("numbers in text", 3, NumbersInText, Prose: true),
        new("thread of mails", 3, ProseLayouts.Thread, Prose: true),
    ];

    private static Made Text(IEnumerable<string> lines, int tolerated = 0, DataKinds may = DataKinds.None) => new(Document.Prose(lines), Parts.None(tolerated, may));

    private static Made SourceCode(Draft d)
    {
        List<string> text = [];
        for (var n = d.Size(2, 60); n > 0; n--)
        {
            var name = d.Dice.Of("user", "customer", "order", "item", "address", "employee");
            text.AddRange(d.Dice.Next(3) switch
            {
                0 => new[] { $"public sealed class {char.ToUpperInvariant(name[0]) + name[1..]}Repository", "{", $"    private const int Limit = {d.Dice.Digits(5)};", $"    // 氏名・住所・電話番号を検索する", $"    public string Find(string name, string phone) => _db.Query(\"select name, phone, email from {name} where id = @id\");", "}", "" },
                1 => [$"def load_{name}(path):", $"    \"\"\"Load {name} records.\"\"\"", "    with open(path, encoding='cp932') as f:", $"        return [line.split(',')[{d.Dice.Next(9)}] for line in f]  # 姓, 名, フリガナ", ""],
                _ => [$"CREATE TABLE {name} (id BIGINT PRIMARY KEY, name VARCHAR(80), email VARCHAR(255), birth_date DATE);", $"CREATE INDEX ix_{name}_{d.Dice.Digits(4)} ON {name}(email);", ""],
            });
        }

        return Text(text);
    }

    private static Made Log(Draft d)
    {
        var text = Enumerable.Range(0, d.Size(10, 3000)).Select(i =>
            $"2024-{d.Dice.Between(1, 12):00}-{d.Dice.Between(1, 28):00}T{d.Dice.Between(0, 23):00}:{d.Dice.Between(0, 59):00}:{d.Dice.Between(0, 59):00}.{d.Dice.Digits(3)}Z {d.Dice.Of("INFO", "WARN", "DEBUG")} [{d.Dice.Of("http", "worker-3", "scheduler")}] {d.Dice.Of($"GET /items/{d.Dice.Digits(8)} 200 {d.Dice.Digits(3)}ms", $"job {Guid(d.Dice)} finished in {d.Dice.Digits(4)} ms", $"198.51.100.{d.Dice.Between(1, 254)} - session {d.Dice.Digits(16)} opened", $"batch {d.Dice.Digits(12)} skipped 0 of {d.Dice.Digits(4)}")}");
        return Text(text);
    }

    private static string Guid(Dice dice) => string.Concat(Enumerable.Range(0, 32).Select(i => (i is 8 or 12 or 16 or 20 ? "-" : "") + "0123456789abcdef"[dice.Next(16)]));

    private static Made Menu(Draft d)
    {
        List<string> text = [d.Dice.Of("本日のお品書き", "宴会コースのご案内", "テイクアウトメニュー")];
        text.AddRange(Enumerable.Range(0, d.Size(4, 40)).Select(_ => $"{d.Dice.Pick(Words.Dishes)} …… {d.Dice.Between(4, 30) * 50}円"));
        text.Add($"ご予約は {Phone(d)} まで");
        return Text(text);
    }

    private static string Phone(Draft d)
    {
        var p = Numbers.Landline(d.Dice, d.Dice.Of("東京都", "大阪府", "愛知県", "福岡県"));
        return $"{p.A}-{p.B}-{p.C}";
    }

    private static Made Invoice(Draft d)
    {
        var p = d.Maker.One();
        List<string> text =
        [
            d.Dice.Of("御請求書", "御見積書", "納品書"), $"{Companies.Draw(d.Dice)} 御中", $"発行日 {Parts.Date(d.Dice)}  No. {d.Dice.Digits(8)}",
            p.Company, $"〒{p.Postcode} {p.Address}", $"TEL {Phone(d)}  FAX {Phone(d)}", $"登録番号 T{Numbers.CorporateNumber(d.Dice)}", $"担当: {p.Family}",
        ];
        var total = 0;
        for (var n = d.Size(1, 30); n > 0; n--)
        {
            var price = d.Dice.Between(2, 400) * 50;
            total += price;
            text.Add($"{d.Dice.Pick(Words.Goods)}  1式  {price:N0}円");
        }

        text.Add($"合計 {total:N0}円 (税別)");
        text.Add($"お振込先: {p.Bank} {p.Branch} 普通 {d.Dice.Digits(7)} {p.Company}");
        return Text(text, tolerated: 1, may: DataKinds.Name | DataKinds.Phone | DataKinds.PostalAddress | DataKinds.Postcode | DataKinds.BankAccount);
    }

    private static Made References(Draft d)
    {
        var faker = new Bogus.Faker("en") { Random = new Bogus.Randomizer(d.Dice.Next(int.MaxValue)) };
        var text = Enumerable.Range(1, d.Size(5, 80)).Select(i =>
            $"[{i}] {faker.Name.LastName()}, {faker.Name.FirstName()[0]}., {faker.Name.LastName()}, {faker.Name.FirstName()[0]}.: {d.Dice.Of("On the stability of shallow nets", "A survey of coastal erosion", "Notes on queueing", "Fast indexing of strings", "The chemistry of tea")}. {d.Dice.Of("J. Appl. Sci.", "Proc. Conf. Sys.", "Trans. Geo.")} {d.Dice.Between(1, 60)}({d.Dice.Between(1, 12)}), {d.Dice.Between(1, 300)}-{d.Dice.Between(301, 600)} ({d.Dice.Between(1970, 2023)}). doi:10.{d.Dice.Digits(4)}/{d.Dice.Digits(8)}");
        return Text(text);
    }

    private static Made Newsletter(Draft d)
    {
        List<string> text = ["━━━━━━━━━━━━━━━━━━", $"◆ {d.Dice.Of("みどり通信", "駅前商店街だより", "技術ニュース")} 第{d.Dice.Between(2, 300)}号 ◆", "━━━━━━━━━━━━━━━━━━"];
        for (var n = d.Size(2, 20); n > 0; n--)
        {
            text.Add($"■ {d.Dice.Of("春の感謝セール開催のお知らせ", "新商品のご案内", "無料セミナーを開催します", "サイト更新情報", "営業時間変更のお知らせ")}");
            text.Add($"{d.Dice.Pick(Words.Goods)}が今だけ{d.Dice.Between(5, 50)}%引き。{d.Dice.Of("青山店", "大森店", "千葉店", "福島店")}でも取り扱っております。詳しくは https://www.example.com/news/{d.Dice.Digits(6)} をご覧ください。");
            text.Add("");
        }

        text.AddRange(["配信停止は下記よりお手続きください。", "https://www.example.com/unsubscribe", $"発行: {Companies.Draw(d.Dice)}  お問い合わせ: info@example.com / {Phone(d)}"]);
        return Text(text);
    }

    private static Made Manual(Draft d)
    {
        List<string> text = [d.Dice.Of("操作マニュアル", "個人情報取扱規程", "研修資料")];
        for (var n = d.Size(3, 60); n > 0; n--)
        {
            text.Add(d.Dice.Of("氏名、住所、電話番号、メールアドレスを入力し、「登録」を押してください。", "パスワードは8文字以上で、英字と数字を組み合わせてください。", "マイナンバーを取り扱う場合は、所定の手続きに従うこと。", "クレジットカード番号をメールで送信してはならない。",
                "生年月日は西暦で入力します (例: 1990/01/01)。", "病歴等の要配慮個人情報は、本人の同意なく取得しない。", "お客様の声を大切にし、サービス向上に努めます。", "ご記入例: 山田 太郎", "郵便番号は7桁で入力します (例: 123-4567)。"));
        }

        return Text(text, tolerated: 1, may: DataKinds.Name | DataKinds.BirthDate | DataKinds.Postcode);
    }

    private static Made Profile(Draft d)
    {
        var p = d.Maker.One();
        return Text([
            "会社概要", $"商号: {p.Company}", $"本社所在地: 〒{p.Postcode} {p.Address}", $"代表電話: {Phone(d)}", $"設立: {Parts.Date(d.Dice)}", $"資本金: {d.Dice.Between(1, 90)}00万円", $"法人番号: {Numbers.CorporateNumber(d.Dice)}",
            $"従業員数: {d.Dice.Between(5, 3000)}名 (平均年齢 {d.Dice.Between(30, 45)}.{d.Dice.Next(10)}歳)", $"事業内容: {d.Dice.Of("電子部品の製造", "食品の卸売", "業務用ソフトウェアの開発")}", "お問い合わせ: contact@example.co.jp",
        ]);
    }

    private static Made BlankForm(Draft d) => Text([
        d.Dice.Of("入会申込書 (未記入)", "業務委託契約書 (ひな形)", "アンケート用紙"), "氏名:", "フリガナ:", "生年月日:    年  月  日", "住所: 〒   -", "電話番号:    -    -", "メールアドレス:        @", "勤務先:", "ご希望のコースに○を付けてください: A・B・C", $"ご提出先: {Companies.Draw(d.Dice)} {d.Dice.Pick(Words.Departments)}",
    ]);

    private static Made NumbersInText(Draft d)
    {
        List<string> text = ["出荷のご連絡"];
        for (var n = d.Size(3, 100); n > 0; n--)
        {
            text.Add(d.Dice.Next(5) switch
            {
                0 => $"お問い合わせ伝票番号: {d.Dice.Digits(4)}-{d.Dice.Digits(4)}-{d.Dice.Digits(4)}",
                1 => $"管理番号 {d.Dice.Digits(12)} を出荷しました。",
                2 => $"製造ロット {d.Dice.Digits(16)}",
                3 => $"JAN {Numbers.Jan(d.Dice)} / 型番 {d.Dice.Digits(3)}-{d.Dice.Digits(4)}",
                _ => $"注文番号 {d.Dice.Digits(3)}-{d.Dice.Digits(7)}-{d.Dice.Digits(7)} ({d.Dice.Pick(Words.Goods)})",
            });
        }

        return Text(text);
    }
}
