using System.Diagnostics;
using System.Globalization;
using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>People each of whom knows somebody on the mail, but not each other: whoever ties them together does not make them acquainted.</summary>
public sealed class TiedByOneTests
{
    private const string Sender = "ichiro.suzuki@home.example";
    private const string Agent = "staff@agency.example";

    private readonly CorrespondenceMemory _memory = new();
    private DateTimeOffset _at = Look.Noon.AddDays(-400);

    public TiedByOneTests()
    {
        for (var i = 0; i < 500; i++)
        {
            Sent($"clerk{i % 7}@home.example", $"clerk{(i + 1) % 7}@home.example");
        }
    }

    private static Organisation Home { get; } = new(["home.example"]);

    private static string[] Customers(int count) => [.. Enumerable.Range(0, count).Select(i => $"customer{i}@gmail.com")];

    private static string[] Firms(int count) => [.. Enumerable.Range(0, count).Select(i => $"buyer{i}@firm{i}.example")];

    private void Sent(string from, params string[] to)
    {
        _at += TimeSpan.FromMinutes(10);
        _memory.Learn(new LearntMail(from, _at, [.. to.Select(t => EmailAddress.TryParse(t, out var a) ? new LearntPerson(a.Key, Home.IsInside(a) ? null : Home.OrganisationOf(a), true) : throw new ArgumentException(t, nameof(to)))]));
    }

    private Finding? Among(params string[] to) => new Look { From = Sender, To = to, Correspondence = _memory }.Finding(RuleNames.VisibleRecipients, Look.Plain("Hello", $"To: {string.Join(", ", to)}\n"));

    private static void Shows(long groups, Finding? finding)
    {
        Assert.NotNull(finding);
        Assert.True(finding.Severity >= Severity.High && finding.Measures["score"] >= 500, finding.Measures["score"].ToString());
        Assert.Equal(groups, finding.Measures["groups"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(50)]
    public void AnAgentInCopyToEachCustomer_DoesNotMakeThemACircle(int count)
    {
        var customers = Customers(count);
        foreach (var customer in customers)
        {
            Sent(Sender, customer, Agent);
        }

        Shows(count, Among([Agent, .. customers]));
        Assert.Null(Among(Agent, customers[0]));
    }

    [Fact]
    public void TwoAgentsEachCustomerKnows_DoNotEither()
    {
        var firms = Firms(12);
        foreach (var firm in firms)
        {
            Sent(Sender, firm, Agent);
            Sent(Sender, firm, "desk@broker.example");
        }

        Shows(12, Among([Agent, .. firms]));
        Shows(12, Among([Agent, "desk@broker.example", .. firms]));
    }

    [Fact]
    public void AChainOfIntroductions_IsNoCircle()
    {
        var firms = Firms(10);
        foreach (var (one, next) in firms.Zip(firms.Skip(1)))
        {
            Sent(Sender, one, next);
        }

        Shows(5, Among(firms));
    }

    [Fact]
    public void ARoundAllOfWhomMet_AndWhoKnowsOneOfThem_GoesOut()
    {
        var round = Firms(8);
        Sent(Sender, round);
        Assert.Null(Among(round));
        Sent(Sender, round[0], "friend@elsewhere.example");
        Sent(Sender, round[1], "other@beyond.example");
        Assert.False(Among([.. round, "friend@elsewhere.example"]) is { Severity: > Severity.Low });
        Assert.False(Among([.. round, "friend@elsewhere.example", "other@beyond.example"]) is { Severity: > Severity.Low });
    }

    [Fact]
    public void TwoWhoWereBothIntroducedByOneWhoIsThere_AreLeftToHim()
    {
        Sent(Sender, "customer0@gmail.com", Agent);
        Sent(Sender, "customer1@gmail.com", Agent);
        Assert.Null(Among(Agent, "customer0@gmail.com", "customer1@gmail.com"));
    }

    [Fact]
    public void WhoTiesTheOthersTogether_IsStillACustomerWhoIsShownToAnother()
    {
        const string Other = "buyer@customer.example";
        for (var i = 0; i < 5; i++)
        {
            Sent(Sender, Agent);
            Sent(Sender, Other);
        }

        string[] to = [Agent, "a@first.example", "b@second.example", Other];
        var thread = string.Concat(to[1..3].Select(p => $"\n-----Original Message-----\nFrom: {Agent}\nSent: Monday, March 30, 2026 10:00\nTo: {p}; {Sender}\nSubject: Plan\n\nShall we?\n"));
        var finding = new Look { From = Sender, To = to, Correspondence = _memory }.Finding(RuleNames.VisibleRecipients, Look.Plain("Fine.\n" + thread, $"To: {string.Join(", ", to)}\nIn-Reply-To: <1@agency.example>\n"));
        Shows(3, finding);
    }

    [Fact]
    public void OfFiftyThousandHousesThatMetInPairs_EachPairIsOneInNoTime()
    {
        Person[] people = [.. Enumerable.Range(0, 50_000).Select(i => new Person($"buyer@firm{i}.example", $"firm{i}.example"))];
        var context = Look.Context(new Pairs());
        var clock = Stopwatch.StartNew();
        Assert.Equal(25_000, StrangerGroups.Find(people, people, context, TestContext.Current.CancellationToken).Groups);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
    }

    [Fact]
    public void AHundredAndFiftyThousandPrivatePersons_AreToldInNoTime()
    {
        string[] to = [.. Customers(150_000)];
        var home = Home;
        var message = MimeMessage.Parse(Look.Bytes("From: ichiro.suzuki@home.example\n\n"));
        EnvelopeRecipient[] recipients = [.. to.Select(t => EnvelopeRecipient.Of(t, home))];
        var context = new InspectionContext
        {
            Input = new InspectionInput { Message = message, MailFrom = Sender, Recipients = to, ReceivedAt = Look.Noon },
            Facts = new MessageFacts { Message = message, Recipients = recipients },
            Organisation = home,
            Correspondence = new CorrespondenceMemory(),
            Recent = new RecentMail(),
            Settings = new RuleSettings(),
        };
        Person[] people = [.. to.Select(t => new Person(t, t))];
        var clock = Stopwatch.StartNew();
        Assert.Equal(150_000, StrangerGroups.Find(people, people, context, TestContext.Current.CancellationToken).Groups);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
    }

    /// <summary>Each firm of an even number met the next one 32 times.</summary>
    private sealed class Pairs : ICorrespondence
    {
        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => addressKeys.Where(k => !k.StartsWith('@')).ToDictionary(
            k => k, k => (IReadOnlyList<long>)[.. Enumerable.Range(32 * (int.Parse(k["buyer@firm".Length..^".example".Length], CultureInfo.InvariantCulture) / 2), 32).Select(i => (long)i)]);
    }
}
