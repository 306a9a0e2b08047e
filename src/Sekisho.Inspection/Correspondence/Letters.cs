using System.Numerics;

namespace Sekisho.Inspection;

/// <summary>Which letters stand in a spelling, as bits: most of what is not a slip or two away is told apart by that, without reading it.</summary>
internal static class Letters
{
    /// <summary>A letter put in or left out changes one bit at most, a letter changed two, letters swapped none.</summary>
    private const int MostBits = 4;

    public static uint Of(ReadOnlySpan<char> text)
    {
        var letters = 0U;
        foreach (var c in text)
        {
            letters |= 1U << (c & 31);
        }

        return letters;
    }

    /// <summary>Of what is compared of a key: an organisation's domain, or the local part.</summary>
    public static uint OfKey(string key) => key.StartsWith('@') ? Of(HouseOf(key)) : Of(key.AsSpan(0, Math.Max(0, key.LastIndexOf('@'))));

    /// <summary>The domain of an organisation's key.</summary>
    public static ReadOnlySpan<char> HouseOf(string key) => key.AsSpan(key.LastIndexOfAny(['@', ':']) + 1);

    /// <summary>False where two spellings are more than two slips apart.</summary>
    public static bool MayBeNear(uint one, uint other) => BitOperations.PopCount(one ^ other) <= MostBits;
}
