namespace Sekisho.Inspection.Tests;

/// <summary>Where a mail's text calls somebody by the words of his address or name.</summary>
public sealed class NamedInTextTests
{
    private static NamedInText Read(string text, string subject = "x")
        => NamedInText.Of(new Look().Inspect(Look.Plain(text, subject: subject)).Facts);

    [Fact]
    public void The_writer_of_what_is_answered_is_found_at_the_quotes_top()
    {
        var text = Read("Fine with me.\n\n-----Original Message-----\nFrom: Smith, John Q.\nSent: Monday\nTo: Brown, Ann\nSubject: x\n\nShall we?");

        Assert.True(PersonWords.Of("john.smith@client.example", []).In(text).Whole.HasFlag(TextPlace.QuoteTop));
        var ann = PersonWords.Of("ann.brown@client.example", []).In(text).Whole;
        Assert.True(ann.HasFlag(TextPlace.QuoteHead));
        Assert.False(ann.HasFlag(TextPlace.QuoteTop));
        Assert.Equal(TextPlace.None, PersonWords.Of("john.brown@client.example", []).In(text).Whole);
    }

    [Fact]
    public void A_display_name_counts_like_the_address()
        => Assert.True(PersonWords.Of("x1@client.example", ["Hanako Yamada"]).In(Read("Ask Hanako Yamada about it.")).Whole.HasFlag(TextPlace.Own));

    [Theory]
    [InlineData("Jeff,\n\nsee below.", "jeffrey.smith@client.example", true)]
    [InlineData("Robert,\n\nsee below.", "rob.gay@client.example", true)]
    [InlineData("Jeff,\n\nsee below.", "john.smith@client.example", false)]
    [InlineData("See below.\n\nJeff", "ann.brown@client.example", false)]
    public void A_greeting_may_be_a_short_form(string text, string address, bool greeted)
        => Assert.Equal(greeted, PersonWords.Of(address, []).Greeted(Read(text).Greeting, 1));

    [Fact]
    public void Very_long_text_and_words_are_bounded()
    {
        var text = Read(new string('a', 100_000) + " " + string.Concat(Enumerable.Repeat("smith ", 50_000)));

        Assert.Equal(TextPlace.None, text.PlacesOf(new string('a', 32)));
    }
}
