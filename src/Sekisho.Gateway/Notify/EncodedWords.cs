using System.Text;

namespace Sekisho.Gateway.Notify;

/// <summary>Text of a header field as encoded words: UTF-8 in base64 (RFC 2047 section 2), folded; no character is parted between two words. Nothing in the text can end the field.</summary>
public static class EncodedWords
{
    // 52 characters in base64 and 12 around them: well under the 75 an encoded word may have, so that it fits behind a field's name too.
    private const int MostBytes = 39;

    /// <summary>One word or several, a line each.</summary>
    public static string Of(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            if (word.Count + bytes.Length > MostBytes)
            {
                words.Add(Convert.ToBase64String([.. word]));
                word.Clear();
            }

            word.AddRange(bytes);
        }

        words.Add(Convert.ToBase64String([.. word]));
        return string.Join("\r\n ", words.Select(w => $"=?UTF-8?B?{w}?="));
    }
}
