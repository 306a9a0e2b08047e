namespace Sekisho.Inspection.Tests;

public sealed class KeywordTests
{
    private const string Rule = RuleNames.Keyword;

    private static Look With(params string[] words) => new() { Settings = new RuleSettings { Keywords = [new("secrets", words)] } };

    [Theory]
    [InlineData("社外秘", "この資料は社外秘です")]
    [InlineData("社外秘", "この資料は社外\n秘です")]
    [InlineData("confidential", "CONFIDENTIAL!")]
    [InlineData("ＰＲＯＪＥＣＴ　Ｘ", "about project  x")]
    [InlineData("project x", "about Project\nX")]
    [InlineData("ガンダム", "ｶﾞﾝﾀﾞﾑ")]
    [InlineData("プロジェクト", "ﾌﾟﾛｼﾞｪｸﾄ")]
    [InlineData("c++", "in C++, mostly")]
    [InlineData("社外秘", "社\u200B外秘")]
    public void WidthCaseAndWraps_DoNotHideAWord(string word, string text)
    {
        var finding = With(word).Finding(Rule, Look.Plain(text))!;
        Assert.Equal(1, finding.Measures["matches"]);
        Assert.Equal(1, finding.Measures["list-secrets"]);
        Assert.StartsWith("secrets: ", finding.Evidence[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret", "my secretary")]
    [InlineData("かな", "カナ")]
    [InlineData("社外秘", "社外の秘密")]
    [InlineData("", "anything")]
    [InlineData(" ", "any thing")]
    public void OtherWords_AreLeftAlone(string word, string text) => Assert.Null(With(word).Finding(Rule, Look.Plain(text)));

    [Fact]
    public void ASubject_DoesNotSpareTheBody()
        => Assert.NotNull(With("secret").Finding(Rule, Look.Plain("a secret", subject: "A long and harmless subject")));

    [Fact]
    public void TheSubjectAlone_IsEnough()
    {
        var finding = With("secret").Finding(Rule, Look.Plain("Hello", subject: "Secret"))!;
        Assert.Equal("The subject contains \"secret\".", finding.Summary.En);
    }

    [Theory]
    [InlineData(true, false, "secret", "Hello", true)]
    [InlineData(true, false, "Hello", "secret", false)]
    [InlineData(false, true, "secret", "Hello", false)]
    [InlineData(false, true, "Hello", "secret", true)]
    public void AListLooksWhereItIsTold(bool inSubject, bool inBody, string subject, string text, bool found)
    {
        var look = new Look { Settings = new RuleSettings { Keywords = [new("l", ["secret"], inSubject, inBody)] } };
        Assert.Equal(found, look.Finding(Rule, Look.Plain(text, subject: subject)) is not null);
    }

    [Fact]
    public void EachList_HasAFindingOfItsOwn()
    {
        var look = new Look { Settings = new RuleSettings { Keywords = [new("a", ["one", "two", "none"]), new("b", ["two"]), new("c", ["none"])] } };
        var findings = look.Findings(Rule, Look.Plain("one two"));
        Assert.Equal([2, 1], findings.Select(f => f.Measures["matches"]));
        Assert.Equal(1, findings[1].Measures["list-b"]);
        Assert.Equal("The mail contains \"one\" and 1 more listed word.", findings[0].Summary.En);
    }

    [Fact]
    public void HtmlAndAttachedMail_AreText()
    {
        Assert.NotNull(With("secret").Finding(Rule, Look.Html("<p>a se<b>cr</b>et</p>")));
        Assert.NotNull(With("secret").Finding(Rule,
            "From: a@home.example\nTo: b@c.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nFYI\n--b\nContent-Type: message/rfc822\n\nSubject: a secret\n\nx\n--b\n"
            + "Content-Type: application/pdf; name=a.pdf\n\nx\n--b--\n"));
    }
}
