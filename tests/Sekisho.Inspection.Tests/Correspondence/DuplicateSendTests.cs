namespace Sekisho.Inspection.Tests;

public sealed class DuplicateSendTests
{
    private const string Rule = RuleNames.DuplicateSend;

    private readonly RecentMail _recent = new();

    private Finding? Send(string mail, int second, string to = "taro@client.example", string from = "sender@home.example")
        => new Look { Recent = _recent, At = Look.Noon.AddSeconds(second), To = [to], From = from }.Finding(Rule, mail);

    private static string WithFile(string file, string subject = "Statement 1", string to = "taro@client.example", string header = "", string boundary = "b")
        => $"From: sender@home.example\nTo: {to}\nSubject: {subject}\nMessage-ID: <{Guid.NewGuid()}@home.example>\n{header}Content-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\n\n"
            + $"Please see the file.\n--{boundary}\nContent-Type: application/pdf; name=report.pdf\nContent-Disposition: attachment; filename=report.pdf\nContent-Transfer-Encoding: base64\n\n{file}\n--{boundary}--\n";

    [Fact]
    public void TheSameMailToTheSamePerson_IsADuplicate()
    {
        Assert.Null(Send(Look.Plain("Hello"), 0));
        var finding = Send(Look.Plain("Hello"), 60)!;
        Assert.Equal(1, finding.Measures["recipients"]);
        Assert.Equal(0, finding.Measures["conflicts"]);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal(["taro@client.example"], finding.Recipients);
        Assert.Equal("1 recipient got the same mail within the last ten minutes. Send it again?", finding.Summary.En);
    }

    [Fact]
    public void OtherIdentifiersDatesTraceAndBoundaries_DoNotMakeItAnother()
    {
        Assert.Null(Send(WithFile("QUJD", header: "Date: Wed, 1 Apr 2026 12:00:00 +0900\nReceived: from a\n"), 0));
        Assert.Equal(1, Send(WithFile("QU\nJD", header: "Date: Wed, 1 Apr 2026 12:03:00 +0900\nX-Mailer: b\n", boundary: "other"), 200)!.Measures["recipients"]);
    }

    [Fact]
    public void AfterTheWindow_ItIsANewMail()
    {
        Send(Look.Plain("Hello"), 0);
        Assert.Null(Send(Look.Plain("Hello"), 601));
    }

    [Theory]
    [InlineData("jiro@client.example", "sender@home.example", "Hello")]
    [InlineData("taro@client.example", "other@home.example", "Hello")]
    [InlineData("taro@client.example", "sender@home.example", "Hello again")]
    public void AnotherRecipientSenderOrText_IsNoDuplicate(string to, string from, string text)
    {
        Send(Look.Plain("Hello"), 0);
        Assert.Null(Send(Look.Plain(text), 10, to, from));
    }

    [Fact]
    public void AskingAgainForTheSameSubmission_GivesTheSameFindings()
    {
        var look = new Look { Recent = _recent, Id = "s1" };
        Assert.Null(look.Finding(Rule, Look.Plain("Hello")));
        Assert.Null(look.Finding(Rule, Look.Plain("Hello")));
        Assert.NotNull((look with { Id = "s2" }).Finding(Rule, Look.Plain("Hello")));
        Assert.Null(look.Finding(Rule, Look.Plain("Hello")));
    }

    [Fact]
    public void OnlyTheRecipientsWhoHaveIt_AreConcerned()
    {
        new Look { Recent = _recent, To = ["taro@client.example", "jiro@client.example"] }.Inspect(Look.Plain("Hello"));
        var finding = new Look { Recent = _recent, Id = "2", To = ["jiro@client.example", "new@client.example"] }.Finding(Rule, Look.Plain("Hello"))!;
        Assert.Equal(["jiro@client.example"], finding.Recipients);
    }

    [Fact]
    public void TwoRunsInEachOthersWay_AreAConflict()
    {
        Assert.Null(Send(WithFile("AAAA"), 0));
        var finding = Send(WithFile("BBBB"), 5)!;
        Assert.Equal(1, finding.Measures["conflicts"]);
        Assert.Equal(0, finding.Measures["recipients"]);
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Fact]
    public void AfterTwoRunsCrossed_TheNextMailOfTheRunIsAConflictToo()
    {
        Send(WithFile("AAAA", "Statement 17"), 0);
        Send(WithFile("BBBB", "Statement 17"), 5);
        var next = Send(WithFile("CCCC", "Statement 19", "jiro@other.example"), 6, "jiro@other.example")!;
        Assert.Equal(1, next.Measures["conflicts"]);
        Assert.Equal(Severity.High, next.Severity);
        Assert.Equal(["jiro@other.example"], next.Recipients);
        Assert.Null(Send(WithFile("DDDD", "Quite another matter", "kumi@other.example"), 7, "kumi@other.example"));
        Assert.Null(Send(WithFile("EEEE", "Statement 20", "mika@other.example"), 7 + 601, "mika@other.example"));
    }

