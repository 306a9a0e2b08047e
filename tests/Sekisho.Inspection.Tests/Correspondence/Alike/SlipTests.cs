namespace Sekisho.Inspection.Tests;

public sealed class SlipTests
{
    [Theory]
    [InlineData("gmial", "gmail", 1, true)]
    [InlineData("gmal", "gmail", 1, true)]
    [InlineData("gmaill", "gmail", 1, true)]
    [InlineData("gnail", "gmail", 1, true)]
    [InlineData("gmeil", "gmail", 1, false)]
    [InlineData("suzuli", "suzuki", 1, true)]
    [InlineData("suzuti", "suzuki", 1, false)]
    [InlineData("ymada", "yamada", 1, true)]
    [InlineData("gmailx", "gmail", 1, false)]
    [InlineData("hotmsik", "hotmail", 2, true)]
    [InlineData("sakamoto", "sakamoto", 0, true)]
    public void Says_how_far_and_whether_fingers_do_it(string typed, string meant, int distance, bool ofHand)
    {
        var slip = Slip.Between(typed, meant)!.Value;

        Assert.Equal((distance, ofHand), (slip.Distance, slip.OfHand));
    }

    [Theory]
    [InlineData("member1", "member2")]
    [InlineData("member1", "member11")]
    [InlineData("room12", "room21")]
    [InlineData("k00001-acme", "k00002-acme")]
    public void What_differs_in_a_number_is_another_of_a_series(string typed, string meant) => Assert.True(Slip.Between(typed, meant)!.Value.Counts);

    [Theory]
    [InlineData("ksmith", "jsmith", true)]
    [InlineData("cloud", "icloud", true)]
    [InlineData("xgmail", "gmail", true)]
    [InlineData("ggmail", "gmail", false)]
    [InlineData("mgail", "gmail", false)]
    public void The_first_letter_is_told_apart(string typed, string meant, bool first) => Assert.Equal(first, Slip.Between(typed, meant)!.Value.First);

    [Theory]
    [InlineData("tanaka", "takahashi")]
    [InlineData("abc", "xyz")]
    [InlineData("", "abc")]
    public void What_is_further_away_is_none(string typed, string meant) => Assert.Null(Slip.Between(typed, meant));

    [Fact]
    public void Long_words_are_not_compared() => Assert.Null(Slip.Between(new string('a', 65), new string('a', 64) + "b"));

    [Theory]
    [InlineData('g', 'h', true)]
    [InlineData('g', 'b', true)]
    [InlineData('n', 'm', true)]
    [InlineData('a', 'e', false)]
    [InlineData('q', 'p', false)]
    [InlineData('p', 'a', false)]
    [InlineData('a', 'a', false)]
    public void Keys_touch_or_not(char a, char b, bool expected)
    {
        Assert.Equal(expected, Slip.AreNeighbours(a, b));
        Assert.Equal(expected, Slip.AreNeighbours(b, a));
    }
}
