using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Ways of writing a text part in which an address does not stand as its reader sees it.</summary>
internal static class WrittenForms
{
    /// <summary>Charsets in which ASCII bytes are no ASCII text: a part that lies about one is still readable where a client guesses.</summary>
    private static readonly string[] _wide = ["utf-16", "utf16", "utf-32", "utf32", "ucs-", "iso-10646", "unicode", "ibm", "cp037", "cp500", "ebcdic", "utf-7"];

    /// <summary>The text with its soft line breaks undone; where no address stands in it although the bytes hold a sign, those lines as ASCII below it.</summary>
    public static string AsShown(MimeEntity entity, string text)
    {
        if (text.Contains(" \n", StringComparison.Ordinal) && entity.MediaType == "text/plain" && entity.Parameters.TryGetValue("delsp", out var delsp)
            && delsp.Equals("yes", StringComparison.OrdinalIgnoreCase))
        {
            text = Unflow(text);
        }

        return !text.Contains('@') && entity.Parameters.TryGetValue("charset", out var charset)
            && Array.Exists(_wide, w => charset.StartsWith(w, StringComparison.OrdinalIgnoreCase)) ? text + Signs(entity) : text;
    }

    /// <summary>RFC 3676 section 4.1 with delsp=yes: a blank at a line's end says the next one goes on, and is not part of the text.</summary>
    private static string Unflow(string text)
    {
        var joined = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var soft = text[i] == ' ' && i + 2 < text.Length && text[i + 1] == '\n' && text[i + 2] is not ('>' or '\n');
            if (!soft)
            {
                joined.Append(text[i]);
                continue;
            }

            // A line that would begin with a blank is written with one more.
            i += text[i + 2] == ' ' ? 2 : 1;
        }

        return joined.ToString();
    }

    private static string Signs(MimeEntity entity)
    {
        using var stream = entity.OpenDecoded();
        var bytes = new byte[64 * 1024];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes.AsSpan(0, length).Contains((byte)'@') ? "\n" + Encoding.Latin1.GetString(bytes, 0, length).ReplaceLineEndings("\n") : "";
    }
}
