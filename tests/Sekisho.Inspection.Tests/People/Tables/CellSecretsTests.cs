namespace Sekisho.Inspection.Tests;

public sealed class CellSecretsTests
{
    [Theory]
    [InlineData("品名|備考\nノート|カード番号 4012-8888-8888-1881 で支払い\nペン|済", DataKinds.CardNumber)]
    [InlineData("品名|備考\nノート|4012888888881881\nペン|済", DataKinds.CardNumber)]
    [InlineData("項目|内容\nサーバ|パスワード: Kx7-pQ2m!\n期限|来月", DataKinds.Credential)]
    [InlineData("氏名|メモ\n佐藤一郎|パスワード：Kx7pQ2m!\n田中美咲|なし", DataKinds.Credential)]
    [InlineData("名称|値\n鍵|AKIAIOSFODNN7QWERTYU\n型|A", DataKinds.Credential)]
    public void A_secret_among_other_cells_is_found_with_its_row(string rows, DataKinds kind)
    {
        var secret = Assert.Single(Sheets.ReadSheet(rows).Secrets);

        Assert.Equal(kind, secret.Kind);
        Assert.Equal(2, secret.Row);
    }

    [Theory]
    [InlineData("注文番号|金額\n4012888888881881|200\n4111111111111111|300")]
    [InlineData("日時|メッセージ\n2026-04-01 10:00:00|id 4012888888881881\n2026-04-01 10:00:01|password: required")]
    [InlineData("名前|url\n案内|https://shop.example/?id=4012888888881881\n図|http://shop.example/a")]
    public void Numbers_of_orders_and_logs_are_none(string rows) => Assert.Empty(Sheets.ReadSheet(rows).Secrets);

    [Fact]
    public void A_line_of_text_that_is_a_row_too_tells_its_secret_once()
    {
        Assert.Single(Sheets.ReadText("項目\t内容\nサーバ\tパスワード: Kx7-pQ2m!\n期限\t来月\n").Secrets);
        Assert.Single(Sheets.ReadText("氏名\t電話\tメモ\n佐藤一郎\t03-1234-5678\tパスワード: Kx7-pQ2m!\n田中美咲\t03-1234-5679\t\n").Secrets);
    }
}
