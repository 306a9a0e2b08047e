using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Sekisho.Mime;

/// <summary>A charset by its MIME name, and how bytes in it become text. Decoding never throws; what is invalid becomes U+FFFD.</summary>
internal abstract class Charset
{
    private static readonly ConcurrentDictionary<string, Charset?> Known = new(StringComparer.OrdinalIgnoreCase);

    static Charset()
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Utf8 = new SystemCharset("utf-8", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Latin1252 = new SystemCharset("windows-1252", System.Text.Encoding.GetEncoding(1252));
        ShiftJis = new SystemCharset("shift_jis", System.Text.Encoding.GetEncoding(932));
        EucJp = new EucJpCharset();
        Iso2022Jp = new Iso2022JpCharset();
    }

    protected Charset(string name) => Name = name;

    public static Charset Utf8 { get; }

    public static Charset Latin1252 { get; }

    public static Charset ShiftJis { get; }

    public static Charset EucJp { get; }

    public static Charset Iso2022Jp { get; }

    public string Name { get; }

    /// <summary>True when ASCII bytes below 0x80 always are themselves, so that ASCII structure can be read before decoding.</summary>
    public virtual bool IsStateless => true;

    /// <summary>True for a byte that begins a character of two bytes whose second one may look like ASCII.</summary>
    public virtual bool IsLead(byte c) => false;

    public string Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, int.MaxValue, out _);

    /// <summary>Decodes up to <paramref name="maxChars"/> characters, or a few more; <paramref name="cut"/> when bytes were left.</summary>
    public abstract string Decode(ReadOnlySpan<byte> bytes, int maxChars, out bool cut);

    public static bool IsKnown(string name) => TryGet(name, out _) || CharsetNames.MeansUnknown(name);

    /// <summary>Finds a charset by any name it goes by in mail. False for an unknown one.</summary>
    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Charset? charset)
    {
        charset = null;
        name = name.Trim().Trim('"', '\'');
        if (name.Length is 0 or > 60)
        {
            return false;
        }

        if (Known.TryGetValue(name, out charset))
        {
            return charset is not null;
        }

        charset = Create(name.ToLowerInvariant());
        if (charset is not null || Known.Count < 2000)
        {
            // Unknown names come from strangers, so they are remembered only up to a bound.
            Known[name] = charset;
        }

        return charset is not null;
    }

    private static Charset? Create(string name)
    {
        var canonical = CharsetNames.Canonical(name);
        switch (canonical)
        {
            case "utf-8":
                return Utf8;
            case "windows-1252":
                return Latin1252;
            case "shift_jis":
                return ShiftJis;
            case "euc-jp":
                return EucJp;
            case "iso-2022-jp":
                return Iso2022Jp;
            case "utf-7":
                return new Utf7Charset();
            default:
                break;
        }

        try
        {
            return new SystemCharset(canonical, int.TryParse(canonical, out var page)
                ? System.Text.Encoding.GetEncoding(page)
                : System.Text.Encoding.GetEncoding(canonical));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed class SystemCharset(string name, Encoding encoding) : Charset(name)
    {
        /// <summary>ASCII is itself in it, which the old code pages' decoders find out letter by letter.</summary>
        private readonly bool _holdsAscii = HoldsAscii(encoding);

        public override bool IsStateless => IsStatelessPage(encoding.CodePage);

        public override bool IsLead(byte c) => encoding.CodePage switch
        {
            932 => c is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC),
            936 or 949 or 950 or 1361 or 54936 => c is >= 0x81 and <= 0xFE,
            _ => false,
        };

        private static bool IsStatelessPage(int page) => page is not (1200 or 1201 or 12000 or 12001 or 50225 or 52936 or 50227);

        private static bool HoldsAscii(Encoding encoding)
        {
            Span<byte> bytes = stackalloc byte[128];
            Span<char> chars = stackalloc char[256];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)i;
            }

            try
            {
                // One by one, or a stateful one would take some of them for its escapes.
                for (var i = 0; i < bytes.Length; i++)
                {
                    if (encoding.GetChars(bytes.Slice(i, 1), chars) != 1 || chars[0] != i)
                    {
                        return false;
                    }
                }

                return IsStatelessPage(encoding.CodePage) && encoding.GetChars(bytes, chars) == bytes.Length;
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException or IndexOutOfRangeException)
            {
                return false;
            }
        }

        public override string Decode(ReadOnlySpan<byte> bytes, int maxChars, out bool cut)
        {
            cut = false;
            var preamble = encoding.Preamble;
            if (preamble.Length > 0 && bytes.StartsWith(preamble))
            {
                bytes = bytes[preamble.Length..];
            }

            try
            {
                if (bytes.Length <= maxChars)
                {
                    if (_holdsAscii && System.Text.Ascii.IsValid(bytes))
                    {
                        return System.Text.Encoding.Latin1.GetString(bytes);
                    }

                    return encoding.GetString(bytes);
                }

                var chars = ArrayPool<char>.Shared.Rent(maxChars);
                encoding.GetDecoder().Convert(bytes, chars.AsSpan(0, maxChars), flush: true, out _, out var used, out var completed);
                cut = !completed;
                var text = new string(chars, 0, used);
                ArrayPool<char>.Shared.Return(chars);
                return text;
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException or IndexOutOfRangeException)
            {
                // Some of the old code pages' decoders trip over their own state on hostile bytes.
                cut = bytes.Length > maxChars;
                return System.Text.Encoding.Latin1.GetString(cut ? bytes[..maxChars] : bytes);
            }
        }
    }
}
