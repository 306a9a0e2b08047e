using System.Text;

namespace Sekisho.Inspection;

/// <summary>Windows code pages by number.</summary>
internal static class CodePages
{
    static CodePages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a code page; of Western Windows for one nobody knows. Never throws; what is invalid becomes U+FFFD.</summary>
    public static Encoding Get(int page)
    {
        if (page is 932 or 1252 or 65001 or 1200)
        {
            return Encoding.GetEncoding(page);
        }

        try
        {
            return page is > 0 and < 65535 && page != 65000 ? Encoding.GetEncoding(page) : Encoding.GetEncoding(1252);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Encoding.GetEncoding(1252);
        }
    }

    /// <summary>Text of bytes in a code page. Never throws.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, int page)
    {
        try
        {
            return Get(page).GetString(bytes);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IndexOutOfRangeException)
        {
            // Some decoders of old code pages trip over hostile bytes.
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
