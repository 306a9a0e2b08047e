using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <content>Slips drawn at random: whatever is looked at first (letters, halves, lengths) loses none of them.</content>
public abstract partial class CorrespondenceContract
{
    private const string Latin = "abcdefghijklmnopqrstuvwxyz0123456789.-_";

    private const string Japanese = "あかさたなはまやらわ田中山本佐藤鈴木高橋渡辺小林";

    [Theory]
    [InlineData(1, Latin)]
    [InlineData(2, Latin)]
    [InlineData(3, Japanese)]
    public void OneSlipInAnAddress_IsFoundWhateverItIs(int seed, string letters)
    {
        Assert.SkipUnless(NamesPeople, "addresses are hashed");
        var random = new Random(seed);
        using var book = Open();
        var known = Enumerable.Range(0, 150).Select(i => $"{Word(random, letters, random.Next(4, 16))}@{Word(random, Latin[..26], random.Next(5, 14))}{i}.example").Where(k => EmailAddress.TryParse(k, out var a) && a.Key == k).ToList();
        Assert.True(known.Count > 80);
        book.Learn([.. known.Select((key, i) => Mail(Noon.AddHours(i), Me, key))]);
        var lost = new List<string>();
        foreach (var key in known)
        {
            var at = key.LastIndexOf('@');
            var (local, domain) = (key[..at], key[(at + 1)..]);
            Ask(key, $"{Slipped(random, local, letters)}@{domain}", key);
            Ask(key, $"somebody.else@{Slipped(random, domain[..^8], Latin[..26])}.example", "@" + domain);
        }

        Assert.True(lost.Count == 0, string.Join('\n', lost));

        void Ask(string meant, string typed, string wanted)
        {
            if (typed.Split('@') is [{ Length: > 3 }, ..] && EmailAddress.TryParse(typed, out var address) && address.Key != meant && !address.Key.EndsWith(wanted, StringComparison.Ordinal)
                && book.Asked.Alike(new AlikeQuestion(Colleague, address, Noon.AddDays(30)) { Most = 64 }).All(c => c.Key != wanted))
            {
                lost.Add($"{meant} typed {typed}");
            }
        }
    }

    private static string Word(Random random, string letters, int length)
        => string.Concat(Enumerable.Range(0, length).Select(i => letters[random.Next(i == 0 || i == length - 1 ? Math.Min(26, letters.Length) : letters.Length)]));

    /// <summary>Two letters swapped, one struck twice, left out, put in, or another.</summary>
    private static string Slipped(Random random, string word, string letters)
    {
        var at = random.Next(word.Length - 1);
        var other = letters[random.Next(Math.Min(26, letters.Length))];
        return random.Next(5) switch
        {
            0 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            1 => word.Insert(at, word[at].ToString()),
            2 => word.Remove(at, 1),
            3 => word.Insert(at, other.ToString()),
            _ => word[..at] + other + word[(at + 1)..],
        };
    }
}
