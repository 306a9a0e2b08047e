namespace Sekisho.Inspection;

/// <summary>
/// How strange it is that somebody gets his first mail, by what <see cref="FirstTimeRecipient"/> knows anyway. The weights follow the counts of the bench: what is how much rarer among first mails that
/// were meant than among planted ones. A customer's first mail is written to him alone and begins something; whoever slips in stands amid people who are known, or is spelt like one.
/// </summary>
internal sealed class FirstTimeScore
{
    private const int MostTogether = 4;

    private readonly CorrespondenceView _view;
    private readonly IReadOnlyList<Lookalike> _near;
    private readonly double _ofMail;

    /// <param name="context">The mail.</param>
    /// <param name="known">Other outside recipients, who are no news.</param>
    /// <param name="cancel">Ends it early.</param>
    public FirstTimeScore(InspectionContext context, int known, CancellationToken cancel)
    {
        _view = context.Analysis.Correspondence(cancel);
        _near = context.Analysis.LookalikesFound(cancel);
        _ofMail = (known == 0 ? 0 : 4.3 - (0.8 * Bits.Of(known)))
            + (context.Analysis.LooksContinued ? 0.7 : -1)
            + Math.Clamp((Bits.Of(_view.SenderMails) - 8) * 0.3, -1.5, 1);
    }

    /// <summary>The first mail from anybody here to these.</summary>
    public int OfFirst(IReadOnlyList<Person> people) => OfStrangest(people, p => House(p) + Near(p));

    /// <summary>The first in a long time; <paramref name="years"/> of silence.</summary>
    public int OfSilent(IReadOnlyList<Person> people, double years) => OfStrangest(people, p => Math.Clamp(Math.Log2(years), 0, 2) - 2 + Near(p));

    /// <summary>The first from this sender.</summary>
    public int OfNewToSender(IReadOnlyList<Person> people) => OfStrangest(people, p => Near(p) - 3);

    /// <summary>Who comes together with others that are new as well was introduced with them.</summary>
    private int OfStrangest(IReadOnlyList<Person> people, Func<Person, double> one)
        => Bits.ToScore(_ofMail + people.Max(one) - (1.5 * (Math.Min(people.Count, MostTogether) - 1)));

    /// <summary>A firm that is written to often has new people often, all the more where the sender writes there himself.</summary>
    private double House(Person person)
    {
        if (person.Organisation == person.Key)
        {
            return 0;
        }

        return _view.Contacts.GetValueOrDefault(ICorrespondence.OrganisationKey(person.Organisation)) is { Mails: > 0 } house
            ? (-0.25 * Bits.Of(house.Mails)) - (house.BySender > 0 ? 1 + (0.2 * Bits.Of(house.BySender)) : 0)
            : 0.5;
    }

    private double Near(Person person) => _near.FirstOrDefault(l => l.Typed.Key == person.Key) is { } near ? near.Strong ? 4 : 2.5 : 0;
}
