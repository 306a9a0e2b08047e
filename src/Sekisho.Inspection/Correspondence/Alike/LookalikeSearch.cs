using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Looks for look-alikes among the outside people of one mail: first by what needs no history, then by whom the organisation knows.</summary>
internal sealed class LookalikeSearch
{
    /// <summary>Questions to the history about who else could be meant.</summary>
    private const int MaxAsked = 20;

    /// <summary>Suspects beyond those the one question of the mail was about, whose own history is looked up.</summary>
    private const int MaxUnasked = 32;

    private readonly InspectionContext _context;
    private readonly CancellationToken _cancel;
    private readonly CorrespondenceView _view;
    private readonly LookalikeDraft _draft;
    private readonly KnownRivals _rivals;

    /// <summary>A search in one mail.</summary>
    public LookalikeSearch(InspectionContext context, CancellationToken cancel)
    {
        (_context, _cancel) = (context, cancel);
        _view = context.Analysis.Correspondence(cancel);
        _draft = context.Analysis.Lookalikes;
        _rivals = new KnownRivals(context, _view, _draft.Present);
    }

    /// <summary>At most one look-alike an address, the likeliest.</summary>
    public IReadOnlyList<Lookalike> Find()
    {
        var found = new List<Lookalike>();
        var unasked = new List<(Lookalike Slip, string Name)>();
        var looked = _context.Analysis.Asked;
        var questions = 0;
        foreach (var (address, name, inEnvelope, slip, hasFullName) in _draft.People)
        {
            _cancel.ThrowIfCancellationRequested();
            if (!looked.Contains(address.Key))
            {
                if (slip is not null && unasked.Count < MaxUnasked)
                {
                    unasked.Add((slip with { InEnvelope = inEnvelope }, name));
                }

                continue;
            }

            var contact = _view.Contacts.GetValueOrDefault(address.Key);
            var own = Weigh(slip, contact);
            if (_view.Mails > 0 && questions < MaxAsked && _rivals.IsAskedFor(contact, name, hasFullName))
            {
                questions++;
                own = Likelier(own, _rivals.Find(address, hasFullName ? name : "", contact));
            }

            if (own is not null)
            {
                found.Add(Final(own, inEnvelope, contact));
            }
        }

        return [.. found, .. Unasked(unasked.ConvertAll(u => u.Slip))];
    }

    /// <summary>True for an address that is established: somebody wrote to it several times over a while, or it wrote to us.</summary>
    internal static bool IsEstablished(Contact? contact)
        => contact is not null && (contact.Written > 0 || (contact.Mails >= KnownRivals.WellKnown && contact.LastAt - contact.FirstAt >= TimeSpan.FromDays(7)));

    /// <summary>True for one who wrote to us and was never written to: whoever imitates writes first, so that he is answered.</summary>
    internal static bool OnlyWrote(Contact? contact) => contact is { Written: > 0, Mails: 0 };

    /// <summary>Whoever has been written to once was let pass by somebody who looked, or was right: it is noted, and no longer stops mail.</summary>
    private Lookalike? Weigh(Lookalike? slip, Contact? contact)
    {
        if (slip is null || (IsEstablished(contact) && !(OnlyWrote(contact) && (slip.ImitatesUs || slip.Kind == AlikeKind.Homoglyph))) || _draft.Present.Contains(slip.Meant))
        {
            return null;
        }

        var house = _view.Contacts.GetValueOrDefault(ICorrespondence.OrganisationKey(_context.Organisation.OrganisationOf(slip.Typed)));
        if (slip.Kind != AlikeKind.Freemail && house is { Mails: >= KnownRivals.WellKnown })
        {
            return null;
        }

        return contact is { Mails: > 0 } || house is { Mails: > 0 } || (slip.Kind is AlikeKind.Freemail or AlikeKind.Tld && IsQuoted(slip.Typed)) ? slip with { Strong = false } : slip;
    }

    /// <summary>An address that stands in the thread was not typed by this sender. One that imitates is no better for having written first.</summary>
    private bool IsQuoted(EmailAddress address) => _context.Facts.QuotedText.Contains(address.Key, StringComparison.OrdinalIgnoreCase);

    private static Lookalike? Likelier(Lookalike? one, Lookalike? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        // The domain is the better sentence; that the meant one is well known only adds to it.
        return other.Strong && !one.Strong ? other : one with { RivalMails = Math.Max(one.RivalMails, other.Meant == one.Meant ? other.RivalMails : 0), Strong = one.Strong || (other.Strong && other.Meant == one.Meant) };
    }

    private Lookalike Final(Lookalike slip, bool inEnvelope, Contact? contact)
    {
        var quoted = slip is { Strong: true, ImitatesUs: false, Kind: AlikeKind.Local or AlikeKind.Name or AlikeKind.Domain } && IsQuoted(slip.Typed);
        return slip with { InEnvelope = inEnvelope, Known = contact?.Mails ?? 0, Strong = slip.Strong && inEnvelope && !quoted };
    }

    /// <summary>Of a mailing to thousands the question is about the first; the few suspects among the others are asked about together.</summary>
    private IEnumerable<Lookalike> Unasked(List<Lookalike> slips)
    {
        if (slips.Count == 0)
        {
            return [];
        }

        var keys = slips.Select(s => s.Typed.Key).ToList();
        var contacts = _context.Analysis.Question is { } question && _view.Mails > 0
            ? _context.Correspondence.Look(question with { People = keys, References = [], Topic = "" }).Contacts
            : new Dictionary<string, Contact>();
        return slips.Select(s => (Slip: Weigh(s, contacts.GetValueOrDefault(s.Typed.Key)), Contact: contacts.GetValueOrDefault(s.Typed.Key), s.InEnvelope))
            .Where(s => s.Slip is not null).Select(s => Final(s.Slip!, s.InEnvelope, s.Contact));
    }
}
