namespace Sekisho.Inspection.Tests;

public sealed class ValueKindsTests
{
    [Theory]
    [InlineData("山田太郎", DataKinds.Name)]
    [InlineData("ヤマダ タロウ", DataKinds.Name)]
    [InlineData("John Smith", DataKinds.Name)]
    [InlineData("東京都千代田区千代田1-1-1", DataKinds.PostalAddress)]
    [InlineData("横浜市西区みなとみらい2丁目3番", DataKinds.PostalAddress)]
    [InlineData("愛知郡東郷町春木1番地", DataKinds.PostalAddress)]
    [InlineData("〒100-0001 東京都千代田区千代田1-1", DataKinds.PostalAddress)]
    [InlineData("123 Main St, Springfield, IL 62704", DataKinds.PostalAddress)]
    [InlineData("10 Downing Street, London SW1A 2AA", DataKinds.PostalAddress)]
    [InlineData("北海道", DataKinds.Municipality)]
    [InlineData("大阪市", DataKinds.Municipality)]
    [InlineData("東京", DataKinds.Municipality)]
    [InlineData("100-0001", DataKinds.Postcode)]
    [InlineData("〒1000001", DataKinds.Postcode)]
    [InlineData("１００－０００１", DataKinds.Postcode)]
    [InlineData("03-1234-5678", DataKinds.Phone)]
    [InlineData("0312345678", DataKinds.Phone)]
    [InlineData("(03)1234-5678", DataKinds.Phone)]
    [InlineData("０９０－１２３４－５６７８", DataKinds.Phone)]
    [InlineData("090−1234−5678", DataKinds.Phone)]
    [InlineData("09012345678", DataKinds.Phone)]
    [InlineData("+81-90-1234-5678", DataKinds.Phone)]
    [InlineData("+81 (0)90 1234 5678", DataKinds.Phone)]
    [InlineData("+44 20 7946 0958", DataKinds.Phone)]
    [InlineData("(415) 555-0132", DataKinds.Phone)]
    [InlineData("0467-12-3456", DataKinds.Phone)]
    [InlineData("taro@client.example", DataKinds.Email)]
    [InlineData("ｔａｒｏ＠client.example", DataKinds.Email)]
    [InlineData("1985/4/1", DataKinds.BirthDate)]
    [InlineData("1985-04-01", DataKinds.BirthDate)]
    [InlineData("19850401", DataKinds.BirthDate)]
    [InlineData("S60.4.1", DataKinds.BirthDate)]
    [InlineData("昭和60年4月1日", DataKinds.BirthDate)]
    [InlineData("令和元年5月1日", DataKinds.BirthDate)]
    [InlineData("平成 2年 1月 3日", DataKinds.BirthDate)]
    [InlineData("April 1, 1985", DataKinds.BirthDate)]
    [InlineData("35", DataKinds.Age)]
    [InlineData("満35歳", DataKinds.Age)]
    [InlineData("35才", DataKinds.Age)]
    [InlineData("男", DataKinds.Sex)]
    [InlineData("女性", DataKinds.Sex)]
    [InlineData("F", DataKinds.Sex)]
    [InlineData("4111111111111111", DataKinds.CardNumber)]
    [InlineData("4111-1111-1111-1111", DataKinds.CardNumber)]
    [InlineData("4111 1111 1111 1111", DataKinds.CardNumber)]
    [InlineData("3782-822463-10005", DataKinds.CardNumber)]
    [InlineData("3530111333300000", DataKinds.CardNumber)]
    [InlineData("30569309025904", DataKinds.CardNumber)]
    [InlineData("５５５５５５５５５５５５４４４４", DataKinds.CardNumber)]
    [InlineData("123456789018", DataKinds.MyNumber)]
    [InlineData("1234 5678 9018", DataKinds.MyNumber)]
    [InlineData("7000012050002", DataKinds.CorporateNumber)]
    [InlineData("1234567", DataKinds.BankAccount)]
    [InlineData("DE89370400440532013000", DataKinds.BankAccount)]
    [InlineData("DE89 3704 0044 0532 0130 00", DataKinds.BankAccount)]
    [InlineData("TK1234567", DataKinds.Passport)]
    [InlineData("糖尿病", DataKinds.Medical)]
    [InlineData("2型糖尿病・高血圧", DataKinds.Medical)]
    [InlineData("breast cancer", DataKinds.Medical)]
    [InlineData("350,000円", DataKinds.Money)]
    [InlineData("¥350,000", DataKinds.Money)]
    [InlineData("会社員", DataKinds.Occupation)]
    [InlineData("株式会社サンプル", DataKinds.Company)]
    [InlineData("みなと銀行", DataKinds.Company)]
    [InlineData("Sample Corp.", DataKinds.Company)]
    [InlineData("M-00123", DataKinds.PersonId)]
    [InlineData("AKIAIOSFODNN7EXAMPLE", DataKinds.Credential)]
    [InlineData("ghp_abcdEFGH1234ijklMNOP5678qrstUVWX9012", DataKinds.Credential)]
    public void A_cell_may_be_what_its_form_says(string cell, DataKinds kind) => Assert.Equal(kind, ValueKinds.Of(cell) & kind);

