using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>What counts as acquaintance, and the accident that each evidence must not excuse.</summary>
public sealed class AcquaintanceTests
{
    private const string Rule = RuleNames.VisibleRecipients;
    private const int Grave = 500;

    private readonly CorrespondenceMemory _memory = new();
    private DateTimeOffset _at = Look.Noon.AddDays(-400);

    private static Organisation Home { get; } = new(["home.example"]);

    /// <summary>A mail that went out before, to people who saw each other.</summary>
    private void Sent(string from, params string[] to)
    {
        _at += TimeSpan.FromMinutes(10);
        var people = to.Select(t => EmailAddress.TryParse(t, out var a) ? new LearntPerson(a.Key, Home.IsInside(a) ? null : Home.OrganisationOf(a), true) : throw new ArgumentException(t, nameof(to))).ToList();
        _memory.Learn(new LearntMail(from, _at, people));
    }

    /// <summary>Enough mail within the house that the history knows its people.</summary>
    private void Settled()
    {
        for (var i = 0; i < 1000; i++)
        {
            Sent($"clerk{i % 7}@home.example", $"clerk{(i + 1) % 7}@home.example");
        }
    }

    private void Sent(int times, string from, params string[] to)
    {
        for (var i = 0; i < times; i++)
        {
            Sent(from, to);
        }
    }

    private Finding? See(string header, string text = "Hello", params string[] to)
        => new Look { To = to, Correspondence = _memory }.Finding(Rule, Look.Plain(text, header));

    private Finding? Among(params string[] to) => See($"To: {string.Join(", ", to)}\n", "Hello", to);

    private static void Stops(Finding? finding) => Assert.True(finding is not null && finding.Measures["score"] >= Grave && finding.Severity >= Severity.High, finding?.Measures["score"].ToString() ?? "nothing");

    private static string Quote(string from, string to, string cc = "") => $"Fine.\n\n-----Original Message-----\nFrom: {from}\nSent: Monday, March 30, 2026 10:00\nTo: {to}\n{(cc.Length > 0 ? $"Cc: {cc}\n" : "")}Subject: Plan\n\nShall we?\n";

    [Fact]
    public void CompaniesThatHaveMet_AreAcquainted_WhoeverSpeaksForThem()
    {
        Sent("sender@home.example", "taro@client.example", "hanako@supplier.example");
        Assert.Null(Among("jiro@client.example", "saburo@supplier.example"));
        Stops(Among("jiro@client.example", "saburo@third.example"));
    }

    [Fact]
    public void TwoCorrespondents_WhoNeverMet_AreStopped_HoweverMuchMailThereWas()
    {
        Settled();
        Sent(5, "sender@home.example", "taro@client.example");
        Sent(5, "sender@home.example", "hanako@rival.example");
        Stops(Among("taro@client.example", "hanako@rival.example"));
    }

    [Fact]
    public void TwoPrivatePersons_AreStopped_ThoughNobodyWroteToThemYet()
    {
        Settled();
        Stops(Among("invented.one@gmail.com", "invented.two@yahoo.co.jp"));
    }

    [Fact]
    public void AFirstContactBesideOneOther_IsNoted_OnceHistoryKnowsItsPeople()
    {
        Stops(Among("taro@client.example", "new@law.example"));
        Settled();
        Sent(5, "sender@home.example", "taro@client.example");
        var finding = Among("taro@client.example", "new@law.example");
        Assert.Equal(Severity.Low, finding!.Severity);
        Assert.InRange(finding.Measures["score"], 1, Grave - 1);
    }

    [Fact]
    public void ManyStrangers_AreStopped_WhoeverTheyAre()
    {
        Settled();
        Stops(Among("a@one.example", "b@two.example", "c@three.example", "d@four.example"));
        Stops(Among("a@one.example", "b@two.example", "c@three.example", "d@four.example", "e@five.example"));
    }

    [Fact]
    public void SomebodyInBcc_WhoSeesStrangers_IsStopped()
    {
        Settled();
        Stops(See("To: a@one.example\n", "Hello", "a@one.example", "hidden@two.example"));
    }

