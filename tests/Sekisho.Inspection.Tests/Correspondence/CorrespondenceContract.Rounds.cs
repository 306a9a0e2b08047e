namespace Sekisho.Inspection.Tests;

/// <content>How often somebody was brought together with organisations new to him.</content>
public abstract partial class CorrespondenceContract
{
    [Fact]
    public void ARound_IsAGatheringThatBroughtAnOrganisationNewToHim()
    {
        using var book = Open();
        book.Learn(
            Mail(Noon, Me, "partner@law.example", "a@client.example"),
            Mail(Noon.AddDays(1), Colleague, "partner@law.example", "a@client.example", "b@client.example"),
            Mail(Noon.AddDays(2), Me, "clerk@law.example", "c@other.example"),
            Mail(Noon.AddDays(3), Me, "partner@law.example", "private@free.example"),
            Mail(Noon.AddDays(4), Me, "partner@law.example", "d@third.example", "e@fourth.example"),
            Mail(Noon.AddDays(5), Me, "alone@solo.example", "colleague@solo.example"),
            Mail(Noon.AddDays(6), Me, "private@free.example", "b@client.example"));
        var rounds = book.Asked.RoundsOf(["@law.example", "@law.example", "@client.example", "@third.example", "private@free.example", "@solo.example", "@nobody.example", Me]);
        Assert.Equal(
            [("@client.example", 1), ("@law.example", 3), ("@third.example", 1), ("me@home.example", 4), ("private@free.example", 2)],
            rounds.Select(r => (r.Key, r.Value)).OrderBy(r => r.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Rounds_AreCountedUpToAMost_AndListsAreNone()
    {
        using var book = Open();
        book.Learn([.. Enumerable.Range(1, ICorrespondence.MaxRounds + 4).Select(i => Mail(Noon.AddDays(i), Me, "agency@hub.example", $"a@firm{i}.example"))]);
        book.Learn(Mail(Noon, Me, [.. Enumerable.Range(1, CorrespondenceQuestion.MaxCompany).Select(i => $"p{i}@listed{i}.example")]));
        Assert.Equal([("@hub.example", ICorrespondence.MaxRounds)], book.Asked.RoundsOf(["@hub.example", "@listed1.example"]).Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public void OfOneWhoIsEverywhere_TheRoundsAmongHisLatestGatheringsCount()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "desk@hub.example", "a@early.example"));
        book.Learn([.. Enumerable.Range(1, 300).Select(i => Mail(Noon.AddHours(i), Me, "desk@hub.example", $"p{i}@free.example"))]);
        Assert.Empty(book.Asked.RoundsOf(["@hub.example"]));
        book.Learn(Mail(Noon.AddDays(30), Me, "desk@hub.example", "a@late.example"));
        Assert.Equal(1, book.Asked.RoundsOf(["@hub.example"])["@hub.example"]);
    }

    [Fact]
    public void AForgottenOrganisation_BringsNoRound()
    {
        using var book = Open();
        book.Learn(Mail(Noon, Me, "partner@law.example", "a@client.example", "x@free.example"), Mail(Noon.AddDays(1), Me, "partner@law.example", "c@other.example"));
        Assert.Equal(2, book.Asked.RoundsOf(["@law.example"])["@law.example"]);
        book.Forget("@client.example");
        Assert.Equal(1, book.Asked.RoundsOf(["@law.example"])["@law.example"]);
        Assert.Empty(book.Asked.RoundsOf(["@client.example"]));
    }
}
