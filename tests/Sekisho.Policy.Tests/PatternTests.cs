namespace Sekisho.Policy.Tests;

public sealed class PatternTests
{
    [Theory]
    [InlineData("@example.com", "a@example.com", true)]
    [InlineData("@example.com", "a@evil-example.com", false)]
    [InlineData("@example.com", "a@mail.example.com", false)]
    [InlineData("@example.com", "a@example.com.evil.test", false)]
    [InlineData("@EXAMPLE.com", "a@example.com", true)]
    [InlineData("*@*.example.com", "a@mail.example.com", true)]
    [InlineData("*@*.example.com", "a@x.mail.example.com", true)]
    [InlineData("*@*.example.com", "a@example.com", false)]
    [InlineData("*@*.example.com", "a@evil-example.com", false)]
    [InlineData("@example.com", "x@example.com@evil.test", false)]
    [InlineData("@evil.test", "x@example.com@evil.test", true)]
    [InlineData("info@*", "info@anything.test", true)]
    [InlineData("info@*", "xinfo@anything.test", false)]
    [InlineData("sales-*@example.com", "sales-west@example.com", true)]
    [InlineData("sales-*@example.com", "presales-west@example.com", false)]
    [InlineData("*a*b*@example.com", "xxaxxbxx@example.com", true)]
    [InlineData("*a*b*@example.com", "xxbxxaxx@example.com", false)]
    [InlineData("@例え.jp", "a@xn--r8jz45g.jp", true)]
    [InlineData("*", "anything at all", true)]
    [InlineData("@example.com", "example.com", false)]
    [InlineData("太郎@example.com", "太郎@example.com", true)]
    public void Patterns_fit_whole_labels_only(string pattern, string key, bool expected)
    {
        Assert.True(AddressPattern.TryParse(pattern, out var parsed, out _));
        Assert.Equal(expected, parsed.Matches(key));
        Assert.True(AddressPattern.TryParse(parsed.ToString(), out var again, out _));
        Assert.Equal(parsed, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("a@")]
    [InlineData("a b@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("a@exa*mple.com")]
    [InlineData("a@*")]
    [InlineData("a@*.")]
    [InlineData("a,b@example.com")]
    [InlineData("a@-x.example")]
    [InlineData("a@com")]
    [InlineData("a@com.")]
    [InlineData("a@*.例え.")]
    public void What_is_no_pattern_is_refused_with_a_reason(string text)
    {
        if (text == "a@*")
        {
            Assert.True(AddressPattern.TryParse(text, out _, out _));
            return;
        }

        Assert.False(AddressPattern.TryParse(text, out _, out var why));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void A_pattern_of_many_stars_is_still_quick()
    {
        Assert.True(AddressPattern.TryParse(string.Concat(Enumerable.Repeat("a*", 25)) + "b@example.com", out var pattern, out _));

        Assert.False(pattern.Matches(new string('a', 5000) + "@example.com"));
    }

    [Theory]
    [InlineData(">= 10", 10, long.MaxValue)]
    [InlineData(">=10", 10, long.MaxValue)]
    [InlineData("> 10", 11, long.MaxValue)]
    [InlineData("<= 10", 0, 10)]
    [InlineData("< 10", 0, 9)]
    [InlineData("= 10", 10, 10)]
    [InlineData("10", 10, 10)]
    [InlineData("0", 0, 0)]
    [InlineData("2..9", 2, 9)]
    [InlineData(" 2 .. 9 ", 2, 9)]
    public void Comparisons_are_ranges_with_both_ends(string text, long min, long max)
    {
        Assert.True(Comparison.TryParse(text, out var value));
        Assert.Equal(new(min, max), value);
        Assert.True(Comparison.TryParse(value.ToString(), out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(">=")]
    [InlineData("=> 3")]
    [InlineData("!= 3")]
    [InlineData("-3")]
    [InlineData("< 0")]
    [InlineData("9..2")]
    [InlineData("..9")]
    [InlineData("2..")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("ten")]
    [InlineData("1000000000000000")]
    public void What_is_no_comparison_is_refused(string text) => Assert.False(Comparison.TryParse(text, out _));
}
