using Sekisho.Inspection;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>People of very many gatherings: what is read of them is bounded, and whether they met is still told.</summary>
public sealed class MeetingsTests
{
    private const string Me = "me@home.example";

    private static readonly string[] s_everywhere = ["a@one.example", "b@two.example", "c@three.example"];

    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TwoWhoAreEverywhere_AndMetBeforeTheirLatestGatherings_ShareOne_AThirdDoesNot()
    {
        using var book = new StoredBook(AddressForm.Plain);
        book.Learn(Mail(0, "a@one.example", "b@two.example"), Mail(1, "a@one.example", "b@two.example", "d@four.example"));
        book.Learn([.. Enumerable.Range(0, 900).Select(i => Mail(2 + i, s_everywhere[i % 3], $"p{i}@free.example"))]);
        var found = book.GatheringsOf(["a@one.example", "b@two.example", "c@three.example", "d@four.example"]);
        Assert.NotEmpty(found["a@one.example"].Intersect(found["b@two.example"]));
        Assert.Single(found["d@four.example"].Intersect(found["a@one.example"]).Intersect(found["b@two.example"]));
        Assert.Empty(found["c@three.example"].Intersect([.. found["a@one.example"], .. found["b@two.example"]]));
        Assert.All(found.Values, sets => Assert.Equal(sets.Count, sets.Distinct().Count()));
    }

    [Fact]
    public void OneWithHundredsOfGatherings_LeavesTheOthersTheirShareOfTheRows()
    {
        using var book = new StoredBook(AddressForm.Plain);
        var busy = Enumerable.Range(0, 12).Select(i => $"busy{i}@free.example").ToList();
        book.Learn([.. Enumerable.Range(0, 100).Select(i => Mail(i, [.. busy, $"p{i}@free.example"]))]);
        book.Learn([.. Enumerable.Range(0, 4).Select(i => House(200 + i, i))]);
        var rounds = book.RoundsOf([.. busy, "@firm.example"]);
        Assert.Equal(["@firm.example"], rounds.Keys);
        Assert.InRange(rounds["@firm.example"], 2, 4);
    }

    private static LearntMail Mail(int hour, params string[] keys) => new(Me, s_noon.AddHours(hour), [.. keys.Select(key => new LearntPerson(key, null, true))]);

    private static LearntMail House(int hour, int number)
        => new(Me, s_noon.AddHours(hour), [new LearntPerson("law@firm.example", "firm.example", true), new LearntPerson($"one@client{number}.example", $"client{number}.example", true)]);
}
