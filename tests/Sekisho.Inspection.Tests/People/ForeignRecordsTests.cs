using System.Text;

namespace Sekisho.Inspection.Tests;

/// <summary>Whose records go to whom. Tables stand in a CSV file, papers in a text file.</summary>
public sealed class ForeignRecordsTests
{
    private static Finding? See(string file, string text = "資料をお送りします。", string to = "鈴木一郎 <x1@minato.example>", string name = "data.csv", RuleSettings? settings = null)
        => new Look { To = [to.Contains('<', StringComparison.Ordinal) ? to[(to.IndexOf('<', StringComparison.Ordinal) + 1)..^1] : to], Settings = settings ?? new() }
            .Findings("foreign-records", Mail(file, text, to, name)) is [var first, ..] ? first : null;

    private static string Mail(string file, string text, string to, string name)
        => $"From: sender@home.example\nTo: {to}\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b\n"
            + $"Content-Type: {(name.EndsWith(".csv", StringComparison.Ordinal) ? "text/csv" : "text/plain")}; charset=utf-8\nContent-Disposition: attachment; filename={name}\nContent-Transfer-Encoding: base64\n\n"
            + $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(file), Base64FormattingOptions.InsertLineBreaks)}\n--b--\n";

    private static string Table(string header, int rows, Func<int, string> row) => $"{header}\r\n{string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\r\n"))}";

    private static string Plants(int rows, int firms) => Table("契約者名,発電所名,受電地点特定番号,所在地", rows, i => $"株式会社見本発電{i % firms + 1},見本第{i + 1}発電所,{1000000 + i},福岡県福岡市博多区例示{i + 1}");

    [Fact]
    public void Other_producers_plants_are_not_the_recipients()
    {
        var finding = See(Plants(300, 109), "株式会社みなと商事\n鈴木様\n\n契約更新の資料です。");

        Assert.Equal((Severity.Critical, 300, 109), (finding!.Severity, finding.Measures["records"], finding.Measures["owners"]));
        Assert.Equal(["x1@minato.example"], finding.Recipients);
    }

    [Theory]
    [InlineData("顧客名,顧客番号,業種,売上,貸出残高", "株式会社顧客{0},{0}00,卸売,1000,2000")]
    [InlineData("取引先名,口座番号,請求額", "顧客{0}有限会社,123456{0},5000")]
    [InlineData("得意先,売上金額", "得意先{0}商店,5000")]
    [InlineData("customer_name,customer_no,loan_balance", "Firm {0}x Inc.,1000{0},9000")]
    [InlineData("会社名,契約番号,契約日", "会社{0}工業,K-100{0},2026-01-01")]
    [InlineData("No,お客様名,注文番号", "{0},株式会社注文{0},A100{0}")]
    public void Customers_with_what_is_nobody_elses_business(string header, string row)
    {
        var finding = See(Table(header, 30, i => string.Format(null, row, i)));

        Assert.Equal((Severity.High, 30), (finding!.Severity, finding.Measures["records"]));
    }

    [Theory]
    [InlineData("品番,品名,単価", "A-{0},部品{0},100")]
    [InlineData("メーカー,型式,価格", "株式会社メーカー{0},X{0},100")]
    [InlineData("会社名,住所,電話番号,業種", "株式会社会社{0},東京都港区{0},03-0000-0000,卸売")]
    [InlineData("会社名,売上高,純利益", "株式会社会社{0},5000,100")]
    [InlineData("店舗名,住所,営業時間", "架空店{0},大阪府大阪市,10-20時")]
    [InlineData("チーム名,得点,失点", "チーム{0},3,1")]
    [InlineData("出展社名,ブース番号,展示内容", "株式会社出展{0},A-{0},機械")]
    [InlineData("公演日,会場,定員", "2026-01-{0},第{0}会場,100")]
    [InlineData("company,country,website", "Firm {0}x Inc.,Japan,www.firm.example")]
    public void Public_lists_pass(string header, string row) => Assert.Null(See(Table(header, 60, i => string.Format(null, row, i))));

    [Fact]
    public void A_companys_own_records_are_its_own()
    {
        var text = "株式会社みなと商事\n鈴木様\n\n御社の設備一覧です。";
        var own = Table("契約者名,発電所名,受電地点特定番号", 40, i => $"みなと商事株式会社,第{i}発電所,{1000 + i}");

        Assert.Null(See(own, text));
        Assert.Null(See(own.Replace("みなと商事株式会社,第7発", "株式会社ほか,第7発", StringComparison.Ordinal), text));
        Assert.Null(See(own, "資料です。", settings: new() { Companies = [new(["みなと商事"], ["minato.example"])] }));
        Assert.Null(See(Table("顧客名,契約番号", 20, i => $"Minato Inc.,{i}00"), "資料です。"));
    }

    [Fact]
    public void Few_other_owners_are_noted_only_where_the_recipient_is_known()
    {
        Assert.Equal(Severity.Low, See(Plants(20, 2), "株式会社みなと商事\n鈴木様")!.Severity);
        Assert.Null(See(Plants(20, 2), "資料です。", "x1@minato.example"));
    }

    private static string Paper(string name, string number = "お客様番号  12345") => $"取引報告書\n\n{number}\nお名前  {name}\n取引回数  3\n預り金残高  120000\n";

    [Theory]
    [InlineData("佐藤 花子 様", "鈴木一郎 <x1@gmail.com>", "鈴木一郎様\n\n報告書です。")]
    [InlineData("佐藤 花子", "鈴木一郎 <x1@gmail.com>", "報告書です。")]
    [InlineData("佐藤 花子 様", "x1@gmail.com", "鈴木一郎様\n\n報告書です。")]
    [InlineData("佐藤 花子 様", "suzuki@client.example", "報告書です。")]
    public void A_paper_made_out_to_somebody_else(string name, string to, string text)
    {
        var finding = See(Paper(name), text, to, "report.txt");

        Assert.Equal((Severity.High, 1), (finding!.Severity, finding.Measures["addressee"]));
        Assert.DoesNotContain("花子", string.Concat(finding.Evidence) + finding.Summary.Ja, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("鈴木 一郎 様", "鈴木一郎 <x1@gmail.com>", "鈴木一郎様\n\n報告書です。")]
    [InlineData("鈴木 花子 様", "鈴木一郎 <x1@gmail.com>", "報告書です。")]
    [InlineData("佐藤 花子 様", "x1@gmail.com", "報告書です。")]
    [InlineData("佐藤 花子 様", "x1@gmail.com", "佐藤様\n\n報告書です。")]
    [InlineData("佐藤 花子 様", "sato@client.example", "報告書です。")]
    [InlineData("佐藤 花子 様", "\"みなと商事 経理部\" <keiri@minato.example>", "報告書です。")]
    [InlineData("斎藤 花子 様", "齋藤花子 <x1@gmail.com>", "報告書です。")]
    [InlineData("Sato Hanako", "佐藤花子 <x1@gmail.com>", "報告書です。")]
    public void A_paper_of_his_own_or_of_nobody_known(string name, string to, string text) => Assert.Null(See(Paper(name), text, to, "report.txt"));

    [Theory]
    [InlineData("お見積書\n佐藤 花子 様\n合計 120000円\n")]
    [InlineData("株式会社みどり 御中\nお客様番号  12345\nお名前  佐藤 花子 様\n")]
    [InlineData("お客様番号  12345\nお名前  佐藤 花子 様\nお名前  田中 太郎 様\n")]
    [InlineData("お客様番号  12345\n部品 A\n部品 B\n")]
    [InlineData("議事録\n出席者 佐藤様、田中様\n会員番号の付け方について\n")]
    public void Papers_that_are_no_statement_to_one_customer(string paper) => Assert.Null(See(paper, "鈴木一郎様\n\n資料です。", "鈴木一郎 <x1@gmail.com>", "paper.txt"));

    private static Finding? Login(string text, string to = "x1@gmail.com")
        => new Look { To = [to] }.Findings("foreign-records", Look.Plain(text, $"To: {to}\n")) is [var first, ..] ? first : null;

    [Theory]
    [InlineData("ご登録ありがとうございます。\n\nログイン用アドレス: other@yahoo.co.jp\nパスワード: pw3f2a")]
    [InlineData("ユーザーＩＤ：other@other.example\n\nパスワード：Ab3dEf9")]
    [InlineData("Login: other@other.example\nPassword: hunter22")]
    [InlineData("パスワード: pw3f2a\nご登録メールアドレス: other@yahoo.co.jp")]
    public void Somebody_elses_login(string text) => Assert.Equal(1, Login(text)!.Measures["login"]);

    [Theory]
    [InlineData("ログイン用アドレス: x1@gmail.com\nパスワード: pw3f2a")]
    [InlineData("ログイン用アドレス: X1@Gmail.com\nパスワード: pw3f2a")]
    [InlineData("ログイン用アドレス: other@yahoo.co.jp")]
    [InlineData("ログイン用アドレス: other@yahoo.co.jp\nパスワードをお忘れの方はこちら")]
    [InlineData("ログイン用アドレス: other@yahoo.co.jp\nパスワード: https://home.example/reset")]
    [InlineData("お問い合わせ: support@other.example\nパスワード: pw3f2a")]
    [InlineData("ログイン: someone@home.example\nパスワード: pw3f2a")]
    [InlineData("> ログイン: other@yahoo.co.jp\n> パスワード: pw3f2a")]
    [InlineData("ログイン用アドレス: other@yahoo.co.jp\n1\n2\n3\n4\n5\n6\nパスワード: pw3f2a")]
    public void His_own_or_none(string text) => Assert.Null(Login(text));

    [Fact]
    public void A_colleagues_login_is_his_houses() => Assert.Null(Login("ログイン: hanako@client.example\nパスワード: pw3f2a", "taro@client.example"));

    [Fact]
    public void Hostile_tables_end()
    {
        var wide = string.Join(',', Enumerable.Repeat("契約者名", 5_000)) + "\r\n" + string.Join(',', Enumerable.Range(0, 5_000));
        Assert.Null(See(wide + "\r\n" + new string(',', 100_000)));
        Assert.NotNull(See(Plants(20_000, 15_000)));
    }
}
