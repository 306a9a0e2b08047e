using System.Globalization;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>Tables that look like lists of persons to a pattern, and hold none.</summary>
internal static class NearMissTables
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        new("product codes", 5, Products),
        new("JAN and ISBN", 4, Books),
        new("orders", 4, Orders),
        new("serial numbers", 3, Serials),
        new("shops", 4, Shops),
        new("companies", 5, CompanyList),
        new("sports results", 4, Results),
        new("price list", 4, Prices),
        new("statistics", 4, Statistics),
        new("timetable", 3, Timetable),
        new("measurements", 3, Measurements),
        new("hex and genome", 2, Hex),
        new("glossary", 3, Glossary),
        new("place names", 3, PlaceNames),
        new("goods with family names", 5, NamedGoods),
        new("schedule", 3, Schedule),
        new("inventory", 3, Inventory),
    ];

    private static Made Table(Draft d, string[] headers, Func<int, Cell[]> row, int low = 3, int high = 3000, DataKinds may = DataKinds.None)
    {
        var grid = new Grid();
        if (d.Dice.Chance(25))
            grid.Add(d.Dice.Of("一覧表", "2024年度版", "社外配布可", "参考資料"));
        if (d.Dice.Chance(88))
            grid.Add(headers.Select(h => (Cell)h));
        var size = d.Size(low, high);
        for (var i = 0; i < size; i++)
            grid.Add(row(i));
        return new Made(Document.Book(grid, d.Dice.Of("Sheet1", "一覧", "data")), Parts.None(mayShow: may));
    }

    private static Made Products(Draft d) => Table(d, ["品番", "品名", "規格", "単価", "在庫"],
        _ => [$"{d.Dice.Of("AB", "KX", "TR", "ZZ")}-{d.Dice.Digits(4)}-{d.Dice.Digits(3)}", d.Dice.Pick(Words.Goods), d.Dice.Of("φ6", "M8×20", "A4", "白", "L"), Cell.Of(d.Dice.Between(10, 90_000)), Cell.Of(d.Dice.Next(500))]);

    private static Made Books(Draft d) => d.Dice.Chance(50)
        ? Table(d, ["JANコード", "商品名", "税込価格"], _ => [Numbers.Jan(d.Dice), d.Dice.Pick(Words.Goods), $"¥{d.Dice.Between(100, 20_000):N0}"])
        : Table(d, ["ISBN", "書名", "本体価格", "刊行年"], _ => [Numbers.Isbn(d.Dice), d.Dice.Of("入門 統計学", "はじめての簿記", "やさしい英文法", "日本の地形", "植物図鑑", "データベース設計", "鉄道時刻表の歴史"), Cell.Of(d.Dice.Between(8, 60) * 100), Cell.Of(d.Dice.Between(1980, 2024))]);

    // Order and tracking numbers have as many digits as cards and MyNumbers; some pass the check digit by chance, as in life.
    private static Made Orders(Draft d) => Table(d, ["注文番号", "伝票番号", "商品", "数量", "金額", "出荷日"],
        _ => [d.Dice.Between(100, 999) + "-" + d.Dice.Digits(7) + "-" + d.Dice.Digits(7), d.Dice.Digits(12), d.Dice.Pick(Words.Goods), Cell.Of(d.Dice.Between(1, 20)), Cell.Of(d.Dice.Between(300, 90_000)), $"2024/{d.Dice.Between(1, 12):00}/{d.Dice.Between(1, 28):00}"]);

    private static Made Serials(Draft d) => Table(d, ["シリアル番号", "型式", "製造番号", "検査日", "判定"],
        _ => [$"SN{d.Dice.Digits(10)}", d.Dice.Of("X-100", "X-200A", "RT-9"), d.Dice.Digits(16), $"20{d.Dice.Between(10, 24)}-{d.Dice.Between(1, 12):00}-{d.Dice.Between(1, 28):00}", d.Dice.Of("合格", "合格", "再検")]);

    private static Made Shops(Draft d)
    {
        return Table(d, ["店舗名", "郵便番号", "所在地", "電話番号", "営業時間"], _ =>
        {
            var p = d.Maker.One();
            return [Companies.Shop(d.Dice), p.Postcode, p.FullAddress, $"{p.Phone.A}-{p.Phone.B}-{p.Phone.C}", d.Dice.Of("9:00-18:00", "10:00-21:00", "24時間")];
        }, 3, 1500);
    }

    private static Made CompanyList(Draft d)
    {
        return Table(d, ["法人番号", "会社名", "所在地", "代表電話", "資本金(千円)"], _ =>
        {
            var p = d.Maker.One();
            return [Numbers.CorporateNumber(d.Dice), p.Company, p.Address, $"{p.Phone.A}-{p.Phone.B}-{p.Phone.C}", Cell.Of(d.Dice.Between(1, 100) * 1000)];
        }, 3, 1500);
    }

    private static Made Results(Draft d) => d.Dice.Next(3) switch
    {
        0 => Table(d, ["日程", "ホーム", "得点", "アウェイ", "会場"], i => [$"第{i + 1}節", d.Dice.Pick(Words.Teams), $"{d.Dice.Next(6)}-{d.Dice.Next(6)}", d.Dice.Pick(Words.Teams), d.Dice.Of("市営球場", "中央公園", "県営陸上競技場")], 4, 400),
        1 => Table(d, ["着順", "馬番", "馬名", "タイム", "着差"], i => [Cell.Of(i % 18 + 1), Cell.Of(d.Dice.Between(1, 18)), d.Dice.Pick(Words.Horses), $"{d.Dice.Between(1, 2)}:{d.Dice.Between(10, 59)}.{d.Dice.Next(10)}", d.Dice.Of("クビ", "1/2", "1 1/4", "ハナ")], 4, 180),
        _ => Table(d, ["順位", "学校名", "記録", "備考"], i => [Cell.Of(i + 1), d.Dice.Pick(Words.Schools), $"{d.Dice.Between(10, 59)}.{d.Dice.Digits(2)}", d.Dice.Of("", "大会新")], 4, 60),
    };

    private static Made Prices(Draft d) => Table(d, ["商品名", "定価", "会員価格", "割引率"], _ =>
    {
        var price = d.Dice.Between(3, 900) * 100;
        return [d.Dice.Pick(Words.Goods), $"{price:N0}円", $"{price * 9 / 10:N0}円", "10%"];
    });

    private static Made Statistics(Draft d)
    {
        var headers = d.Dice.Of<string[]>(["都道府県", "人口", "世帯数", "15歳未満", "65歳以上"], ["都道府県", "男", "女", "計", "平均年齢"], ["都道府県", "事業所数", "従業者数", "売上高(百万円)", "前年比"]);
        return Table(d, headers, i => [Words.Prefectures[i % 47], Cell.Of(d.Dice.Between(500_000, 13_000_000)), Cell.Of(d.Dice.Between(200_000, 6_000_000)), Cell.Of(d.Dice.Between(50_000, 900_000)), $"{d.Dice.Between(20, 60)}.{d.Dice.Next(10)}"], 47, 47);
    }

    private static Made Timetable(Draft d) => Table(d, ["駅名", "1便", "2便", "3便", "4便"], i =>
        [Words.Stations[i % Words.Stations.Length], $"{6 + i % 12}:{d.Dice.Between(0, 59):00}", $"{7 + i % 12}:{d.Dice.Between(0, 59):00}", $"{8 + i % 12}:{d.Dice.Between(0, 59):00}", d.Dice.Of("レ", "||", "10:15")], 8, 80);

    private static Made Measurements(Draft d) => Table(d, ["測定日時", "温度(℃)", "湿度(%)", "気圧(hPa)", "風向"],
        i => [$"2024-05-{(i / 48 % 28) + 1:00} {i / 2 % 24:00}:{i % 2 * 30:00}", $"{d.Dice.Between(5, 35)}.{d.Dice.Next(10)}", Cell.Of(d.Dice.Between(20, 99)), $"10{d.Dice.Digits(2)}.{d.Dice.Next(10)}", d.Dice.Of("北", "南西", "東", "西北西")]);

    private static Made Hex(Draft d) => Table(d, ["id", "sha256", "sequence"],
        i => [Cell.Of(i), string.Concat(Enumerable.Range(0, 64).Select(_ => "0123456789abcdef"[d.Dice.Next(16)])), string.Concat(Enumerable.Range(0, 40).Select(_ => "ACGT"[d.Dice.Next(4)]))], 3, 800);

    private static Made Glossary(Draft d)
    {
        string[][] terms =
        [
            ["減価償却", "げんかしょうきゃく", "固定資産の費用を使用期間に配分すること"], ["林地開発", "りんちかいはつ", "森林を他の用途に転用する行為"], ["原価", "げんか", "製造に要した費用"],
            ["上野毛", "かみのげ", "地名の読みの例"], ["公図", "こうず", "登記所に備える地図"], ["田中線", "たなかせん", "旧軽便鉄道の通称"], ["高橋脚", "こうきょうきゃく", "高い橋を支える柱"], ["和田堀", "わだぼり", "遊水池の名"],
            ["石井式", "いしいしき", "測定法の一つ"], ["森林簿", "しんりんぼ", "森林の現況を記した帳簿"], ["平井戸", "ひらいど", "浅い井戸"], ["木下闇", "こしたやみ", "夏の季語"],
        ];
        return Table(d, ["用語", "読み", "意味"], i => [.. terms[i % terms.Length].Select(t => (Cell)t)], 6, 40);
    }

    private static Made PlaceNames(Draft d) => d.Dice.Chance(50)
        ? Table(d, ["郵便番号", "都道府県", "市区町村", "町域"], _ =>
        {
            var place = d.Dice.Pick(PersonMaker.Lines(Places.Common)).Split('|');
            return [place[3], place[0], place[1], place[2]];
        }, 5, 1000)
        : Table(d, ["地区名", "バス停", "所要時間(分)"], _ => [d.Dice.Of("宮崎台", "川崎", "山口", "千葉", "福島", "石川町", "長野原", "松本平", "高山"), d.Dice.Pick(Words.Stations) + d.Dice.Of("三丁目", "駅前", "公園", ""), Cell.Of(d.Dice.Between(2, 70))], 5, 200);

    private static Made NamedGoods(Draft d) => Table(d, d.Dice.Of<string[]>(["商品名", "単価", "数量", "小計"], ["名称", "価格", "在庫数", "発注点"]), _ =>
    {
        var price = d.Dice.Between(3, 80) * 100;
        var n = d.Dice.Between(1, 12);
        return [d.Dice.Pick(Words.NamedGoods), Cell.Of(price), Cell.Of(n), Cell.Of(price * n)];
    }, 3, 600);

    private static Made Schedule(Draft d) => Table(d, ["開始", "終了", "作業内容", "担当部署", "状態"],
        i => [$"{i / 30 % 12 + 1}/{i % 28 + 1} 9:00", $"{i / 30 % 12 + 1}/{i % 28 + 1} 17:00", d.Dice.Of("設計レビュー", "結合試験", "棚卸", "消防訓練", "ホームページ更新", "空調点検"), d.Dice.Pick(Words.Departments), d.Dice.Of("完了", "進行中", "未着手")], 3, 300);

    private static Made Inventory(Draft d) => Table(d, ["資産番号", "名称", "設置場所", "IPアドレス", "MACアドレス", "購入日"],
        _ => [$"FA{d.Dice.Digits(6)}", d.Dice.Of("ノートPC", "複合機", "スイッチ", "サーバー", "プロジェクター"), d.Dice.Of("3F 会議室", "倉庫A", "データセンター", "受付"), $"192.0.2.{d.Dice.Between(1, 254)}", string.Join(':', Enumerable.Range(0, 6).Select(_ => d.Dice.Next(256).ToString("x2", CultureInfo.InvariantCulture))), $"20{d.Dice.Between(10, 24)}/{d.Dice.Between(1, 12)}/{d.Dice.Between(1, 28)}"], 3, 900);
}
