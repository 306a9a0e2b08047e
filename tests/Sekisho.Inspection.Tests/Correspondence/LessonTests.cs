using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class LessonTests
{
    private static LearntMail? Learn(string mail, string from, params string[] to)
    {
        var organisation = new Organisation(["home.example"]);
        var input = new InspectionInput { Message = MimeMessage.Parse(Look.Bytes(mail)), MailFrom = from, Recipients = to, ReceivedAt = Look.Noon };
        var facts = InspectionEngine.CreateDefault().Inspect(input, organisation, new Gatherings(), new RecentMail(), new RuleSettings(), TestContext.Current.CancellationToken).Facts;
        return Lesson.Of(facts, organisation, Look.Noon);
    }

    [Fact]
    public void EverybodyWhoGotIt_IsLearnt_WithNameAndOrganisation()
    {
        var lesson = Learn(
            "From: \"Me Myself\" <me@home.example>\nTo: =?utf-8?B?5bGx55Sw5aSq6YOO?= <Taro@Client.example>, x@gmail.com\nCc: Boss <boss@home.example>, named-only@other.example\n"
            + "Subject: Re: Delivery of the parts\nMessage-ID: <2@home.example>\nIn-Reply-To: <1@client.example>\n\nx\n",
            "me@home.example", "taro@client.example", "x@gmail.com", "boss@home.example", "blind@other.example", "TARO@client.example")!;
        Assert.Equal(("me@home.example", "Me Myself", "delivery of the parts", "2@home.example"), (lesson.Sender, lesson.SenderName, lesson.Topic, lesson.MessageId));
        Assert.Null(lesson.SenderOrganisation);
        Assert.Equal(["1@client.example"], lesson.References);
        Assert.Equal(
        [
            new("taro@client.example", "client.example", true, "山田太郎"),
            new("x@gmail.com", "x@gmail.com", true),
            new("boss@home.example", null, true, "Boss"),
            new("blind@other.example", "other.example", false),
        ], lesson.People);
    }

    [Fact]
    public void MailThatStaysInside_TeachesToo()
        => Assert.Equal([new LearntPerson("boss@home.example", null, true)], Learn("From: me@home.example\nTo: boss@home.example\nSubject: x\n\nx\n", "me@home.example", "boss@home.example")!.People);

    [Theory]
    [InlineData("bounces@lists.other.example")]
    [InlineData("")]
    public void TheWriterOfMailThatComesIn_IsItsAuthor(string from)
    {
        var lesson = Learn("From: Taro <taro@client.example>\nTo: me@home.example\nSubject: x\n\nx\n", from, "me@home.example")!;
        Assert.Equal(("taro@client.example", "client.example", "Taro"), (lesson.Sender, lesson.SenderOrganisation, lesson.SenderName));
    }

    [Fact]
    public void NobodyElse_IsNoLesson()
    {
        Assert.Null(Learn("From: me@home.example\nTo: me@home.example\n\nx\n", "me@home.example", "me@home.example"));
        Assert.Null(Learn("Subject: x\n\nx\n", "", "taro@client.example"));
        Assert.Null(Learn("From: me@home.example\n\nx\n", "me@home.example", "not an address"));
    }

    [Fact]
    public void ANameThatIsAnAddress_IsNoName()
        => Assert.All(
            Learn("From: me@home.example\nTo: \"taro@client.example\" <taro@client.example>, 'hanako' <hanako@client.example>\n\nx\n", "me@home.example", "taro@client.example", "hanako@client.example")!.People,
            p => Assert.Equal("", p.Name));

    [Fact]
    public void CopiesOfTheirOwn_ShowOutsidePeopleToNobody_OurOwnStayVisible()
    {
        var lesson = Lesson.Apart(Learn("From: me@home.example\nTo: a@client.example, boss@home.example\n\nx\n", "me@home.example", "a@client.example", "boss@home.example")!);
        Assert.Equal([("a@client.example", false), ("boss@home.example", true)], lesson.People.Select(p => (p.Key, p.Visible)));
    }

    [Fact]
    public void OfAVeryLongThread_TheFirstAndTheLatestAreKept()
    {
        var lesson = Learn($"From: me@home.example\nTo: a@client.example\nReferences: {string.Join("\n ", Enumerable.Range(0, 100).Select(i => $"<{i}@x.example>"))}\n\nx\n", "me@home.example", "a@client.example")!;
        Assert.Equal(32, lesson.References.Count);
        Assert.Equal(("0@x.example", "69@x.example", "99@x.example"), (lesson.References[0], lesson.References[1], lesson.References[^1]));
    }
}
