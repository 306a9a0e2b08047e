namespace Sekisho.Inspection;

/// <summary>A fast 64-bit digest of short texts for tables of this process; no protection against somebody who looks for collisions.</summary>
internal static class Hash64
{
    /// <summary>The digest of a text under a seed.</summary>
    public static ulong Of(ulong seed, ReadOnlySpan<char> text)
    {
        var hash = seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return Mix(hash ^ (ulong)text.Length);
    }

    /// <summary>Spreads a number over all its bits.</summary>
    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
