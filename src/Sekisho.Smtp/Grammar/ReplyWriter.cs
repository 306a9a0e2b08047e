using System.Buffers;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>Writes replies (RFC 5321 section 4.2.1) so that no text in them can end a line or begin another reply.</summary>
internal static class ReplyWriter
{
    /// <summary>A reply line may have 512 bytes with CRLF (RFC 5321 section 4.5.3.1.5); the text is broken below that.</summary>
    private const int MaxText = 480;
    private const int MaxLines = 100;

    /// <summary>Writes <paramref name="reply"/> and returns the bytes written. <paramref name="utf8"/>: the peer asked for SMTPUTF8 in this transaction (RFC 6531 section 3.7.4.2).</summary>
    public static int Write(IBufferWriter<byte> output, SmtpReply reply, bool utf8)
    {
        var code = reply.Code;
        var enhanced = IsEnhancedCode(reply.EnhancedCode, code) ? reply.EnhancedCode : null;
        var text = SmtpText.CleanLines(reply.Text).Trim('\n', ' ');
        var written = 0;
        var lines = 0;
        var rest = text.AsSpan();
        while (true)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            var length = Fit(line);
            var last = (end < 0 && length == line.Length) || ++lines == MaxLines;
            written += WriteLine(output, code, last ? ' ' : '-', enhanced, line[..length].TrimEnd(' '), utf8);
            if (last)
            {
                return written;
            }

            rest = length < line.Length ? rest[length..] : rest[(end + 1)..];
        }
    }

    /// <summary>class "." subject "." detail, the class fitting the code (RFC 2034 section 4).</summary>
    public static bool IsEnhancedCode(string? enhanced, int code)
    {
        if (enhanced is null || enhanced.Length is < 5 or > 9 || enhanced[0] - '0' != code / 100 || enhanced[0] is not ('2' or '4' or '5') || enhanced[1] != '.')
        {
            return false;
        }

        var dot = enhanced.IndexOf('.', 2);
        return dot is >= 3 and <= 5 && enhanced.Length - dot - 1 is >= 1 and <= 3
            && IsDigits(enhanced.AsSpan(2, dot - 2)) && IsDigits(enhanced.AsSpan(dot + 1));
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static int WriteLine(IBufferWriter<byte> output, int code, char separator, string? enhanced, ReadOnlySpan<char> text, bool utf8)
    {
        var span = output.GetSpan(16 + (text.Length * 3) + 2);
        var at = 0;
        span[at++] = (byte)('0' + (code / 100));
        span[at++] = (byte)('0' + (code / 10 % 10));
        span[at++] = (byte)('0' + (code % 10));
        span[at++] = (byte)separator;
        if (enhanced is not null)
        {
            at += Encoding.ASCII.GetBytes(enhanced, span[at..]);
            span[at++] = (byte)' ';
        }

        at += (utf8 ? Encoding.UTF8 : Encoding.ASCII).GetBytes(text, span[at..]);
        span[at++] = (byte)'\r';
        span[at++] = (byte)'\n';
        output.Advance(at);
        return at;
    }

    /// <summary>How many characters of the line go into one reply line, broken at a blank where there is one.</summary>
    private static int Fit(ReadOnlySpan<char> line)
    {
        if (line.Length * 3 <= MaxText || Encoding.UTF8.GetByteCount(line) <= MaxText)
        {
            return line.Length;
        }

        var length = MaxText / 3;
        var blank = line[..length].LastIndexOf(' ');
        if (blank > length / 2)
        {
            return blank + 1;
        }

        return char.IsHighSurrogate(line[length - 1]) ? length - 1 : length;
    }
}
