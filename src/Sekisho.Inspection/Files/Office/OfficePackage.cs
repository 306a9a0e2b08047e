using System.IO.Compression;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>
/// The parts of an office file that is a zip of XML (ECMA-376 Part 2, ODF 1.3 Part 2). Opening a part never gives more than its bounds: the sizes
/// a zip claims are not believed. XML is read without document types and without resolving anything outside (no entity expansion, no XXE).
/// </summary>
internal sealed class OfficePackage : IDisposable
{
    /// <summary>More parts than any real document has; each costs memory before anything is read.</summary>
    public const int MostParts = 20_000;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly FileBudget _budget;
    private readonly HashSet<string> _opened = new(StringComparer.OrdinalIgnoreCase);

    private OfficePackage(ZipArchive zip, FileBudget budget)
    {
        _zip = zip;
        _budget = budget;
        foreach (var entry in zip.Entries)
        {
            var name = Normal(entry.FullName);
            if (name.Length > 0 && name[^1] != '/' && !_parts.TryAdd(name, entry))
            {
                // Two parts of one name: which of them a reader's program shows, nobody knows.
                HasTwins = true;
            }
        }
    }

    /// <summary>Names of all parts, as they stand in the zip, without a leading slash.</summary>
    public IEnumerable<string> Names => _parts.Keys;

    /// <summary>True when two parts have the same name.</summary>
    public bool HasTwins { get; }

    /// <summary>Opens a package. Throws <see cref="InvalidDataException"/> for what is no zip or has more than <see cref="MostParts"/> parts.</summary>
    public static OfficePackage Open(FileSource file, FileHarvest harvest)
    {
        if (Headers(file.Bytes.Span) > MostParts)
        {
            throw new InvalidDataException("too many parts");
        }

        var zip = new ZipArchive(file.Open(), ZipArchiveMode.Read);
        try
        {
            return new OfficePackage(zip, harvest.Budget);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>True when there is such a part.</summary>
    public bool Has(string name) => _parts.ContainsKey(Normal(name));

    /// <summary>Names of the parts that begin so, in the order of their numbers (<c>slide2</c> before <c>slide10</c>).</summary>
    public IEnumerable<string> Under(string prefix, string extension = "") => _parts.Keys
        .Where(n => n.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && n.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        .OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal);

    /// <summary>A part's entry, for handing it on as a file; null where there is none.</summary>
    public ZipArchiveEntry? Entry(string name)
    {
        name = Normal(name);
        _opened.Add(name);
        return _parts.GetValueOrDefault(name);
    }

    /// <summary>Parts nobody asked for so far.</summary>
    public IEnumerable<string> Unopened => _parts.Keys.Where(n => !_opened.Contains(n)).ToList();

    /// <summary>The bytes of a part, bounded, or null where there is none.</summary>
    public Stream? Open(string name) => Entry(name) is { } entry ? new PartStream(entry.Open(), entry.CompressedLength, _budget) : null;

    /// <summary>A part as XML, or null where there is none. Reading it throws <see cref="XmlException"/> on anything that is not plain XML.</summary>
    public XmlReader? OpenXml(string name) => Open(name) is { } stream ? XmlReader.Create(stream, Settings()) : null;

    /// <summary>The relationships of a part (Part 2 §6.5): id to kind (the last word of its type) and target. Empty where it has none.</summary>
    public Dictionary<string, OfficeRelation> Relations(string part)
    {
        var found = new Dictionary<string, OfficeRelation>(StringComparer.Ordinal);
        var slash = part.LastIndexOf('/') + 1;
        using var xml = OpenXml($"{part[..slash]}_rels/{part[slash..]}.rels");
        while (xml is not null && xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Id") is { } id && found.Count < MostParts)
            {
                var type = xml.GetAttribute("Type") ?? "";
                var target = xml.GetAttribute("Target") ?? "";
                var outside = xml.GetAttribute("TargetMode") == "External";
                found.TryAdd(id, new OfficeRelation(type[(type.LastIndexOf('/') + 1)..], outside ? target : Resolve(part[..slash], target), outside));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    private static string Normal(string name) => name.Replace('\\', '/').TrimStart('/');

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return Normal(target);
        }

        var path = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var step in Normal(target).Split('/').Take(64))
        {
            if (step == "..")
            {
                path.RemoveRange(Math.Max(path.Count - 1, 0), Math.Min(path.Count, 1));
            }
            else if (step is not ("." or ""))
            {
                path.Add(step);
            }
        }

        return string.Join('/', path);
    }

    /// <summary>Counts the headers of the zip's directory without building anything.</summary>
    private static int Headers(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (int at; count <= MostParts && (at = bytes.IndexOf("PK\u0001\u0002"u8)) >= 0; count++)
        {
            bytes = bytes[(at + 4)..];
        }

        return count;
    }
}

/// <summary>A relationship of a part: its kind (<c>worksheet</c>), where it leads, and whether that is outside the package.</summary>
internal sealed record OfficeRelation(string Kind, string Target, bool Outside);
