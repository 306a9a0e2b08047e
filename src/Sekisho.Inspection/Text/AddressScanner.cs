using System.Buffers;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>An address found in running text.</summary>
/// <param name="Key">What it is compared by, as <see cref="EmailAddress.Key"/>.</param>
/// <param name="Wide">The same with every character that a local part may have taken in (<c>mail=taro@…</c>), where that differs; else null.</param>
/// <param name="Address">Parsed, or null where it is not well formed (two dots in a row, as some carriers allowed).</param>
/// <param name="Domain">Its domain in lower case.</param>
internal sealed record FoundAddress(string Key, string? Wide, EmailAddress? Address, string Domain);

/// <summary>The distinct addresses of one or more texts, in order of first sight; what a set of the same text has read is not read again.</summary>
internal sealed class AddressSet(AddressSet? read = null)
{
    private Dictionary<string, FoundAddress>? _bySpelling;
    private HashSet<string>? _keys;
    private List<FoundAddress>? _all;

    /// <summary>Each address once.</summary>
    public IReadOnlyList<FoundAddress> All => _all is null ? [] : _all;

    /// <summary>True for an address that stands here.</summary>
    public bool Contains(string key) => _keys?.Contains(key) == true;

    /// <summary>Adds a spelling (lower case) unless it stands here.</summary>
    public void Add(ReadOnlySpan<char> narrow, ReadOnlySpan<char> wide)
    {
        _bySpelling ??= new Dictionary<string, FoundAddress>(StringComparer.Ordinal);
        if (_bySpelling.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(wide))
        {
            return;
        }

        if (read?._bySpelling is not { } others || !others.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(wide, out var spelling, out var found))
        {
            spelling = wide.ToString();
            found = AddressScanner.Read(narrow.Length == wide.Length ? spelling : narrow.ToString(), spelling);
        }

        _bySpelling.Add(spelling, found);
        if ((_keys ??= new HashSet<string>(StringComparer.Ordinal)).Add(found.Key))
        {
            (_all ??= []).Add(found);
        }
    }
}

/// <summary>
/// Finds mail addresses in running text: ASCII and full-width, percent-encoded (<c>%40</c>), in angle brackets or glued to other letters. Linear in
/// the text's length. Invisible characters must be gone (<see cref="TextFolding.StripInvisible"/>).
/// </summary>
internal static class AddressScanner
{
    private const int MaxLocal = 128;
    private const int MaxDomain = 255;

    private static readonly SearchValues<char> _signs = SearchValues.Create("@＠﹫%");

    /// <summary>What stands before the sign in nearly every address.</summary>
    private static readonly SearchValues<char> _plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-");

    /// <summary>What RFC 5322 section 3.2.3 also allows, mostly seen as a separator in front of one.</summary>
    private static readonly SearchValues<char> _wide = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-!#$%&'*/=?^`{|}~");

    /// <summary>Endings of names of things, not of hosts: <c>icon@2x.png</c>.</summary>
    private static readonly HashSet<string> _notDomains = new(StringComparer.Ordinal)
    {
        "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "css", "js", "html", "htm", "php", "pdf", "xml", "json",
    };

    /// <summary>True when the field's value holds anything that could be an address's sign; most are told without being decoded.</summary>
    public static bool MayHold(Sekisho.Mime.HeaderField field)
        => field.ValueBytes.ContainsAny((byte)'@', (byte)'%') ? MayHold(field.Decoded) : !field.ReadsAsWritten && MayHold(field.Decoded);

