using System.Buffers;
using System.Text;

namespace Sekisho.Mime;

/// <summary>
/// ISO-2022-JP (RFC 1468) and what is sent under its name: -1, -2 (RFC 1554), -3, -2004, CP50220 to CP50222. Half-width katakana by escape, by
/// shift or as 8-bit bytes, and the vendors' characters (①, 髙) are read. A line break ends a two-byte stretch that was never closed.
/// </summary>
internal sealed class Iso2022JpCharset : Charset
{
    /// <summary>Bytes that end a stretch of plain ASCII: escapes, shifts and 8-bit bytes.</summary>
    private static readonly SearchValues<byte> Shifts = SearchValues.Create([0x0E, 0x0F, 0x1B, .. Enumerable.Range(0x80, 0x80).Select(i => (byte)i)]);

    public Iso2022JpCharset()
        : base("iso-2022-jp")
    {
    }

    internal enum Set
    {
        Ascii,
        Katakana,
        Jis0208,
        Jis0212,
        Gb2312,
        Ksc5601,
        Plane2,
    }

    public override bool IsStateless => false;

    /// <summary>Reads an escape sequence at the start of <paramref name="bytes"/>: its length, or 0 when there is none that is known.</summary>
    public static int Escape(ReadOnlySpan<byte> bytes, out Set set)
    {
        set = Set.Ascii;
        if (bytes.Length < 3 || bytes[0] != 0x1B)
        {
            return 0;
        }

        switch (bytes[1])
        {
            case (byte)'(':
                switch (bytes[2])
                {
                    case (byte)'B' or (byte)'J' or (byte)'H':
                        return 3;
                    case (byte)'I':
                        set = Set.Katakana;
                        return 3;
                    default:
                        return 0;
                }

            case (byte)'$':
                switch (bytes[2])
                {
                    case (byte)'@' or (byte)'B':
                        set = Set.Jis0208;
                        return 3;
                    case (byte)'A':
                        set = Set.Gb2312;
                        return 3;
                    case (byte)'(' when bytes.Length > 3:
                        switch (bytes[3])
                        {
                            case (byte)'B' or (byte)'@' or (byte)'O' or (byte)'Q':
                                set = Set.Jis0208;
                                return 4;
                            case (byte)'C':
                                set = Set.Ksc5601;
                                return 4;
                            case (byte)'D':
                                set = Set.Jis0212;
                                return 4;
                            case (byte)'P':
                                set = Set.Plane2;
                                return 4;
                            default:
                                return 0;
                        }

                    default:
                        return 0;
                }

            default:
                return 0;
        }
    }

    public override string Decode(ReadOnlySpan<byte> bytes, int maxChars, out bool cut)
    {
        var output = new StringBuilder(Math.Min(bytes.Length, maxChars));
        var jis = new JisDecoder(output);
        var set = Set.Ascii;
        var shifted = false;
        var i = 0;
        while (i < bytes.Length && output.Length < maxChars)
        {
            var c = bytes[i];
            if (set == Set.Ascii && !shifted && c is not (0x1B or 0x0E or 0x0F) && c < 0x80)
            {
                var run = bytes[i..].IndexOfAny(Shifts);
                run = Math.Min(run < 0 ? bytes.Length - i : run, maxChars - output.Length);
                jis.Flush();
                jis.Ascii(bytes.Slice(i, run));
                i += run;
                continue;
            }

            switch (c)
            {
                case 0x1B:
                    i += ReadEscape(bytes[i..], ref set, ref jis);
                    continue;
                case 0x0E:
                    shifted = true;
                    i++;
                    continue;
                case 0x0F:
                    shifted = false;
                    i++;
                    continue;
                case (byte)'\r' or (byte)'\n':
                    set = Set.Ascii;
                    shifted = false;
                    jis.Char((char)c);
                    i++;
                    continue;
                case <= 0x20 or 0x7F:
                    jis.Char((char)c);
                    i++;
                    continue;
                case >= 0xA1 and <= 0xDF:
                    jis.HalfWidth(c);
                    i++;
                    continue;
                case >= 0x80:
                    jis.Invalid();
                    i++;
                    continue;
                default:
                    break;
            }

            if (set == Set.Katakana || shifted)
            {
                if (c <= 0x5F)
                {
                    jis.HalfWidth(c + 0x80);
                }
                else
                {
                    jis.Char((char)c);
                }

                i++;
                continue;
            }

            if (i + 1 >= bytes.Length || bytes[i + 1] is < 0x21 or > 0x7E)
            {
                jis.Invalid();
                i++;
                continue;
            }

            Pair(ref jis, set, c, bytes[i + 1]);
            i += 2;
        }

        jis.Flush();
        cut = i < bytes.Length;
        return output.ToString();
    }

    private static int ReadEscape(ReadOnlySpan<byte> rest, ref Set set, ref JisDecoder jis)
    {
        var length = Escape(rest, out var next);
        if (length > 0)
        {
            set = next;
            return length;
        }

        // ESC . A and ESC N (RFC 1554): one Latin-1 character from the right-hand half.
        if (rest.Length >= 3 && rest[1] == '.')
        {
            return 3;
        }

        if (rest.Length >= 3 && rest[1] == 'N')
        {
            jis.Char((char)(rest[2] | 0x80));
            return 3;
        }

        if (rest.Length >= 3 && rest[1] == '&' && rest[2] == '@')
        {
            return 3;
        }

        jis.Invalid();
        return 1;
    }

    private static void Pair(ref JisDecoder jis, Set set, byte first, byte second)
    {
        switch (set)
        {
            case Set.Jis0208:
                jis.Jis0208(first, second);
                break;
            case Set.Jis0212:
                jis.Jis0212(first, second);
                break;
            case Set.Gb2312:
                jis.Gb2312(first, second);
                break;
            case Set.Ksc5601:
                jis.Ksc5601(first, second);
                break;
            default:
                jis.Invalid();
                break;
        }
    }
}
