namespace Sekisho.Inspection.Tests;

public sealed class LookalikeRecipientTests
{
    private const string Rule = RuleNames.LookalikeRecipient;

    private static Finding? Send(History history, params string[] to) => history.Send(Rule, "Hello", to).SingleOrDefault();

    [Fact]
    public void ASlipForAProvider_NeedsNoHistory()
    {
        var finding = Send(new History(), "suzuki@gmial.com", "tanaka@client.example")!;

        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal(["suzuki@gmial.com"], finding.Recipients);
        Assert.Equal("suzuki@gmial.com is one letter from gmail.com: did you mean suzuki@gmail.com?", finding.Summary.En);
        Assert.Equal("suzuki@gmial.com は gmail.com と一文字違いです。suzuki@gmail.com ではありませんか？", finding.Summary.Ja);
        Assert.Equal(["suzuki@gmial.com → suzuki@gmail.com"], finding.Evidence);
        Assert.Equal((1L, 1L, 0L), (finding.Measures["freemail"], finding.Measures["distance"], finding.Measures["rival-mails"]));
    }

    [Fact]
    public void TheOneMeant_IsNamedWithHowOftenHeWasWrittenTo()
    {
        var finding = Send(new History().Wrote(34, "suzuki@gmail.com"), "suzuki@gmial.com")!;

        Assert.Equal(34, finding.Measures["rival-mails"]);
        Assert.Equal(["suzuki@gmial.com → suzuki@gmail.com (34)"], finding.Evidence);
    }