    [Fact]
    public void AConversationWithoutFiles_IsNoConflict()
    {
        Send(Look.Plain("Hello"), 0);
        Assert.Null(Send(Look.Plain("And another thing"), 5));
    }

    [Fact]
    public void OneMatterInSeveralMails_IsNoConflict()
    {
        Send(WithFile("AAAA", "Photos (1/3)"), 0);
        Assert.Equal(0, Send(WithFile("BBBB", "Photos (2/3)"), 5)!.Measures["conflicts"]);
        Send(WithFile("AAAA", "Plan"), 10);
        Assert.Equal(0, Send(WithFile("AAAA", "Plan").Replace("Please see the file.", "With a better word.", StringComparison.Ordinal), 15)!.Measures["conflicts"]);
    }

    [Fact]
    public void RepliesInAThread_AreNoRun()
    {
        Assert.Null(Send(WithFile("AAAA", "Re: Plan", header: "In-Reply-To: <1@x.example>\n"), 0));
        Assert.Null(Send(WithFile("BBBB", "Re: Plan", header: "In-Reply-To: <2@x.example>\n"), 5));
    }

    [Fact]
    public void ALogoInTheText_IsNoFile()
    {
        static string Logo(string to) => WithFile("AAAA", "Offer", to).Replace("application/pdf; name=report.pdf\nContent-Disposition: attachment; filename=report.pdf",
            "image/png; name=logo.png\nContent-Disposition: inline; filename=logo.png\nContent-ID: <1>", StringComparison.Ordinal);
        Assert.Null(Send(Logo("taro@client.example"), 0));
        Assert.Null(Send(Logo("jiro@client.example"), 5, "jiro@client.example"));
        Assert.Equal(1, Send(Logo("taro@client.example"), 9)!.Measures["recipients"]);
    }

    [Fact]
    public void ARunOfFiles_IsStagedFromTheSecondMail()
    {
        Assert.Null(Send(WithFile("AAAA", "Statement 1"), 0));
        var finding = Send(WithFile("BBBB", "Statement 2", "jiro@other.example"), 1, "jiro@other.example")!;
        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Equal(1, finding.Measures["staged"]);
        Assert.Equal(1, finding.Measures["run-messages"]);
        Assert.Null(Send(WithFile("CCCC", "Statement 3", "kumi@other.example", "In-Reply-To: <1@x.example>\n"), 2, "kumi@other.example"));
        Assert.Null(Send(WithFile("DDDD", "Quite another matter", "kumi@other.example"), 3, "kumi@other.example"));
    }

    [Fact]
    public void ThirteenCrossedPapers_AreAllStopped()
    {
        var people = Look.People(14);
        var clock = 0;
        for (var i = 0; i < 7; i++)
        {
            Send(WithFile($"AAA{i}", to: people[i]), clock++, people[i]);
        }

        for (var i = 0; i < 13; i++)
        {
            var (to, about) = i % 2 == 0 ? (people[i / 2], 7 + (i / 2)) : (people[7 + (i / 2)], i / 2);
            var finding = Send(WithFile($"AAA{about % 10}BBB", to: to), clock++, to)!;
            Assert.Equal(1, finding.Measures["conflicts"]);
        }
    }

    [Fact]
    public void TheNullSender_LeavesNoNote()
    {
        var result = new Look { From = "", Recent = _recent }.Inspect(Look.Plain("Hello"));
        Assert.Null(result.Recent);
        Assert.Equal(0, _recent.Count);
    }

    [Fact]
    public void TheNote_IsHandedBackForStoring()
    {
        var note = new Look { Id = "s1", To = ["taro@client.example", "a@home.example"] }.Inspect(Look.Plain("hanako@other.example")).Recent!;
        Assert.Equal("s1", note.Id);
        Assert.Equal("sender@home.example", note.Sender);
        Assert.Equal(["taro@client.example"], note.OutsideRecipients);
        Assert.Equal(["hanako@other.example"], note.ForeignAddresses);
        Assert.Equal(Look.Noon, note.At);
        Assert.False(note.HasAttachment);
    }
}