    [Theory]
    [InlineData("", DataKinds.Name | DataKinds.PersonId)]
    [InlineData("4111111111111112", DataKinds.CardNumber)]
    [InlineData("0000000000000000", DataKinds.CardNumber)]
    [InlineData("4111-11111111-1111", DataKinds.CardNumber)]
    [InlineData("4901234567894", DataKinds.CardNumber)]
    [InlineData("9784003101018", DataKinds.CardNumber | DataKinds.CorporateNumber)]
    [InlineData("490154203237518", DataKinds.CardNumber)]
    [InlineData("123456789012", DataKinds.MyNumber)]
    [InlineData("111111111111", DataKinds.MyNumber)]
    [InlineData("192.168.100.200", DataKinds.Phone | DataKinds.BirthDate)]
    [InlineData("10.0.12", DataKinds.BirthDate | DataKinds.Phone)]
    [InlineData("1985/13/1", DataKinds.BirthDate)]
    [InlineData("1985/2/30", DataKinds.BirthDate)]
    [InlineData("昭和99年4月1日", DataKinds.BirthDate)]
    [InlineData("0000-00-0000", DataKinds.Phone)]
    [InlineData("1234-5678-9012", DataKinds.Phone)]
    [InlineData("090-1234-567", DataKinds.Phone)]
    [InlineData("0312345678901", DataKinds.Phone)]
    [InlineData("ABC-090-1234", DataKinds.Phone | DataKinds.Postcode)]
    [InlineData("商品A", DataKinds.Name)]
    [InlineData("ボールペン 0.5mm", DataKinds.Name)]
    [InlineData("営業1課", DataKinds.Name | DataKinds.PostalAddress)]
    [InlineData("第3四半期", DataKinds.Name | DataKinds.PostalAddress)]
    [InlineData("2024年4月", DataKinds.PostalAddress | DataKinds.BirthDate)]
    [InlineData("市場調査1", DataKinds.PostalAddress)]
    [InlineData("ガンダム", DataKinds.Medical)]
    [InlineData("icon@2x.png", DataKinds.Email)]
    [InlineData("DE89370400440532013001", DataKinds.BankAccount)]
    [InlineData("121", DataKinds.Age)]
    public void What_is_only_near_it_is_not(string cell, DataKinds not) => Assert.Equal(DataKinds.None, ValueKinds.Of(cell) & not);

    [Theory]
    [InlineData(DataKinds.Phone, "＋81 90-1234-5678", "09012345678")]
    [InlineData(DataKinds.Phone, "０９０ー１２３４ー５６７８", "09012345678")]
    [InlineData(DataKinds.Postcode, "〒100-0001", "1000001")]
    [InlineData(DataKinds.BirthDate, "昭和60年4月1日", "1985-04-01")]
    [InlineData(DataKinds.BirthDate, "1985/4/1 0:00:00", "1985-04-01")]
    [InlineData(DataKinds.Name, "髙橋　太郎", "高橋太郎")]
    [InlineData(DataKinds.Name, "渡邊 花子", "渡辺花子")]
    [InlineData(DataKinds.Name, "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダタロウ")]
    [InlineData(DataKinds.Email, "Taro@Client.Example", "taro@client.example")]
    [InlineData(DataKinds.CardNumber, "4111-1111-1111-1111", "4111111111111111")]
    [InlineData(DataKinds.Sex, "女性", "f")]
    public void Values_are_compared_in_one_form(DataKinds kind, string value, string normal) => Assert.Equal(normal, ValueKinds.Normalise(kind, value), ignoreCase: kind == DataKinds.Email);

