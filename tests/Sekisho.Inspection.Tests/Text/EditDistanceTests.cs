namespace Sekisho.Inspection.Tests;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("tanaka", "tanaka", 0)]
    [InlineData("tanaka", "tanak", 1)]
    [InlineData("tanaka", "tanaak", 1)]
    [InlineData("tanaka", "atnaka", 1)]
    [InlineData("tanaka", "tamaka", 1)]
    [InlineData("tanaka", "tamakaa", 2)]
    [InlineData("modern", "modem", 2)]
    [InlineData("tanaka", "yamada", 3)]
    [InlineData("", "a", 1)]
    [InlineData("", "abcd", 3)]
    public void LettersChangedAreCounted_UpToThose(string a, string b, int distance)
    {
        Assert.Equal(distance, EditDistance.Of(a, b, 2));
        Assert.Equal(distance, EditDistance.Of(b, a, 2));
    }

    [Fact]
    public void LongTextsAreNearOnlyWhenEqual_ButForWhatTheyShareAtTheEnds()
    {
        Assert.Equal(0, EditDistance.Of(new string('a', 1000), new string('a', 1000), 2));
        Assert.Equal(3, EditDistance.Of("x" + new string('a', 100) + "x", "y" + new string('b', 100) + "y", 2));
    }
}
