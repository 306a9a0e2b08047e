namespace Sekisho.Inspection;

/// <summary>
/// What stands in a zip outside its directory: before, between and behind the entries it names. Some unpackers go by the directory, some by the
/// entries' own headers; two archives in a row are both at once.
/// </summary>
internal static class ZipRest
{
    /// <summary>Hands on what is worth a look. False where a limit ended it.</summary>
    public static bool Read(ReadOnlyMemory<byte> zip, IReadOnlyList<ZipEntry> entries, FileHarvest into)
    {
        var at = 0L;
        foreach (var entry in entries.OrderBy(e => e.Offset))
        {
            if (entry.Offset > at && !Take(zip, at, entry.Offset, into))
            {
                return false;
            }

            var data = ZipDirectory.DataOffset(zip.Span, entry.Offset);
            at = Math.Max(at, data < 0 ? entry.Offset : data + Math.Clamp(entry.Packed, 0, zip.Length - data));
        }

        var end = zip.Span.LastIndexOf("PK\u0005\u0006"u8);
        return end < 0 || end + 22 >= zip.Length || Rest.Take(zip[(end + 22)..], into);
    }

    private static bool Take(ReadOnlyMemory<byte> zip, long from, long to, FileHarvest into)
    {
        var gap = zip[(int)Math.Min(from, zip.Length)..(int)Math.Min(to, zip.Length)];

        // An entry whose sizes were not known beforehand is followed by them (APPNOTE 4.3.9), at most 24 bytes.
        const int Descriptor = 24;
        var entry = gap.Span[..Math.Min(gap.Length, Descriptor + 4)].IndexOf("PK\u0003\u0004"u8);
        return Rest.Take(entry > 0 ? gap[entry..] : gap, into);
    }
}