    [Theory]
    [InlineData("suzuki@cleint.example", "domain")]
    [InlineData("suzuki@client-example.test", "")]
    [InlineData("suzuki@client.exampel", "tld")]
    [InlineData("szuuki@client.example", "local")]
    [InlineData("suzukii@client.example", "local")]
    [InlineData("tanaka@client.example", "")]
    [InlineData("suzuki@c1ient.example", "homoglyph")]
    [InlineData("suzuki@сlient.example", "homoglyph")]
    [InlineData("suzuki2@client.example", "")]
    public void ASlipForSomebodyKnown_IsSeenByItsKind(string typed, string kind)
    {
        var finding = Send(new History().Wrote(8, "suzuki@client.example"), typed);

        Assert.Equal(kind.Length > 0, finding is not null);
        if (finding is not null)
        {
            Assert.Equal((Severity.High, 1L, 8L), (finding.Severity, finding.Measures[kind], finding.Measures["rival-mails"]));
            Assert.EndsWith("→ suzuki@client.example (8)", finding.Evidence[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("newcomer@b100m00n.example", "homoglyph")]
    [InlineData("newcomer@bloomoon.example", "")]
    [InlineData("newcomer@b200m00n.example", "")]
    public void ADomainDrawnWithSeveralDigits_IsSeenThoughNothingIsSpeltAlike(string typed, string kind)
        => Assert.Equal(kind.Length > 0, Send(new History().Wrote(8, "suzuki@bloomoon.example"), typed) is { Severity: Severity.High } found && found.Measures[kind] == 1);

    [Theory]
    [InlineData("suzuki@c1ient.example", Severity.High)]
    [InlineData("suzuki@сlient.example", Severity.High)]
    [InlineData("newcomer@c1ient.example", Severity.High)]
    [InlineData("newcomer@cleint.example", null)]
    [InlineData("suzuk1@client.example", null)]
    public void WhoImitatesAHouse_IsNoBetterForHavingWrittenFirst(string imitation, Severity? expected)
        => Assert.Equal(expected, Send(new History().Wrote(8, "suzuki@client.example").Heard(imitation, 3), imitation)?.Severity);

    [Fact]
    public void WhoImitatesAHouse_ButWasAnsweredAsItIs_WaitsNoMore()
        => Assert.NotEqual(Severity.High, Send(new History().Wrote(8, "suzuki@client.example").Heard("suzuki@c1ient.example", 3).Wrote(1, "suzuki@c1ient.example"), "suzuki@c1ient.example")?.Severity);

    [Fact]
    public void AnotherPersonOfAFirmWithASlipInItsDomain_IsSeenByTheFirm()
    {
        var finding = Send(new History().Wrote(8, "suzuki@midori-trading.example"), "newcomer@midori-tradign.example")!;

        Assert.Equal((Severity.High, 1L), (finding.Severity, finding.Measures["domain"]));
        Assert.Contains("did you mean newcomer@midori-trading.example?", finding.Summary.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suzuki@aoba-bussan.com", Severity.High)]
    [InlineData("newcomer@aoba-bussan.com", Severity.Low)]
    public void AnotherRealEnding_WaitsOnlyWhereTheSamePersonIsKnown(string typed, Severity expected)
    {
        var finding = Send(new History().Wrote(8, "suzuki@aoba-bussan.co.jp"), typed)!;

        Assert.Equal((expected, 1L), (finding.Severity, finding.Measures["tld"]));
    }

    [Fact]
    public void TwoRealProviders_AreNoSlip()
        => Assert.Null(Send(new History().Wrote(8, "suzuki@hotmail.co.jp"), "suzuki@hotmail.com"));

    [Fact]
    public void AnAddressInUse_IsNoSlip()
    {
        Assert.Null(Send(new History().Wrote(8, "suzuki@client.example").Wrote(3, "suzuki@cleint.example"), "suzuki@cleint.example"));
        Assert.Null(Send(new History().Wrote(8, "suzuki@client.example").Heard("suzuki@cleint.example"), "suzuki@cleint.example"));
        Assert.Null(Send(new History().Wrote(3, "suzuki@gmial.com"), "suzuki@gmial.com"));
    }

    [Fact]
    public void WhoWasSentToOnceAsItIs_IsOnlyNotedFromThenOn()
    {
        var finding = Send(new History().Wrote(8, "suzuki@client.example").Wrote(1, "suzuki@cleint.example"), "suzuki@cleint.example")!;

        Assert.Equal((Severity.Low, 1L), (finding.Severity, finding.Measures["known"]));
    }

    [Fact]
    public void ARivalHardlyKnownOrOnTheMailHimself_IsNone()
    {
        Assert.Null(Send(new History().Wrote(2, "suzuki@client.example"), "suzuki@cleint.example"));
        Assert.Null(Send(new History().Wrote(8, "szuuki@client.example"), "szuuki@client.example", "suzuki@client.example"));
    }

    [Fact]
    public void MembersOfASeries_AreNoLookalikes()
    {
        var history = new History();
        for (var i = 1; i < 10; i++)
        {
            history.Wrote(4, $"customer00{i}@client.example", $"staff@shop{i}.example");
        }

        Assert.Null(Send(history, "customer010@client.example", "customer011@client.example", "staff@shop10.example"));
    }

    [Fact]
    public void RecipientsOfOneMailThatResembleEachOther_AreNoLookalikes()
        => Assert.Null(Send(new History().Grown(), "yamada@client.example", "yamade@client.example", "member1@client.example", "member2@client.example"));

    [Fact]
    public void AnAddressFromTheThread_WasNotTyped()
    {
        const string Reply = "Yes.\n\n-----Original Message-----\nFrom: suzuki@cleint.example\nSent: Monday\n\nCan you come?\n";

        Assert.Equal(Severity.Low, new History().Wrote(8, "suzuki@client.example").Send(Rule, Reply, "suzuki@cleint.example").Single().Severity);
    }

    [Theory]
    [InlineData("boss@horne.example", 1)]
    [InlineData("boss@home.exampel", 1)]
    [InlineData("boss@home.example.evil.test", 1)]
    [InlineData("boss@hоme.example", 1)]
    [InlineData("boss@house.example", 0)]
    public void AnOutsideDomainThatImitatesOurs_IsSeenWithoutHistory(string typed, int imitates)
    {
        var finding = Send(new History(), typed);

        Assert.Equal(imitates, finding?.Measures["imitates-us"] ?? 0);
        if (imitates > 0)
        {
            Assert.Equal(Severity.High, finding!.Severity);
            Assert.Contains("looks like one of your own addresses (home.example) but is outside", finding.Summary.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ANameOfFourLetters_IsOnlyNoted() => Assert.Equal(Severity.Low, Send(new History(), "boss@hone.example")!.Severity);

    [Fact]
    public void APartnersDomainIsKnownWithoutHistory()
    {
        var look = new Look { To = ["x@aoba-tradign.example"], Partners = [["aoba-trading.example", "aoba.test"]] };

        Assert.Equal(1, look.Finding(Rule, Look.Plain("Hello"))!.Measures["domain"]);
        Assert.Null((look with { To = ["x@aoba-trading.example"] }).Finding(Rule, Look.Plain("Hello")));
    }

    [Fact]
    public void LettersOfTwoScriptsInOneLabel_AreSeenWithoutHistory()
    {
        var finding = Send(new History(), "x@раypal-shop.example")!;

        Assert.Equal((Severity.High, 1L), (finding.Severity, finding.Measures["homoglyph"]));
        Assert.Contains("раypal-shop.example → x@paypal-shop.example", finding.Evidence[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ADomainTypedWithTheJapaneseInputOn_IsSeenWithoutHistory()
    {
        var finding = Send(new History().Wrote(5, "suzuki@gmail.com"), "suzuki@gまいl.こm")!;

        Assert.Equal((Severity.High, 1L), (finding.Severity, finding.Measures["homoglyph"]));
        Assert.Equal(["suzuki@gまいl.こm → suzuki@gmail.com"], finding.Evidence);
    }

    [Fact]
    public void AKnownNameWithAnotherAddress_IsNoted()
    {
        var finding = Send(new History().Wrote(8, "鈴木一郎 <suzuki@client.example>"), "鈴木 一郎 <ichiro@other.example>")!;

        Assert.Equal((Severity.Low, 1L), (finding.Severity, finding.Measures["name"]));
        Assert.Contains("has the name of suzuki@client.example, written to 8 times", finding.Summary.En, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereTheKnownOneBelongsToTheOthers_ItWaits()
    {
        var finding = Send(new History().Wrote(8, "鈴木一郎 <suzuki@client.example>", "tanaka@client.example"), "鈴木一郎 <ichiro@other.example>", "tanaka@client.example")!;

        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal(["ichiro@other.example"], finding.Recipients);
    }

    [Fact]
    public void TheNameInTheGreetingCountsAsOne()
        => Assert.Equal(1, new History().Wrote(8, "鈴木 一郎 <suzuki@client.example>").Send(Rule, "株式会社みどり\n鈴木 一郎 様\n\nお世話になっております。", "s-info@other.example").Single().Measures["name"]);

    [Fact]
    public void ANamesakeAtAnotherFirm_IsNotedWhereTheKnownOneBelongsToTheOthers()
    {
        var finding = Send(new History().Wrote(8, "sato@client.example", "tanaka@client.example"), "sato@other.example", "tanaka@client.example")!;

        Assert.Equal((Severity.Low, 1L), (finding.Severity, finding.Measures["name"]));
        Assert.Null(Send(new History().Wrote(8, "sato@client.example", "tanaka@client.example"), "sato@other.example", "yamada@other.example"));
    }

    [Fact]
    public void AKnownAddressUnderTheNameOfAnotherKnownOne_IsANoteAboutTheAddressBook()
    {
        var finding = Send(new History().Wrote(8, "鈴木 一郎 <suzuki@client.example>").Wrote(5, "佐藤 花子 <sato@other.example>"), "鈴木 一郎 <sato@other.example>")!;

        Assert.Equal((Severity.Info, 1L), (finding.Severity, finding.Measures["renamed"]));
        Assert.Null(Send(new History().Wrote(8, "鈴木 一郎 <suzuki@client.example>").Wrote(5, "佐藤 花子 <sato@other.example>"), "佐藤 花子 <sato@other.example>"));
    }

    [Fact]
    public void OfAMailingToManyOnlyTheSlipsWait()
    {
        string[] to = [.. Look.People(3_000), "someone@gmial.com", "other@yahooo.co.jp"];
        var finding = new Look { To = to, Correspondence = new History().Grown().Memory }.Finding(Rule, Look.Plain("News", header: "To: undisclosed-recipients:;\n"))!;

        Assert.Equal(["someone@gmial.com", "other@yahooo.co.jp"], finding.Recipients);
        Assert.Equal(2, finding.Measures["freemail"]);
        Assert.EndsWith("1 more recipient looks like another's address.", finding.Summary.En, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHistoryIsAskedAboutTwentyPeopleAtMost()
    {
        var counting = new Counting(new History().Grown().Memory);

        new Look { To = [.. Enumerable.Range(0, 30).Select(i => $"{(char)('a' + i % 26)}new{i}@fresh{i}.example")], Correspondence = counting }.Inspect(Look.Plain("Hello"));

        Assert.Equal(20, counting.Alikes);
    }

    [Fact]
    public void HostileAddresses_AreHarmless()
    {
        string[] odd = [$"{new string('a', 900)}@x.example", "x@xn--a.example", "\"a b\"@gmial.com", "x@[192.0.2.1]", "x@" + string.Join('.', Enumerable.Repeat("a", 120)), "@", "x@-"];

        Assert.Equal(1, new Look { To = odd, Correspondence = new History().Grown().Wrote(5, "a@x.example").Memory }.Finding(Rule, Look.Plain("Hello"))!.Measures["freemail"]);
    }

    private sealed class Counting(ICorrespondence inner) : ICorrespondence
    {
        public int Alikes { get; private set; }

        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => inner.GatheringsOf(addressKeys);

        public CorrespondenceView Look(CorrespondenceQuestion question) => inner.Look(question);

        public IReadOnlyList<Contact> Alike(AlikeQuestion question)
        {
            Alikes++;
            return inner.Alike(question);
        }
    }
}
