using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Slips in the domain that need no history: for a large provider's, for our own, for a partner's, and letters no language mixes. Worked out once a domain.</summary>
internal sealed class DomainWatch(IOrganisation organisation)
{
    /// <summary>Domains whose answer is kept; mail goes to the same ones again and again.</summary>
    private const int MaxKnown = 20_000;

    private static readonly ConditionalWeakTable<IOrganisation, DomainWatch> _watches = [];

    /// <summary>Own and partners' domains compared with; who has more gets the first.</summary>
    private const int MaxDomains = 200;

    private readonly IReadOnlyList<DomainParts> _own = [.. organisation.Domains.Take(MaxDomains).Select(DomainParts.Of)];
    private readonly IReadOnlyList<DomainParts> _partners = [.. organisation.PartnerDomains.Take(MaxDomains).Select(DomainParts.Of)];
    private readonly ConcurrentDictionary<string, Seen?> _known = new(StringComparer.Ordinal);
    private int _count;

    private sealed record Seen(AlikeKind Kind, string Meant, int Distance, bool Strong, bool ImitatesUs);

    /// <summary>The watch of an organisation whose domains stay as they are; for all threads.</summary>
    public static DomainWatch Of(IOrganisation organisation) => organisation is Organisation ? _watches.GetValue(organisation, static o => new DomainWatch(o)) : new DomainWatch(organisation);

    /// <summary>What the domain of an outside address is a slip for, or null.</summary>
    public Lookalike? Slip(EmailAddress address)
    {
        if (!_known.TryGetValue(address.Domain, out var seen))
        {
            seen = Look(address.Domain);
            if (Interlocked.Increment(ref _count) > MaxKnown)
            {
                _known.Clear();
                _count = 0;
            }

            _known[address.Domain] = seen;
        }

        return seen is null ? null : Lookalike.OfDomain(address, seen.Kind, seen.Meant, seen.Distance, seen.Strong) with { ImitatesUs = seen.ImitatesUs };
    }

    private Seen? Look(string domain)
    {
        var typed = DomainParts.Of(domain);
        foreach (var (list, us) in new[] { (_own, true), (_partners, false) })
        {
            foreach (var meant in list)
            {
                // Whoever owns a name often owns it under several endings, but then lists them: another ending of ours is worth one question.
                if (typed.Registrable.Length > 0 && typed.Domain[0] != '[' && DomainLikeness.Compare(typed, meant) is { } slip
                    && !list.Any(d => d.Registrable == typed.Registrable))
                {
                    return new Seen(slip.Kind, meant.Domain, slip.Distance, slip.Strong || (us && slip.Kind == AlikeKind.Tld && meant.Name.Length > 3), us);
                }
            }
        }

        if (MailProviders.Meant(domain) is { } provider)
        {
            return new Seen(AlikeKind.Freemail, provider.Domain, provider.Distance, Strong: true, ImitatesUs: false);
        }

        if (KanaSlip.Typed(domain) is { } keys)
        {
            return new Seen(AlikeKind.Homoglyph, keys, 1, Strong: true, ImitatesUs: _own.Any(d => d.Domain == keys || keys.EndsWith("." + d.Domain, StringComparison.Ordinal)));
        }

        var shown = Skeleton.Seen(domain);
        return Skeleton.MixesScripts(shown) ? new Seen(AlikeKind.Homoglyph, Skeleton.Of(shown), 1, Strong: true, ImitatesUs: false) : null;
    }
}
