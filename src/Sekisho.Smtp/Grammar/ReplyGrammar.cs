using System.Text;

namespace Sekisho.Smtp;

/// <summary>Reply lines as they are read (RFC 5321 section 4.2, RFC 2034 section 4).</summary>
internal static class ReplyGrammar
{
    /// <summary>
    /// One line without its LF; a CR at the end is taken off. The text is made harmless: it will stand in logs, pages and reports. False when it does not
    /// begin with a code from 200 to 599.
    /// </summary>
    public static bool TryParseLine(ReadOnlySpan<byte> line, out int code, out bool last, out string text)
    {
        code = 0;
        last = true;
        text = "";
        if (line.Length > 0 && line[^1] == '\r')
        {
            line = line[..^1];
        }

        if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2]))
        {
            return false;
        }

        code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
        if (line.Length == 3)
        {
            return true;
        }

        if (line[3] is not ((byte)' ' or (byte)'-'))
        {
            return false;
        }

        last = line[3] == ' ';
        text = SmtpText.Clean(Encoding.UTF8.GetString(line[4..]));
        return true;
    }

    /// <summary>A reply from its code and all its text, the enhanced code taken out of each line that has it.</summary>
    public static SmtpReply Create(int code, string text)
    {
        var blank = text.AsSpan().IndexOfAny(' ', '\n');
        var word = blank < 0 ? text : text[..blank];
        if (!ReplyWriter.IsEnhancedCode(word, code))
        {
            return new SmtpReply(code, null, text);
        }

        return new SmtpReply(code, word, string.Join('\n', text.Split('\n').Select(line =>
            line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..].TrimStart(' ') : line)));
    }
}
