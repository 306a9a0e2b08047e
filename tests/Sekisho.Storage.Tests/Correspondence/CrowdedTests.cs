using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>Look-alikes where hundreds are alike: no more is read than anywhere else, and the one who was meant is still found.</summary>
public sealed class CrowdedTests
{
    private const string Me = "me@home.example";

    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("tanka.hanako4711@free.example")]
    [InlineData("tanaka.hanako471@free.example")]
    [InlineData("tanaka.hanako47111@free.example")]
    [InlineData("tanaka.hanako4171@free.example", false)]
    [InlineData("taaka.hanako4711@free.example", false)]
    public void AtAProviderWhereHundredsBeginOrEndTheSame_TheOneMeantIsFound(string written, bool begin = true)
    {
        using var book = new StoredBook(AddressForm.Plain);
        Learn(book, Enumerable.Range(100, 900).Select(i => begin ? $"tanaka.hanako4{i}@free.example" : $"tan{i}.hanako4711@free.example"));
        Learn(book, ["tanaka.hanako4711@free.example"]);
        Assert.Contains("tanaka.hanako4711@free.example", Alike(book, written));
    }

    [Fact]
    public void HousesNumberedLikeTheRightOne_DoNotTakeThePlacesOfItsPeople()
    {
        using var book = new StoredBook(AddressForm.Plain);
        for (var times = 0; times < 3; times++)
        {
            Learn(book, Enumerable.Range(100, 300).Select(i => $"someone{i}@works{i}.example"));
        }

        Learn(book, ["tanaka@works217.example"]);
        Assert.Contains("tanaka@works217.example", Alike(book, "tanka@works217.example"));
    }

    [Fact]
    public void OfALocalPartThatEveryHouseHas_TheOneAtTheHouseMeantIsFound()
    {
        using var book = new StoredBook(AddressForm.Plain);
        Learn(book, ["info@client.example"]);
        Learn(book, Enumerable.Range(0, 300).Select(i => $"info@{(char)('a' + (i % 26))}house{i}.example"));
        var alike = Alike(book, "info@cilent.example");
        Assert.Contains("info@client.example", alike);
        Assert.Contains("@client.example", alike);
    }

    [Fact]
    public void OfANameThatHundredsHave_TheirNumberIsBounded_AndASlipInTheAddressStillFound()
    {
        using var book = new StoredBook(AddressForm.Plain);
        Learn(book, ["taro.sato@client.example"]);
        Learn(book, Enumerable.Range(0, 300).Select(i => $"person{i}@elsewhere.test"), "Taro Sato");
        var alike = Alike(book, "tarosato@client.example", "Taro Sato", most: 64);
        Assert.Contains("taro.sato@client.example", alike);
        Assert.InRange(alike.Count(k => k.EndsWith("@elsewhere.test", StringComparison.Ordinal)), 16, 40);
    }

    private static void Learn(StoredBook book, IEnumerable<string> keys, string name = "")
    {
        var at = s_noon;
        foreach (var some in keys.Chunk(100))
        {
            at = at.AddMinutes(1);
            book.Learn(new LearntMail(Me, at, [.. some.Select(key => new LearntPerson(key, key[(key.IndexOf('@', StringComparison.Ordinal) + 1)..], false, name))])
            {
                MessageId = at.Ticks.ToString(CultureInfo.InvariantCulture) + "@home.example",
            });
        }
    }

    /// <summary>Asked by a colleague, who has no contacts of his own to be offered.</summary>
    private static List<string> Alike(StoredBook book, string written, string name = "", int most = 32)
    {
        Assert.True(EmailAddress.TryParse(written, out var address));
        return [.. book.Alike(new AlikeQuestion("colleague@home.example", address, s_noon) { Name = name, Most = most }).Select(c => c.Key)];
    }
}
