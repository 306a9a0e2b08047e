using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>
/// The part of a domain name that somebody registered: one label below a public suffix. A compact hand-made table, not the whole Public Suffix
/// List; where it is unsure it takes the longer name, because two organisations taken for one would hide a leak, the opposite only asks once more.
/// </summary>
internal static class RegistrableDomains
{
    /// <summary>Second labels that are public suffixes under any country's two-letter domain.</summary>
    private static readonly FrozenSet<string> _generic = new[]
    {
        "co", "com", "net", "org", "edu", "gov", "ac", "mil", "gob", "gouv", "govt", "nom", "ltd", "plc", "sch", "biz", "info",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Public suffixes of more than one label that the generic ones do not cover, and hosts that give each customer a name of his own.</summary>
    private static readonly FrozenSet<string> _suffixes = new[]
    {
        "ne.jp", "or.jp", "go.jp", "lg.jp", "ed.jp", "gr.jp", "ad.jp",
        "me.uk", "nhs.uk", "police.uk", "mod.uk", "asn.au", "id.au", "wa.au", "vic.au", "nsw.au", "qld.au", "iwi.nz", "maori.nz", "school.nz", "geek.nz", "gen.nz", "kiwi.nz",
        "or.kr", "ne.kr", "re.kr", "pe.kr", "go.kr", "hs.kr", "ms.kr", "es.kr", "sc.kr", "kg.kr", "seoul.kr", "busan.kr", "idv.tw", "idv.hk", "per.sg", "name.my",
        "or.th", "go.th", "in.th", "mi.th", "or.id", "go.id", "web.id", "my.id", "desa.id", "gen.in", "firm.in", "ind.in", "nic.in", "res.in", "ernet.in", "or.at", "gv.at",
        "asso.fr", "tm.fr", "law.za", "web.za", "k12.tr", "bel.tr", "muni.il", "k12.il", "waw.pl", "adv.br", "eng.br", "ind.br", "art.br", "blog.br", "or.ke", "go.ke", "ne.ke",
        "or.cr", "fi.cr", "go.cr", "in.ua", "kiev.ua", "kyiv.ua", "lviv.ua", "msk.ru", "spb.ru", "bj.cn", "sh.cn", "gd.cn", "zj.cn", "js.cn",
        "uk.com", "us.com", "eu.com", "jp.net", "uk.net", "jpn.com", "br.com", "cn.com", "de.com", "kr.com", "gb.net", "ru.com", "za.com", "au.com",
        "onmicrosoft.com", "mail.onmicrosoft.com", "sakura.ne.jp", "xsrv.jp", "sixcore.jp", "lolipop.jp", "lolipop.io", "heteml.jp", "moo.jp", "main.jp", "fool.jp", "pepper.jp",
        "secret.jp", "under.jp", "chu.jp", "but.jp", "boo.jp", "girlfriend.jp", "littlestar.jp", "lovepop.jp", "wpx.jp", "coreserver.jp", "valueserver.jp", "xrea.com",
        "kagoya.net", "kagoya.jp", "github.io", "gitlab.io", "herokuapp.com", "appspot.com", "azurewebsites.net", "cloudfront.net", "amazonaws.com", "myshopify.com",
        "blogspot.com", "wordpress.com", "netlify.app", "vercel.app", "web.app", "firebaseapp.com", "pages.dev", "workers.dev", "wixsite.com", "weebly.com",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Geographic names under jp: prefectures, and cities of their own (RFC-less; JPRS's geographic and prefecture type names).</summary>
    private static readonly FrozenSet<string> _japanesePlaces = new[]
    {
        "hokkaido", "aomori", "iwate", "miyagi", "akita", "yamagata", "fukushima", "ibaraki", "tochigi", "gunma", "saitama", "chiba", "tokyo", "kanagawa", "niigata",
        "toyama", "ishikawa", "fukui", "yamanashi", "nagano", "gifu", "shizuoka", "aichi", "mie", "shiga", "kyoto", "osaka", "hyogo", "nara", "wakayama", "tottori",
        "shimane", "okayama", "hiroshima", "yamaguchi", "tokushima", "kagawa", "ehime", "kochi", "fukuoka", "saga", "nagasaki", "kumamoto", "oita", "miyazaki",
        "kagoshima", "okinawa", "sapporo", "sendai", "kawasaki", "yokohama", "nagoya", "kobe", "kitakyushu",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> _publicBodies = new[] { "pref", "metro", "city", "town", "vill", "ward" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The registrable part of <paramref name="domain"/> (lower-case A-labels); the name itself where it is no more than a suffix, or an address literal.</summary>
    public static string Of(string domain)
    {
        if (domain.Length == 0 || domain[0] == '[')
        {
            return domain;
        }

        // The last six labels are all that is ever looked at, so a name of a thousand dots costs no more than one of five.
        Span<int> starts = stackalloc int[6];
        var count = 0;
        var at = domain.Length;
        while (at > 0 && count < starts.Length)
        {
            at = domain.LastIndexOf('.', at - 1);
            starts[count++] = at + 1;
            if (at < 0)
            {
                break;
            }
        }

        var labels = Keep(domain, starts[..count]);
        return labels >= count ? domain[starts[count - 1]..] : domain[starts[labels - 1]..];
    }

    private static int Keep(string domain, ReadOnlySpan<int> starts)
    {
        if (starts.Length <= 2)
        {
            return 2;
        }

        var top = domain.AsSpan(starts[0]);
        var second = Label(domain, starts, 1);
        var places = _japanesePlaces.GetAlternateLookup<ReadOnlySpan<char>>();
        if (top.SequenceEqual("jp"))
        {
            if (second.SequenceEqual("lg"))
            {
                return LocalGovernment(domain, starts);
            }

            if (places.Contains(second))
            {
                // example.shinjuku.tokyo.jp has a city between; pref.osaka.jp and metro.tokyo.jp have none.
                return starts.Length == 3 || Label(domain, starts, 2) is "pref" or "metro" ? 3 : 4;
            }
        }

        var suffixes = _suffixes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (suffixes.Contains(domain.AsSpan(starts[2])))
        {
            return 4;
        }

        if (suffixes.Contains(domain.AsSpan(starts[1])))
        {
            return 3;
        }

        return top.Length == 2 && _generic.GetAlternateLookup<ReadOnlySpan<char>>().Contains(second) ? 3 : 2;
    }

    /// <summary><c>city.shinjuku.lg.jp</c>, <c>pref.osaka.lg.jp</c>, <c>town.oi.fukui.lg.jp</c>: the prefecture and each of its towns are apart.</summary>
    private static int LocalGovernment(string domain, ReadOnlySpan<int> starts)
    {
        if (starts.Length <= 3)
        {
            return 3;
        }

        var bodies = _publicBodies.GetAlternateLookup<ReadOnlySpan<char>>();
        if (bodies.Contains(Label(domain, starts, 3)))
        {
            return 4;
        }

        return starts.Length > 4 && bodies.Contains(Label(domain, starts, 4)) ? 5 : 3;
    }

    private static ReadOnlySpan<char> Label(string domain, ReadOnlySpan<int> starts, int index)
        => domain.AsSpan(starts[index], starts[index - 1] - 1 - starts[index]);
}
