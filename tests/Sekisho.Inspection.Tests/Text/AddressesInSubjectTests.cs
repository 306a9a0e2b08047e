namespace Sekisho.Inspection.Tests;

public sealed class AddressesInSubjectTests
{
    private const string Rule = RuleNames.AddressesInSubject;

    [Theory]
    [InlineData("News hanako@other.example")]
    [InlineData("=?utf-8?B?44GK55+l44KJ44GbIGhhbmFrb0BvdGhlci5leGFtcGxl?=")]
    [InlineData("お知らせ hanako＠other.example")]
    [InlineData("=?utf-8?Q?hanako=40other?=\n =?utf-8?Q?.example?=")]
    public void AnOutsideAddress_IsFound(string subject)
    {
        var finding = new Look().Finding(Rule, Look.Plain("x", subject: subject))!;
        Assert.Equal(["hanako@other.example"], finding.Evidence);
        Assert.Equal(1, finding.Measures["addresses"]);
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Fact]
    public void SixAddressesToManyReaders_AreSix()
    {
        var people = Look.People(156);
        var finding = new Look { To = people }.Finding(Rule, Look.Plain("x", "", "News " + string.Join(' ', people.Take(6))))!;
        Assert.Equal(6, finding.Measures["addresses"]);
        Assert.Equal(156, finding.Recipients.Count);
        Assert.Equal("The subject shows 6 outside people's addresses. Please take them out.", finding.Summary.En);
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("5 apples @ 100 yen")]
    [InlineData("Account taro@client.example")]
    [InlineData("Ticket from support@home.example")]
    [InlineData("@client.example")]
    public void TheRecipientsOwnAndInsideOnes_AreNot(string subject) => Assert.Null(new Look().Finding(Rule, Look.Plain("x", subject: subject)));

    [Fact]
    public void ASecondSubjectField_IsReadToo()
        => Assert.NotNull(new Look().Finding(Rule, Look.Plain("x", "To: taro@client.example\nSubject: first\n", "hanako@other.example")));
}
