namespace Sekisho.Inspection.Tests;

public sealed class FirstTimeRecipientTests
{
    private const string Rule = RuleNames.FirstTimeRecipient;

    private static IReadOnlyList<Finding> Send(History history, params string[] to) => history.Send(Rule, "Hello", to);

    [Fact]
    public void SomebodyNobodyHereEverWroteTo_IsANote()
    {
        var finding = Assert.Single(Send(new History().Grown().Wrote(3, "known@client.example"), "new@fresh.example", "known@client.example"));

        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Equal(["new@fresh.example"], finding.Recipients);
        Assert.Equal((1L, 1L, 0L, 0L), (finding.Measures["recipients"], finding.Measures["organisations"], finding.Measures["new-to-sender"], finding.Measures["silent-days"]));
        Assert.Equal(403, finding.Measures["mails"]);
        Assert.Equal("Nobody here has written to new@fresh.example before, nor to anybody of that organisation.", finding.Summary.En);
    }

    [Fact]
    public void AKnownOrganisation_IsSaidApart()
    {
        var finding = Assert.Single(Send(new History().Grown().Wrote(3, "known@client.example"), "new@client.example", "someone@gmail.com"));

        Assert.Equal((2L, 0L), (finding.Measures["recipients"], finding.Measures["organisations"]));
    }

    [Fact]
    public void AYoungHistory_SaysNothing() => Assert.Empty(Send(new History().Grown(299), "new@fresh.example"));

    [Fact]
    public void WhoWroteFirst_IsAnsweredAndNotNew()
    {
        Assert.Empty(Send(new History().Grown().Heard("asks@fresh.example"), "asks@fresh.example"));
        Assert.Empty(new History().Grown().Send(Rule, "Yes.\n\n-----Original Message-----\nFrom: asks@fresh.example\n\nCan you?\n", "asks@fresh.example"));
    }

    [Fact]
    public void AYearOfSilence_IsSaidInDays()
    {
        var finding = Assert.Single(Send(new History().Grown().Wrote("sender@home.example", 3, 400, "old@client.example"), "old@client.example"));

        Assert.Equal((400L, 0L), (finding.Measures["silent-days"], finding.Measures["recipients"]));
        Assert.Equal("Nobody here has written to old@client.example for 400 days.", finding.Summary.En);
        Assert.Empty(Send(new History().Grown().Wrote("sender@home.example", 3, 360, "old@client.example"), "old@client.example"));
    }

    [Fact]
    public void SomebodyOnlyColleaguesWriteTo_IsNewToAnExperiencedSender()
    {
        var finding = Assert.Single(Send(new History().Grown().Wrote(60, "known@client.example"), "contact39@elsewhere39.example"));

        Assert.Equal((1L, 0L), (finding.Measures["new-to-sender"], finding.Measures["recipients"]));
        Assert.Empty(Send(new History().Grown().Wrote(10, "known@client.example"), "contact39@elsewhere39.example"));
    }
}
