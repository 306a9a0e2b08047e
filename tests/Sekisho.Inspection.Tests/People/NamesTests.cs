namespace Sekisho.Inspection.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("山田太郎")]
    [InlineData("山田 太郎")]
    [InlineData("山田　太郎")]
    [InlineData("山田太郎様")]
    [InlineData("髙橋 花子")]
    [InlineData("渡邉陽葵")]
    [InlineData("佐々木 結衣")]
    [InlineData("長谷川健")]
    [InlineData("林 修")]
    [InlineData("森田さくら")]
    [InlineData("ヤマダ タロウ")]
    [InlineData("ﾔﾏﾀﾞ ﾀﾛｳ")]
    [InlineData("やまだ たろう")]
    [InlineData("ヤマダタロウ")]
    [InlineData("ジョン・スミス")]
    [InlineData("John Smith")]
    [InlineData("Smith, John")]
    [InlineData("Mr. John Q. Smith")]
    [InlineData("YAMADA Taro")]
    [InlineData("Taro Yamada")]
    [InlineData("Yuko Ohno")]
    [InlineData("Shohei Itoh")]
    public void Full_names_are_names(string text) => Assert.Equal(NameForm.Full, Judged(text).Form);

    [Theory]
    [InlineData("")]
    [InlineData("東京都")]
    [InlineData("東京 支店")]
    [InlineData("営業部")]
    [InlineData("株式会社山田")]
    [InlineData("山田商店")]
    [InlineData("平和")]
    [InlineData("安心")]
    [InlineData("請求書")]
    [InlineData("商品名")]
    [InlineData("大阪本社")]
    [InlineData("高知県")]
    [InlineData("ボールペン")]
    [InlineData("カタログ")]
    [InlineData("コピー用紙")]
    [InlineData("Order Number")]
    [InlineData("New York")]
    [InlineData("Total")]
    [InlineData("Acme Inc.")]
    [InlineData("Blue Widget")]
    [InlineData("12345")]
    [InlineData("山田太郎1")]
    [InlineData("本日はお世話になっております")]
    public void Other_words_are_no_full_names(string text) => Assert.False(Judged(text) is { Form: NameForm.Full, IsName: true }, Judged(text).ToString());

    [Theory]
    [InlineData("山田", NameForm.Surname)]
    [InlineData("東海林", NameForm.Surname)]
    [InlineData("太郎", NameForm.Given)]
    [InlineData("花子", NameForm.Given)]
    public void Halves_are_told_apart(string text, object form) => Assert.Equal((NameForm)form, Judged(text).Form);

    [Theory]
    [InlineData("齋藤", "saito")]
    [InlineData("斉藤", "saitou")]
    [InlineData("大野", "ono")]
    [InlineData("大野", "ohno")]
    [InlineData("辻", "tsuji")]
    [InlineData("伊藤", "ito")]
    [InlineData("本間", "homma")]
    [InlineData("髙﨑", "takasaki")]
    public void Family_names_have_spellings(string surname, string spelling) => Assert.Contains(spelling, Names.Romaji(surname));

    [Fact]
    public void An_unknown_family_name_has_none() => Assert.Empty(Names.Romaji("請求書"));

    [Fact]
    public void Judging_never_throws()
    {
        var random = new Random(7);
        const string Alphabet = "山田太郎東京さくらタロウ 　・,.-様さんaZ\uD842\uDFB7ー々ヶ\0";
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 50)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            Assert.InRange(Names.Judge(text).Confidence, 0, 1);
            Assert.InRange(Names.SurnameLength(text), 0, text.Length);
        }
    }

    private static NameLikeness Judged(string text) => Names.Judge(text);
}
