using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sekisho.Gateway.Notify;

/// <summary>
/// Writes a message's bytes (RFC 5322, 2045 to 2047). Values pass through here only as safe lines or addresses taken apart and put together again,
/// so no value can begin a field or a line of its own.
/// </summary>
internal sealed class MailWriter
{
    private static readonly SearchValues<char> s_atom = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    private readonly ArrayBufferWriter<byte> _bytes = new(8 * 1024);

    /// <summary>Bytes above 127 were written.</summary>
    public bool EightBit { get; private set; }

    /// <summary>A header field needed bytes above 127.</summary>
    public bool SmtpUtf8 { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>A field whose value is ours and ASCII. Throws <see cref="ArgumentException"/> when it is not: then a caller passed foreign text the wrong way.</summary>
    public void Field(string name, string value)
    {
        if (value.Any(c => c is < ' ' or > '~'))
        {
            throw new ArgumentException($"the value of {name} is not printable ASCII", nameof(value));
        }

        Raw($"{name}: {value}\r\n");
    }

    /// <summary>A field of free text, made safe, in encoded words where it is not plain ASCII (RFC 2047).</summary>
    public void TextField(string name, string text) => Raw($"{name}: {Encode(SafeText.Line(text, 400), name.Length + 2)}\r\n");

    /// <summary>A field of addresses, one a line.</summary>
    public void AddressField(string name, string displayName, params IReadOnlyList<string> addresses)
    {
        var safe = SafeText.Line(displayName, 100);
        var prefix = safe.Length == 0 ? "" : Encode(safe, name.Length + 2, forceIfSpecial: true) + "\r\n ";
        Raw($"{name}: {prefix}{string.Join(",\r\n ", addresses.Select(a => $"<{Address(a)}>"))}\r\n");
    }

    /// <summary>The end of a header, or any empty line.</summary>
    public void EmptyLine() => Raw("\r\n");

    /// <summary>One line of our own, e.g. a boundary.</summary>
    public void Line(string ascii) => Raw(ascii + "\r\n");

    /// <summary>A body part: UTF-8 text in base64 (RFC 2045 section 6.8).</summary>
    public void TextPart(string mediaType, string text)
    {
        Field("Content-Type", $"{mediaType}; charset=utf-8");
        Field("Content-Transfer-Encoding", "base64");
        EmptyLine();
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        for (var i = 0; i < encoded.Length; i += 76)
        {
            Raw(string.Concat(encoded.AsSpan(i, Math.Min(76, encoded.Length - i)), "\r\n"));
        }
    }

    /// <summary>Bytes as they are, and a line break, which belongs to the boundary that follows (RFC 2046 section 5.1.1): so the part ends where the bytes end.</summary>
    public void Verbatim(ReadOnlySpan<byte> bytes)
    {
        EightBit |= bytes.ContainsAnyExceptInRange((byte)0, (byte)127);
        _bytes.Write(bytes);
        Raw("\r\n");
    }

    /// <summary>RFC 5322 section 3.3.</summary>
    public static string Date(DateTimeOffset at)
        => at.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    /// <summary>An addr-spec that is one whatever was given: local part quoted where needed, domain in A-labels, anything impossible as '?'.</summary>
    public static string Address(string given)
    {
        var at = given.LastIndexOf('@');
        var (local, domain) = at < 0 ? (given, "") : (given[..at], given[(at + 1)..]);
        if (local.Length >= 2 && local[0] == '"' && local[^1] == '"')
        {
            local = Unquote(local[1..^1]);
        }

        local = SafeText.Line(local, 256);
        var isAtom = local.Length > 0 && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
            && local.All(c => c > '~' || s_atom.Contains(c));
        if (!isAtom)
        {
            local = $"\"{local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        return at < 0 ? local : $"{local}@{Domain(domain)}";
    }

    /// <summary>The address's domain fit for a field, or <c>localhost</c> when it has none.</summary>
    public static string DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 || at == address.Length - 1 ? "localhost" : Domain(address[(at + 1)..]);
    }

    private static string Domain(string domain)
    {
        try
        {
            domain = new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // not a name: an address literal, or broken; cleaned below
        }

        var isLiteral = domain is ['[', .., ']'];
        return string.Concat(domain.Take(255).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' || (isLiteral && c is '[' or ']' or ':') ? c : '?'));
    }

    private static string Unquote(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            i += quoted[i] == '\\' && i + 1 < quoted.Length ? 1 : 0;
            text.Append(quoted[i]);
        }

        return text.ToString();
    }

    // A text that looks like an encoded word would be decoded by the reader, so it is encoded too.
    private static string Encode(string text, int used, bool forceIfSpecial = false)
    {
        var plain = text.Length + used <= 76 && text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal)
            && (!forceIfSpecial || text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-'));
        if (plain)
        {
            return text;
        }

        return EncodedWords.Of(text);
    }

    private void Raw(string text)
    {
        var count = Encoding.UTF8.GetBytes(text, _bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        if (count != text.Length)
        {
            (EightBit, SmtpUtf8) = (true, true);
        }

        _bytes.Advance(count);
    }
}
