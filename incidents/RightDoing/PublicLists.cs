namespace Sekisho.Incidents;

/// <summary>Lists as long as those that leaked, of things and firms and scores: nobody's personal data.</summary>
internal static class PublicLists
{
    private static readonly string[] s_goods = ["ボールペン", "ノート", "クリップ", "封筒", "はさみ", "のり", "定規", "ふせん", "ファイル", "印鑑", "電卓", "テープ"];

    private static readonly string[] s_places = ["東京都千代田区架空町", "大阪府大阪市北区仮想", "愛知県名古屋市中区見本", "福岡県福岡市博多区例示", "北海道札幌市中央区架空", "宮城県仙台市青葉区仮想"];

    private static readonly string[] s_towns = ["千代田", "梅田", "栄", "博多", "札幌", "仙台", "横浜", "神戸", "広島", "京都"];

    public static IEnumerable<RightCase> Cases() => [.. Prices(), .. Catalogues(), .. Shops(), .. Firms(), .. Sports(), .. Statistics()];

    private static IEnumerable<RightCase> Prices()
    {
        for (var n = 1; n <= 8; n++)
        {
            var english = n == 8;
            Sheet sheet = english
                ? new("Price list", [["Item no.", "Description", "Unit", "Price (USD)", "Valid until"], .. Many(300, i => new[] { $"AB-{1000 + i}", $"Desk lamp type {i}", "pc", $"{5 + i % 90}", "2025/3/31" })])
                : new("価格表", [["商品コード", "商品名", "単位", "定価", "卸価格", "適用日"], .. Many(200 * n, i => new[] { $"AB-{1000 + i}", $"{s_goods[i % s_goods.Length]} {i}型", "個", $"{100 + i * 10}", $"{80 + i * 8}", "2024/7/1" })]);
            yield return File("price-list", n, "2005-07-26-tokio-marine-risk-consulting", english ? "Price list" : "価格表", sheet, english);
        }
    }

    private static IEnumerable<RightCase> Catalogues()
    {
        for (var n = 1; n <= 8; n++)
        {
            // Article numbers of 13 digits, lot numbers of 12, serial numbers of 16: some pass the check digit of something else by chance.
            var random = new Random(n);
            var sheet = new Sheet("商品一覧", [["JANコード", "商品名", "ロット番号", "製造番号", "入数", "発売日"], .. Many(120 * n, i => new[]
            {
                Papers.Jan(i + 1000 * n), $"{s_goods[i % s_goods.Length]} {(char)('A' + i % 6)}色", $"{random.NextInt64(100_000_000_000, 999_999_999_999)}", $"{(n % 2 == 0 ? "SN" : "")}9{random.NextInt64(100_000_000_000_000, 999_999_999_999_999)}", $"{i % 5 * 12 + 12}", $"2024/{i % 12 + 1}/{i % 28 + 1}",
            })]);
            yield return File("catalogue", n, "2005-10-07-kaigai-kaihatsu-center", "商品一覧", sheet, english: false);
        }
    }

    private static IEnumerable<RightCase> Shops()
    {
        for (var n = 1; n <= 7; n++)
        {
            var sheet = n == 7
                ? new Sheet("Branches", [["Branch", "Address", "Phone", "Opening hours"], .. Many(60, i => new[] { $"Branch {i + 1}", $"{i + 1} Kakucho, Chiyoda-ku, Tokyo", $"+81-3-0000-{i:D4}", "9:00-18:00" })])
                : new Sheet("店舗一覧", [["店舗名", "郵便番号", "住所", "電話番号", "FAX", "営業時間"], .. Many(40 * n, i => new[]
                {
                    $"{s_towns[i % s_towns.Length]}{(i / 10 == 0 ? "本" : $"第{i / 10 + 1}")}店", $"{100 + i:D3}-{i:D4}", $"{s_places[i % s_places.Length]}{i % 9 + 1}-{i % 27 + 1}-{i % 14 + 1}", $"03-0000-{i:D4}", $"03-0001-{i:D4}", "10:00～20:00",
                })]);
            yield return File("shops", n, "2006-06-20-sumitomo-forestry-sumirin", n == 7 ? "Branches" : "店舗一覧", sheet, n == 7);
        }
    }

