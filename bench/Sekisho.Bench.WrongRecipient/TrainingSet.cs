using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>Rows the model learns from.</summary>
internal sealed class TrainingSet
{
    public List<float[]> Rows { get; } = [];

    /// <summary>True for a leak.</summary>
    public List<bool> Leaks { get; } = [];

    /// <summary>Index of the sender.</summary>
    public List<int> Senders { get; } = [];

    /// <summary>Rows of one mail follow each other and share a number.</summary>
    public List<int> Mails { get; } = [];

    /// <summary>Those who write much weigh less, but not as little as if every sender were one voice.</summary>
    public IReadOnlyList<float> Weights()
    {
        var rows = Senders.CountBy(s => s).ToDictionary();
        var weights = Senders.Select(s => Math.Pow(rows[s], -0.5)).ToList();
        var mean = weights.Average();
        return [.. weights.Select(w => (float)(w / mean))];
    }

    private int _mail;

    public void Add(int sender, float[][] rows, bool leak)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            Rows.Add(rows[i]);
            Leaks.Add(leak && i == rows.Length - 1);
            Senders.Add(sender);
            Mails.Add(_mail);
        }

        _mail++;
    }
}

/// <summary>Plants leaks in the mail of the tuning users, from the address book as it was then.</summary>
internal sealed class Planter(int seed)
{
    /// <summary>Mails of a sender before any of his is learnt from: before, nobody could tell.</summary>
    private const int Settled = 50;

    private readonly Dictionary<string, (AddressBook Book, int Sent)> _books = new(StringComparer.Ordinal);
    private readonly AddressBook _everybody = new();

    /// <summary>The leaks for this mail, and then notes who is on it.</summary>
    public IReadOnlyList<EmailAddress>? Leaks(SentMail mail, bool wanted)
    {
        var (book, sent) = Of(mail.Sender.Key);
        List<EmailAddress>? leaks = null;
        if (wanted && sent >= Settled)
        {
            leaks = [];
            var dice = new Dice("training", seed, mail.Sender.Key, mail.Index);
            Add(book.Neighbour(mail, ref dice));
            Add(book.Neighbour(mail, ref dice));
            Add(book.Anybody(mail, ref dice));
            if (dice.Fraction() < 0.1)
                Add(book.Foreigner(mail, _everybody.All, ref dice));
        }

        _books[mail.Sender.Key] = (book, sent + 1);
        _everybody.Add(mail.Sender);
        foreach (var person in mail.Recipients)
        {
            book.Add(person);
            _everybody.Add(person);
            Of(person.Key).Book.Add(mail.Sender);
        }

        return leaks;

        void Add(EmailAddress? leak)
        {
            if (leak is not null && !leaks!.Exists(l => l.Key == leak.Key))
                leaks.Add(leak);
        }
    }

    private (AddressBook Book, int Sent) Of(string key) => _books.TryGetValue(key, out var known) ? known : _books[key] = (new AddressBook(), 0);
}
