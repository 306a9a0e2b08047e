using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>Domains whose users have nothing to do with one another: webmail, mobile carriers, access providers, public list servers.</summary>
internal static class Freemail
{
    /// <summary>These and everything below them (providers hand out subdomains: <c>aqua.ocn.ne.jp</c>, <c>t.vodafone.ne.jp</c>).</summary>
    private static readonly FrozenSet<string> _withSubdomains = new[]
    {
        // world
        "gmail.com", "googlemail.com", "outlook.com", "outlook.jp", "hotmail.com", "live.com", "live.jp", "msn.com", "icloud.com", "me.com", "mac.com",
        "aol.com", "aol.jp", "gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "proton.me", "protonmail.com",
        "protonmail.ch", "pm.me", "tutanota.com", "tuta.io", "tutamail.com", "fastmail.com", "fastmail.fm", "hey.com", "zohomail.com", "hushmail.com",
        "mailfence.com", "inbox.com", "rocketmail.com", "ymail.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "libero.it",
        "virgilio.it", "tiscali.it", "btinternet.com", "virginmedia.com", "talktalk.net", "comcast.net", "verizon.net", "att.net", "sbcglobal.net",
        "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "bigpond.com", "optusnet.com.au", "shaw.ca", "rogers.com", "uol.com.br", "bol.com.br",
        "terra.com.br", "mail.ru", "bk.ru", "inbox.ru", "list.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "ukr.net", "seznam.cz", "wp.pl", "o2.pl",
        "onet.pl", "interia.pl", "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "139.com",
        "189.cn", "naver.com", "hanmail.net", "daum.net", "nate.com", "kakao.com", "rediffmail.com", "hinet.net", "pchome.com.tw", "netvigator.com",
        "singnet.com.sg", "duck.com", "mozmail.com", "privaterelay.appleid.com", "mailbox.org", "posteo.de", "arcor.de", "online.de", "vodafone.de", "bluewin.ch", "hispeed.ch", "skynet.be", "telenet.be",
        "ziggo.nl", "home.nl", "planet.nl", "hetnet.nl", "kpnmail.nl", "chello.nl", "xs4all.nl", "neuf.fr", "club-internet.fr", "aliceadsl.fr", "bbox.fr", "numericable.fr", "alice.it", "tin.it", "email.it",
        "ntlworld.com", "blueyonder.co.uk", "sky.com", "tiscali.co.uk", "telus.net", "sympatico.ca", "videotron.ca", "eastlink.ca", "iinet.net.au", "tpg.com.au", "westnet.com.au", "xtra.co.nz", "telkomsa.net",
        "mweb.co.za", "telia.com", "online.no", "centrum.cz", "email.cz", "post.cz", "azet.sk", "freemail.hu", "citromail.hu", "abv.bg", "otenet.gr", "ig.com.br", "globo.com",
        "prodigy.net", "pacbell.net", "swbell.net", "ameritech.net", "snet.net", "flash.net", "nvbell.net", "frontier.com", "frontiernet.net", "centurylink.net", "embarqmail.com", "windstream.net", "optonline.net",
        "optimum.net", "roadrunner.com", "twc.com", "netzero.net", "netscape.net", "aim.com", "compuserve.com", "lycos.com", "usa.net", "mindspring.com", "juno.com",

        // Japan: webmail and list servers
        "yahoo.co.jp", "ymail.ne.jp", "excite.co.jp", "infoseek.jp", "goo.jp", "mail.goo.ne.jp", "livedoor.com", "rakuten.jp", "rakumail.jp", "auone.jp",
        "nifmail.jp", "kitty.jp", "freeml.com", "googlegroups.com", "groups.yahoo.co.jp", "yahoogroups.com", "groups.io", "googlegroups.jp", "mbn.or.jp",

        // Japan: mobile carriers
        "docomo.ne.jp", "disneymobile.ne.jp", "ezweb.ne.jp", "ido.ne.jp", "biz.ezweb.ne.jp", "softbank.ne.jp", "i.softbank.jp", "softbank.jp", "vodafone.ne.jp",
        "jp-t.ne.jp", "jp-d.ne.jp", "jp-h.ne.jp", "jp-c.ne.jp", "jp-k.ne.jp", "jp-r.ne.jp", "jp-s.ne.jp", "jp-n.ne.jp", "jp-q.ne.jp", "disney.ne.jp", "willcom.com",
        "pdx.ne.jp", "wcm.ne.jp", "emobile.ne.jp", "emnet.ne.jp", "emobile-s.ne.jp", "ymobile.ne.jp", "ymobile1.ne.jp", "y-mobile.ne.jp", "uqmobile.jp", "uqc.ne.jp",
        "mineo.jp", "rakuten-mobile.jp", "wm.pdx.ne.jp", "cmail.ido.ne.jp",

        // Japan: access providers
        "nifty.com", "nifty.ne.jp", "biglobe.ne.jp", "mesh.ne.jp", "ocn.ne.jp", "ocn.jp", "so-net.ne.jp", "so-net.jp", "plala.or.jp", "plala.jp", "dion.ne.jp",
        "odn.ne.jp", "odn.ad.jp", "asahi-net.or.jp", "asahi-net.jp", "bbiq.jp", "eonet.ne.jp", "zaq.ne.jp", "zaq.jp", "jcom.home.ne.jp", "home.ne.jp", "jcom.zaq.ne.jp",
        "commufa.jp", "tnc.ne.jp", "wakwak.com", "hi-ho.ne.jp", "interlink.or.jp", "dti.ne.jp", "dti.jp", "infoweb.ne.jp", "iij4u.or.jp", "iijmio-mail.jp",
        "justnet.ne.jp", "sannet.ne.jp", "highway.ne.jp", "rim.or.jp", "bekkoame.ne.jp", "t-com.ne.jp", "tcp-ip.or.jp", "wind.ne.jp", "wbs.ne.jp", "mctv.ne.jp",
        "cty-net.ne.jp", "katch.ne.jp", "ccnw.ne.jp", "hicat.ne.jp", "tiki.ne.jp", "mable.ne.jp", "enjoy.ne.jp", "megaegg.ne.jp", "pikara.ne.jp", "netwave.or.jp",
        "coralnet.or.jp", "nsk.ne.jp", "incl.ne.jp", "janis.or.jp", "avis.ne.jp", "cameo.plala.or.jp", "auone-net.jp", "kcn.jp", "kcn.ne.jp", "dolphins.ne.jp",
        "sunnyday.jp", "ybb.ne.jp", "bb4u.ne.jp", "catv.ne.jp", "catvy.ne.jp", "itscom.net", "tepco.ne.jp", "point.ne.jp", "u-netsurf.ne.jp", "psn.ne.jp", "panasonic-net.jp",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>These alone: names below them belong to others.</summary>
    private static readonly FrozenSet<string> _alone = new[] { "au.com", "mail.com", "email.com", "zoho.com", "usa.com", "europe.com" }
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Webmail that exists under many countries' suffixes.</summary>
    private static readonly FrozenSet<string> _brands = new[] { "yahoo", "hotmail", "live", "outlook", "gmx" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a provider's domain. Case and a trailing dot do not matter.</summary>
    public static bool Covers(string domain)
    {
        Span<char> buffer = stackalloc char[256];
        if (domain.Length is 0 or > 256)
        {
            return false;
        }

        var length = domain.AsSpan().ToLowerInvariant(buffer);
        var name = (ReadOnlySpan<char>)buffer[..length].TrimEnd('.');
        if (_alone.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) || IsBrand(name))
        {
            return true;
        }

        var lookup = _withSubdomains.GetAlternateLookup<ReadOnlySpan<char>>();
        while (true)
        {
            if (lookup.Contains(name))
            {
                return true;
            }

            var dot = name.IndexOf('.');
            if (dot < 0)
            {
                return false;
            }

            name = name[(dot + 1)..];
        }
    }

    /// <summary><c>yahoo.fr</c>, <c>yahoo.co.uk</c>, <c>hotmail.it</c>: the brand directly under a country's suffix, nothing in front.</summary>
    private static bool IsBrand(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        if (dot < 0 || !_brands.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[..dot]))
        {
            return false;
        }

        var suffix = name[(dot + 1)..];
        var second = suffix.IndexOf('.');
        return second < 0 ? suffix.Length == 2 || suffix.SequenceEqual("com")
            : second <= 3 && suffix.Length - second == 3;
    }
}
