using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>The text of a PDF as far as it is shown by hexadecimal strings of two-byte glyph numbers with a <c>ToUnicode</c> map, or by plain strings.</summary>
internal static class PdfTexts
{
    /// <summary>The contents of all Flate streams, and of those with hexadecimal strings their text, one string a line, as UTF-8.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> file)
    {
        var streams = Streams(file);
        var map = new Dictionary<int, char>();
        foreach (var stream in streams)
        {
            ReadMap(stream.Span, map);
        }

        foreach (var stream in streams)
        {
            yield return stream;
            if (map.Count > 0 && stream.Span.IndexOf("Tj"u8) >= 0)
            {
                yield return Shown(stream.Span, map);
            }
        }
    }

    private static List<ReadOnlyMemory<byte>> Streams(ReadOnlyMemory<byte> file)
    {
        var streams = new List<ReadOnlyMemory<byte>>();
        var at = 0;
        while (file.Span[at..].IndexOf("stream\n"u8) is >= 0 and var start)
        {
            at += start + 7;
            var end = file.Span[at..].IndexOf("endstream"u8);
            if (end < 0)
            {
                break;
            }

            try
            {
                using var packed = new MemoryStream(file.Slice(at, end).ToArray(), writable: false);
                using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
                streams.Add(FileTexts.Read(zlib));
            }
            catch (InvalidDataException)
            {
                // Not Flate: its bytes are part of the file, which has been looked at.
            }

            at += end + 10;
            at = Math.Min(at, file.Length);
        }

        return streams;
    }

    private static void ReadMap(ReadOnlySpan<byte> stream, Dictionary<int, char> map)
    {
        while (stream.IndexOf("beginbfchar"u8) is >= 0 and var start)
        {
            stream = stream[(start + 11)..];
            var end = stream.IndexOf("endbfchar"u8);
            if (end < 0)
            {
                return;
            }

            foreach (var line in Encoding.ASCII.GetString(stream[..end]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Split(['<', '>', ' '], StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.HexNumber, null, out var glyph) && ushort.TryParse(parts[1], NumberStyles.HexNumber, null, out var unit))
                {
                    map[glyph] = (char)unit;
                }
            }

            stream = stream[end..];
        }
    }

    private static byte[] Shown(ReadOnlySpan<byte> stream, Dictionary<int, char> map)
    {
        var text = new StringBuilder();
        while (stream.IndexOf((byte)'<') is >= 0 and var start)
        {
            stream = stream[(start + 1)..];
            var end = stream.IndexOf((byte)'>');
            if (end < 0)
            {
                break;
            }

            for (var i = 0; i + 4 <= end; i += 4)
            {
                if (int.TryParse(stream.Slice(i, 4), NumberStyles.HexNumber, null, out var glyph) && map.TryGetValue(glyph, out var c))
                {
                    text.Append(c);
                }
            }

            text.Append('\n');
            stream = stream[end..];
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
