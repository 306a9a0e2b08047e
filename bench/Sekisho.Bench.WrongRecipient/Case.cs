using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>One mail to be judged and the leaks planted in it, one at a time.</summary>
/// <param name="User">Who sent it.</param>
/// <param name="Mail">The mail as sent.</param>
/// <param name="FirstContact">Somebody on it is not in the sender's address book.</param>
/// <param name="Neighbours">The protocol's leaks.</param>
/// <param name="Anybody">Leaks from the whole address book.</param>
/// <param name="Foreigners">Leaks from those only others in the house wrote to.</param>
internal sealed record Case(User User, SentMail Mail, bool FirstContact, IReadOnlyList<EmailAddress> Neighbours, IReadOnlyList<EmailAddress> Anybody, IReadOnlyList<EmailAddress> Foreigners)
{
    public const int Redraws = 10;

    public IEnumerable<EmailAddress> Leaks => Neighbours.Concat(Anybody).Concat(Foreigners).DistinctBy(a => a.Key);

    /// <summary>The leaks of one kind; with a share of <paramref name="alpha"/> from outside the address book.</summary>
    public IEnumerable<EmailAddress> Of(LeakKind kind, int seed)
    {
        var dice = new Dice("alpha", seed, User.Key, Mail.Index);
        for (var i = 0; i < Redraws; i++)
        {
            var foreign = dice.Fraction() < kind.Alpha;
            var from = kind.FromBook ? Anybody : foreign ? Foreigners : Neighbours;
            if (i < from.Count)
                yield return from[i];
        }
    }

    /// <summary>The newest tenth of the mail of senders with at least <paramref name="least"/>, in date order for each.</summary>
    public static IReadOnlyList<Case> Of(IEnumerable<User> users, IReadOnlyList<SentMail> mails, int least, int seed)
    {
        var cases = new List<Case>();
        foreach (var user in users.Where(u => u.Mails >= least))
        {
            var last = user.Training[^1].At;
            var others = mails.TakeWhile(m => m.At <= last).SelectMany(m => m.Recipients.Append(m.Sender)).DistinctBy(a => a.Key)
                .OrderBy(a => a.Key, StringComparer.Ordinal).ToList();
            foreach (var mail in user.Test)
            {
                var dice = new Dice("leaks", seed, user.Key, mail.Index);
                List<EmailAddress> neighbours = [], anybody = [], foreigners = [];
                for (var i = 0; i < Redraws; i++)
                {
                    Add(neighbours, user.Book.Neighbour(mail, ref dice));
                    Add(anybody, user.Book.Anybody(mail, ref dice));
                    Add(foreigners, user.Book.Foreigner(mail, others, ref dice));
                }

                cases.Add(new Case(user, mail, mail.Recipients.Any(r => !user.Book.Holds(r.Key)), neighbours, anybody, foreigners));
            }
        }

        return cases;

        static void Add(List<EmailAddress> to, EmailAddress? leak)
        {
            if (leak is not null)
                to.Add(leak);
        }
    }
}

/// <summary>Where leaks come from.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Alpha">Share from outside the address book.</param>
/// <param name="FromBook">From the whole address book, not by likeness.</param>
internal sealed record LeakKind(string Name, double Alpha, bool FromBook = false)
{
    public static LeakKind Protocol { get; } = new("like address (the protocol)", 0);

    public static IReadOnlyList<LeakKind> All { get; } =
    [
        Protocol,
        new("α = 0.1", 0.1),
        new("α = 0.2", 0.2),
        new("anybody of the address book", 0, FromBook: true),
        new("others' correspondents (α = 1)", 1),
    ];
}
