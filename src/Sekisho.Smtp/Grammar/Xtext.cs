using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Sekisho.Smtp;

/// <summary>xtext (RFC 3461 section 4): printable ASCII, with <c>+HH</c> for everything else.</summary>
internal static class Xtext
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(33, 94).Select(b => (byte)b).Where(b => b is not ((byte)'+' or (byte)'='))]);

    /// <summary>
    /// Decodes. False when the text is not xtext, is not UTF-8 once decoded, or hides a control character: a line break smuggled in this way would
    /// otherwise be written into a command or a report further on.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (text.Length > 4096)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '+')
            {
                if (i + 2 >= text.Length || !TryHex(text[i + 1], out var high) || !TryHex(text[i + 2], out var low))
                {
                    return false;
                }

                b = (byte)((high << 4) | low);
                i += 2;
            }
            else if (!Plain.Contains(b) && b < 0x80)
            {
                return false;
            }

            buffer[length++] = b;
        }

        if (!Utf8.IsValid(buffer[..length]))
        {
            return false;
        }

        var decoded = Encoding.UTF8.GetString(buffer[..length]);
        if (!ReferenceEquals(SmtpText.Clean(decoded), decoded))
        {
            return false;
        }

        value = decoded;
        return true;
    }

    /// <summary>Encodes the UTF-8 form of <paramref name="value"/>.</summary>
    public static string Encode(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        if (!bytes.AsSpan().ContainsAnyExcept(Plain))
        {
            return value;
        }

        var text = new StringBuilder(bytes.Length + 16);
        foreach (var b in bytes)
        {
            if (Plain.Contains(b))
            {
                text.Append((char)b);
            }
            else
            {
                // Upper case is required by the grammar: hexchar = "+" 2(%x30-39 / %x41-46).
                text.Append('+').Append(b.ToString("X2"));
            }
        }

        return text.ToString();
    }

    private static bool TryHex(byte b, out int value)
    {
        value = b switch
        {
            >= (byte)'0' and <= (byte)'9' => b - '0',
            >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
            _ => -1,
        };
        return value >= 0;
    }
}
