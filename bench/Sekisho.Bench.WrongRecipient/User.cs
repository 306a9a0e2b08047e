namespace Sekisho.Bench.WrongRecipient;

/// <summary>One sender under the protocol: the oldest nine tenths of his mail are known, the newest tenth is judged.</summary>
internal sealed class User
{
    private static readonly HashSet<string> _tuned = [.. TunedList()];

    public User(string key, IReadOnlyList<SentMail> sent, IReadOnlyList<SentMail> received)
    {
        Key = key;
        var known = sent.Count * 9 / 10;
        Training = [.. sent.Take(known)];
        Test = [.. sent.Skip(known)];
        var last = Training.Count > 0 ? Training[^1].At : DateTimeOffset.MinValue;
        Received = [.. received.Where(m => m.At <= last)];
        foreach (var address in Training.SelectMany(m => m.Recipients).Concat(Received.Select(m => m.Sender)).OrderBy(a => a.Key, StringComparer.Ordinal))
            Book.Add(address);
    }

    public string Key { get; }

    /// <summary>True for one whose mail the shipped model was trained on; figures come from the others.</summary>
    public bool Tunes => _tuned.Contains(Key);

    public IReadOnlyList<SentMail> Training { get; }

    public IReadOnlyList<SentMail> Test { get; }

    public IReadOnlyList<SentMail> Received { get; }

    /// <summary>Recipients of the training mail and senders of the received.</summary>
    public AddressBook Book { get; } = new();

    public int Mails => Training.Count + Test.Count;

    /// <summary>Half of all senders, by a digest of the address, train the model.</summary>
    public static bool IsDrawn(string key) => new Dice("tuning", key).Next() % 2 == 0;

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

    private static string[] TunedList()
    {
        using var list = new StreamReader(typeof(User).Assembly.GetManifestResourceStream("tuning-users.txt")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
