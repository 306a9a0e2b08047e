using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>A correspondence under test: what it is taught, and asked to forget. Each has this one book.</summary>
public interface ICorrespondenceBook : IDisposable
{
    /// <summary>Answers from all it was taught before.</summary>
    ICorrespondence Asked { get; }

    void Learn(params IReadOnlyList<LearntMail> mails);

    void AddScore(string rule, int score);

    /// <summary>Addresses that were known.</summary>
    int Forget(string addressOrDomain);
}

/// <summary>What every correspondence answers, wherever it is kept.</summary>
public abstract partial class CorrespondenceContract
{
    protected const string Me = "me@home.example";

    protected const string Colleague = "colleague@home.example";

    protected static DateTimeOffset Noon { get; } = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>False where addresses stand hashed: then nobody is named who was not asked for, and local parts and names are like nobody's.</summary>
    protected virtual bool NamesPeople => true;

    /// <summary>An empty book.</summary>
    protected abstract ICorrespondenceBook Open();

    /// <summary>A person as the tests write him: outside people of <c>company.example</c> belong to it, those of <c>free.example</c> each to himself, those of <c>home.example</c> are ours.</summary>
    protected static LearntPerson Person(string key, bool visible = true, string name = "") => new(
        key,
        key.EndsWith("@home.example", StringComparison.Ordinal) ? null : key.EndsWith("@free.example", StringComparison.Ordinal) ? key : key[(key.IndexOf('@', StringComparison.Ordinal) + 1)..],
        visible,
        name);

    protected static LearntMail Mail(DateTimeOffset at, string sender, params string[] people) => new(sender, at, [.. people.Select(p => Person(p))]);

    protected static CorrespondenceView Look(ICorrespondence asked, DateTimeOffset at, params string[] people) => asked.Look(new CorrespondenceQuestion(Me, people, at));

    [Fact]
    public void AnEmptyBook_KnowsNobody()
    {
        using var book = Open();
        var view = Look(book.Asked, Noon, "a@client.example");
        Assert.Equal((0, 0), (view.Mails, view.SenderMails));
        Assert.Empty(view.Contacts);
        Assert.Empty(view.Gatherings);
        Assert.Empty(view.Companions);
        Assert.Null(view.Thread);
        Assert.Empty(book.Asked.GatheringsOf(["a@client.example"]));
        Assert.Equal(0, book.Asked.Curve("any").Mails);
    }

    [Fact]
    public void AContact_IsCountedAsARecipient_BySenderAndByAnybody()
    {
        using var book = Open();
        book.Learn(
            Mail(Noon, Me, "a@client.example", "b@client.example"),
            Mail(Noon.AddDays(1), Colleague, "a@client.example"),
            Mail(Noon.AddDays(2), Me, "a@client.example"));
        var view = Look(book.Asked, Noon.AddDays(2), "a@client.example", "b@client.example", "nobody@client.example");
        Assert.Equal((3, 2), (view.Mails, view.SenderMails));
        Assert.Equal(["a@client.example", "b@client.example"], view.Contacts.Keys.Order());
        var contact = view.Contacts["a@client.example"];
        Assert.Equal((3, 2, 0), (contact.Mails, contact.BySender, contact.Written));
        Assert.Equal((Noon, Noon.AddDays(2), (DateTimeOffset?)Noon.AddDays(2)), (contact.FirstAt, contact.LastAt, contact.LastBySender));
        Assert.Equal((1, 1), (view.Contacts["b@client.example"].Mails, view.Contacts["b@client.example"].BySender));
    }

