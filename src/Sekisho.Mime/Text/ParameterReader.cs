using System.Text;

namespace Sekisho.Mime;

/// <summary>
/// Parameters of Content-Type and Content-Disposition (RFC 2045 section 5.1) with RFC 2231 continuations and charsets, and the forms that are
/// not allowed but sent: encoded words inside quotes, blanks in unquoted values, values that are never closed.
/// </summary>
internal static class ParameterReader
{
    private const int MaxParameters = 1_000;

    public static IReadOnlyDictionary<string, string> Read(string value)
    {
        var plain = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Section>? sections = null;
        var at = Semicolon(value, 0);
        var count = 0;
        while (at < value.Length && count++ < MaxParameters)
        {
            at++;
            var equals = value.AsSpan(at).IndexOfAny('=', ';');
            if (equals < 0)
            {
                break;
            }

            if (value[at + equals] == ';')
            {
                at += equals;
                continue;
            }

            var name = StripComment(value.AsSpan(at, equals)).Trim().ToString().ToLowerInvariant();
            at += equals + 1;
            var text = ReadValue(value, ref at);
            if (name.Contains('*'))
            {
                (sections ??= []).Add(Section.Parse(name, text));
            }
            else if (name.Length > 0)
            {
                plain.TryAdd(name, EncodedWords.Decode(text));
            }
        }

        if (sections is not null)
        {
            Join(sections, plain);
        }

        return plain;
    }

    /// <summary>Reads a value from <paramref name="at"/> on, which is left on the next semicolon or the end.</summary>
    private static string ReadValue(string value, ref int at)
    {
        while (at < value.Length && (char.IsWhiteSpace(value[at]) || value[at] == '('))
        {
            if (value[at] == '(')
            {
                var close = value.IndexOf(')', at);
                if (close < 0)
                {
                    break;
                }

                at = close;
            }

            at++;
        }

        if (at >= value.Length || value[at] != '"')
        {
            var end = value.IndexOf(';', at);
            end = end < 0 ? value.Length : end;
            var token = value.AsSpan(at, end - at);
            at = end;
            return StripComment(token).Trim().ToString();
        }

        var output = new StringBuilder();
        at++;
        while (at < value.Length && value[at] != '"')
        {
            if (value[at] == '\\' && at + 1 < value.Length && value[at + 1] is '"' or '\\')
            {
                at++;
            }

            output.Append(value[at++]);
        }

        at = Semicolon(value, Math.Min(at + 1, value.Length));
        return output.ToString();
    }

    private static int Semicolon(string value, int from)
    {
        var found = value.IndexOf(';', from);
        return found < 0 ? value.Length : found;
    }

    private static ReadOnlySpan<char> StripComment(ReadOnlySpan<char> text)
    {
        var open = text.IndexOf('(');
        return open < 0 || !text.Contains(')') ? text : text[..open].IsWhiteSpace() ? text[(text.IndexOf(')') + 1)..] : text[..open];
    }

    private static void Join(List<Section> sections, Dictionary<string, string> plain)
    {
        foreach (var group in sections.GroupBy(s => s.Name, StringComparer.Ordinal))
        {
            var output = new StringBuilder();
            var bytes = new List<byte>();
            string? charset = null;
            foreach (var section in group.OrderBy(s => s.Index))
            {
                var text = section.Text.AsSpan();
                if (!section.Encoded)
                {
                    Flush();
                    output.Append(text);
                    continue;
                }

                if (charset is null)
                {
                    var first = text.IndexOf('\'');
                    var second = first < 0 ? -1 : text[(first + 1)..].IndexOf('\'');
                    charset = second < 0 ? "" : text[..first].ToString();
                    text = second < 0 ? text : text[(first + second + 2)..];
                }

                Percent(text, bytes);
            }

            Flush();
            var value = output.ToString();

            // The encoded form is what an up-to-date client shows (RFC 6266 section 4.3 says so of its twin), so it wins.
            plain[group.Key] = charset is null ? EncodedWords.Decode(value) : value;

            void Flush()
            {
                if (bytes.Count > 0)
                {
                    var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
                    var use = charset is { Length: > 0 } && Charset.TryGet(charset, out var named) ? named : CharsetGuess.Guess(span);
                    output.Append(use.Decode(span));
                    bytes.Clear();
                }
            }
        }
    }

    private static void Percent(ReadOnlySpan<char> text, List<byte> bytes)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && Ascii.HexValue(text[i + 1]) >= 0 && Ascii.HexValue(text[i + 2]) >= 0)
            {
                bytes.Add((byte)((Ascii.HexValue(text[i + 1]) << 4) | Ascii.HexValue(text[i + 2])));
                i += 2;
            }
            else if (text[i] < 128)
            {
                bytes.Add((byte)text[i]);
            }
            else if (Rune.DecodeFromUtf16(text[i..], out var rune, out var used) == System.Buffers.OperationStatus.Done)
            {
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                i += used - 1;
            }
        }
    }

    private readonly record struct Section(string Name, int Index, bool Encoded, string Text)
    {
        /// <summary><c>name*</c>, <c>name*0</c> or <c>name*0*</c>.</summary>
        public static Section Parse(string name, string text)
        {
            var encoded = name.EndsWith('*');
            var bare = encoded ? name[..^1] : name;
            var star = bare.IndexOf('*');
            if (star < 0)
            {
                return new Section(bare, 0, encoded, text);
            }

            var index = int.TryParse(bare.AsSpan(star + 1), out var number) ? number : int.MaxValue;
            return new Section(bare[..star], index, encoded, text);
        }
    }
}
