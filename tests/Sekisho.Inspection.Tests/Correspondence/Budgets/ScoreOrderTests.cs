using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>The stranger, the higher the score: for each rule the evidence it goes by, one at a time.</summary>
public sealed class ScoreOrderTests
{
    private const string Me = "sender@home.example";

    private static History Known() => new History().Grown().Wrote(20, "known@client.example").Wrote(20, "friend@gmail.com");

    private static int First(History history, string[] to, string text = "Hello", string subject = "Hello")
        => new Look { To = to, Correspondence = history.Memory }.Inspect(Look.Plain(text, header: $"To: {string.Join(", ", to)}\n", subject: subject)).Scores[RuleNames.FirstTimeRecipient];

    /// <summary>Each is stranger than the one after it.</summary>
    private static void Descend(params int[] scores) => Assert.True(scores.Zip(scores.Skip(1)).All(p => p.First > p.Second), string.Join(" > ", scores));

    [Fact]
    public void A_first_mail_is_stranger_amid_people_who_are_known()
        => Descend(First(Known(), ["new@fresh.example", "known@client.example"]), First(Known(), ["new@fresh.example"]), First(Known(), ["new@fresh.example", "other@fresh.example"]));

    [Fact]
    public void A_first_mail_is_stranger_the_less_its_house_is_known()
        => Descend(First(Known(), ["new@fresh.example"]), First(Known(), ["someone@gmail.com"]), First(Known(), ["new@elsewhere3.example"]), First(Known(), ["new@client.example"]));

    [Fact]
    public void A_first_mail_is_stranger_where_somebody_known_is_spelt_like_it()
        => Descend(First(Known(), ["knonw@client.example"]), First(Known(), ["tanaka@client.example"]));

    [Fact]
    public void A_first_mail_is_stranger_in_an_answer()
        => Descend(First(Known(), ["new@fresh.example"], subject: "Re: Hello"), First(Known(), ["new@fresh.example"]));

    [Fact]
    public void A_first_mail_is_stranger_than_one_after_long_silence_and_that_than_one_that_is_new_to_the_sender_alone()
    {
        var history = new History().Grown().Wrote(60, "known@client.example").Wrote(Me, 1, 2000, "older@silent.example").Wrote(Me, 1, 400, "old@quiet.example");

        Descend(First(history, ["new@fresh.example"]), First(history, ["older@silent.example"]), First(history, ["old@quiet.example"]), First(history, ["contact39@elsewhere39.example"]));
    }

    [Fact]
    public void Who_joins_a_thread_is_stranger_the_less_he_is_known()
    {
        var memory = Thread("bob@client.example");
        Learn(memory, 2, "seldom@seldom.example");
        Learn(memory, 40, "often@often.example");

        Descend(Join(memory, "new@fresh.example"), Join(memory, "new@often.example"));
        Descend(Join(memory, "new@fresh.example"), Join(memory, "someone@gmail.com"), Join(memory, "seldom@seldom.example"), Join(memory, "often@often.example"));
    }

    [Fact]
    public void Who_joins_a_thread_is_stranger_alone_among_few()
    {
        var few = Thread("bob@client.example");
        var many = Thread([.. Enumerable.Range(0, 30).Select(i => $"p{i}@client.example"), "bob@client.example"]);

        Descend(Join(few, "new@fresh.example"), Join(many, "new@fresh.example"));
        Descend(Join(few, "new@fresh.example"), Join(few, "new@fresh.example", "other@further.example"), Join(few, "new@fresh.example", "other@further.example", "third@third.example"));
        Descend(Join(few, "new@fresh.example"), Join(few, "new@fresh.example", "colleague@home.example", "boss@home.example"));
    }

    [Fact]
    public void A_mail_passed_on_is_less_strange_than_somebody_added()
    {
        const string Quote = "For you.\n\n-----Original Message-----\nFrom: Bob <bob@client.example>\nSent: Monday, March 30, 2026 9:00 AM\nTo: Sender <sender@home.example>\nSubject: Parts\n\nWhat do they cost?\n";
        var memory = Thread("bob@client.example");
        var passed = new Look { To = ["new@fresh.example"], Correspondence = memory }.Inspect(Look.Plain(Quote, header: "To: new@fresh.example\nIn-Reply-To: <0@home.example>\n", subject: "Fw: Parts for the pump"));

        Descend(Join(memory, "new@fresh.example"), passed.Scores[RuleNames.NewInThread], 0);
    }