    [Fact]
    public void PeopleInTheHeaderOfAMailOfTheirs_AreAcquainted()
    {
        var text = Quote("Taro <taro@client.example>", "sender@home.example", "Hanako <hanako@law.example>");
        Assert.Null(See("To: taro@client.example\nCc: hanako@law.example\n", text, "taro@client.example", "hanako@law.example"));
    }

    [Theory]
    [InlineData("差出人: 太郎 <taro@client.example>\n送信日時: 2026年3月30日 10:00\n宛先: sender@home.example\nCC: hanako@law.example\n件名: 計画\n\n本文")]
    [InlineData("taro@client.example on 03/30/2026 10:00:07 AM\nTo: sender@home.example\ncc: hanako@law.example\nSubject: Plan\n\nText")]
    [InlineData("\t\"Taro\" <taro@client.example>\n\t03/30/2026 10:00 AM\n\t\t \n\t\t To: sender@home.example\n\t\t cc: \"Hanako\"\n<hanako@law.example>\n\t\t Subject: Plan\n\nText")]
    [InlineData("---------- Forwarded message ---------\nFrom: Taro <taro@client.example>\nDate: Mon, Mar 30, 2026 at 10:00\nSubject: Plan\nTo: <sender@home.example>\nCc: <hanako@law.example>\n\nText")]
    [InlineData("> From: taro@client.example\n> Date: Mon, 30 Mar 2026 10:00\n> To: sender@home.example,\n>  hanako@law.example\n> Subject: Plan\n>\n> Text")]
    public void ClientsQuoteHeadersInManyForms(string quote)
        => Assert.Null(See("To: taro@client.example, hanako@law.example\n", "Yes.\n\n" + quote, "taro@client.example", "hanako@law.example"));

    [Fact]
    public void AnAnswerToAll_ToWhichCustomersWereAdded_IsStopped()
    {
        Settled();
        string[] added = ["a@one.example", "b@two.example", "c@three.example"];
        foreach (var one in added)
        {
            Sent(3, "sender@home.example", one);
        }

        var text = Quote("Taro <taro@client.example>", "sender@home.example", "hanako@law.example");
        Stops(See($"To: taro@client.example, hanako@law.example, {string.Join(", ", added)}\n", text, ["taro@client.example", "hanako@law.example", .. added]));
    }

    [Fact]
    public void AQuotedMailOfOurOwn_ExcusesNothing()
    {
        // An announcement that went wrong, and its correction to the same people.
        var text = Quote("sender@home.example", "taro@client.example, hanako@rival.example");
        Stops(See("To: taro@client.example, hanako@rival.example\n", text, "taro@client.example", "hanako@rival.example"));
        Stops(See("To: taro@client.example, hanako@rival.example\n", Quote("other@home.example", "taro@client.example, hanako@rival.example"), "taro@client.example", "hanako@rival.example"));
    }

    [Fact]
    public void AForwardedNewsletter_WithItsListShowing_ExcusesNothing()
    {
        var list = Look.People(20, 1);
        var text = Quote("news@press.example", string.Join(", ", list));
        Stops(See($"To: {list[1]}, {list[2]}\n", text, list[1], list[2]));
    }

    [Theory]
    [InlineData("Customers:\ntaro@client.example, hanako@rival.example\n")]
    [InlineData("To: taro@client.example, hanako@rival.example\nSubject: Plan\n")]
    [InlineData("From: shop@press.example\n\nCustomers: taro@client.example, hanako@rival.example\n")]
    [InlineData("From: shop@press.example\nDate: Monday\nTo: sender@home.example\nSubject: list\n\ntaro@client.example, hanako@rival.example\n")]
    [InlineData("From: shop@press.example\nDate: Monday\nTo: taro@client.example, hanako@rival.example\nBcc: jiro@third.example\nSubject: list\n")]
    public void AListInTheText_ExcusesNothing(string text)
        => Stops(See("To: taro@client.example, hanako@rival.example\n", text, "taro@client.example", "hanako@rival.example"));

