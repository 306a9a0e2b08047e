namespace Sekisho.Inspection.Tests;

public class NearLettersTests
{
    /// <summary>Whatever two slips do to a word, its letters do not tell it apart: none is lost by looking at them first.</summary>
    [Fact]
    public void WhatIsTwoSlipsAway_MayBeNear()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var word = new string([.. Enumerable.Range(0, random.Next(2, 14)).Select(_ => (char)('a' + random.Next(26)))]);
            var typed = Slip(Slip(word, random), random);
            Assert.True(Letters.MayBeNear(Letters.Of(word), Letters.Of(typed)), $"{word} {typed}");
        }
    }

    [Fact]
    public void WhatSharesAnEndAlone_IsToldApart() => Assert.False(Letters.MayBeNear(Letters.Of("bigbank.example"), Letters.Of("snowy.example")));

    [Theory]
    [InlineData("@client.example", "client.example")]
    [InlineData("@partners:client.example", "client.example")]
    [InlineData("a.b@client.example", "a.b")]
    public void OfAKey_WhatIsCompared_Counts(string key, string compared) => Assert.Equal(Letters.Of(compared), Letters.OfKey(key));

    private static string Slip(string word, Random random)
    {
        var at = random.Next(word.Length);
        var letter = (char)('a' + random.Next(26));
        return random.Next(4) switch
        {
            0 => word.Insert(at, letter.ToString()),
            1 when word.Length > 1 => word.Remove(at, 1),
            2 when at + 1 < word.Length => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            _ => word[..at] + letter + word[(at + 1)..],
        };
    }
}
