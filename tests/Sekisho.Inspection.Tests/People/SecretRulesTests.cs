namespace Sekisho.Inspection.Tests;

public sealed class SecretRulesTests
{
    [Fact]
    public void A_card_number_is_found_masked_and_concerns_everybody_outside()
    {
        var finding = new Look().Finding(RuleNames.CardNumber, Look.Plain("カード番号：4111-1111-1111-1111"));
        Assert.NotNull(finding);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal(1, finding.Measures["cards"]);
        Assert.Equal(["taro@client.example"], finding.Recipients);
        Assert.Contains("4111-****-****-1111", Assert.Single(finding.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void An_Individual_Number_is_found_and_masked()
    {
        var finding = new Look().Finding(RuleNames.MyNumber, Look.Plain("マイナンバー：123456789018"));
        Assert.NotNull(finding);
        Assert.Equal(1, finding.Measures["numbers"]);
        Assert.DoesNotContain("5678", string.Concat(finding.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void One_password_to_the_one_it_is_for_is_his_own()
    {
        var finding = new Look().Finding(RuleNames.Credentials, Look.Plain("ご登録ありがとうございます。\n初期パスワード：Kx7mPq2w"));
        Assert.NotNull(finding);
        Assert.Equal((Severity.Low, 1L), (finding.Severity, finding.Measures["own"]));
        Assert.DoesNotContain("Kx7m", string.Concat(finding.Evidence), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("初期パスワード：Kx7mPq2w", 2)]
    [InlineData("初期パスワード：Kx7mPq2w\n管理者パスワード：Zr4tLm9s", 1)]
    [InlineData("ID: jiro@other.example\n初期パスワード：Kx7mPq2w", 1)]
    [InlineData("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", 1)]
    public void Anything_more_is_not(string text, int recipients)
    {
        var look = new Look { To = [.. new[] { "taro@client.example", "hanako@other.example" }.Take(recipients)] };
        Assert.Equal(0, look.Finding(RuleNames.Credentials, Look.Plain(text))?.Measures["own"]);
    }

    [Fact]
    public void Ordinary_mail_has_none_of_them()
    {
        var findings = new Look().Inspect(Look.Plain("パスワードは別途ご連絡します。\n注文番号 123456789018\n03-1234-5678")).Findings;
        Assert.DoesNotContain(findings, f => f.Rule is RuleNames.Credentials or RuleNames.CardNumber or RuleNames.MyNumber);
    }
}
