namespace Sekisho.Mime;

/// <summary>Small comparisons of bytes with ASCII text.</summary>
internal static class Ascii
{
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, string text) => System.Text.Ascii.EqualsIgnoreCase(bytes, text);

    public static int HexValue(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
