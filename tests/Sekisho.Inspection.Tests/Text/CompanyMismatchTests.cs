namespace Sekisho.Inspection.Tests;

public sealed class CompanyMismatchTests
{
    private static readonly RuleSettings _settings = new()
    {
        Companies =
        [
            new(["株式会社みなと商事", "Minato Trading"], ["minato.example", "*.minato.test"]), new(["みどり工業"], ["midori.example"]), new(["Acme"], ["acme.example"]), new(["ホーム製作所"], ["home.example"]),
        ],
    };

    private static Finding? See(string text, string to, params string[] recipients)
        => new Look { To = recipients.Length > 0 ? recipients : [to], Settings = _settings }.Finding("company-mismatch", Look.Plain($"{text}\n\nお世話になっております。", $"To: {to}\n"));

    [Theory]
    [InlineData("株式会社みなと商事 御中")]
    [InlineData("みなと商事株式会社\n鈴木様")]
    [InlineData("(株)みなと商事 営業部 鈴木様")]
    [InlineData("㈱みなと商事　鈴木様")]
    [InlineData("みなと商事（株）鈴木様")]
    [InlineData("みなと商事 鈴木様")]
    [InlineData("ミナト\n株式会社 みなと商事\n鈴木様")]
    [InlineData("Minato Trading Co., Ltd.\nDear Mr. Suzuki,")]
    [InlineData("Dear Minato Trading,")]
    [InlineData("ＭＩＮＡＴＯ　ＴＲＡＤＩＮＧ　Ｉｎｃ．")]
    [InlineData("Acme Inc. Sales Dept.")]
    public void A_registered_company_is_addressed_and_somebody_else_gets_it(string text)
    {
        var finding = See(text, "x1@midori.example");

        Assert.Equal((Severity.High, 1), (finding!.Severity, finding.Measures["registered"]));
        Assert.Equal(["x1@midori.example"], finding.Recipients);
    }

    [Theory]
    [InlineData("株式会社みなと商事 鈴木様", "x1@minato.example")]
    [InlineData("株式会社みなと商事 鈴木様", "x1@mail.minato.example")]
    [InlineData("株式会社みなと商事 鈴木様", "x1@osaka.minato.test")]
    [InlineData("Minato Trading Co., Ltd.", "x1@minato.example")]
    [InlineData("株式会社みなと商事様\nみどり工業株式会社様", "x1@midori.example")]
    [InlineData("お世話になっております。みなと商事の件ですが、", "x1@midori.example")]
    [InlineData("株式会社みなと商事の鈴木です。", "x1@midori.example")]
    [InlineData("株式会社みなと商事の鈴木と申します", "x1@midori.example")]
    [InlineData("https://www.minato.example/ みなと商事", "x1@midori.example")]
    [InlineData("Acmetron Inc.", "x1@midori.example")]
    [InlineData("The acme of skill", "x1@midori.example")]
    [InlineData("ホーム製作所 営業部\n鈴木様", "x1@midori.example")]
    [InlineData("株式会社あおば\n鈴木様", "x1@midori.example")]
    [InlineData("鈴木様", "x1@midori.example")]
    [InlineData("> 株式会社みなと商事 鈴木様", "x1@midori.example")]
    [InlineData("一\n二\n三\n四\n五\n株式会社みなと商事 鈴木様", "x1@midori.example")]
    public void Nothing_registered_is_addressed_or_it_is_the_recipients(string text, string recipient) => Assert.Null(See(text, recipient));

    [Fact]
    public void It_concerns_those_who_belong_to_none_of_the_companies_found()
        => Assert.Equal(["x@other.example"], See("株式会社みなと商事 鈴木様", "a@minato.example, x@other.example", "a@minato.example", "x@other.example")!.Recipients);

    [Theory]
    [InlineData("株式会社あおば\n田中様", "\"株式会社そらまめ 田中\" <x1@sora.example>")]
    [InlineData("あおば株式会社 田中様", "\"田中太郎（株式会社そらまめ）\" <x1@sora.example>")]
    [InlineData("株式会社あおば 御中", "\"そらまめ(株) 田中様\" <x1@sora.example>")]
    [InlineData("Aoba Trading Co., Ltd.\nDear Mr. Tanaka,", "\"Taro Tanaka (Soramame Foods Inc.)\" <x1@sora.example>")]
    public void Beside_the_address_stands_another_company(string text, string to)
    {
        var finding = See(text, to, "x1@sora.example");

        Assert.NotNull(finding);
        Assert.Equal(0, finding.Measures["registered"]);
    }

    [Theory]
    [InlineData("株式会社そらまめ\n田中様", "\"株式会社そらまめ 田中\" <x1@sora.example>")]
    [InlineData("そらまめ株式会社 営業部\n田中様", "\"（株）そらまめ 田中\" <x1@sora.example>")]
    [InlineData("株式会社そらまめフーズ\n田中様", "\"株式会社そらまめ 田中\" <x1@sora.example>")]
    [InlineData("株式会社あおば\n田中様", "田中太郎 <x1@sora.example>")]
    [InlineData("株式会社あおば\n田中様", "x1@sora.example")]
    [InlineData("株式会社あおば\n田中様", "\"Aoba Co., Ltd. Tanaka\" <x1@sora.example>")]
    [InlineData("株式会社あおばの件で\n田中様", "\"株式会社そらまめ 田中\" <x1@sora.example>")]
    [InlineData("田中様\n株式会社ホームの山田です。", "\"株式会社そらまめ 田中\" <x1@sora.example>")]
    [InlineData("Aoba Trading Inc.\nDear Mr. Tanaka,", "\"Taro Tanaka (Soramame Inc.)\" <x1@aobatrading.example>")]
    public void Nothing_contradicts_the_company(string text, string to) => Assert.Null(See(text, to, to.Contains('<', StringComparison.Ordinal) ? to[(to.IndexOf('<', StringComparison.Ordinal) + 1)..^1] : to));

    [Theory]
    [InlineData("株式会社ＡＣＭＥ", "acme")]
    [InlineData("ACME（株）", "acme")]
    [InlineData("Acme Co., Ltd.", "acme")]
    [InlineData("The Acme Company", "acme")]
    [InlineData("㈱アクメ", "アクメ")]
    [InlineData("株式会社", "")]
    [InlineData("", "")]
    [InlineData("日本 ア・ク・メ 有限会社", "日本アクメ")]
    public void Names_are_compared_without_what_does_not_tell_them_apart(string name, string key) => Assert.Equal(key, CompanyName.Key(name));
}
