using System.Text;

namespace Sekisho.Mime;

/// <summary>
/// RFC 2047 encoded words. Blanks between two words vanish; bytes of adjacent words in one charset are joined before they are decoded,
/// because senders split characters between words. A word that cannot be decoded stays as it is.
/// </summary>
internal static class EncodedWords
{
    public static string Decode(string text) => Decode(text, out _);

    public static string Decode(string text, out bool undecodable)
    {
        undecodable = false;
        var at = text.IndexOf("=?", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        Charset? pending = null;
        var done = 0;
        var noEndFrom = int.MaxValue;
        while (at >= 0)
        {
            if (!TryRead(text, at, ref noEndFrom, out var word))
            {
                at = text.IndexOf("=?", at + 2, StringComparison.Ordinal);
                continue;
            }

            var unknown = !Charset.TryGet(word.Charset, out var charset) && !CharsetNames.MeansUnknown(word.Charset);
            undecodable |= unknown;

            var between = text.AsSpan(done, at - done);
            if (pending is null || !between.IsWhiteSpace())
            {
                FlushPending();
                output.Append(between);
            }
            else if (charset != pending)
            {
                FlushPending();
            }

            if (unknown)
            {
                FlushPending();
                output.Append(text, at, word.End - at);
                pending = null;
            }
            else
            {
                if (word.IsBase64)
                {
                    undecodable |= !DecodeB(text.AsSpan(word.TextStart, word.TextLength), bytes);
                }
                else
                {
                    DecodeQ(text.AsSpan(word.TextStart, word.TextLength), bytes);
                }

                pending = charset ?? CharsetGuess.Guess(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
            }

            done = word.End;
            at = text.IndexOf("=?", done, StringComparison.Ordinal);
        }

        FlushPending();
        output.Append(text, done, text.Length - done);
        return output.ToString();

        void FlushPending()
        {
            if (pending is not null)
            {
                var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
                var use = pending;
                if (pending == Charset.Utf8 && !CharsetGuess.IsNearlyUtf8(span))
                {
                    var guess = CharsetGuess.Guess(span);
                    use = guess == Charset.Latin1252 ? pending : guess;
                }

                output.Append(use.Decode(span));
                bytes.Clear();
                pending = null;
            }
        }
    }

    private static bool TryRead(string text, int at, ref int noEndFrom, out Word word)
    {
        word = default;
        var charsetEnd = FindQuestion(text, at + 2, 60);
        if (charsetEnd <= at + 2 || charsetEnd + 2 >= text.Length || text[charsetEnd + 2] != '?')
        {
            return false;
        }

        var kind = text[charsetEnd + 1] | 0x20;
        if (kind is not ('b' or 'q'))
        {
            return false;
        }

        var start = charsetEnd + 3;
        if (start >= noEndFrom)
        {
            return false;
        }

        var end = text.IndexOf("?=", start, StringComparison.Ordinal);
        if (end < 0)
        {
            // No end here is no end further on either: remembered, or a header of openings would be searched again from each.
            noEndFrom = start;
            return false;
        }

        var charset = text[(at + 2)..charsetEnd];
        var star = charset.IndexOf('*');
        word = new Word(star > 0 ? charset[..star] : charset, kind == 'b', start, end - start, end + 2);
        return true;
    }

    private static int FindQuestion(string text, int from, int within)
    {
        var window = text.AsSpan(from, Math.Min(within, text.Length - from));
        var found = window.IndexOfAny('?', ' ', '=');
        return found >= 0 && window[found] == '?' ? from + found : -1;
    }

    private static bool DecodeB(ReadOnlySpan<char> text, List<byte> bytes)
    {
        uint bits = 0;
        var count = 0;
        var clean = true;
        foreach (var c in text)
        {
            var value = c < 128 ? Base64Stream.Value((byte)c) : -1;
            if (value < 0)
            {
                clean &= c is '=' or ' ' or '\t';
                if (c == '=')
                {
                    // Two words' texts joined without decoding leave padding in the middle; the next character starts anew.
                    bits = 0;
                    count = 0;
                }

                continue;
            }

            bits = (bits << 6) | (uint)value;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
                bits &= (1u << count) - 1;
            }
        }

        return clean && count < 6;
    }

    private static void DecodeQ(ReadOnlySpan<char> text, List<byte> bytes)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '_')
            {
                bytes.Add((byte)' ');
            }
            else if (c == '=' && i + 2 < text.Length && Ascii.HexValue(text[i + 1]) >= 0 && Ascii.HexValue(text[i + 2]) >= 0)
            {
                bytes.Add((byte)((Ascii.HexValue(text[i + 1]) << 4) | Ascii.HexValue(text[i + 2])));
                i += 2;
            }
            else if (c < 128)
            {
                bytes.Add((byte)c);
            }
            else if (Rune.DecodeFromUtf16(text[i..], out var rune, out var used) == System.Buffers.OperationStatus.Done)
            {
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                i += used - 1;
            }
        }
    }

    private readonly record struct Word(string Charset, bool IsBase64, int TextStart, int TextLength, int End);
}