    [Fact]
    public void A_slip_is_surer_where_it_speaks_for_itself_and_the_one_meant_is_well_known()
    {
        static int Slip(int rival, string typed, int known = 0)
        {
            var history = new History().Wrote(rival, "suzuki@client.example");
            return (known == 0 ? history : history.Wrote(known, typed)).Send(RuleNames.LookalikeRecipient, "Hello", typed) is { Count: > 0 } found ? (int)found.Max(f => f.Measures["score"]) : 0;
        }

        Descend(Slip(60, "szuuki@client.example"), Slip(8, "szuuki@client.example"), Slip(8, "szuuki@client.example", known: 1), 0);
        Descend(Slip(8, "suzuki@c1ient.example"), Slip(8, "suzuki@client.exampel"), Slip(8, "suzuki@cleint.example"), Slip(8, "szuuki@client.example"));
    }

    [Fact]
    public void Strangers_in_the_header_are_ordered_within_their_band_and_never_leave_it()
    {
        foreach (var (view, band) in from groups in Enumerable.Range(2, 11)
                 from known in Enumerable.Range(0, 4)
                 from privates in Enumerable.Range(0, 4)
                 from more in (int[])[0, 1, 30]
                 from flags in Enumerable.Range(0, 8)
                 where known <= groups && privates <= groups
                 let one = new StrangerView(groups, (flags & 4) == 0 ? groups : groups - 1, groups + more, groups, new HashSet<string>())
                 {
                     KnownGroups = known, PrivateGroups = privates, History = 1000, Continues = (flags & 1) != 0, Joins = (flags & 2) != 0 && groups <= 5,
                 }
                 select (one, Band(one)))
        {
            var score = Mishap.Score(view);
            Assert.True(score >= band.From && score < band.To, $"{view}: {score} is not in {band}");
            Assert.Equal(band.From >= Mishap.Likely, Mishap.IsLikely(view));
            Assert.True(view.Groups >= 10 || Mishap.Score(view with { KnownGroups = 0, PrivateGroups = 0 }) <= score, view.ToString());
        }
    }

    /// <summary>What docs/rules/visible-recipients.md says.</summary>
    private static (int From, int To) Band(StrangerView view) => view switch
    {
        { Groups: >= 10 } => (1000, 1001),
        { Groups: >= 5, Joins: false } => (900, 1000),
        _ when view.Groups > view.VisibleGroups => (800, 900),
        { Joins: true } => (340, 500),
        { KnownGroups: >= 2 } => (640, 700),
        { PrivateGroups: >= 2 } => (590, 650),
        { Groups: 4, Continues: false } => (520, 550),
        { Groups: 4 } or { Groups: 3, Continues: false } => (400, 500),
        { Groups: 3 } => (300, 400),
        _ => view.Continues ? (100, 200) : (200, 300),
    };

    private static CorrespondenceMemory Thread(params string[] people)
    {
        var memory = new CorrespondenceMemory();
        for (var i = 0; i < 4; i++)
        {
            memory.Learn(new LearntMail(Me, Look.Noon.AddDays(i - 4), [.. people.Select(Person)]) { MessageId = $"{i}@home.example", References = i == 0 ? [] : ["0@home.example"], Topic = "parts for the pump" });
        }

        return memory;
    }

    private static void Learn(CorrespondenceMemory memory, int mails, string to)
    {
        for (var i = 0; i < mails; i++)
        {
            memory.Learn(new LearntMail(Me, Look.Noon.AddDays(-50 + i), [Person(to)]));
        }
    }

    private static LearntPerson Person(string key)
    {
        Assert.True(EmailAddress.TryParse(key, out var address));
        return new LearntPerson(key, new Organisation(["home.example"]).OrganisationOf(address), Visible: true);
    }

    private static int Join(CorrespondenceMemory memory, params string[] people)
    {
        string[] to = ["bob@client.example", .. people];
        return new Look { To = to, Correspondence = memory }.Inspect(Look.Plain("Here it is.", header: $"To: {string.Join(", ", to)}\nIn-Reply-To: <0@home.example>\n", subject: "Re: Parts for the pump")).Scores[RuleNames.NewInThread];
    }
}
