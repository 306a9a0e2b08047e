using Sekisho.Bench.WrongRecipient;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Lookalike;

/// <summary>An address with a slip, as the one who knows the right one might type it.</summary>
internal sealed record PlantedSlip(string Kind, string Sender, string Typed, string Meant);

/// <summary>Plants slips in the addresses a sender often writes to. What it makes is not fitted to what the rule looks for: the letter and the place are drawn.</summary>
internal static class SlipMaker
{
    /// <summary>Mails of one sender to one person from which he is known.</summary>
    private const int Known = 5;

    private const int MaxPairs = 1_000;

    private static readonly string[] _rows = ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

    private static readonly (string Of, string Like)[] _drawn = [("a", "а"), ("e", "е"), ("o", "о"), ("c", "с"), ("p", "р"), ("x", "х"), ("m", "rn"), ("w", "vv"), ("o", "0"), ("l", "1")];

    /// <summary>One slip of each kind for each pair of a sender and somebody outside he often writes to. The same for the same seed.</summary>
    public static IReadOnlyList<PlantedSlip> Make(IReadOnlyList<SentMail> mails, IOrganisation organisation, int seed)
    {
        var all = mails.SelectMany(m => m.Recipients.Select(r => r.Key)).ToHashSet(StringComparer.Ordinal);
        var pairs = mails.Where(m => organisation.IsInside(m.Sender)).SelectMany(m => m.Recipients.Where(r => !organisation.IsInside(r)).Select(r => (Sender: m.Sender.Key, Address: r)))
            .GroupBy(p => (p.Sender, p.Address.Key)).Where(g => g.Count() >= Known).OrderBy(g => g.Key.Sender + " " + g.Key.Key, StringComparer.Ordinal).Select(g => g.First()).Take(MaxPairs).ToList();
        var slips = new List<PlantedSlip>();
        foreach (var (sender, address) in pairs)
        {
            var dice = new Dice(seed, sender, address.Key);
            var local = address.Key[..address.Key.LastIndexOf('@')];
            var parts = DomainParts.Of(address.Domain);
            if (parts.Suffix.Length == 0 || parts.Name.Length < 2)
                continue;

            // A slip in the name in front (mail.client.example) stays with the same firm.
            var (name, ending, below) = (parts.Name, "." + parts.Suffix, address.Domain[..^parts.Registrable.Length]);
            var house = Organisation.IsFreemail(address.Domain) ? "provider's domain" : "domain";
            foreach (var (how, slip) in Fingers)
            {
                Add($"local part, {how}", slip(local, ref dice) is { } l ? $"{l}@{address.Domain}" : null);
                Add($"{house}, {how}", slip(name, ref dice) is { } d ? $"{local}@{below}{d}{ending}" : null);
            }

            Add("ending, no such one (.con, .cm, .co)", ending == ".com" ? $"{local}@{below}{name}{(new[] { ".con", ".cm", ".co", ".comm", ".om" })[dice.Below(5)]}" : null);
            Add("ending, another (.net, .org, .jp)", ending is ".com" or ".net" or ".org" ? $"{local}@{below}{name}{(new[] { ".com", ".net", ".org", ".jp" }).Where(e => e != ending).ElementAt(dice.Below(3))}" : null);
            var like = _drawn.Where(d => name.Contains(d.Of, StringComparison.Ordinal)).ToArray();
            Add("other characters in the domain", like.Length == 0 ? null : $"{local}@{below}{Replaced(name, like[dice.Below(like.Length)])}{ending}");

            void Add(string kind, string? typed)
            {
                // What leads to another real address is another mistake, which no spelling tells.
                var elsewhere = !kind.StartsWith("local", StringComparison.Ordinal);
                if (typed is not null && EmailAddress.TryParse(typed, out var parsed) && !all.Contains(parsed.Key) && !organisation.IsInside(parsed) && !(elsewhere && Organisation.IsFreemail(parsed.Domain)))
                    slips.Add(new PlantedSlip(kind, sender, typed, address.Key));
            }
        }

        return [.. slips.OrderBy(s => s.Kind, StringComparer.Ordinal)];
    }

    /// <summary>The address with one slip of the fingers, before the @ or in the domain's name; null where it is too short for that.</summary>
    public static string? Slip(EmailAddress address, ref Dice dice)
    {
        var local = address.Key[..address.Key.LastIndexOf('@')];
        var parts = DomainParts.Of(address.Domain);
        var (_, slip) = Fingers[dice.Below(Fingers.Length)];
        if (dice.Below(2) == 0)
            return local.Length > 1 && slip(local, ref dice) is { } typed ? $"{typed}@{address.Domain}" : null;
        return parts.Suffix.Length > 0 && parts.Name.Length > 1 && slip(parts.Name, ref dice) is { } domain
            ? $"{local}@{address.Domain[..^parts.Registrable.Length]}{domain}.{parts.Suffix}"
            : null;
    }

    private delegate string? Finger(string word, ref Dice dice);

    private static readonly (string How, Finger Slip)[] Fingers =
    [
        ("two letters swapped", (string w, ref Dice d) => Swap(w, ref d)),
        ("a letter left out", (string w, ref Dice d) => w.Length < 3 ? null : w.Remove(d.Below(w.Length), 1)),
        ("a letter twice", (string w, ref Dice d) => d.Below(w.Length) is var i ? w.Insert(i, w[i].ToString()) : null),
        ("the key beside it", (string w, ref Dice d) => Beside(w, ref d)),
    ];

    private static string? Swap(string word, ref Dice dice)
    {
        var places = Enumerable.Range(0, word.Length - 1).Where(i => word[i] != word[i + 1]).ToArray();
        if (places.Length == 0)
            return null;
        var at = places[dice.Below(places.Length)];
        return word[..at] + word[at + 1] + word[at] + word[(at + 2)..];
    }

    private static string? Beside(string word, ref Dice dice)
    {
        var at = dice.Below(word.Length);
        var row = Array.Find(_rows, r => r.Contains(word[at], StringComparison.Ordinal));
        if (row is null)
            return null;
        var place = row.IndexOf(word[at], StringComparison.Ordinal);
        var other = place == 0 || (place < row.Length - 1 && dice.Below(2) == 0) ? row[place + 1] : row[place - 1];
        return word[..at] + other + word[(at + 1)..];
    }

    private static string Replaced(string name, (string Of, string Like) drawn)
    {
        var at = name.IndexOf(drawn.Of, StringComparison.Ordinal);
        return name[..at] + drawn.Like + name[(at + drawn.Of.Length)..];
    }
}
