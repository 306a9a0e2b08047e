using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>
/// Slips in the domains of the large mail providers, which need no history: nobody's customers are at <c>gmial.com</c>. The providers are those most people
/// have an address at; what is real though it looks like a slip stands in <see cref="_real"/>.
/// </summary>
internal static class MailProviders
{
    /// <summary>Exactly one domain is the provider's: under any other ending the name is a slip.</summary>
    private static readonly DomainParts[] _only = Read("gmail.com googlemail.com icloud.com docomo.ne.jp ezweb.ne.jp plala.or.jp asahi-net.or.jp hotmail.com yahoo.co.jp yahoo.com sbcglobal.net");

    /// <summary>The name is a firm's too, in other countries or for its own staff: only an ending that is none counts.</summary>
    private static readonly DomainParts[] _firms = Read(
        "outlook.com outlook.jp hotmail.co.jp live.jp live.com msn.com aol.com protonmail.com ymail.com softbank.ne.jp softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp dion.ne.jp odn.ne.jp "
        + "eonet.ne.jp zaq.ne.jp ybb.ne.jp ymobile.ne.jp y-mobile.ne.jp vodafone.ne.jp rakuten.jp excite.co.jp infoseek.jp comcast.net verizon.net att.net bellsouth.net earthlink.net btinternet.com "
        + "yahoo.co.uk hotmail.co.uk t-online.de freenet.de wanadoo.fr orange.fr laposte.net libero.it naver.com hanmail.net yandex.ru rediffmail.com 163.com foxmail.com");

    /// <summary>
    /// Real domains of others under those names, by what Apple and Asahi Net tell of their own. gail.com is not among them: its owner's page says that he gets strangers' mail.
    /// </summary>
    private static readonly FrozenSet<string> _real = new[] { "icloud.com.cn", "asahi-net.co.jp" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Names that are no words, so that one letter away there is hardly anybody: by ear or eye too (gmeil, yohoo, ezwed).</summary>
    private static readonly FrozenSet<string> _coined = new[] { "gmail", "hotmail", "yahoo", "ezweb", "docomo", "icloud", "outlook", "softbank", "biglobe", "googlemail", "protonmail" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Under a provider's name and a real ending, but no mail service: the brand is known at other endings there.</summary>
    private static readonly FrozenDictionary<string, string> _invented = new Dictionary<string, string>
    {
        ["yahoo.ne.jp"] = "yahoo.co.jp", ["yahoo.or.jp"] = "yahoo.co.jp", ["yahoo.com.jp"] = "yahoo.co.jp", ["yahoo.jp"] = "yahoo.co.jp", ["yahoo.co"] = "yahoo.co.jp", ["yahoo.cm"] = "yahoo.com",
        ["hotmail.co"] = "hotmail.com", ["hotmail.cm"] = "hotmail.com", ["hotmail.ne.jp"] = "hotmail.co.jp", ["hotmail.or.jp"] = "hotmail.co.jp",
        ["outlook.co"] = "outlook.com", ["outlook.cm"] = "outlook.com", ["outlook.ne.jp"] = "outlook.jp", ["live.co"] = "live.com", ["live.cm"] = "live.com", ["live.ne.jp"] = "live.jp",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The provider's domain that was meant, and how far it is; null where <paramref name="domain"/> (lower-case A-labels) is no slip for one.</summary>
    public static (string Domain, int Distance)? Meant(string domain)
    {
        var typed = DomainParts.Of(domain);
        if (_invented.TryGetValue(typed.Registrable, out var brand))
        {
            return (brand, DomainLikeness.DistanceOf(typed, DomainParts.Of(brand)));
        }

        if (typed.Registrable.Length is 0 or > 40 || (typed.Name.Length > 1 && Organisation.IsFreemail(domain)) || _real.Contains(typed.Registrable))
        {
            return null;
        }

        (string Domain, int Distance)? best = null;
        foreach (var provider in _only)
        {
            Nearer(typed, provider, everyEnding: true, ref best);
        }

        foreach (var provider in _firms)
        {
            Nearer(typed, provider, everyEnding: false, ref best);
        }

        return best;
    }

    private static void Nearer(DomainParts typed, DomainParts provider, bool everyEnding, ref (string Domain, int Distance)? best)
    {
        if (!IsSlip(typed, provider, everyEnding))
        {
            return;
        }

        var distance = DomainLikeness.DistanceOf(typed, provider);
        if (best is null || distance < best.Value.Distance)
        {
            // A provider's own subdomain stays: i.softbank.jp, aqua.ocn.ne.jp.
            var below = typed.Domain.Length > typed.Registrable.Length && typed.Domain.EndsWith(typed.Registrable, StringComparison.Ordinal) ? typed.Domain[..^typed.Registrable.Length] : "";
            best = (below == "i." || provider.Name == "ocn" ? below + provider.Registrable : provider.Registrable, distance);
        }
    }

    private static bool IsSlip(DomainParts typed, DomainParts provider, bool everyEnding)
    {
        if (everyEnding && typed.Name == provider.Name)
        {
            return true;
        }

        if (DomainLikeness.Compare(typed, provider) is { } slip && (slip.Strong || (slip.Kind == AlikeKind.Domain && IsSpelling(typed.Name, provider.Name, ofHand: false))))
        {
            return true;
        }

        // gmial.co, doccomo.co.jp: both halves are wrong.
        return everyEnding && IsSpelling(typed.Name, provider.Name, ofHand: true);
    }

    private static bool IsSpelling(string typed, string name, bool ofHand)
        => _coined.Contains(name) && Slip.Between(typed, name, 1) is { First: false, Counts: false } slip && (slip.OfHand || !ofHand);

    private static DomainParts[] Read(string domains) => [.. domains.Split(' ').Select(DomainParts.Of)];
}
