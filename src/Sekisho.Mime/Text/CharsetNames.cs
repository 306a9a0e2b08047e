namespace Sekisho.Mime;

/// <summary>The many names of charsets in mail.</summary>
internal static class CharsetNames
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["utf8"] = "utf-8",
        ["utf-8-mac"] = "utf-8",
        ["utf8mb4"] = "utf-8",
        ["unicode-1-1-utf-8"] = "utf-8",
        ["x-unicode-2-0-utf-8"] = "utf-8",
        ["us-ascii"] = "windows-1252",
        ["ascii"] = "windows-1252",
        ["ansi_x3.4-1968"] = "windows-1252",
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["8859_1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["windows-31j"] = "shift_jis",
        ["cswindows31j"] = "shift_jis",
        ["ms932"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["cp943"] = "shift_jis",
        ["cp943c"] = "shift_jis",
        ["ibm-943"] = "shift_jis",
        ["ms_kanji"] = "shift_jis",
        ["shift-jis"] = "shift_jis",
        ["shiftjis"] = "shift_jis",
        ["sjis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["x-ms-cp932"] = "shift_jis",
        ["sjis-win"] = "shift_jis",
        ["sjis-open"] = "shift_jis",
        ["csshiftjis"] = "shift_jis",
        ["shift_jis-2004"] = "shift_jis",
        ["shift_jisx0213"] = "shift_jis",
        ["eucjp"] = "euc-jp",
        ["euc_jp"] = "euc-jp",
        ["x-euc"] = "euc-jp",
        ["x-euc-jp"] = "euc-jp",
        ["ujis"] = "euc-jp",
        ["eucjp-ms"] = "euc-jp",
        ["eucjp-win"] = "euc-jp",
        ["eucjp-open"] = "euc-jp",
        ["euc-jp-ms"] = "euc-jp",
        ["cp51932"] = "euc-jp",
        ["cp20932"] = "euc-jp",
        ["euc-jis-2004"] = "euc-jp",
        ["euc-jisx0213"] = "euc-jp",
        ["iso-2022-jp-1"] = "iso-2022-jp",
        ["iso-2022-jp-2"] = "iso-2022-jp",
        ["iso-2022-jp-3"] = "iso-2022-jp",
        ["iso-2022-jp-2004"] = "iso-2022-jp",
        ["iso-2022-jp-ms"] = "iso-2022-jp",
        ["iso2022jp"] = "iso-2022-jp",
        ["iso2022-jp"] = "iso-2022-jp",
        ["iso-2022jp"] = "iso-2022-jp",
        ["csiso2022jp"] = "iso-2022-jp",
        ["_iso-2022-jp$esc"] = "iso-2022-jp",
        ["jis"] = "iso-2022-jp",
        ["jis7"] = "iso-2022-jp",
        ["jis8"] = "iso-2022-jp",
        ["cp50220"] = "iso-2022-jp",
        ["cp50221"] = "iso-2022-jp",
        ["cp50222"] = "iso-2022-jp",
        ["utf7"] = "utf-7",
        ["unicode-1-1-utf-7"] = "utf-7",
        ["x-unicode-2-0-utf-7"] = "utf-7",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["cp936"] = "gb18030",
        ["ms936"] = "gb18030",
        ["euc-cn"] = "gb18030",
        ["gb_2312-80"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["ks_c_5601-1987"] = "949",
        ["ks_c_5601"] = "949",
        ["ksc5601"] = "949",
        ["euc-kr"] = "949",
        ["cp949"] = "949",
        ["uhc"] = "949",
        ["windows-949"] = "949",
        ["cp950"] = "big5",
        ["big5-hkscs"] = "big5",
        ["iso-8859-6-e"] = "iso-8859-6",
        ["iso-8859-6-i"] = "iso-8859-6",
        ["iso-8859-8-e"] = "iso-8859-8",
        ["iso-8859-9e"] = "iso-8859-9",
        ["iso-8859-11"] = "windows-874",
        ["tis620"] = "windows-874",
        ["iso-8859-10"] = "iso-8859-4",
        ["iso-8859-14"] = "iso-8859-1",
        ["iso-8859-16"] = "iso-8859-2",
        ["ucs-2"] = "utf-16",
        ["utf16"] = "utf-16",
        ["unicode"] = "utf-16",
        ["utf-16le"] = "utf-16",
        ["koi8"] = "koi8-r",
        ["koi"] = "koi8-r",
        ["win-1251"] = "windows-1251",
        ["x-mac-roman"] = "macintosh",
    };

    /// <summary>The name the reader works with. A number is a code page.</summary>
    public static string Canonical(string lowerName)
    {
        if (Aliases.TryGetValue(lowerName, out var alias))
        {
            return alias;
        }

        // cp1251, windows1251, x-cp1251, ibm-850, iso8859-15, iso_8859-15:1999 …
        var digits = lowerName.AsSpan().IndexOfAnyInRange('0', '9');
        if (digits > 0)
        {
            var stem = lowerName.AsSpan(0, digits).TrimEnd("-_");
            var number = lowerName[digits..];
            if (stem is "cp" or "x-cp" or "windows" or "win" or "ms" or "ibm" && int.TryParse(number, out _))
            {
                return number;
            }

            if (stem is "iso" && number.StartsWith("8859", StringComparison.Ordinal))
            {
                var part = number[4..].TrimStart('-', '_');
                var colon = part.IndexOf(':');
                part = colon < 0 ? part : part[..colon];
                var canonical = "iso-8859-" + part;
                return Aliases.GetValueOrDefault(canonical, canonical);
            }
        }

        return lowerName;
    }

    /// <summary>Names by which a sender says that it does not know the charset (RFC 1428).</summary>
    public static bool MeansUnknown(string name)
        => name.Trim().ToLowerInvariant() is "unknown-8bit" or "x-unknown" or "unknown" or "default" or "none" or "binary" or "8bit" or "7bit" or "x-user-defined";
}
