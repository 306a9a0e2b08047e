namespace Sekisho.Inspection.Tests;

public sealed class ListPostingTests
{
    private const string Rule = RuleNames.ListPosting;

    private static readonly string[] _members = Look.People(466);

    private static string Post(string from = "invented.outsider@gmail.com", string to = "news@home.example", string extra = "")
        => $"From: {from}\nTo: {to}\nSubject: Re: Seminar\n{extra}\nPlease take me off the list.\n";

    private static readonly Look _list = new() { From = "owner-news@home.example", To = _members };

    [Theory]
    [InlineData("")]
    [InlineData("Sender: owner-news@home.example\nPrecedence: bulk\nX-ML-Name: news\n")]
    [InlineData("List-Id: <news.home.example>\nList-Post: <mailto:news@home.example>\n")]
    public void AnOutsidersMailThroughTheListsOwner_IsStopped(string extra)
    {
        var finding = _list.Finding(Rule, Post(extra: extra))!;
        Assert.Equal(466, finding.Measures["recipients"]);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal(466, finding.Recipients.Count);
        Assert.Equal("A mail written outside (invented.outsider@gmail.com) would be passed on to 466 outside recipients.", finding.Summary.En);
    }

    [Fact]
    public void WithoutKnownDomains_TheOwnersDomainTells()
        => Assert.NotNull((_list with { Domains = [] }).Finding(Rule, Post()));

    [Fact]
    public void AnAliasThatKeepsTheAuthorInTheEnvelope_IsStopped()
    {
        Assert.NotNull((_list with { From = "invented.outsider@gmail.com" }).Finding(Rule, Post()));
        Assert.NotNull((_list with { From = "invented.outsider@gmail.com", Domains = [] }).Finding(Rule, Post()));
        Assert.NotNull((_list with { From = "virus@infected.example", Domains = [] }).Finding(Rule, Post("virus@infected.example", extra: "List-Id: <news.home.example>\n")));
    }

    [Fact]
    public void TheNullSender_IsStoppedToo() => Assert.NotNull((_list with { From = "" }).Finding(Rule, Post()));

    [Fact]
    public void OwnNewsletters_Pass()
    {
        Assert.Null(_list.Finding(Rule, Post("news@home.example")));
        Assert.Null(_list.Finding(Rule, Post("news@home.example", extra: "List-Id: <news.home.example>\nPrecedence: bulk\n")));
        Assert.Null((_list with { From = "news@home.example", Domains = [] }).Finding(Rule, Post("news@home.example", extra: "List-Id: <news.home.example>\n")));
        Assert.Null((_list with { From = "invented.club@gmail.com", Domains = [] }).Finding(Rule, Post("invented.club@gmail.com", "invented.club@gmail.com")));
    }

    [Fact]
    public void AFewRecipients_AreAForward() => Assert.Null((_list with { To = _members[..4] }).Finding(Rule, Post()));

    [Fact]
    public void InboundMail_IsNotOurs()
        => Assert.Null(new Look { From = "invented.outsider@gmail.com", To = ["a@home.example", "b@home.example"] }.Finding(Rule, Post()));

    private static readonly RuleSettings _lists = new()
    {
        Lists = new Dictionary<string, IReadOnlyList<string>> { ["News@home.example"] = ["editor@home.example", "@agency.example"] },
    };

    [Theory]
    [InlineData("editor@home.example", true)]
    [InlineData("Editor@Home.example", true)]
    [InlineData("someone@agency.example", true)]
    [InlineData("clerk@home.example", false)]
    [InlineData("someone@evil-agency.example", false)]
    [InlineData("someone@sub.agency.example", false)]
    [InlineData("editor@home.example.evil.example", false)]
    public void AConfiguredList_TakesPostsOfTheEntitledOnly(string author, bool entitled)
    {
        var finding = (_list with { Settings = _lists }).Finding(Rule, Post(author));
        Assert.Equal(entitled, finding is null);
    }

    [Theory]
    [InlineData("X-Original-To: news@home.example\n")]
    [InlineData("Delivered-To: <news@home.example>\n")]
    public void TheListIsKnownByItsTrace(string extra)
        => Assert.Equal(1, (_list with { Settings = _lists, To = _members[..2] }).Finding(Rule, Post("clerk@home.example", "taro@client.example", extra))!.Measures["list"]);

    [Fact]
    public void APostToTheListItself_IsNotTakenForMailToInsideOnly()
    {
        var look = new Look { From = "clerk@home.example", To = ["news@home.example"], Settings = _lists };
        Assert.Equal(["news@home.example"], look.Finding(Rule, Post("clerk@home.example"))!.Recipients);
        Assert.Empty(look.Inspect(Post("editor@home.example")).Findings);
    }
}