    [Fact]
    public void ANeverWrittenTo_HasNoLatestMail()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Colleague, "a@client.example"));
        var contact = Look(book.Asked, Noon, "a@client.example").Contacts["a@client.example"];
        Assert.Equal((1, 0), (contact.Mails, contact.BySender));
        Assert.Null(contact.LastBySender);
        Assert.Equal(0, contact.WeightBySender);
    }

    [Fact]
    public void AMailCountsHalf_AfterAHalfLife()
    {
        using var book = Open();
        book.Learn(
            Mail(Noon, Me, "a@client.example"),
            Mail(Noon + Contact.HalfLife, Colleague, "a@client.example"),
            Mail(Noon + Contact.HalfLife, Me, "a@client.example"));
        var contact = Look(book.Asked, Noon + (2 * Contact.HalfLife), "a@client.example").Contacts["a@client.example"];
        Assert.Equal(1.25, contact.Weight, 3);
        Assert.Equal(0.75, contact.WeightBySender, 3);
    }

    [Fact]
    public void MailsMayBeLearnt_InAnyOrder()
    {
        using var book = Open();
        book.Learn(Mail(Noon + Contact.HalfLife, Me, "a@client.example"), Mail(Noon, Me, "a@client.example"));
        var contact = Look(book.Asked, Noon + Contact.HalfLife, "a@client.example").Contacts["a@client.example"];
        Assert.Equal(1.5, contact.WeightBySender, 3);
        Assert.Equal((Noon, Noon + Contact.HalfLife), (contact.FirstAt, contact.LastAt));
    }

    [Fact]
    public void WhoIsOnAMailTwice_IsOneRecipient()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "a@client.example", "a@client.example", Me));
        Assert.Equal(1, Look(book.Asked, Noon, "a@client.example").Contacts["a@client.example"].Mails);
    }

    [Fact]
    public void AnOutsideAuthor_HasWritten()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        book.Learn(Mail(Noon, "a@client.example", Me) with { SenderOrganisation = "client.example", SenderName = "Anna Client" });
        var contact = Look(book.Asked, Noon, "a@client.example").Contacts["a@client.example"];
        Assert.Equal((0, 1), (contact.Mails, contact.Written));
        Assert.Equal(["Anna Client"], contact.Names);
    }

    [Fact]
    public void Names_AreToldMostUsedFirst()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        foreach (var (name, times) in (ReadOnlySpan<(string, int)>)[("Taro", 1), ("山田太郎", 3), ("", 5), ("Yamada", 2)])
        {
            for (var i = 0; i < times; i++)
            {
                book.Learn(new LearntMail(Me, Noon.AddMinutes(i), [Person("a@client.example", name: name)]));
            }
        }

        Assert.Equal(["山田太郎", "Yamada", "Taro"], Look(book.Asked, Noon, "a@client.example").Contacts["a@client.example"].Names);
    }

    [Fact]
    public void AnOrganisation_IsRememberedLikeAPerson_AFreemailAddressIsHimself()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "a@client.example", "b@client.example", "c@free.example"));
        var view = Look(book.Asked, Noon, "@client.example", "@free.example", "@c@free.example", "@home.example", "new@client.example");
        Assert.Equal(["@client.example"], view.Contacts.Keys);
        Assert.Equal((1, 1), (view.Contacts["@client.example"].Mails, view.Contacts["@client.example"].BySender));
        Assert.Equal([0], Assert.Single(view.Gatherings).People);
    }

    [Fact]
    public void AGathering_IsTheWriterAndTheVisible_CountedAndDated()
    {
        using var book = Open();
        book.Learn(
            Mail(Noon, Me, "a@client.example", "b@other.example"),
            Mail(Noon.AddDays(3), Me, "b@other.example", "a@client.example"),
            Mail(Noon.AddDays(1), Colleague, "b@other.example"));
        var gatherings = Look(book.Asked, Noon.AddDays(3), "b@other.example", "x@new.example", "a@client.example").Gatherings;
        Assert.Equal(2, gatherings.Count);
        Assert.Equal((3, 2, Noon.AddDays(3), true), (gatherings[0].Size, gatherings[0].Times, gatherings[0].LastAt, gatherings[0].WithSender));
        Assert.Equal([0, 2], gatherings[0].People);
        Assert.Equal((2, 1, Noon.AddDays(1), false), (gatherings[1].Size, gatherings[1].Times, gatherings[1].LastAt, gatherings[1].WithSender));
        Assert.Equal([0], gatherings[1].People);
    }

    [Fact]
    public void WhoWasNotVisible_IsAContact_AndOfNoGathering()
    {
        using var book = Open();
        book.Learn(new LearntMail(Me, Noon, [Person("a@client.example"), Person("blind@other.example", visible: false)]));
        var view = Look(book.Asked, Noon, "a@client.example", "blind@other.example", "@other.example");
        Assert.Equal(1, view.Contacts["blind@other.example"].Mails);
        Assert.Equal([0], Assert.Single(view.Gatherings).People);
        Assert.DoesNotContain("blind@other.example", book.Asked.GatheringsOf(["blind@other.example"]).Keys);
    }

    [Fact]
    public void TwoWhoWereTogether_ShareAGathering_TwoWhoWereNotDoNot()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "a@client.example", "b@other.example"), Mail(Noon, Me, "c@third.example"));
        var found = book.Asked.GatheringsOf(["a@client.example", "b@other.example", "c@third.example", "x@new.example"]);
        Assert.Equal(["a@client.example", "b@other.example", "c@third.example"], found.Keys.Order());
        Assert.Equal(found["a@client.example"], found["b@other.example"]);
        Assert.Empty(found["a@client.example"].Intersect(found["c@third.example"]));
    }

    [Fact]
    public void OfAnAddressThatIsEverywhere_TheLatestAreTold_AndThoseSharedWithTheOthers()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "everywhere@client.example", "old@other.example"));
        book.Learn([.. Enumerable.Range(1, 400).Select(i => Mail(Noon.AddHours(i), Me, "everywhere@client.example", $"p{i}@free.example"))]);
        var found = book.Asked.GatheringsOf(["everywhere@client.example", "old@other.example"]);
        Assert.InRange(found["everywhere@client.example"].Count, 2, 300);
        Assert.Equal(found["old@other.example"], found["everywhere@client.example"].Intersect(found["old@other.example"]));
        var gatherings = Look(book.Asked, Noon.AddHours(400), "everywhere@client.example").Gatherings;
        Assert.Equal(256, gatherings.Count);
        Assert.Equal(Noon.AddHours(400), gatherings[0].LastAt);
        Assert.Equal(gatherings.OrderByDescending(g => g.LastAt), gatherings);
    }

    [Fact]
    public void Companions_AreWhoWasOftenWithThesePeople_AndIsMissing()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        for (var i = 0; i < 3; i++)
        {
            book.Learn(Mail(Noon.AddDays(i), Me, "a@client.example", "suzuki@client.example"));
        }

        book.Learn(Mail(Noon, Colleague, "a@client.example", "b@client.example", "once@other.example"), Mail(Noon, Me, "elsewhere@third.example"));
        var companions = Look(book.Asked, Noon.AddDays(3), "a@client.example", "b@client.example").Companions;
        Assert.Equal(["suzuki@client.example", Colleague, "once@other.example"], companions.Select(c => c.Contact.Key));
        Assert.Equal([3L, 1L, 1L], companions.Select(c => c.Together));
        Assert.Equal(3, companions[0].Contact.BySender);
    }

    [Fact]
    public void AThread_IsFoundByWhatAMailRefersTo()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        book.Learn(
            Mail(Noon, Me, "a@client.example") with { MessageId = "1@home.example", Topic = "delivery of the parts" },
            Mail(Noon.AddHours(1), "a@client.example", Me, Colleague) with { MessageId = "2@client.example", References = ["1@home.example"], SenderOrganisation = "client.example" });
        var thread = book.Asked.Look(new CorrespondenceQuestion(Me, ["a@client.example"], Noon.AddHours(2)) { References = ["2@client.example"] }).Thread!;
        Assert.Equal((2, true), (thread.Mails, thread.ByReference));
        Assert.Equal((2, 2, 1), (thread.People[Me], thread.People["a@client.example"], thread.People[Colleague]));
        Assert.False(thread.People.ContainsKey("@client.example"));
    }

    [Fact]
    public void TwoAnswersToAMailNeverSeen_AreOfOneThread()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "a@client.example") with { MessageId = "r1@home.example", References = ["unseen@client.example"] });
        var thread = book.Asked.Look(new CorrespondenceQuestion(Me, ["a@client.example"], Noon) { References = ["unseen@client.example", "also@client.example"] }).Thread;
        Assert.Equal((1L, true), (thread!.Mails, thread.ByReference));
    }

    [Fact]
    public void AThread_IsFoundByItsTopic_WhereTheSenderOrAPersonIsShared()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Colleague, "a@client.example") with { Topic = "delivery of the parts" });
        Assert.False(Ask(Me, "a@client.example", "delivery of the parts")!.ByReference);
        Assert.NotNull(Ask(Colleague, "x@new.example", "delivery of the parts"));
        Assert.Null(Ask(Me, "x@new.example", "delivery of the parts"));
        Assert.Null(Ask(Me, "a@client.example", "something else entirely"));
        Assert.Null(Ask(Me, "a@client.example", ""));

        KnownThread? Ask(string sender, string to, string topic) => book.Asked.Look(new CorrespondenceQuestion(sender, [to], Noon.AddDays(1)) { Topic = topic }).Thread;
    }

    [Fact]
    public void AThread_EndsAfterAYearOfSilence()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "a@client.example") with { MessageId = "1@home.example" });
        Assert.NotNull(Ask(Noon.AddDays(300)));
        Assert.Null(Ask(Noon.AddDays(400)));

        KnownThread? Ask(DateTimeOffset at) => book.Asked.Look(new CorrespondenceQuestion(Me, ["a@client.example"], at) { References = ["1@home.example"] }).Thread;
    }

    [Theory]
    [InlineData("tanaka@other.example")]
    [InlineData("tanaak@client.example")]
    [InlineData("tanak@client.example")]
    [InlineData("tanaca@client.example")]
    [InlineData("tanakaa@client.example")]
    [InlineData("atnaka@client.example")]
    [InlineData("tnaaka@client.example")]
    public void AnAddressWrittenAlmostAlike_IsFound(string written)
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        book.Learn(Mail(Noon, Colleague, "tanaka@client.example", "yamada@client.example", "ito@third.example"));
        Assert.Equal(["tanaka@client.example"], Alike(book, written).Where(k => !k.StartsWith('@')));
    }

    [Theory]
    [InlineData("tanaka@client.example", "")]
    [InlineData("suzuki@client.example", "")]
    [InlineData("tanahashi@client.example", "")]
    [InlineData("x@unrelated.test", "Someone Else")]
    public void AnAddressThatIsHimself_OrFarFromEverybody_IsLikeNobody(string written, string name)
    {
        using var book = Open();
        book.Learn(Mail(Noon, Colleague, "tanaka@client.example", "yamada@client.example"));
        Assert.DoesNotContain(Alike(book, written, name), k => !k.StartsWith('@'));
    }

    [Fact]
    public void TheSameNameAtAnotherAddress_IsFound()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        book.Learn(new LearntMail(Colleague, Noon, [Person("t.yamada@client.example", name: "山田 太郎"), Person("jd@other.example", name: "Doe, Jane")]));
        Assert.Equal(["t.yamada@client.example"], Alike(book, "private77@free.example", "山田 太郎"));
        Assert.Equal(["jd@other.example"], Alike(book, "private78@free.example", "Jane Doe"));
    }

    [Theory]
    [InlineData("someone@cilent.example")]
    [InlineData("someone@c1ient.example")]
    [InlineData("someone@client.test")]
    public void ADomainLikeAKnownOrganisations_IsFound(string written)
    {
        using var book = Open();
        book.Learn(Mail(Noon, Colleague, "tanaka@client.example", "x@home.example"));
        Assert.Equal(["@client.example"], Alike(book, written));
    }

    [Fact]
    public void WhatAMailProgramOffersAfterThreeLetters_IsFound_AmongTheSendersOwn()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        book.Learn(Mail(Noon, Me, "yamamoto@client.example"), Mail(Noon, Colleague, "yamashita@other.example"));
        Assert.Equal(["yamamoto@client.example"], Alike(book, "yamada@third.example"));
    }

    [Fact]
    public void TheSendersOwnContacts_ComeFirst_ThenTheBestKnown_AndNoMoreThanWanted()
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        using var book = Open();
        book.Learn(
            Mail(Noon, Colleague, "tanaka@a.example"),
            Mail(Noon, Colleague, "tanaka@b.example"),
            Mail(Noon, Colleague, "tanaka@b.example"),
            Mail(Noon, Me, "tanaka@c.example"));
        Assert.Equal(["tanaka@c.example", "tanaka@b.example", "tanaka@a.example"], Alike(book, "tanaka@unrelated.test"));
        Assert.Equal(["tanaka@c.example", "tanaka@b.example"], Alike(book, "tanaka@unrelated.test", most: 2));
    }

    [Fact]
    public void Scores_AreCountedByRule()
    {
        using var book = Open();
        foreach (var score in (ReadOnlySpan<int>)[0, 5, 995, 1000, 1000])
        {
            book.AddScore("one", score);
        }

        book.AddScore("two", 500);
        var curve = book.Asked.Curve("one");
        Assert.Equal((5, 2, 1, 2), (curve.Mails, curve.Bins[0], curve.Bins[99], curve.Bins[100]));
        Assert.Equal(1, book.Asked.Curve("two").Mails);
        Assert.Null(curve.AlarmsPerThousand(1000));
    }

    [Fact]
    public void AForgottenPerson_IsNowhere_TheOthersStayAcquainted()
    {
        using var book = Open();
        book.Learn(new LearntMail(Me, Noon, [Person("gone@client.example", name: "Gone Person"), Person("b@other.example"), Person("c@third.example")])
        {
            MessageId = "1@home.example",
            Topic = "delivery of the parts",
        });
        Assert.Equal(1, book.Forget("gone@client.example"));
        Assert.Equal(0, book.Forget("gone@client.example"));
        var view = book.Asked.Look(new CorrespondenceQuestion(Me, ["gone@client.example", "b@other.example"], Noon) { References = ["1@home.example"] });
        Assert.Equal(["b@other.example"], view.Contacts.Keys);
        Assert.Equal(3, Assert.Single(view.Gatherings).Size);
        Assert.DoesNotContain(view.Companions, c => c.Contact.Key == "gone@client.example");
        Assert.DoesNotContain("gone@client.example", view.Thread!.People.Keys);
        Assert.DoesNotContain("gone@client.example", book.Asked.GatheringsOf(["gone@client.example"]).Keys);
        Assert.DoesNotContain("gone@client.example", Alike(book, "gone@elsewhere.test", "Gone Person"));
        var found = book.Asked.GatheringsOf(["b@other.example", "c@third.example"]);
        Assert.Equal(found["b@other.example"], found["c@third.example"]);
    }

    [Fact]
    public void AForgottenDomain_IsEverybodyOfIt_AndBelowIt_AndTheirOrganisation()
    {
        using var book = Open();
        book.Learn(new LearntMail(Me, Noon, [Person("a@client.example"), new("b@sub.client.example", "client.example", true), Person("c@notclient.example")]));
        Assert.Equal(2, book.Forget("@client.example"));
        Assert.Equal(["c@notclient.example"], Look(book.Asked, Noon, "a@client.example", "b@sub.client.example", "c@notclient.example", "@client.example").Contacts.Keys);
    }

    private static IReadOnlyList<string> Alike(ICorrespondenceBook book, string written, string name = "", int most = 16)
    {
        Assert.True(EmailAddress.TryParse(written, out var address));
        return [.. book.Asked.Alike(new AlikeQuestion(Me, address, Noon) { Name = name, Most = most }).Select(c => c.Key)];
    }
}