    [Fact]
    public void TwoMailsInTheQuote_AreNotOneRound()
    {
        var text = Quote("taro@client.example", "sender@home.example") + "\n" + Quote("hanako@rival.example", "sender@home.example");
        Stops(See("To: taro@client.example, hanako@rival.example\n", text, "taro@client.example", "hanako@rival.example"));
    }

    [Fact]
    public void TheSendersOwnPrivateAddress_IsNobodysStranger()
    {
        Sent(3, "taro.tanaka@home.example", "tanaka.taro@gmail.com");
        var look = new Look { From = "taro.tanaka@home.example", To = ["jiro@client.example", "tanaka.taro@gmail.com"], Correspondence = _memory };
        Assert.Null(look.Finding(Rule, Look.Plain("Hello", "To: jiro@client.example\nCc: tanaka.taro@gmail.com\n")));
    }

    [Theory]
    [InlineData("taro.tanaka@home.example", "t.tanaka@gmail.com", 9, 0)]
    [InlineData("taro.tanaka@home.example", "tanaka@gmail.com", 9, 0)]
    [InlineData("taro.tanaka@home.example", "hanako.tanaka@gmail.com", 9, 0)]
    [InlineData("taro.tanaka@home.example", "taro.tanaka@client2.example", 9, 0)]
    [InlineData("taro.tanaka@home.example", "taro.tanaka@gmail.com", 2, 0)]
    [InlineData("taro.tanaka@home.example", "taro.tanaka@gmail.com", 4, 3)]
    [InlineData("tanaka@home.example", "tanaka.taro@gmail.com", 9, 0)]
    public void ANamesake_IsAStranger(string from, string namesake, int mails, int colleagues)
    {
        Sent(mails, from, namesake);
        Sent(colleagues, "other@home.example", namesake);
        var look = new Look { From = from, To = ["jiro@client.example", namesake], Correspondence = _memory };
        Stops(look.Finding(Rule, Look.Plain("Hello", $"To: jiro@client.example\nCc: {namesake}\n")));
    }

    [Fact]
    public void OneWhoIsBroughtTogetherWithEverybody_IsNoStranger_ButIntroducesNobody()
    {
        Sent("sender@home.example", "counsel@law.example", "a@one.example");
        Stops(Among("counsel@law.example", "d@four.example"));
        Sent("sender@home.example", "counsel@law.example", "b@two.example");
        Assert.Null(Among("counsel@law.example", "d@four.example"));
        Stops(Among("counsel@law.example", "d@four.example", "e@five.example"));
    }

    [Fact]
    public void OneBigRound_MakesNobodyEverybodysFriend()
    {
        Sent("sender@home.example", [.. Enumerable.Range(0, 9).Select(i => $"person{i}@company{i}.example")]);
        Sent("sender@home.example", [.. Enumerable.Range(0, 9).Select(i => $"person{i}@company{i}.example")]);
        Stops(Among("person1@company1.example", "d@four.example"));
    }

    [Fact]
    public void TwoCustomersOfOneName_AreStrangers()
    {
        Settled();
        Sent(3, "sender@home.example", "yamaguchi@one.example");
        Sent(3, "sender@home.example", "yamaguchi@two.example");
        Stops(Among("yamaguchi@one.example", "yamaguchi@two.example"));
    }

    [Fact]
    public void WhoWasShownOnlyBlind_HasMetNobody()
    {
        _memory.Learn(new LearntMail("sender@home.example", _at,
            [new LearntPerson("taro@client.example", "client.example", false), new LearntPerson("hanako@rival.example", "rival.example", false)]));
        Stops(Among("taro@client.example", "hanako@rival.example"));
    }

    [Theory]
    [InlineData("X-To: \"taro@client.example\"@gateway\n")]
    [InlineData("X-To: 'taro@client.example'\n")]
    [InlineData("X-Cc: colleague@notes\n")]
    public void AnArchivesSpellingOfARecipient_IsNotAnotherPerson(string header)
        => Assert.Null(See("To: taro@client.example\n" + header, "Hello", "taro@client.example"));

    [Fact]
    public void AnotherPersonInAnArchivesField_IsSeen()
        => Stops(See("To: taro@client.example\nX-To: \"hanako@rival.example\"@gateway\n", "Hello", "taro@client.example"));
}
