using System.Collections.Frozen;
using System.Numerics;

namespace Sekisho.Inspection;

/// <summary>In what an address resembles the one that may have been meant.</summary>
internal enum AlikeKind
{
    /// <summary>A slip in the part before the @, the organisation being the same.</summary>
    Local,

    /// <summary>A slip in the domain's name.</summary>
    Domain,

    /// <summary>The same name under another ending.</summary>
    Tld,

    /// <summary>Other characters that look the same.</summary>
    Homoglyph,

    /// <summary>A slip in a provider's domain, known without any history.</summary>
    Freemail,

    /// <summary>The display name or the person greeted is known by another address.</summary>
    Name,

    /// <summary>A known address under the name of somebody else who is known.</summary>
    Renamed,
}

/// <summary>A domain in the parts that are compared, as a reader sees it.</summary>
/// <param name="Domain">All of it.</param>
/// <param name="Name">The label somebody chose: <c>acme</c> of <c>mail.acme.co.jp</c>.</param>
/// <param name="Suffix">What stands behind it: <c>co.jp</c>.</param>
internal sealed record DomainParts(string Domain, string Name, string Suffix)
{
    private static readonly FrozenSet<string> _bodies = new[] { "pref", "metro", "city", "town", "vill", "ward" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The registrable part.</summary>
    public string Registrable { get; } = Suffix.Length == 0 ? Name : $"{Name}.{Suffix}";

    /// <summary>What the registrable part looks like.</summary>
    public string Drawn { get; } = Skeleton.Of(Suffix.Length == 0 ? Name : $"{Name}.{Suffix}");

    /// <summary>All of it without dots.</summary>
    public string Undotted { get; } = Domain.Replace(".", "", StringComparison.Ordinal);

    /// <summary>The registrable part without dots.</summary>
    public string UndottedName { get; } = (Name + Suffix).Replace(".", "", StringComparison.Ordinal);

    /// <summary>Which letters the name has, a bit each: an edit changes two at most.</summary>
    public uint Letters { get; } = Name.Aggregate(0u, (bits, c) => bits | (1u << (c & 31)));

    /// <summary><c>city.izumi.osaka.jp</c>, <c>pref.saga.lg.jp</c>: the name is a kind, and places one letter apart are places.</summary>
    public bool IsPublicBody => _bodies.Contains(Name) || Suffix.EndsWith("lg.jp", StringComparison.Ordinal);

    /// <summary>Reads a domain (lower-case A-labels).</summary>
    public static DomainParts Of(string domain)
    {
        domain = domain.TrimEnd('.');
        var registrable = Skeleton.Seen(RegistrableDomains.Of(domain));
        var dot = registrable.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new DomainParts(domain, registrable, "") : new DomainParts(domain, registrable[..dot], registrable[(dot + 1)..]);
    }
}

/// <summary>A domain that resembles another.</summary>
/// <param name="Kind">How.</param>
/// <param name="Distance">Edits between the two as a whole, at least 1.</param>
/// <param name="Strong">A slip or an imitation as such; else only where more speaks for it.</param>
internal readonly record struct DomainSlip(AlikeKind Kind, int Distance, bool Strong);

/// <summary>Whether a domain is a slip for another, or imitates it.</summary>
internal static class DomainLikeness
{
    /// <summary>Endings people take for one another; whoever owns one name often owns it under several, so alone they prove nothing.</summary>
    private static readonly FrozenSet<string> _common = new[]
    {
        "com", "net", "org", "info", "biz", "jp", "co.jp", "ne.jp", "or.jp", "gr.jp", "ac.jp", "go.jp", "ed.jp", "ad.jp", "lg.jp", "asia", "tokyo",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> _secondLevels = new[] { "co", "com", "ne", "net", "or", "org", "go", "gov", "ac", "edu", "ed", "gr", "ad", "lg", "me", "ltd", "plc" }.ToFrozenSet(StringComparer.Ordinal);

    private enum SuffixFit
    {
        Same,
        Slip,
        Swapped,
        Other,
    }

    /// <summary>How <paramref name="typed"/> resembles <paramref name="meant"/>; null where it does not, or where both are of one registrable domain.</summary>
    /// <param name="samePerson">The part before the @ is the same, so that shorter names and wider slips count.</param>
    public static DomainSlip? Compare(DomainParts typed, DomainParts meant, bool samePerson = false)
    {
        if (typed.Registrable == meant.Registrable)
        {
            return null;
        }

        if (StandsInFront(typed, meant) || typed.UndottedName == meant.UndottedName || IsBroken(typed, meant))
        {
            return new DomainSlip(AlikeKind.Tld, DistanceOf(typed, meant), Strong: true);
        }

        if (typed.Drawn == meant.Drawn && meant.Name.Length > 2)
        {
            return new DomainSlip(AlikeKind.Homoglyph, DistanceOf(typed, meant), Strong: true);
        }

        if (typed.IsPublicBody || meant.IsPublicBody)
        {
            return null;
        }

        if (typed.Name == meant.Name)
        {
            return SuffixOf(typed.Suffix, meant.Suffix) switch
            {
                SuffixFit.Slip => new DomainSlip(AlikeKind.Tld, DistanceOf(typed, meant), Strong: meant.Name.Length > 2),
                SuffixFit.Swapped when meant.Name.Length > 2 || samePerson => new DomainSlip(AlikeKind.Tld, DistanceOf(typed, meant), Strong: false),
                _ => null,
            };
        }

        return Letters(typed, meant, samePerson);
    }

    /// <summary>Edits between two whole registrable domains, at least 1 and at most 9.</summary>
    public static int DistanceOf(DomainParts typed, DomainParts meant) => Math.Max(1, Slip.Between(typed.Registrable, meant.Registrable, 9)?.Distance ?? 9);

    private static DomainSlip? Letters(DomainParts typed, DomainParts meant, bool samePerson)
    {
        var shorter = Math.Min(typed.Name.Length, meant.Name.Length);
        var most = samePerson ? shorter < 2 ? 0 : shorter < 6 ? 1 : 2 : shorter < 4 ? 0 : shorter < 8 ? 1 : 2;
        if (most == 0 || BitOperations.PopCount(typed.Letters ^ meant.Letters) > 2 * most || (!samePerson && IsOtherHouse(typed.Name, meant.Name)))
        {
            return null;
        }

        var fit = SuffixOf(typed.Suffix, meant.Suffix);
        if (fit is not (SuffixFit.Same or SuffixFit.Slip) || Slip.Between(typed.Name, meant.Name, most) is not { Counts: false } slip)
        {
            return null;
        }

        // hp and bp are two firms, and both have a john; epenergy and ftenergy are two where nobody is the same.
        if (samePerson ? slip.First && shorter < 5 : slip.First || (slip.Distance > 1 && !slip.OfHand))
        {
            return null;
        }

        var strong = slip.OfHand && !slip.First && (slip.Distance == 1 ? shorter >= 5 : shorter >= 9);
        return new DomainSlip(AlikeKind.Domain, slip.Distance + (fit == SuffixFit.Slip ? 1 : 0), strong);
    }

    /// <summary><c>aoba-h</c> and <c>aoba-j</c>, <c>kyoto-u</c> and <c>kyoto-wu</c>: parts of a name that are initials tell houses apart.</summary>
    private static bool IsOtherHouse(string typed, string meant) => typed.Contains('-') && meant.Contains('-') && LocalLikeness.DiffersInInitial(typed, meant);

    /// <summary><c>acme.co.jp.com</c>, <c>acme.com.evil.example</c>: the known name stands in front of somebody else's. <c>acme.com.au</c> may well be the same firm.</summary>
    private static bool StandsInFront(DomainParts typed, DomainParts meant)
        => meant.Suffix.Length > 0 && typed.Domain.Length > meant.Registrable.Length + 1 && typed.Name != meant.Name
            && (typed.Domain.StartsWith(meant.Registrable + ".", StringComparison.Ordinal) || typed.Domain.Contains($".{meant.Registrable}.", StringComparison.Ordinal));

    /// <summary><c>gmail.c.om</c>, <c>yahoo.c.jp</c>: a dot or a letter of the ending slipped, so that a label of one letter seems to be the name.</summary>
    private static bool IsBroken(DomainParts typed, DomainParts meant)
        => typed.Name.Length == 1 && meant.Name.Length > 2 && (typed.Undotted == meant.UndottedName || Slip.Between(typed.Domain, meant.Registrable, 1) is { Counts: false, First: false });

    private static SuffixFit SuffixOf(string typed, string meant)
    {
        if (typed == meant)
        {
            return SuffixFit.Same;
        }

        var (t, m) = (Split(typed), Split(meant));
        if ((_common.Contains(typed) && _common.Contains(meant)) || (t.Top == m.Top && _secondLevels.Contains(t.Second) && _secondLevels.Contains(m.Second))
            || OfOneFirm(typed, meant) || OfOneFirm(meant, typed))
        {
            return SuffixFit.Swapped;
        }

        // acme.de and acme.dk are two countries' branches; acme.con, acme.cm and acme.c.jp are slips.
        var countries = t.Top.Length == 2 && m.Top.Length == 2 && t.Top != m.Top;
        return !countries && Slip.Between(typed, meant, meant.Length > 3 ? 2 : 1) is { Counts: false } ? SuffixFit.Slip : SuffixFit.Other;
    }

    /// <summary>com beside co.jp, com.au or a bare country.</summary>
    private static bool OfOneFirm(string a, string b)
    {
        var (second, top) = Split(b);
        return top.Length == 2 && second is "co" or "com" && (a == "com" || a == top);
    }

    private static (string Second, string Top) Split(string suffix)
    {
        var dot = suffix.LastIndexOf('.');
        return dot < 0 ? ("", suffix) : (suffix[..dot], suffix[(dot + 1)..]);
    }
}