    private static IEnumerable<RightCase> Firms()
    {
        for (var n = 1; n <= 6; n++)
        {
            var firms = Cast.Create($"right-firms-{n}", 60 * n, AudienceMix.OneEach).People;
            var sheet = new Sheet("協力会社一覧", [["会社名", "法人番号", "所在地", "代表電話", "URL"], .. firms.Select((p, i) => (IReadOnlyList<string>)
            [
                $"{p.Company}{(i < 180 ? "" : "第二")}", Corporate(i), $"{s_places[i % s_places.Length]}{i % 9 + 1}-{i % 27 + 1}", $"06-0000-{i:D4}", $"https://www.k{i:D5}.example/",
            ])]);
            yield return File("firms", n, "2021-01-27-kyushu-electric-td", "協力会社一覧", sheet, english: false);
        }
    }

    // 法人番号: the check digit stands first.
    private static string Corporate(int i)
    {
        var digits = $"0100010{i:D5}";
        var sum = 0;
        for (var p = 1; p <= 12; p++)
        {
            sum += (digits[12 - p] - '0') * (p % 2 == 1 ? 1 : 2);
        }

        return $"{9 - sum % 9}{digits}";
    }

    private static IEnumerable<RightCase> Sports()
    {
        for (var n = 1; n <= 6; n++)
        {
            // The winners by name, as they stand in the newspaper; a list of everybody who ran with his club is personal data, and may be asked about.
            var winners = Cast.Create($"right-sports-{n}", 8, AudienceMix.Consumers).People;
            var sheet = n % 2 == 0
                ? new Sheet("試合結果", [["節", "ホーム", "得点", "アウェイ", "得点", "会場"], .. Many(80, i => new[] { $"第{i / 5 + 1}節", $"FC{s_towns[i % 10]}", $"{i % 4}", $"{s_towns[(i + 3) % 10]}ユナイテッド", $"{i * 7 % 3}", "架空競技場" })])
                : new Sheet("入賞者一覧", [["順位", "ゼッケン", "選手名", "所属", "記録"], .. winners.Select((p, i) => (IReadOnlyList<string>)[$"{i + 1}", $"{200 + i}", p.Name, $"{s_towns[i % 10]}走友会", $"2:{10 + i / 2:D2}:{i * 7 % 60:D2}"])]);
            yield return File("sports", n, "2006-12-15-kodansha", sheet.Name, sheet, english: false);
        }
    }

    private static IEnumerable<RightCase> Statistics()
    {
        for (var n = 1; n <= 6; n++)
        {
            var sheet = n == 6
                ? new Sheet("Survey", [["Age group", "Men", "Women", "Total", "Share"], .. Many(30, i => new[] { $"{i * 3}-{i * 3 + 2}", $"{100 + i}", $"{120 + i}", $"{220 + 2 * i}", $"{i}.5%" })])
                : new Sheet("集計表", [["都道府県", "年齢階級", "男", "女", "計", "平均年収(千円)"], .. Many(47 * n, i => new[] { s_places[i % 6][..3], $"{i % 8 * 10}歳代", $"{1000 + i}", $"{1100 + i}", $"{2100 + 2 * i}", $"{3000 + i * 11}" })]);
            yield return File("statistics", n, "2006-06-26-chuo-university", n == 6 ? "Survey" : "集計表", sheet, n == 6);
        }
    }

    private static RightCase File(string family, int n, string mirrors, string name, Sheet sheet, bool english)
    {
        var desk = new Desk(family, n, mirrors, outside: n % 3 == 0 ? 25 : 1, mix: n % 2 == 0 ? AudienceMix.OneEach : AudienceMix.Consumers, english: english);
        var file = Papers.List(n - 1, name, sheet, desk.Style);
        var says = english ? $"Please find attached the current {name}." : $"最新の{name}を添付いたします。ご査収ください。";
        return desk.Outside.Count == 1 ? desk.To(desk.First, english ? name : $"{name}のご送付", says, file).Done()
            : desk.Send(Stage.Addresses(desk.Outside), desk.Box(desk.Staff), null, english ? name : $"{name}のご送付", $"{(english ? "Dear customers," : "お取引先各位")}\n\n{desk.Hello}\n{says}\n\n{desk.Bye}\n\n{desk.Signature}\n", "", file).Done();
    }

    private static IEnumerable<IReadOnlyList<string>> Many(int count, Func<int, string[]> row) => Enumerable.Range(0, count).Select(i => (IReadOnlyList<string>)row(i));
}
