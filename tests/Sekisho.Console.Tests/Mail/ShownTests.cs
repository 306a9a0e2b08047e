using System.Reflection;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>Foreign text does nothing to who reads it, and shows what it tried.</summary>
public sealed class ShownTests
{
    [Theory]
    [InlineData("invoice\u202Efdp.exe", "invoice‹U+202E›fdp.exe")]
    [InlineData("a\u200Bb\u2066c\u061C\u0000", "a‹U+200B›b‹U+2066›c‹U+061C›‹U+0000›")]
    [InlineData("two\r\n lines\u2028three", "two lines three")]
    [InlineData("\u001b[31mred", "‹U+001B›[31mred")]
    [InlineData("件名\u3164", "件名‹U+3164›")]
    [InlineData("日本語 é", "日本語 é")]
    public void What_hides_or_turns_is_made_visible(string text, string shown) => Assert.Equal(shown, Shown.Text(text, 200));

    [Fact]
    public void Long_text_is_cut_between_characters()
    {
        Assert.Equal("ab…", Shown.Text("abcdef", 2));
        Assert.Equal("a…", Shown.Text("a😀😀", 2));
        Assert.Equal("abc", Shown.Text("abc", 3));
    }

    [Fact]
    public void Lines_stay_lines() => Assert.Equal("a\n\tb‹U+202E›\n", Shown.Lines("a\r\n\tb\u202E\n", 100));

    [Fact]
    public void Every_rule_has_a_title_in_both_languages()
    {
        var names = typeof(RuleNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).ToList();
        Assert.True(names.Count >= 22);
        Assert.All(names, name =>
        {
            Assert.NotEqual(name, RuleTitles.Of(name, new Tongue(Japanese: false)));
            Assert.NotEqual(RuleTitles.Of(name, new Tongue(Japanese: false)), RuleTitles.Of(name, new Tongue(Japanese: true)));
        });
    }

    [Fact]
    public void A_rule_of_ones_own_is_shown_by_its_name() => Assert.Equal("x‹U+202E›", RuleTitles.Of("x\u202E", new Tongue(Japanese: true)));
}
