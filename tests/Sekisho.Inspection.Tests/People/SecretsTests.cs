namespace Sekisho.Inspection.Tests;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("カード番号は4111-1111-1111-1111です", DataKinds.CardNumber, "4111-****-****-1111")]
    [InlineData("card 4111 1111 1111 1111 exp 12/28", DataKinds.CardNumber, "4111-****-****-1111")]
    [InlineData("４１１１１１１１１１１１１１１１", DataKinds.CardNumber, "4111-****-****-1111")]
    [InlineData("AMEX 3782-822463-10005", DataKinds.CardNumber, "3782-*******-0005")]
    [InlineData("マイナンバー：1234 5678 9018", DataKinds.MyNumber, "**********18")]
    [InlineData("個人番号 123456789018", DataKinds.MyNumber, "**********18")]
    [InlineData("My Number: 1234-5678-9018", DataKinds.MyNumber, "**********18")]
    [InlineData("パスワード：Kx7mPq2w", DataKinds.Credential, "********")]
    [InlineData("初期パスワードは Kx7mPq2w です。", DataKinds.Credential, "********")]
    [InlineData("【パスワード】\nKx7mPq2w\n", DataKinds.Credential, "********")]
    [InlineData("パスワード：\nKx7mPq2w\n", DataKinds.Credential, "********")]
    [InlineData("暗証番号：4821", DataKinds.Credential, "********")]
    [InlineData("Password: Kx7mPq2w!", DataKinds.Credential, "********")]
    [InlineData("login: taro\npassword: sunflower", DataKinds.Credential, "********")]
    [InlineData("PW: kx7m-pq2w", DataKinds.Credential, "********")]
    [InlineData("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", DataKinds.Credential, "AKIA********")]
    [InlineData("token ghp_abcdEFGH1234ijklMNOP5678qrstUVWX9012.", DataKinds.Credential, "ghp_********")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE", DataKinds.Credential, "-----BEGIN PRIVATE KEY-----********")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", DataKinds.Credential, "eyJh********")]
    [InlineData("Server=db;User Id=app;Password=Kx7mPq2w;Encrypt=true", DataKinds.Credential, "********")]
    [InlineData("git clone https://taro:Kx7mPq2w@git.example.com/x.git", DataKinds.Credential, "********")]
    public void Secrets_are_found_and_masked(string text, DataKinds kind, string mask)
    {
        var secret = Assert.Single(Secrets(text));
        Assert.Equal((kind, mask), (secret.Kind, secret.Masked));
    }

    [Theory]
    [InlineData("パスワードは別途ご連絡いたします。")]
    [InlineData("パスワード：別途お送りします")]
    [InlineData("パスワード: ********")]
    [InlineData("パスワードは8文字以上で設定してください。")]
    [InlineData("パスワードを忘れた方はこちら: https://example.com/reset")]
    [InlineData("Password: required")]
    [InlineData("password: see below")]
    [InlineData("Your password will expire: please change it.")]
    [InlineData("password = getPassword()")]
    [InlineData("password: process.env.DB_PASSWORD")]
    [InlineData("password=${DB_PASSWORD}")]
    [InlineData("password: <your password>")]
    [InlineData("The task-force sk-learn pass: 2024")]
    [InlineData("注文番号 4111111111111112")]
    [InlineData("ABC-4111111111111111")]
    [InlineData("4111111111111111234567")]
    [InlineData("追跡番号 1234-5678-9018")]
    [InlineData("123456789018 円")]
    [InlineData("マイナンバーカードの交付 123456789012")]
    [InlineData("JAN 4901234567894 ISBN 9784003101018")]
    [InlineData("session 4485719213304857 opened")]
    [InlineData("製造ロット 4111111111111111 出荷")]
    [InlineData("a3f4111111111111111b00 0x4111111111111111")]
    [InlineData("1,234,567,890,123,456 円")]
    [InlineData("2024-11-21T20:13:44.733 10.0.0.1 200 1234567890")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIE")]
    [InlineData("登録番号 T1234567890123")]
    public void Explanations_codes_and_other_numbers_are_none(string text) => Assert.Empty(Secrets(text));

    [Fact]
    public void Cells_are_looked_through_too()
    {
        var secrets = new List<FoundSecret>();
        ProseScanner.ScanSecrets("メモ: カード 4111-1111-1111-1111", new ProsePlace("a.xlsx", "Sheet1", Quoted: false), 7, secrets);
        Assert.Equal(("a.xlsx", "Sheet1", 7), Assert.Single(secrets) is var s ? (s.File, s.Place, s.Row) : default);
    }

    [Fact]
    public void Random_numbers_are_no_MyNumbers_without_the_word()
    {
        var random = new Random(17);
        for (var i = 0; i < 2_000; i++)
        {
            Assert.Empty(Secrets($"追跡番号 {random.NextInt64(100_000_000_000, 1_000_000_000_000)}"));
        }
    }

    [Fact]
    public void Nothing_unmasked_is_in_what_is_found()
    {
        foreach (var secret in Secrets("card 4111 1111 1111 1111, パスワード：Kx7mPq2w, マイナンバー 123456789018"))
        {
            var shown = secret.ToString();
            Assert.DoesNotContain("Kx7m", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("11111", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("5678", shown, StringComparison.Ordinal);
        }
    }

    private static List<FoundSecret> Secrets(string text)
    {
        var secrets = new List<FoundSecret>();
        ProseScanner.Scan(text, new ProsePlace("", "", Quoted: false), [], secrets, TestContext.Current.CancellationToken);
        return secrets;
    }
}
