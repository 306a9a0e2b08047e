namespace Sekisho.Inspection.Tests.People;

/// <summary>What a text is said not to hold is not looked for, so anything that may be a value has to be seen.</summary>
public sealed class TextMarksTests
{
    [Theory]
    [InlineData("call 5")]
    [InlineData("bob at taro@client.example")]
    [InlineData("電話")]
    [InlineData("a １")]
    [InlineData("she was Diagnosed last year")]
    public void ATextWithAValueOfAnyKindIsRead(string text) => Assert.True(TextMarks.Of(text).Any);

    [Fact]
    public void ProseOfWordsHoldsNothing() => Assert.False(TextMarks.Of("Thanks for the help, Tom.\nSee you, Ann: soon").Any);

    [Fact]
    public void APartHasNoMoreThanTheWhole()
    {
        const string Text = "one, two\nthree 3, four";
        var whole = TextMarks.Of(Text);
        Assert.True(whole.Any);
        Assert.False(whole.Within("one, two").Any);
        Assert.True(whole.Within("three 3, four").Any);
    }
}
