using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Sekisho.Bench.Persons;

/// <summary>Takes clock and chance out of an Open XML package, so that a seed gives the same bytes always.</summary>
internal static partial class Packages
{
    /// <summary>The same parts, sorted, with one fixed time and the root relationship named.</summary>
    public static byte[] Settle(MemoryStream package)
    {
        package.Position = 0;
        using var from = new ZipArchive(package, ZipArchiveMode.Read);
        using var stream = new MemoryStream();
        using (var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(e => e.FullName == "[Content_Types].xml" ? "" : e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = new DateTimeOffset(2024, 6, 3, 10, 0, 0, TimeSpan.Zero);
                using var input = entry.Open();
                using var output = copy.Open();
                if (entry.FullName != "_rels/.rels")
                {
                    input.CopyTo(output);
                    continue;
                }

                using var reader = new StreamReader(input);
                output.Write(Encoding.UTF8.GetBytes(RelationId().Replace(reader.ReadToEnd(), " Id=\"rId1\"")));
            }
        }

        return stream.ToArray();
    }

    [GeneratedRegex(@"\sId=""[^""]*""")]
    private static partial Regex RelationId();
}
