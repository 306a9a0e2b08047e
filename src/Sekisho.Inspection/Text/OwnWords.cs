using System.Buffers;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>The author's own text without what his client or his firm put below it.</summary>
internal static class OwnWords
{
    private static readonly SearchValues<char> _rule = SearchValues.Create("-=*_+─━－＝＊＿～~・…/／");

    private static readonly WordSearch _disclaimers = new(
    [
        "intended recipient", "intended only for", "intended solely for", "received this in error", "received this e-mail in error", "received this email in error", "received this message in error",
        "confidentiality notice", "any attachments", "any attached", "本メールは、", "このメールは、", "本メールに含まれる", "誤って受信", "名宛人", "誤送信", "本電子メール", "機密情報が含まれ", "秘密情報が含まれ",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>Cut at the signature delimiter (RFC 3676 section 4.3) or a rule of dashes, disclaimer paragraphs left out.</summary>
    public static string Of(string own)
    {
        var kept = new StringBuilder(own.Length);
        var paragraph = new StringBuilder();
        foreach (var line in own.AsSpan().EnumerateLines())
        {
            if (IsDelimiter(line))
            {
                break;
            }

            if (line.IsWhiteSpace())
            {
                Close(paragraph, kept);
                continue;
            }

            // Latin text is wrapped between words, so a sentence goes on in the next line; a Japanese line's end is kept.
            if (paragraph.Length > 0)
            {
                paragraph.Append(paragraph[^1] < '\u2E80' && line[0] < '\u2E80' ? ' ' : '\n');
            }

            paragraph.Append(line);
        }

        Close(paragraph, kept);
        return kept.ToString();
    }

    private static void Close(StringBuilder paragraph, StringBuilder kept)
    {
        if (paragraph.Length == 0)
        {
            return;
        }

        var text = paragraph.ToString();
        paragraph.Clear();
        if (_disclaimers.In(text))
        {
            return;
        }

        kept.Append(text).Append("\n\n");
    }

    /// <summary><c>-- </c>, or a line of at least eight dashes and the like, as Japanese signatures begin.</summary>
    private static bool IsDelimiter(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        if (text is "--")
        {
            return true;
        }

        return text.Length >= 8 && !text.ContainsAnyExcept(_rule);
    }
}
