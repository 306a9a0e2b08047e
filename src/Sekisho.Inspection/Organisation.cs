using System.Collections.Concurrent;
using System.Collections.Frozen;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// The organisation by its domains. Where none are set, the envelope sender's own domain is inside (a freemail sender has none):
/// use <see cref="ForSender"/>.
/// </summary>
public sealed class Organisation : IOrganisation
{
    /// <summary>Domains remembered at a time; far more than an organisation writes to in a week.</summary>
    private const int MaxRemembered = 8192;

    /// <summary>What a domain belongs to, null for freemail: the same domains come in mail after mail. The same for every organisation, as partners are asked before.</summary>
    private static readonly ConcurrentDictionary<string, string?> _remembered = new(StringComparer.Ordinal);

    private readonly FrozenSet<string> _exact;
    private readonly FrozenSet<string> _below;
    private readonly FrozenDictionary<string, string> _partners;

    /// <summary>
    /// An organisation with these domains (<c>example.com</c>, <c>*.example.com</c>) and partners' domain groups that count as one organisation.
    /// Case, a trailing dot and Unicode spelling do not matter. Throws <see cref="ArgumentException"/> for what is no domain.
    /// </summary>
    public Organisation(IReadOnlyList<string> domains, IReadOnlyList<IReadOnlyList<string>>? partners = null)
    {
        (_exact, _below) = Split(domains);
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in partners ?? [])
        {
            if (group.Count == 0)
            {
                continue;
            }

            var key = "partners:" + Normalise(group[0]);
            foreach (var domain in group)
            {
                groups[Normalise(domain)] = key;
            }
        }

        _partners = groups.ToFrozenDictionary(StringComparer.Ordinal);
        HasDomains = domains.Count > 0;
    }

    private Organisation(Organisation model, string? senderDomain)
    {
        _exact = senderDomain is null ? FrozenSet<string>.Empty : new[] { senderDomain }.ToFrozenSet(StringComparer.Ordinal);
        _below = FrozenSet<string>.Empty;
        _partners = model._partners;
    }

    /// <inheritdoc/>
    public bool HasDomains { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Domains => field ??= [.. _exact.Union(_below).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> PartnerDomains => field ??= [.. _partners.Keys.Order(StringComparer.Ordinal)];

    /// <summary>This, or where no domains are set one whose inside is the domain of <paramref name="mailFrom"/> (nothing for freemail or the null sender).</summary>
    public IOrganisation ForSender(string mailFrom)
    {
        if (HasDomains)
        {
            return this;
        }

        var own = EmailAddress.TryParse(mailFrom, out var sender) && !IsFreemail(sender.Domain) ? sender.Domain : null;
        return new Organisation(this, own);
    }

    /// <inheritdoc/>
    public bool IsInside(EmailAddress address)
    {
        var domain = address.Domain.AsSpan().TrimEnd('.');
        if (_exact.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain))
        {
            return true;
        }

        if (_below.Count == 0)
        {
            return false;
        }

        var below = _below.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.'))
        {
            domain = domain[(dot + 1)..];
            if (below.Contains(domain))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public string OrganisationOf(EmailAddress address)
    {
        var domain = address.Domain.TrimEnd('.');
        if (_partners.Count > 0 && PartnerOf(domain) is { } partner)
        {
            return partner;
        }

        return Owner(domain) ?? address.Key;
    }

    /// <summary>True for a freemail or access provider's domain, where each address is a person of his own (list carried by the product).</summary>
    public static bool IsFreemail(string domain) => Freemail.Covers(domain);

    /// <summary>
    /// <c>tees.ne.jp</c>, <c>ctk23.ne.jp</c>: the registry gives names under <c>ne.jp</c> for services to users, hundreds of local providers among them. Not a host's customers, who have names of their own
    /// below it.
    /// </summary>
    private static bool IsNetworkService(string domain) => domain.EndsWith(".ne.jp", StringComparison.Ordinal) && RegistrableDomains.Of(domain).AsSpan().Count('.') == 2;

    private static string? Owner(string domain)
    {
        if (_remembered.TryGetValue(domain, out var owner))
        {
            return owner;
        }

        owner = IsFreemail(domain) || IsNetworkService(domain) ? null : RegistrableDomains.Of(domain);
        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear();
        }

        _remembered[domain] = owner;
        return owner;
    }

    private string? PartnerOf(string domain)
    {
        if (_partners.TryGetValue(domain, out var key))
        {
            return key;
        }

        // A partner's subdomains belong to him unless the group says only *.example.com, which is the same here.
        var lookup = _partners.GetAlternateLookup<ReadOnlySpan<char>>();
        var rest = domain.AsSpan();
        for (var dot = rest.IndexOf('.'); dot >= 0; dot = rest.IndexOf('.'))
        {
            rest = rest[(dot + 1)..];
            if (lookup.TryGetValue(rest, out key))
            {
                return key;
            }
        }

        return null;
    }

    private static (FrozenSet<string> Exact, FrozenSet<string> Below) Split(IReadOnlyList<string> domains)
    {
        var exact = new HashSet<string>(StringComparer.Ordinal);
        var below = new HashSet<string>(StringComparer.Ordinal);
        foreach (var domain in domains)
        {
            (domain.AsSpan().Trim().StartsWith("*.") ? below : exact).Add(Normalise(domain));
        }

        return (exact.ToFrozenSet(StringComparer.Ordinal), below.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Lower-case A-labels without wildcard, leading @ or trailing dot, by the same reading an address gets.</summary>
    private static string Normalise(string domain)
    {
        var text = domain.AsSpan().Trim();
        text = text.StartsWith("*.") ? text[2..] : text.TrimStart('@');
        text = text.TrimEnd('.');
        return EmailAddress.TryParse($"x@{text}", out var probe)
            ? probe.Domain
            : throw new ArgumentException($"'{domain}' is not a domain name", nameof(domain));
    }
}
