namespace Sekisho.Inspection.Tests.People;

/// <summary>A word's shape may only ever rule out words that are not in the list.</summary>
public sealed class WordShapesTests
{
    private static readonly string[] _words = ["diagnosis", "x-ray", "crohn's", "#", "tel", "telを", "氏名", "a-very-long-word-of-more-than-thirty-one-characters"];

    [Theory]
    [InlineData("diagnosis")]
    [InlineData("DIAGNOSIS")]
    [InlineData("X-Ray")]
    [InlineData("crohn's")]
    [InlineData("#")]
    [InlineData("Tel")]
    [InlineData("telを")]
    [InlineData("氏名")]
    [InlineData("住所")]
    [InlineData("a-very-long-word-of-more-than-thirty-one-characters")]
    public void WordsOfTheListFitInEitherCase(string word) => Assert.True(WordShapes.Of(_words).Fits(word));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("diagnose")]
    [InlineData("dia")]
    [InlineData("diagnosed")]
    public void WordsOfAnotherShapeDoNot(string word) => Assert.False(WordShapes.Of(_words).Fits(word));
}
