using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class NewInThreadTests
{
    private const string Rule = RuleNames.NewInThread;

    private const string Me = "sender@home.example";

    private const string Quote = "\n-----Original Message-----\nFrom: Bob <bob@client.example>\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender <sender@home.example>\nCc: Eve <eve@partner.example>\nSubject: Parts\n\nWhat do they cost?\n";

    /// <summary>A thread of so many mails between us and these people, each answering the first.</summary>
    private static CorrespondenceMemory Thread(int mails, params string[] people)
    {
        var memory = new CorrespondenceMemory();
        var home = new Organisation(["home.example"]);
        for (var i = 0; i < mails; i++)
        {
            memory.Learn(new LearntMail(Me, Look.Noon.AddDays(i - mails), [.. people.Select(p => Person(p, home))])
            {
                MessageId = $"{i}@home.example",
                References = i == 0 ? [] : ["0@home.example"],
                Topic = "parts for the pump",
            });
        }

        return memory;
    }

    private static LearntPerson Person(string key, Organisation home)
    {
        Assert.True(EmailAddress.TryParse(key, out var address));
        return new LearntPerson(key, home.IsInside(address) ? null : home.OrganisationOf(address), Visible: true);
    }

    private static Finding? Send(CorrespondenceMemory memory, string[] to, string text = "Here it is.", string header = "In-Reply-To: <0@home.example>\n", string subject = "Re: Parts for the pump")
        => new Look { To = [.. to.Select(Key)], Correspondence = memory }.Finding(Rule, Look.Plain(text, header: $"To: {string.Join(", ", to)}\n{header}", subject: subject));

    private static string Key(string written) => written.IndexOf('<', StringComparison.Ordinal) is >= 0 and var at ? written[(at + 1)..].TrimEnd('>') : written;

    [Fact]
    public void SomebodyOfAnOrganisationThatWasOnNoneOfTheMails_IsANote()
    {
        var finding = Send(Thread(6, "bob@client.example", "colleague@home.example"), ["bob@client.example", "tanaka@new.example"], $"Here it is.\n{Quote}")!;

        Assert.Equal(Severity.Low, finding.Severity);
        Assert.Equal(["tanaka@new.example"], finding.Recipients);
        Assert.Equal("tanaka@new.example was on none of the 6 mails of this thread and now gets it with everything quoted.", finding.Summary.En);
        Assert.Equal("tanaka@new.example は、このやり取りの6通のどれにも入っていませんでしたが、今回引用された文面ごと受け取ります。", finding.Summary.Ja);
        Assert.Equal((6L, 4L, 1L, 1L, 1L), (finding.Measures["mails"], finding.Measures["people"], finding.Measures["new"], finding.Measures["organisations"], finding.Measures["staying"]));
        Assert.Equal(["bob@client.example", "colleague@home.example", Me, "eve@partner.example"], finding.Evidence);
    }

    [Fact]
    public void AShortThreadThatTakesNothingAlong_IsLessGrave()
    {
        var finding = Send(Thread(1, "bob@client.example"), ["bob@client.example", "tanaka@new.example", "ito@new.example"])!;

        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Equal("tanaka@new.example and 1 other were not on the mail of this thread and now get it.", finding.Summary.En);
        Assert.Equal((2L, 1L), (finding.Measures["new"], finding.Measures["organisations"]));
        Assert.Equal(Severity.Low, Send(Thread(3, "bob@client.example"), ["bob@client.example", "tanaka@new.example"])!.Severity);
    }

    [Fact]
    public void AColleagueOfSomebodyOnTheThread_IsNotNew_AFreemailAddressIsNobodysColleague()
    {
        Assert.Null(Send(Thread(4, "bob@client.example"), ["bob@client.example", "ito@client.example", "other@sales.client.example"]));
        Assert.Equal(["other@gmail.com"], Send(Thread(4, "someone@gmail.com"), ["someone@gmail.com", "other@gmail.com"])!.Recipients);
        Assert.Null(Send(Thread(4, "someone@gmail.com"), ["someone@gmail.com"]));
    }

    [Fact]
    public void OurOwnPeople_AreNeverNew()
        => Assert.Null(Send(Thread(4, "bob@client.example"), ["bob@client.example", "newcomer@home.example"]));

    [Fact]
    public void AFirstMail_ContinuesNothing()
    {
        Assert.Null(Send(new CorrespondenceMemory(), ["tanaka@new.example"], header: "", subject: "Parts for the pump"));
        Assert.Null(Send(Thread(4, "bob@client.example"), ["bob@client.example", "tanaka@new.example"], header: "", subject: "Parts for the pump"));
    }

    [Fact]
    public void AFirstAnswerToWhoWrote_IsOrdinary()
    {
        Assert.Null(Send(new CorrespondenceMemory(), ["bob@client.example"], header: "In-Reply-To: <unseen@client.example>\n"));
        Assert.Null(Send(new CorrespondenceMemory(), ["bob@client.example", "eve@partner.example"], $"They cost much.\n{Quote}", "In-Reply-To: <unseen@client.example>\n"));
        Assert.Null(Send(new CorrespondenceMemory(), ["Bob <bob@client.example>"], "They cost much.\n\nOn Mon, 30 Mar 2026 at 09:00, Bob <bob@client.example> wrote:\n> What do they cost?\n", "In-Reply-To: <unseen@client.example>\n"));
    }

    [Fact]
    public void AnAnswerToSomebodyElseOfTheSameMatter_IsOrdinary()
        => Assert.Null(Send(Thread(5, "bob@client.example"), ["carol@third.example"], header: "In-Reply-To: <unseen@third.example>\n"));

    [Fact]
    public void TheQuotedHeaderAlone_TellsWhoIsNew()
    {
        var finding = Send(new CorrespondenceMemory(), ["bob@client.example", "tanaka@new.example"], $"They cost much.\n{Quote}", "In-Reply-To: <unseen@client.example>\n")!;

        Assert.Equal(("tanaka@new.example", Severity.Low, 1L), (Assert.Single(finding.Recipients), finding.Severity, finding.Measures["mails"]));
        Assert.Equal("tanaka@new.example was not on the mail of this thread and now gets it with everything quoted.", finding.Summary.En);
    }

    [Fact]
    public void AMailPassedOn_SaysSo()
    {
        var finding = Send(Thread(5, "bob@client.example"), ["tanaka@new.example"], $"For you.\n{Quote}", subject: "FW: Parts for the pump")!;

        Assert.Equal(0, finding.Measures["staying"]);
        Assert.Equal("tanaka@new.example was on none of the 5 mails that are quoted here and now gets them.", finding.Summary.En);
    }

    [Fact]
    public void OneMailPassedOn_IsOrdinary()
        => Assert.Null(Send(Thread(2, "bob@client.example"), ["tanaka@new.example"], $"For you.\n{Quote}", subject: "FW: Parts for the pump"));

    [Fact]
    public void ATopicAlone_IsAThread_OnlyWhereTheSenderWasOnItAndTheSubjectContinuesIt()
    {
        var mine = Thread(4, "bob@client.example");
        Assert.NotNull(Send(mine, ["bob@client.example", "tanaka@new.example"], header: ""));
        Assert.NotNull(Send(mine, ["bob@client.example", "tanaka@new.example"], header: "", subject: "[parts] RE: FW: Parts for the pump"));

        var theirs = new Look { From = "stranger@home.example", To = ["bob@client.example", "tanaka@new.example"], Correspondence = mine };
        Assert.Null(theirs.Finding(Rule, Look.Plain("Hello.", header: "To: bob@client.example, tanaka@new.example\n", subject: "Re: Parts for the pump")));
    }

    [Fact]
    public void WhoIsQuotedByNameAlone_IsNotNew()
    {
        const string ByName = "Yes.\n\n-----Original Message-----\nFrom: Yamada, Taro\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender; Ichiro Ito\nSubject: Parts\n\nWell?\n";
        var memory = Thread(4, "bob@client.example");
        Assert.Null(Send(memory, ["bob@client.example", "Taro Yamada <ty@new.example>", "Ichiro Ito <ii@other.example>"], ByName));
        Assert.Null(Send(memory, ["bob@client.example", "=?utf-8?B?5bGx55Sw5aSq6YOO?= <ty@new.example>"], "はい。\n\n-----Original Message-----\nFrom: 山田太郎\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender\nSubject: Parts\n\nいかがですか。\n"));
    }

    [Fact]
    public void ANamesakeAtAnotherAddress_IsNew_WhereTheHeaderGivesTheAddress()
    {
        const string WithAddress = "Yes.\n\n-----Original Message-----\nFrom: Taro Yamada <yamada@client.example>\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender <sender@home.example>\nSubject: Parts\n\nWell?\n\nTaro Yamada\n";
        Assert.NotNull(Send(Thread(4, "bob@client.example"), ["bob@client.example", "Taro Yamada <yamada@new.example>"], WithAddress));
        Assert.NotNull(Send(Thread(4, "bob@client.example"), ["bob@client.example", "Taro <yamada@new.example>"], "Yes.\n\n-----Original Message-----\nFrom: Taro Ito\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender\nSubject: Parts\n\nWell?\n"));
    }

    [Fact]
    public void WhatTheMailItselfSays_MakesNobodyAPartOfTheThread()
    {
        var memory = Thread(4, "bob@client.example");
        Assert.NotNull(Send(memory, ["bob@client.example", "Tanaka Ichiro <tanaka@new.example>"], "I add Tanaka Ichiro <tanaka@new.example>, who was on it from the start.\n\nFrom: Tanaka Ichiro\n"));
        Assert.NotNull(Send(memory, ["bob@client.example", "tanaka@new.example"], header: "In-Reply-To: <0@home.example>\nCc: tanaka@new.example\n"));
    }

    [Fact]
    public void WhoseFirmSignsInWhatIsQuoted_IsNotNew()
        => Assert.Null(Send(Thread(4, "bob@client.example"), ["bob@client.example", "ito@partner.example"], "Yes.\n\n-----Original Message-----\nFrom: Yamada\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender\nSubject: Parts\n\nWell?\n-- \nTaro Yamada, yamada@partner.example\n"));

    [Fact]
    public void ABlindCopy_IsNewToo()
    {
        var finding = new Look { To = ["bob@client.example", "hidden@new.example"], Correspondence = Thread(4, "bob@client.example") }
            .Finding(Rule, Look.Plain("Here it is.", header: "To: bob@client.example\nIn-Reply-To: <0@home.example>\n", subject: "Re: Parts for the pump"))!;
        Assert.Equal(["hidden@new.example"], finding.Recipients);
    }

    [Fact]
    public void AListThatEverybodyIsOn_IsNoThread()
        => Assert.Null(Send(Thread(4, [.. Enumerable.Range(0, 80).Select(i => $"p{i}@listed{i}.example")]), ["p1@listed1.example", "tanaka@new.example"]));

    [Fact]
    public void AThreadAYearOld_IsForgotten()
    {
        var late = new Look { To = ["bob@client.example", "tanaka@new.example"], Correspondence = Thread(4, "bob@client.example"), At = Look.Noon.AddDays(400) };
        Assert.Null(late.Finding(Rule, Look.Plain("Late.", header: "To: bob@client.example, tanaka@new.example\nIn-Reply-To: <0@home.example>\n", subject: "Re: Parts for the pump")));
    }

    [Fact]
    public void TheEvidence_IsBoundedAndSafe()
    {
        var finding = Send(Thread(4, [.. Enumerable.Range(0, 60).Select(i => $"p{i}@listed{i}.example")]), ["p1@listed1.example", "tanaka@new.example"])!;

        Assert.Equal(16, finding.Evidence.Count);
        Assert.Equal("… +46", finding.Evidence[^1]);
    }
}
