using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>One sender under the protocol: the oldest nine tenths of his mail are known, the newest tenth is judged.</summary>
internal sealed class User
{
    private readonly Dictionary<string, EmailAddress[]> _byPrefix = new(StringComparer.Ordinal);

    public User(string key, IReadOnlyList<SentMail> sent, IReadOnlyList<SentMail> received)
    {
        Key = key;
        var known = sent.Count * 9 / 10;
        Training = [.. sent.Take(known)];
        Test = [.. sent.Skip(known)];
        var last = Training.Count > 0 ? Training[^1].At : DateTimeOffset.MinValue;
        Received = [.. received.Where(m => m.At <= last)];
        Book = [.. Training.SelectMany(m => m.Recipients).Concat(Received.Select(m => m.Sender)).DistinctBy(a => a.Key).Where(a => a.Key != key).OrderBy(a => a.Key, StringComparer.Ordinal)];
        BookKeys = Book.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        for (var length = 1; length <= 3; length++)
        {
            foreach (var group in Book.Where(a => a.Key.Length >= length).GroupBy(a => a.Key[..length], StringComparer.Ordinal))
                _byPrefix[group.Key] = [.. group];
        }
    }

    public string Key { get; }

    /// <summary>Half of all senders, by a digest of the address, train the model; figures come from the others.</summary>
    public bool Tunes => IsTuning(Key);

    public IReadOnlyList<SentMail> Training { get; }

    public IReadOnlyList<SentMail> Test { get; }

    public IReadOnlyList<SentMail> Received { get; }

    /// <summary>Recipients of the training mail and senders of the received.</summary>
    public IReadOnlyList<EmailAddress> Book { get; }

    public IReadOnlySet<string> BookKeys { get; }

    public int Mails => Training.Count + Test.Count;

    public static bool IsTuning(string key) => new Dice("tuning", key).Next() % 2 == 0;

    /// <summary>All senders of the set, by address.</summary>
    public static IReadOnlyList<User> Of(IReadOnlyList<SentMail> mails)
    {
        var received = new Dictionary<string, List<SentMail>>(StringComparer.Ordinal);
        foreach (var mail in mails)
        {
            foreach (var person in mail.Recipients)
                (received.TryGetValue(person.Key, out var list) ? list : received[person.Key] = []).Add(mail);
        }

        return [.. mails.GroupBy(m => m.Sender.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new User(g.Key, [.. g], received.GetValueOrDefault(g.Key) ?? []))];
    }

    /// <summary>
    /// Somebody of the address book who is not on the mail and whose address begins as a randomly chosen recipient's does: with the same three characters, else two, else
    /// one, else anybody. Null where the book holds nobody else.
    /// </summary>
    public EmailAddress? Neighbour(SentMail mail, ref Dice dice)
    {
        var on = mail.Recipients.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var meant = mail.Recipients[dice.Below(mail.Recipients.Count)].Key;
        for (var length = 3; length >= 1; length--)
        {
            if (meant.Length >= length && _byPrefix.TryGetValue(meant[..length], out var group) && Draw(group, on, ref dice) is { } found)
                return found;
        }

        return Draw(Book, on, ref dice);
    }

    /// <summary>Anybody of the address book who is not on the mail.</summary>
    public EmailAddress? Anybody(SentMail mail, ref Dice dice) => Draw(Book, mail.Recipients.Select(r => r.Key).ToHashSet(StringComparer.Ordinal), ref dice);

    /// <summary>Anybody of <paramref name="others"/> who is neither in the address book nor on the mail.</summary>
    public EmailAddress? Foreigner(SentMail mail, IReadOnlyList<EmailAddress> others, ref Dice dice)
    {
        for (var tries = 0; tries < 100 && others.Count > 0; tries++)
        {
            var one = others[dice.Below(others.Count)];
            if (one.Key != Key && !BookKeys.Contains(one.Key) && !mail.Recipients.Any(r => r.Key == one.Key))
                return one;
        }

        return null;
    }

    private static EmailAddress? Draw(IReadOnlyList<EmailAddress> group, HashSet<string> on, ref Dice dice)
    {
        var free = group.Where(a => !on.Contains(a.Key)).ToList();
        return free.Count == 0 ? null : free[dice.Below(free.Count)];
    }
}