    [Theory]
    [InlineData("03-1234-5678", "Landline")]
    [InlineData("090-1234-5678", "Mobile")]
    [InlineData("050-1234-5678", "Mobile")]
    [InlineData("0120-123-456", "Free")]
    [InlineData("0800-123-4567", "Free")]
    [InlineData("0570-012-345", "Free")]
    [InlineData("+1 415-555-0132", "Abroad")]
    [InlineData("045-123-4567", "Landline")]
    [InlineData("0997-12-3456", "Landline")]
    [InlineData("0111-12-345", "None")]
    [InlineData("091-234-5678", "None")]
    public void Lines_are_told_apart(string number, string line) => Assert.Equal(line, NumberKinds.Phone(number).ToString());

    [Theory]
    [InlineData(DataKinds.Name, "山田太郎", "山田**")]
    [InlineData(DataKinds.Name, "山田 太郎", "山田**")]
    [InlineData(DataKinds.CardNumber, "4012 8888 8888 1881", "4012-****-****-1881")]
    [InlineData(DataKinds.CardNumber, "378282246310005", "3782-*******-0005")]
    [InlineData(DataKinds.Email, "taro@example.com", "ta***@example.com")]
    [InlineData(DataKinds.Email, "ab@example.com", "a***@example.com")]
    [InlineData(DataKinds.Phone, "090-1234-5678", "090-****-5678")]
    [InlineData(DataKinds.Phone, "03-1234-5678", "03-****-5678")]
    [InlineData(DataKinds.MyNumber, "123456789018", "**********18")]
    [InlineData(DataKinds.Credential, "Kx7mPq2w", "********")]
    [InlineData(DataKinds.Credential, "AKIAIOSFODNN7EXAMPLE", "AKIA********")]
    [InlineData(DataKinds.PostalAddress, "東京都千代田区千代田1-1-1", "東京都千代田区***")]
    [InlineData(DataKinds.BirthDate, "1985/4/1", "198*-**-**")]
    [InlineData(DataKinds.Postcode, "100-0001", "100-****")]
    public void Masks_show_little(DataKinds kind, string value, string mask) => Assert.Equal(mask, Masking.Mask(kind, value));

    [Fact]
    public void No_mask_holds_the_middle_of_a_number()
    {
        var random = new Random(3);
        DataKinds[] kinds = [DataKinds.CardNumber, DataKinds.MyNumber, DataKinds.Phone, DataKinds.BankAccount, DataKinds.DrivingLicence, DataKinds.HealthInsurance, DataKinds.PersonId, DataKinds.Credential, DataKinds.Other];
        for (var i = 0; i < 3_000; i++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(7, 20)).Select(_ => (char)('0' + random.Next(10))));
            var middle = value[3..^3];
            foreach (var kind in kinds)
            {
                var mask = Masking.Mask(kind, value);
                Assert.False(middle.Length >= 4 && mask.Contains(middle, StringComparison.Ordinal), $"{kind} {mask}");
                Assert.DoesNotContain(value, mask, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void No_cell_makes_it_throw()
    {
        var random = new Random(5);
        const string Alphabet = "0123456789０１-ー−()（）+. /年月日昭和元〒@:山田太郎東京都市区町aZ\uD842\uDFB7ﾔﾞ゛\0\n￥円歳満";
        for (var i = 0; i < 20_000; i++)
        {
            var cell = string.Concat(Enumerable.Range(0, random.Next(0, i % 50 == 0 ? 400 : 30)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var kinds = ValueKinds.Of(cell);
            for (var bit = 0; bit < 23; bit++)
            {
                var kind = (DataKinds)(1 << bit);
                Assert.NotNull(ValueKinds.Normalise(kind, cell));
                if ((kinds & kind) != 0 || i % 20 == 0)
                {
                    Assert.NotNull(Masking.Mask(kind, cell));
                }
            }
        }
    }
}
