using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>People of our own house and rounds of the sender's own that grow: ordinary each, and beside each the accident that looks like it.</summary>
public sealed class RoundsOfOursTests
{
    private const string Rule = RuleNames.VisibleRecipients;
    private const string Sender = "ichiro.suzuki@home.example";

    private readonly CorrespondenceMemory _memory = new();
    private readonly string[] _round = [.. Enumerable.Range(0, 6).Select(i => $"member{i}@firm{i}.example")];
    private DateTimeOffset _at = Look.Noon.AddDays(-400);

    public RoundsOfOursTests()
    {
        for (var i = 0; i < 1000; i++)
        {
            Sent(1, $"clerk{i % 7}@home.example", $"clerk{(i + 1) % 7}@home.example");
        }
    }

    private static Organisation Home { get; } = new(["home.example"]);

    private void Sent(int times, string from, params string[] to)
    {
        for (var i = 0; i < times; i++)
        {
            _at += TimeSpan.FromMinutes(10);
            _memory.Learn(new LearntMail(from, _at, [.. to.Select(t => EmailAddress.TryParse(t, out var a) ? new LearntPerson(a.Key, Home.IsInside(a) ? null : Home.OrganisationOf(a), true) : throw new ArgumentException(t, nameof(to)))]));
        }
    }

    private Finding? Among(params string[] to) => With(to, to);

    private Finding? With(string[] shown, string[] to) => new Look { From = Sender, To = to, Correspondence = _memory }.Finding(Rule, Look.Plain("Hello", $"To: {string.Join(", ", shown)}\n"));

    private static void Stops(Finding? finding) => Assert.True(finding is { Severity: >= Severity.High } && finding.Measures["score"] >= 500, finding?.Measures["score"].ToString() ?? "nothing");

    private static void IsNoted(Finding? finding) => Assert.True(finding is { Severity: Severity.Low } && finding.Measures["score"] is > 0 and < 500, finding?.Measures["score"].ToString() ?? "nothing");

    [Fact]
    public void ARoundOfTheSendersOwn_MayGrow()
    {
        Sent(2, Sender, _round);
        IsNoted(Among([.. _round, "a@new1.example", "b@new2.example", "c@new3.example"]));
        Stops(Among(["a@new1.example", "b@new2.example", "c@new3.example", "d@new4.example"]));
    }

    [Fact]
    public void ACustomerAmongThem_IsAsked()
    {
        Sent(3, Sender, _round);
        Sent(5, Sender, "buyer@customer.example");
        Stops(Among([.. _round, "a@new1.example", "b@new2.example", "buyer@customer.example"]));
        Stops(Among([.. _round, "buyer@customer.example"]));
    }

    [Fact]
    public void ARoundWrittenToOnce_OrByAColleague_IsNone()
    {
        Sent(1, Sender, _round);
        Stops(Among([.. _round, "a@new1.example", "b@new2.example", "c@new3.example"]));
        Sent(3, "hanako@home.example", _round);
        Stops(Among([.. _round, "a@new1.example", "b@new2.example", "c@new3.example"]));
    }

    [Fact]
    public void MoreNewPeopleThanARoundTakesIn_AreAList()
    {
        Sent(3, Sender, _round);
        Stops(Among([.. _round, .. Enumerable.Range(0, 4).Select(i => $"person{i}@elsewhere{i}.example")]));
    }

    [Fact]
    public void MoreThanFourWhoJoinAtOnce_AreAListBesideIt_HoweverLargeItIs()
    {
        string[] round = [.. Enumerable.Range(0, 20).Select(i => $"member{i}@firm{i}.example")];
        string[] joining = [.. Enumerable.Range(0, 5).Select(i => $"person{i}@elsewhere{i}.example")];
        Sent(3, Sender, round);
        IsNoted(Among([.. round, .. joining[..4]]));
        Stops(Among([.. round, .. joining]));
    }

    [Fact]
    public void OneFirmsPeople_AreNoRound()
    {
        string[] firm = [.. Enumerable.Range(0, 12).Select(i => $"member{i}@firm.example")];
        Sent(3, Sender, firm);
        Stops(Among([.. firm, "a@new1.example", "b@new2.example", "c@new3.example"]));
    }

    [Fact]
    public void WhoIsHidden_MustNotSeeARound()
    {
        Sent(3, Sender, _round);
        Stops(With(_round, [.. _round, "a@new1.example"]));
    }

    [Fact]
    public void OtherHostsOfOurDomain_AreOurs()
    {
        Assert.Null(Among("taro@eu.home.example", "jiro@client.example"));
        Stops(Among("taro@eu.home.example", "a@one.example", "b@two.example", "c@three.example", "d@four.example"));
    }

    [Fact]
    public void OurNameUnderAnotherEnding_IsAnotherFirm_HoweverOftenItWasWrittenTo()
    {
        Sent(5, Sender, "jiro@client.example");
        Sent(5, Sender, "taro@home.test");
        Stops(Among("taro@home.test", "jiro@client.example"));
    }

    [Fact]
    public void ACustomerAddedToARoundWrittenToTwice_IsAsked()
    {
        Sent(2, Sender, _round);
        Sent(5, Sender, "buyer@customer.example");
        Stops(Among([.. _round, "buyer@customer.example"]));
        IsNoted(Among([.. _round, "new@elsewhere.example"]));
    }

    [Fact]
    public void APrivateAddressUnderOurOwnName_IsNoCustomersAlone()
    {
        IsNoted(Among("ichiro.suzuki@gmail.com", "hanako@hotmail.com"));
        IsNoted(Among("taro.sato7@gmail.com", "hanako@hotmail.com", "taro.sato@home.example"));
        Stops(Among("taro.sato7@gmail.com", "hanako@hotmail.com"));
        Stops(Among("suzuki@gmail.com", "hanako@hotmail.com"));
        Stops(Among("isuzuki@gmail.com", "hanako@hotmail.com"));
        Stops(Among("tsato@gmail.com", "hanako@hotmail.com", "taro.sato@home.example"));
        Stops(Among("ichiro.suzuki@gmail.com", "hanako@hotmail.com", "goro@yahoo.co.jp"));
    }
}