    /// <summary>True when the text holds anything that could be an address's sign. Fast.</summary>
    public static bool MayHold(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(_signs); at >= 0; at = text.IndexOfAny(_signs))
        {
            if (text[at] != '%' || IsEncodedSign(text, at))
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    /// <summary>Adds every address of <paramref name="text"/> to <paramref name="into"/>.</summary>
    public static void Collect(ReadOnlySpan<char> text, AddressSet into, CancellationToken cancel = default)
    {
        if (text.ContainsAny(_signs))
        {
            Scan(text, into, cancel);
        }
    }

    /// <summary>True where <see cref="Collect"/> would find one.</summary>
    public static bool Holds(ReadOnlySpan<char> text) => text.ContainsAny(_signs) && Scan(text, null, default);

    /// <summary>Without a set to add to it ends at the first one.</summary>
    private static bool Scan(ReadOnlySpan<char> text, AddressSet? into, CancellationToken cancel)
    {
        var found = false;
        Span<char> buffer = stackalloc char[MaxLocal + 1 + MaxDomain];
        var floor = 0;
        var seen = 0;
        var from = 0;
        while (from < text.Length)
        {
            var next = text[from..].IndexOfAny(_signs);
            if (next < 0)
            {
                break;
            }

            var at = from + next;
            var after = at + 1;
            if (text[at] == '%')
            {
                if (!IsEncodedSign(text, at))
                {
                    from = after;
                    continue;
                }

                after = at + 3;
            }

            if ((++seen & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            from = after;
            var domain = Domain(text[after..], buffer[(MaxLocal + 1)..]);
            if (domain > 0 && TakeLocal(text, floor, at, buffer, domain, into))
            {
                found = true;
                if (into is null)
                {
                    break;
                }
            }

            floor = after;
        }

        return found;
    }

    /// <summary>One address as found.</summary>
    internal static FoundAddress Read(string narrow, string wide)
    {
        var domain = narrow[(narrow.LastIndexOf('@') + 1)..];
        var other = wide.Length == narrow.Length ? null : wide;
        return EmailAddress.TryParse(narrow, out var address)
            ? new FoundAddress(address.Key, other, address, address.Domain)
            : new FoundAddress(narrow, other, null, domain);
    }

    private static bool IsEncodedSign(ReadOnlySpan<char> text, int at) => at + 2 < text.Length && text[at + 1] == '4' && text[at + 2] == '0';

    private static bool TakeLocal(ReadOnlySpan<char> text, int floor, int at, Span<char> buffer, int domain, AddressSet? into)
    {
        var lowest = Math.Max(floor, at - MaxLocal);
        if (at > floor && text[at - 1] == '"')
        {
            return TakeQuoted(text, lowest, at, buffer, domain, into);
        }

        var start = at;
        var plain = -1;
        while (start > lowest)
        {
            var c = TextFolding.FoldWidth(text[start - 1]);
            if (!_plain.Contains(c))
            {
                plain = plain < 0 ? start : plain;
                if (!_wide.Contains(c))
                {
                    break;
                }
            }

            buffer[MaxLocal - (at - start) - 1] = char.ToLowerInvariant(c);
            start--;
        }

        plain = plain < 0 ? start : plain;
        if (start == at || (at - plain == 0 && !text[start..at].ContainsAnyInRange('0', 'z')))
        {
            return false;
        }

        // cid:image001.png@01DA… names a picture inside the mail.
        if (start >= 4 && text[(start - 4)..start].Equals("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        buffer[MaxLocal] = '@';
        var wide = buffer[(MaxLocal - (at - start))..(MaxLocal + 1 + domain)];
        var narrow = at == plain ? wide : buffer[(MaxLocal - (at - plain))..(MaxLocal + 1 + domain)];

        // A sentence's dots and dashes in front are no part of it: "…taro@", "-taro@".
        var trimmed = narrow.TrimStart(".-");
        into?.Add(trimmed.Length > 0 && trimmed[0] != '@' ? trimmed : narrow, wide);
        return true;
    }

    private static bool TakeQuoted(ReadOnlySpan<char> text, int lowest, int at, Span<char> buffer, int domain, AddressSet? into)
    {
        var open = text[lowest..(at - 1)].LastIndexOf('"');
        if (open < 0 || text[(lowest + open)..at].ContainsAny('\r', '\n'))
        {
            return false;
        }

        var local = text[(lowest + open)..at];
        local.ToLowerInvariant(buffer[(MaxLocal - local.Length)..]);
        buffer[MaxLocal] = '@';
        var whole = buffer[(MaxLocal - local.Length)..(MaxLocal + 1 + domain)];
        into?.Add(whole, whole);
        return true;
    }

    /// <summary>Writes the domain at the text's start in lower case; returns its length, 0 where there is none.</summary>
    private static int Domain(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        while (length < text.Length && length < MaxDomain)
        {
            var c = TextFolding.FoldWidth(text[length]);
            var ok = char.IsAsciiLetterOrDigit(c) || c == '-'
                || (c == '_' && length > 0)
                || (c == '.' && length > 0 && into[length - 1] != '.')
                || (c > '\u007F' && StartsForeignLabel(into[..length], c));
            if (!ok)
            {
                break;
            }

            into[length++] = char.ToLowerInvariant(c);
        }

        while (length > 0 && into[length - 1] is '.' or '-' or '_')
        {
            length--;
        }

        return EndOfDomain(into[..length]);
    }

    /// <summary>Letters beyond ASCII belong to a domain only from a label's start: <c>taro@日本.jp</c>, but not <c>taro@example.comまで</c>.</summary>
    private static bool StartsForeignLabel(ReadOnlySpan<char> soFar, char c)
    {
        if (!char.IsLetterOrDigit(c))
        {
            return false;
        }

        var label = soFar[(soFar.LastIndexOf('.') + 1)..];
        if (label.Length > 0)
        {
            // Latin letters with marks stand anywhere in a word: taro@müller.example.
            return label[0] > '\u007F' || c is >= '\u00C0' and <= '\u024F';
        }

        // After a dot: only where what stands so far is no domain by itself, else it is the next sentence.
        return soFar.Length == 0 || soFar[..^1].IndexOf('.') < 0;
    }

    private static int EndOfDomain(ReadOnlySpan<char> domain)
    {
        while (true)
        {
            var dot = domain.LastIndexOf('.');
            if (dot <= 0)
            {
                return 0;
            }

            var top = domain[(dot + 1)..];
            if (IsTop(top))
            {
                return _notDomains.GetAlternateLookup<ReadOnlySpan<char>>().Contains(top) ? 0 : domain.Length;
            }

            // "taro@日本.jpまで": the ASCII part of the last label is the end.
            var ascii = top.IndexOfAnyExceptInRange('\0', '\u007F');
            if (ascii > 0 && IsTop(top[..ascii]))
            {
                return dot + 1 + ascii;
            }

            // "_taro@example.com_ and taro@example.com_2": some names of hosts hold the line, top-level ones never.
            var line = top.IndexOf('_');
            if (line > 0 && IsTop(top[..line]))
            {
                return dot + 1 + line;
            }

            // "taro@example.com.2" and the like: the number is not the host's.
            domain = domain[..dot].TrimEnd(".-_");
        }
    }

    private static bool IsTop(ReadOnlySpan<char> label)
        => label.Length is >= 2 and <= 63
            && (label.StartsWith("xn--") || !label.ContainsAnyExceptInRange('a', 'z') || (label[0] > '\u007F' && !label.ContainsAnyInRange('\0', '\u007F')));
}
