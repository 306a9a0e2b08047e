using System.Diagnostics;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class VisibleRecipientsTests
{
    private const string Rule = RuleNames.VisibleRecipients;

    private static string To(IEnumerable<string> addresses, string field = "To") => Look.Plain("Hello", $"{field}: {string.Join(",\n ", addresses)}\n");

    [Theory]
    [InlineData("To")]
    [InlineData("Cc")]
    [InlineData("Resent-To")]
    [InlineData("Resent-Cc")]
    public void StrangersInARecipientField_AreCounted(string field)
    {
        var people = Look.People(12);
        var finding = new Look { To = people }.Finding(Rule, To(people, field));
        Assert.NotNull(finding);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal(12, finding.Measures["groups"]);
        Assert.Equal(12, finding.Measures["addresses"]);
        Assert.Equal(12, finding.Measures["organisations"]);
        Assert.Equal(people, finding.Recipients);
    }

    [Theory]
    [InlineData("Reply-To")]
    [InlineData("Mail-Followup-To")]
    [InlineData("Disposition-Notification-To")]
    [InlineData("X-Original-To")]
    [InlineData("X-Recipients")]
    [InlineData("Comments")]
    [InlineData("References")]
    [InlineData("Received")]
    public void RecipientsInAnyOtherField_AreCounted(string field)
    {
        var people = Look.People(12);
        var finding = new Look { To = people }.Finding(Rule, To(people, $"To: sender@home.example\n{field}"));
        Assert.Equal(12, finding?.Measures["addresses"] + (field == "Reply-To" ? 1 : 0));
    }

    /// <summary>Relays hand on one recipient at a time: the round stands in the field all the same.</summary>
    [Fact]
    public void AListInAReplyField_IsCountedThoughOnlyOneOfThemGetsThisMail()
        => Assert.NotNull(new Look { To = ["taro@client.example"] }.Finding(Rule, Look.Plain("Hello", $"To: taro@client.example\nReply-To: {string.Join(", ", Look.People(12))}\n")));

    [Fact]
    public void AListInManyFieldsOfOneName_IsAList()
        => Assert.Equal(13, new Look().Finding(Rule, Look.Plain("Hello", $"To: taro@client.example\n{string.Concat(Look.People(12).Select(p => $"X-Recipient: {p}\n"))}"))?.Measures["addresses"]);

    [Theory]
    [InlineData("List-Owner")]
    [InlineData("Content-Description")]
    [InlineData("X-MS-Exchange-Recipients")]
    public void AListInAFieldOfAMachine_IsCountedThoughNoneOfThemGetsThisMail(string field)
    {
        var list = string.Join(",\n ", Look.People(12).Select(p => $"<mailto:{p}>"));
        Assert.Equal(13, new Look().Finding(Rule, Look.Plain("Hello", $"To: taro@client.example\n{field}: {list}\n"))?.Measures["addresses"]);
    }

    [Theory]
    [InlineData("Reply-To")]
    [InlineData("Sender")]
    [InlineData("From")]
    public void RecipientsAreNoAuthors_HoweverManyFieldsNameThem(string field)
    {
        var people = Look.People(12);
        var list = string.Join(",\n ", people);
        Assert.NotNull(new Look { To = people }.Finding(Rule, Look.Plain("Hello", $"To: {list}\n{field}: {list}\n")));
    }

    [Fact]
    public void PeopleInTheNameOfAnEmptyGroup_AreCounted()
    {
        var people = Look.People(12);
        Assert.NotNull(new Look { To = people }.Finding(Rule, Look.Plain("Hello", $"To: \"{string.Join(", ", people)}\":;\n")));
    }

    [Theory]
    [InlineData("Reply-To: desk@home.example, invented.author@gmail.com\n")]
    [InlineData("List-Unsubscribe: <mailto:leave@service.example>, <mailto:help@list.example>\n")]
    [InlineData("Received: from mx.other.example by relay.home.example for <taro@client.example>; Mon, 1 Jan 2024 00:00:00 +0000\n")]
    [InlineData("References: <1@mail.client.example> <2@mail.other.example> <3@gmail.com>\n")]
    [InlineData("References: <1@a.example> <2@b.example> <3@c.example> <4@d.example> <5@e.example> <6@f.example> <7@g.example> <8@h.example> <9@i.example> <10@j.example> <11@k.example>\n")]
    [InlineData("Cc: \"taro y\"@client.example, o'brien.x@client.example, a..b.@client.example (Taro)\n")]
    public void AuthorsIdentifiersAndTraces_AreNobodyShown(string header)
        => Assert.Null(new Look().Finding(Rule, Look.Plain("Hello", "To: taro@client.example\n" + header)));

    [Fact]
    public void ALongFieldOfIdentifiers_IsReadOnce_HoweverManyRecipientsThereAre()
    {
        var home = new Organisation(["home.example"]);
        EnvelopeRecipient[] recipients = [.. Enumerable.Range(0, 60_000).Select(i => EnvelopeRecipient.Of($"taro@client{i}.example", home))];
        var message = MimeMessage.Parse(Look.Bytes(Look.Plain("Hello", $"References:{string.Concat(Enumerable.Repeat("\n <1.2.3@mail.sender.example>", 400_000))} <taro@client7.example>\n")));
        var visible = new List<VisibleAddress>();
        var clock = Stopwatch.StartNew();
        OtherFields.Add(message, recipients, [], new HashSet<string>(), home, visible);
        Assert.Equal("taro@client7.example", Assert.Single(visible).Address.Key);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
    }

    [Fact]
    public void CustomersOfOneLocalProvider_AreNoHouse()
    {
        string[] people = ["invented.one@tees.ne.jp", "invented.two@tees.ne.jp", "invented.three@tees.ne.jp"];
        Assert.Equal(3, new Look { To = people }.Finding(Rule, To(people))?.Measures["groups"]);
    }

    [Fact]
    public void TwoStrangers_AreEnough()
    {
        string[] two = ["invented.one@gmail.com", "invented.two@gmail.com"];
        var finding = new Look { To = two }.Finding(Rule, To(two));
        Assert.NotNull(finding);
        Assert.Equal(2, finding.Measures["groups"]);
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Fact]
    public void SizesOfTheSentence_AreRightInBothLanguages()
    {
        var people = Enumerable.Range(0, 185).Select(i => $"p{i}@company{i % 142}.example").ToArray();
        var finding = new Look { To = people }.Finding(Rule, To(people))!;
        Assert.Equal("185 people from 142 organisations would see each other's addresses. Send one mail to each instead?", finding.Summary.En);
        Assert.Equal("142の組織の185人に、お互いのメールアドレスが見えてしまいます。1通ずつ個別に送りますか？", finding.Summary.Ja);
        Assert.Equal(142, finding.Measures["groups"]);
        Assert.True(finding.Evidence.Count <= 20);
    }

    [Fact]
    public void Numbers_AreGrouped()
    {
        var people = Enumerable.Range(0, 1234).Select(i => $"p{i}@company{i % 1000}.example").ToArray();
        Assert.Contains("1,234 people from 1,000 organisations", new Look { To = people }.Finding(Rule, To(people))!.Summary.En);
    }

    [Fact]
    public void ColleaguesOfOneCompany_KnowEachOther()
    {
        string[] people = ["a@client.example", "b@client.example", "c@client.example"];
        Assert.Null(new Look { To = people }.Finding(Rule, To(people)));
    }

    [Fact]
    public void FreemailUsers_AreNoColleagues()
    {
        string[] people = ["invented.a@docomo.ne.jp", "invented.b@docomo.ne.jp"];
        Assert.NotNull(new Look { To = people }.Finding(Rule, To(people)));
    }

    [Fact]
    public void ColleaguesAndOneWebmailUser_AreTwoGroups()
    {
        string[] people = ["a@client.example", "b@client.example", "invented@gmail.com"];
        var finding = new Look { To = people }.Finding(Rule, To(people))!;
        Assert.Equal(2, finding.Measures["groups"]);
        Assert.Equal(3, finding.Measures["addresses"]);
        Assert.Equal(2, finding.Measures["organisations"]);
    }

    [Fact]
    public void PartnersOfAGroup_AreOneOrganisation()
    {
        string[] people = ["a@one.example", "b@two.example"];
        Assert.Null(new Look { To = people, Partners = [["one.example", "two.example"]] }.Finding(Rule, To(people)));
    }

    [Fact]
    public void ASharedGathering_MakesAcquaintance()
    {
        string[] people = ["a@one.example", "b@two.example", "c@three.example"];
        Assert.Null(new Look { To = people, Correspondence = new Gatherings(people) }.Finding(Rule, To(people)));
        var two = new Look { To = people, Correspondence = new Gatherings(["a@one.example", "b@two.example"]) }.Finding(Rule, To(people))!;
        Assert.Equal(2, two.Measures["groups"]);
    }

    [Fact]
    public void OneNewcomerToAKnownRound_IsAStranger()
    {
        string[] round = ["a@one.example", "b@two.example"];
        string[] all = [.. round, "invented.new@gmail.com"];
        Assert.Equal(2, new Look { To = all, Correspondence = new Gatherings(round) }.Finding(Rule, To(all))!.Measures["groups"]);
    }

    [Fact]
    public void AThousandInBcc_SeeOnlyTheSender()
    {
        var people = Look.People(1000);
        Assert.Null(new Look { To = people }.Finding(Rule, Look.Plain("Hello", "To: sender@home.example\n")));
        Assert.Null(new Look { To = people }.Finding(Rule, Look.Plain("Hello", "To: undisclosed-recipients:;\n")));
        Assert.Null(new Look { To = people }.Finding(Rule, Look.Plain("Hello", "")));
    }

    [Fact]
    public void AFreemailSenderInHisOwnTo_IsNoStranger()
    {
        var mail = "From: invented.me@gmail.com\nTo: invented.me@gmail.com\nSubject: x\n\nHello\n";
        Assert.Null(new Look { Domains = [], From = "invented.me@gmail.com", To = Look.People(30) }.Finding(Rule, mail));
    }

    [Fact]
    public void ABlindRecipient_SeesTheVisibleStranger()
    {
        var finding = new Look { To = ["shown@one.example", "blind@two.example"] }.Finding(Rule, To(["shown@one.example"]))!;
        Assert.Equal(2, finding.Measures["groups"]);
        Assert.Equal(1, finding.Measures["addresses"]);
        Assert.Equal(["blind@two.example"], finding.Recipients);
        Assert.Equal("1 recipient would see the address of an outside person he or she does not know. Send one mail to each instead?", finding.Summary.En);
    }

    [Fact]
    public void ManyBlindRecipients_AreNotSeenByEachOther()
    {
        var blind = Look.People(1000);
        var finding = new Look { To = ["shown@one.example", .. blind] }.Finding(Rule, To(["shown@one.example"]))!;
        Assert.Equal(2, finding.Measures["groups"]);
        Assert.Equal(1000, finding.Recipients.Count);
    }

    [Fact]
    public void ABlindColleagueOfTheVisible_IsNoStranger()
        => Assert.Null(new Look { To = ["shown@one.example", "blind@one.example"] }.Finding(Rule, To(["shown@one.example"])));

    [Fact]
    public void ABlindAcquaintanceOfOne_DoesNotJoinTheOthers()
    {
        // He knows both; they do not know each other, and see each other.
        var correspondence = new Gatherings(["a@one.example", "blind@x.example"], ["b@two.example", "blind@x.example"]);
        var finding = new Look { To = ["a@one.example", "b@two.example", "blind@x.example"], Correspondence = correspondence }
            .Finding(Rule, To(["a@one.example", "b@two.example"]))!;
        Assert.Equal(2, finding.Measures["groups"]);
    }

    [Fact]
    public void InsideAddresses_AreNotCounted()
    {
        string[] people = ["a@home.example", "b@home.example", "taro@client.example"];
        Assert.Null(new Look { To = people }.Finding(Rule, To(people)));
    }

    [Fact]
    public void ALookalikeOfTheOwnDomain_IsOutside()
    {
        string[] people = ["a@evil-home.example", "taro@client.example"];
        Assert.NotNull(new Look { To = people }.Finding(Rule, To(people)));
    }

    [Theory]
    [InlineData("To: Friends: invented.a@gmail.com, invented.b@gmail.com;\n")]
    [InlineData("To: invented.a@gmail.com\nTo: invented.b@gmail.com\n")]
    [InlineData("To: invented.a@gmail.com\nCc: invented.b@gmail.com\n")]
    [InlineData("to: INVENTED.A@GMAIL.COM,, invented.b@gmail.com\n")]
    [InlineData("To: \"invented.a@gmail.com\" <taro@client.example>, x <invented.b@gmail.com>\n")]
    [InlineData("To: invented.a@gmail.com invented.b@gmail.com\n")]
    [InlineData("To: invented.a@gmail.com; invented.b@gmail.com\n")]
    [InlineData("To: invented.a@gmail.com\u3001invented.b@gmail.com\n")]
    [InlineData("To: =?utf-8?B?5bGx55Sw?= <invented.a@gmail.com>, <<invented.b@gmail.com\n")]
    [InlineData("Apparently-To: invented.a@gmail.com, invented.b@gmail.com\n")]
    public void HoweverTheyAreWritten_TheyCount(string header)
        => Assert.NotNull(new Look { To = ["invented.a@gmail.com", "invented.b@gmail.com"] }.Finding(Rule, Look.Plain("Hello", header)));

    [Fact]
    public void TheSameAddressTwice_IsOnePerson()
    {
        string[] one = ["taro@client.example", "TARO@Client.Example."];
        Assert.Null(new Look { To = ["taro@client.example"] }.Finding(Rule, To([one[0], "\"Taro\" <Taro@CLIENT.example>"])));
    }

    [Fact]
    public void ReplyTo_IsTheAuthorsSide()
        => Assert.Null(new Look().Finding(Rule, Look.Plain("x", "To: taro@client.example\nReply-To: invented.office@gmail.com\n")));

    [Fact]
    public void UpperCaseInTheEnvelope_IsTheSamePerson()
    {
        var finding = new Look { To = ["TARO@Client.example", "Hanako@Other.Example"] }.Finding(Rule, To(["taro@client.example", "hanako@other.example"]))!;
        Assert.Equal(["taro@client.example", "hanako@other.example"], finding.Recipients);
    }

    [Fact]
    public void ABrokenEnvelopeRecipient_IsOutside()
    {
        var finding = new Look { To = ["taro@client.example", "no address"] }.Finding(Rule, To(["taro@client.example"]))!;
        Assert.Equal(["no address"], finding.Recipients);
    }

    [Fact]
    public void MailToInsideOnly_IsNotAsked()
    {
        var correspondence = new Gatherings();
        var result = new Look { To = ["a@home.example"], Correspondence = correspondence }.Inspect(To(Look.People(20)));
        Assert.Empty(result.Findings);
        Assert.Null(result.Recent);
        Assert.Equal(0, correspondence.Asked);
    }

    [Fact]
    public void TheLargestList_IsCountedWithoutPairs()
    {
        var people = Look.People(16_280);
        var mail = new StringBuilder("From: sender@home.example\r\nTo: ").AppendJoin(",\r\n ", people).Append("\r\nSubject: x\r\n\r\nHello\r\n");
        var finding = new Look { To = people, Correspondence = new Gatherings(people.Take(5000).ToArray()) }
            .Inspect(Encoding.UTF8.GetBytes(mail.ToString())).Findings.Single(f => f.Rule == Rule);
        Assert.Equal(16_280 - 4_999, finding.Measures["groups"]);
        Assert.Equal(16_280, finding.Measures["addresses"]);
    }

    [Fact]
    public void AChainOfGatherings_IsAListOfThoseNoTwoOfWhomMet()
    {
        var people = Look.People(3000);
        var chain = Enumerable.Range(0, people.Length - 1).Select(i => (IReadOnlyList<string>)[people[i], people[i + 1]]).ToArray();
        Assert.InRange(new Look { To = people, Correspondence = new Gatherings(chain) }.Finding(Rule, To(people))?.Measures["groups"] ?? 0, 1000, 1500);
    }

    [Fact]
    public void GroupsAreWhatAWalkOverPairsFinds()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var people = Enumerable.Range(0, random.Next(1, 9)).Select(i => new Person($"p{i}@o{random.Next(6)}.example", $"o{random.Next(6)}")).ToList();
            var gatherings = Enumerable.Range(0, random.Next(4)).Select(_ => (IReadOnlyList<string>)[.. people.Where(_ => random.Next(3) == 0).Select(p => p.Key)]).ToArray();
            var view = StrangerGroups.Find(people, people, Look.Context(new Gatherings(gatherings)), default);
            var distinct = people.DistinctBy(p => p.Key).ToList();
            var components = Components(distinct, gatherings);
            Assert.InRange(view.VisibleGroups, components, Math.Max(components, MostApart(distinct, gatherings)));
            Assert.True(view.VisibleGroups == components || view.VisibleGroups >= 3, "two who know a third are of his circle");
        }
    }

    private static int MostApart(List<Person> people, IReadOnlyList<string>[] gatherings)
    {
        var houses = people.GroupBy(p => p.Organisation).Select(h => h.ToList()).ToList();
        bool HaveMet(List<Person> one, List<Person> other) => gatherings.Any(g => one.Exists(p => g.Contains(p.Key)) && other.Exists(p => g.Contains(p.Key)));
        var most = 0;
        for (var some = 0; some < 1 << houses.Count; some++)
        {
            var chosen = houses.Where((_, i) => (some & (1 << i)) != 0).ToList();
            most = chosen.Count > most && !chosen.Exists(a => chosen.Exists(b => a != b && HaveMet(a, b))) ? chosen.Count : most;
        }

        return most;
    }

    private static int Components(List<Person> people, IReadOnlyList<string>[] gatherings)
    {
        var left = people.ToList();
        var groups = 0;
        while (left.Count > 0)
        {
            groups++;
            var open = new Queue<Person>([left[0]]);
            left.RemoveAt(0);
            while (open.TryDequeue(out var one))
            {
                var near = left.Where(o => o.Organisation == one.Organisation || gatherings.Any(g => g.Contains(o.Key) && g.Contains(one.Key))).ToList();
                near.ForEach(n => open.Enqueue(n));
                left.RemoveAll(near.Contains);
            }
        }

        return groups;
    }
}
