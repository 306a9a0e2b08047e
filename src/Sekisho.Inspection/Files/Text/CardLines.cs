using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Unfolds the lines of vCard and iCalendar (RFC 6350 section 3.2), and the soft breaks of vCard 2.1's quoted-printable.</summary>
internal ref struct CardLines(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>The line now.</summary>
    public string Current { get; private set; } = "";

    public readonly CardLines GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_at >= _text.Length)
        {
            return false;
        }

        var line = Line();
        StringBuilder? joined = null;
        var soft = IsSoft(line);
        while (_at < _text.Length && (soft || _text[_at] is ' ' or '\t'))
        {
            joined ??= new StringBuilder().Append(line);
            joined.Length -= soft ? 1 : 0;
            var next = Line();
            joined.Append(soft ? next : next[1..]);
            soft = soft && next.EndsWith('=');
        }

        Current = joined is null ? line.ToString() : joined.ToString();
        return true;
    }

    private ReadOnlySpan<char> Line()
    {
        var rest = _text[_at..];
        var end = rest.IndexOf('\n');
        _at += end < 0 ? rest.Length : end + 1;
        return (end < 0 ? rest : rest[..end]).TrimEnd('\r');
    }

    private static bool IsSoft(ReadOnlySpan<char> line)
        => line.EndsWith('=') && line.IndexOf(':') is var colon and > 0 && line[..colon].Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One property of a card or calendar. Group prefixes and parameters are taken off.</summary>
internal readonly record struct CardLine(string Name, string Value, string Raw)
{
    /// <summary>Reads a line whose characters are bytes; <paramref name="charset"/> for values that name none, null where the line is text already.</summary>
    public static CardLine Read(string line, string? charset)
    {
        var colon = Colon(line);
        if (colon < 0)
        {
            return new CardLine("", "", "");
        }

        var head = line.AsSpan(0, colon);
        var semicolon = head.IndexOf(';');
        var name = semicolon < 0 ? head : head[..semicolon];
        var parameters = semicolon < 0 ? default : head[semicolon..];
        name = name[(name.LastIndexOf('.') + 1)..].Trim();
        var value = line[(colon + 1)..];
        var quoted = parameters.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
        if (charset is not null && (quoted || !Ascii.IsValid(value) || value.Contains('\u001B')))
        {
            var bytes = Encoding.Latin1.GetBytes(value);
            if (quoted)
            {
                bytes = Quoted(bytes);
            }

            var at = parameters.IndexOf("CHARSET=", StringComparison.OrdinalIgnoreCase);
            var named = at < 0 ? charset : parameters[(at + 8)..].ToString().Split(';')[0];
            value = PlainText.Decode(bytes, named).Text;
        }

        return new CardLine(name.ToString().ToUpperInvariant(), Plain(value), value);
    }

    /// <summary>The parts of a structured value, escapes taken off.</summary>
    public IReadOnlyList<string> Parts()
    {
        var parts = new List<string>();
        var from = 0;
        for (var i = 0; i <= Raw.Length && parts.Count < 20; i++)
        {
            if (i < Raw.Length && Raw[i] == '\\')
            {
                i++;
            }
            else if (i == Raw.Length || Raw[i] == ';')
            {
                parts.Add(Plain(Raw[from..i]).Trim());
                from = i + 1;
            }
        }

        return parts;
    }

    /// <summary>The colon that ends name and parameters: one within quotes does not.</summary>
    private static int Colon(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ':' && !quoted)
            {
                return i;
            }
        }

        return line.IndexOf(':', StringComparison.Ordinal);
    }

    private static string Plain(string value)
    {
        if (!value.Contains('\\'))
        {
            return value;
        }

        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                plain.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
            }
            else
            {
                plain.Append(value[i]);
            }
        }

        return plain.ToString();
    }

    private static byte[] Quoted(byte[] bytes)
    {
        var plain = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '=' && i + 2 < bytes.Length + 0 && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                plain[length++] = (byte)((Hex(bytes[i + 1]) << 4) | Hex(bytes[i + 2]));
                i += 2;
            }
            else
            {
                plain[length++] = bytes[i];
            }
        }

        return plain[..length];

        static int Hex(byte c) => char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
    }
}
