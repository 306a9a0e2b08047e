namespace Sekisho.Inspection.Tests;

public sealed class SenderNotAuthorisedTests
{
    private const string Rule = RuleNames.SenderNotAuthorised;

    private static readonly RuleSettings _settings = new() { MassMailers = ["news@home.example", "@agency.example"], MassMailFrom = 50 };

    [Theory]
    [InlineData("sender@home.example", 50, true)]
    [InlineData("sender@home.example", 49, false)]
    [InlineData("news@home.example", 50, false)]
    [InlineData("News@HOME.example", 5000, false)]
    [InlineData("a@agency.example", 50, false)]
    [InlineData("a@not-agency.example", 50, true)]
    public void MassMail_IsForThoseNamed(string from, int recipients, bool found)
    {
        var finding = new Look { From = from, To = Look.People(recipients), Settings = _settings }.Finding(Rule, Look.Plain("x", ""));
        Assert.Equal(found, finding is not null);
        if (finding is not null)
        {
            Assert.Equal(recipients, finding.Measures["recipients"]);
            Assert.Equal(recipients, finding.Recipients.Count);
        }
    }

    [Fact]
    public void WithoutAList_EverybodyMay() => Assert.Null(new Look { To = Look.People(5000) }.Finding(Rule, Look.Plain("x", "")));

    [Fact]
    public void InsideRecipients_AreNotCounted()
    {
        var inside = Enumerable.Range(0, 300).Select(i => $"p{i}@home.example");
        Assert.Null(new Look { To = [.. inside, .. Look.People(49)], Settings = _settings }.Finding(Rule, Look.Plain("x", "")));
    }

    [Theory]
    [InlineData("sender@home.example", "invented@gmail.com", "sender@home.example", true)]
    [InlineData("sender@home.example", "sender@home.example", "invented@gmail.com", true)]
    [InlineData("sender@home.example", "boss@home.example", "boss@home.example", false)]
    [InlineData("relay-account", "invented@gmail.com", "invented@gmail.com", false)]
    [InlineData("partner@other.example", "partner@other.example", "partner@other.example", false)]
    public void ASignedInUserUnderAForeignName_IsTold(string user, string from, string mailFrom, bool found)
    {
        var finding = new Look { User = user, From = mailFrom }.Finding(Rule, $"From: {from}\nTo: taro@client.example\nSubject: x\n\nHello\n");
        Assert.Equal(found, finding is not null);
        Assert.Equal(found ? Severity.Medium : null, finding?.Severity);
    }
}
