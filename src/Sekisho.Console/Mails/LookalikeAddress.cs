using System.Globalization;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Mails;

/// <summary>Says where an address deceives the eye: letters of several alphabets, letters that look like others, a domain one stroke away from one that is known.</summary>
public sealed class LookalikeAddress
{
    private const string Alike = "аaеeоoрpсcуyхxѕsіiјjԁdһhӏlԛqԝwкkмmтtвbнhαaοoρpνvιiκkτtυuχxϲcօoոnսuհhցgａaｏo";

    private static readonly Dictionary<char, char> s_alike = Enumerable.Range(0, Alike.Length / 2).ToDictionary(i => Alike[2 * i], i => Alike[(2 * i) + 1]);

    private static readonly string[] s_mailers = ["gmail.com", "yahoo.co.jp", "yahoo.com", "outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "icloud.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp"];

    private readonly HashSet<string> _known;
    private readonly List<string> _compared;

    /// <summary>Compares with the organisation's own domains, its partners' and the large mailers'.</summary>
    public LookalikeAddress(IEnumerable<string> domains)
    {
        _known = domains.Select(d => d.TrimStart('*').TrimStart('.').ToLowerInvariant()).Concat(s_mailers).ToHashSet(StringComparer.Ordinal);
        _compared = [.. _known.Where(d => d.Length >= 6).Take(200)];
    }

    /// <summary>The one of a configuration.</summary>
    public static LookalikeAddress For(Gateway.EffectiveConfig config) => new(config.Config.Domains.Concat(config.Config.Partners.SelectMany(p => p)));

    /// <summary>What is odd about it, or null.</summary>
    public Summary? Of(string address)
    {
        if (Shown.HidesSomething(address))
        {
            return new("contains characters that cannot be seen", "見えない文字が含まれています");
        }

        if (!EmailAddress.TryParse(address, out var parsed))
        {
            return new("is not an ordinary address", "通常のメールアドレスの形ではありません");
        }

        var domain = Unicode(parsed.Domain);
        if (MixesAlphabets(parsed.LocalPart) || domain.Split('.').Any(MixesAlphabets))
        {
            return new("mixes letters of several alphabets", "別の種類の似た文字が混ざっています");
        }

        if (_known.Contains(parsed.Domain) || _known.Any(k => parsed.Domain.EndsWith("." + k, StringComparison.Ordinal)))
        {
            return null;
        }

        var skeleton = Skeleton(domain);
        return _compared.Find(k => Skeleton(k) == skeleton || IsOneAway(parsed.Domain, k)) is { } like
            ? new($"looks like {like}, but is not", $"{like} に似ていますが別のドメインです")
            : domain.Any(c => c > 127) && skeleton.All(c => c < 128)
                ? new($"is written in other letters to look like {skeleton}", $"{skeleton} に見えるよう別の文字で書かれています")
                : null;
    }

    /// <summary>The address as people read it: a domain in letters of its own language instead of <c>xn--</c>.</summary>
    public static string Readable(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 || !address.Contains("xn--", StringComparison.OrdinalIgnoreCase) ? address : $"{address[..at]}@{Unicode(address[(at + 1)..])}";
    }

    private static string Unicode(string domain)
    {
        if (!domain.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return domain;
        }

        try
        {
            return new IdnMapping().GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private static bool MixesAlphabets(string text)
    {
        var seen = 0;
        foreach (var c in text)
        {
            seen |= c switch
            {
                >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '\u00C0' and <= '\u024F' => 1,
                >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF' => 2,
                >= '\u0400' and <= '\u052F' => 4,
                >= '\u0530' and <= '\u058F' => 8,
                >= '\u13A0' and <= '\u13FF' => 16,
                >= '\uFF21' and <= '\uFF5A' => 32,
                _ => 0,
            };
        }

        return (seen & (seen - 1)) != 0;
    }

    /// <summary>What it looks like at a glance.</summary>
    private static string Skeleton(string domain)
    {
        var text = new StringBuilder(domain.Length);
        foreach (var c in domain.ToLowerInvariant())
        {
            text.Append(s_alike.GetValueOrDefault(c, c) switch { '0' => 'o', '1' or 'i' => 'l', '5' => 's', var other => other });
        }

        return text.Replace("rn", "m").Replace("vv", "w").Replace("-", "").ToString();
    }

    /// <summary>One letter more, less, other, or two changed places; the ending after the last dot alone does not count (example.com and example.org are two houses).</summary>
    private static bool IsOneAway(string a, string b)
    {
        if (a == b || Math.Abs(a.Length - b.Length) > 1 || Ending(a) != Ending(b))
        {
            return false;
        }

        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        var (left, right) = (a[start..^end], b[start..^end]);
        return (left.Length <= 1 && right.Length <= 1) || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]);
    }

    private static string Ending(string domain) => domain[(domain.LastIndexOf('.') + 1)..];
}
