using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class HeaderInjectionTests
{
    private const string Rule = RuleNames.HeaderInjection;

    private static Finding? Raw(string mail) => new Look().Inspect(Encoding.UTF8.GetBytes(mail)).Findings.SingleOrDefault(f => f.Rule == Rule);

    private static Finding? Header(string header) => new Look().Finding(Rule, Look.Plain("Hello", header));

    [Theory]
    [InlineData("From: a@home.example\r\nBcc: x@one.example,\ny@two.example\r\nSubject: s\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nBcc: x@one.example,\ry@two.example\r\nSubject: s\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nTo: x@one.example,\0y@two.example\r\nSubject: s\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nBcc: x@one.example,\r\ny@two.example,\r\nz@three.example\r\nSubject: s\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nSubject: s\r\nBcc: x@one.example,\r\n\r\ny@two.example,\r\nz@three.example\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nSubject: s\r\nBcc: x@one.example, y@t\r\n\r\nwo.example,\r\nz@three.example\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nTo: =?utf-8?Q?x=0D=0ABcc=3A_y=40two.example?= <x@one.example>\r\nSubject: s\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nTo: x<br>y@one.example\r\nSubject: s\r\n\r\nHello\r\n")]
    [InlineData("From: a@home.example\r\nTo: x%0d%0aBcc:y@one.example\r\nSubject: s\r\n\r\nHello\r\n")]
    public void ABreakInsideRecipientData_IsCritical(string mail)
    {
        var finding = Raw(mail);
        Assert.NotNull(finding);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.True(finding.Measures["breaks"] > 0);
        Assert.Equal(["taro@client.example"], finding.Recipients);
        Assert.All(finding.Evidence, line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Theory]
    [InlineData("To: taro@, hanako@other.example\n")]
    [InlineData("Cc: @client.example\n")]
    [InlineData("Bcc: <taro@client@.>\n")]
    public void AnEntryThatIsNoAddress_IsNamed(string header)
    {
        var finding = Header(header);
        Assert.NotNull(finding);
        Assert.Equal(0, finding.Measures["breaks"]);
        Assert.Equal(1, finding.Measures["unparsable"]);
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Theory]
    [InlineData("To: undisclosed-recipients:;\n")]
    [InlineData("To: 各位\n")]
    [InlineData("To: =?utf-8?B?5ZCE5L2N?=\n")]
    [InlineData("To:\n")]
    [InlineData("To: Friends:taro@client.example;\nCc: \"Last, First\" <a@b.example> (comment), x@[192.0.2.1]\n")]
    [InlineData("To: taro@client.example,\n\thanako@client.example,\n jiro@client.example\n")]
    [InlineData("To: taro@client.example\nX-To: \"Taro\" @ CLIENT\nX-Cc: a@@b\n")]
    [InlineData("Cc: a..b.@docomo.ne.jp\n")]
    [InlineData("To: taro@日本.example\n")]
    [InlineData("Received: a\nReceived: b\nDate: x\nDate: y\nReply-To: a@b.example\nReply-To: c@d.example\n")]
    public void OrdinaryAndOddHeaders_AreLeftAlone(string header) => Assert.Null(Header(header));

    [Theory]
    [InlineData("To: taro@client.example\nTo: hanako@client.example\n")]
    [InlineData("Cc: taro@client.example\ncc: hanako@client.example\n")]
    [InlineData("Subject: one\n")]
    [InlineData("From: other@home.example\n")]
    public void AFieldThatStandsTwice_IsMedium(string header)
    {
        var finding = Header(header)!;
        Assert.Equal(Severity.Medium, finding.Severity);
        Assert.Equal(1, finding.Measures["repeated"]);
        Assert.Equal(0, finding.Measures["breaks"] + finding.Measures["unparsable"]);
    }

    [Fact]
    public void ABareLineBreakInTheText_IsNoMatterOfTheHeader()
        => Assert.Null(Raw("From: a@home.example\r\nTo: taro@client.example\r\nSubject: s\r\n\r\nHello\nyou\r\n"));

    [Fact]
    public void ABccListThatSpills_IsFoundTwice()
    {
        var people = Look.People(178);
        var mail = $"From: sender@home.example\nTo: sender@home.example\nSubject: s\nBcc: {string.Join(",\n ", people.Take(39))},\n\n"
            + $"{string.Join(",\n", people.Skip(39))}\n\nHello\n";
        var result = new Look { To = people[..39] }.Inspect(mail);
        Assert.True(result.Findings.Single(f => f.Rule == Rule).Measures["breaks"] > 0);
        Assert.Equal(139, result.Findings.Single(f => f.Rule == RuleNames.AddressesInBody).Measures["addresses"]);
    }
}
