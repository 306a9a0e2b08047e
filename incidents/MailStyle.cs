using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>How Japanese is written in a re-enacted mail: the ways that senders of the time used.</summary>
public enum MailStyle
{
    /// <summary>ISO-2022-JP in encoded words and body, 7bit; the usual form until about 2010.</summary>
    Iso2022Jp,

    /// <summary>UTF-8 in encoded words, the body in base64.</summary>
    Utf8Base64,

    /// <summary>UTF-8 in encoded words, the body as 8bit.</summary>
    Utf8EightBit,
}

internal static class MailText
{
    // 50220: JIS X 0208 by ESC $ B, back to ASCII before each line end; what mail programs of the time wrote.
    private static readonly Encoding s_iso2022Jp = CodePagesEncodingProvider.Instance.GetEncoding(50220)!;

    private static readonly Encoding s_shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static MailStyle StyleOf(Incident incident, int variant)
        => incident.Year >= 2010 ? ((variant & 1) == 0 ? MailStyle.Utf8Base64 : MailStyle.Utf8EightBit)
            : ((Cast.Seed(incident.Id) + (uint)variant) % 4) switch { 0 => MailStyle.Utf8Base64, 1 => MailStyle.Utf8EightBit, _ => MailStyle.Iso2022Jp };

    public static byte[] Encode(string text, MailStyle style) => (style == MailStyle.Iso2022Jp ? s_iso2022Jp : s_utf8).GetBytes(text);

    public static byte[] ShiftJis(string text) => s_shiftJis.GetBytes(text);

    /// <summary>RFC 2047: ASCII as it stands, else encoded words of at most 75 characters, separated by folds.</summary>
    public static string EncodeWords(string text, MailStyle style)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var (charset, room) = style == MailStyle.Iso2022Jp ? ("ISO-2022-JP", 42) : ("UTF-8", 45);
        var words = new List<string>();
        var chunk = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encode(chunk + rune.ToString(), style).Length > room)
            {
                words.Add(Word(chunk.ToString()));
                chunk.Clear();
            }

            chunk.Append(rune.ToString());
        }

        words.Add(Word(chunk.ToString()));
        return string.Join("\r\n ", words);

        string Word(string part) => $"=?{charset}?B?{Convert.ToBase64String(Encode(part, style))}?=";
    }

    /// <summary>A mailbox: the address alone, or with a display name, quoted or in encoded words.</summary>
    public static string Mailbox(string? name, string address, MailStyle style)
    {
        if (string.IsNullOrEmpty(name))
        {
            return address;
        }

        var ascii = name.All(c => c is >= ' ' and <= '~');
        return ascii ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>"
            : $"{EncodeWords(name, style)}\r\n <{address}>";
    }

    /// <summary>A list of mailboxes, one a line, as a header value.</summary>
    public static string List(IEnumerable<Person> people, MailStyle style, Func<Person, string?>? name)
        => string.Join(",\r\n ", people.Select(p => Mailbox(name?.Invoke(p), p.Address, style)));

    /// <summary>RFC 5322 date, in Japan's time.</summary>
    public static string Date(DateOnly day, int minutes)
        => day.ToDateTime(new TimeOnly(9, 0)).AddMinutes(minutes).ToString("ddd, dd MMM yyyy HH:mm:ss +0900", CultureInfo.InvariantCulture);
}
