namespace Sekisho.Inspection;

/// <summary>
/// OpenDocument texts, sheets and slides (ODF 1.3 Part 3): text, tables, notes, comments, what tracked changes deleted, hidden sheets, headers and
/// footers, properties; embedded objects. Encrypted files (Part 2 §3.4) are said to be.
/// </summary>
internal sealed class OdfFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind is FileKind.Ods or FileKind.Odt or FileKind.Odp;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        using var package = sink.Open();
        if (Encrypted(sink, package))
        {
            into.AddTrouble(FileTroubles.Encrypted, "OpenDocument");
            return;
        }

        if (!package.Has("content.xml"))
        {
            into.AddTrouble(FileTroubles.Broken, "no content");
        }

        Text(sink, package, "content.xml", "");
        Text(sink, package, "styles.xml", "header");
        Text(sink, package, "meta.xml", "properties");
        foreach (var part in package.Names.Where(n => n.EndsWith("/content.xml", StringComparison.OrdinalIgnoreCase)).Take(1000).ToList())
        {
            Text(sink, package, part, "object");
        }

        foreach (var part in package.Under("Object ").Where(n => !n.Contains('/', StringComparison.Ordinal)).ToList())
        {
            sink.Part(part, () =>
            {
                using var content = package.Entry(part)!.Open();
                sink.Harvest.AddFile(part, content, package.Entry(part)!.Length);
            });
        }
    }

    /// <summary>True for a document in one piece of XML (Part 3 §2.2.1: .fodt, .fods, .fodp).</summary>
    internal static bool IsFlat(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4096));
        var root = head.IndexOf("<office:document", StringComparison.Ordinal);
        return root >= 0 && head[(root + "<office:document".Length)..].IndexOfAny(" \t\r\n>") == 0;
    }

    /// <summary>Reads a document in one piece.</summary>
    internal static void ReadFlat(FileSource file, FileHarvest into, System.Xml.XmlReader xml)
    {
        var sink = new OfficeSink(file, into);
        var blocks = new BlockWriter(sink, "");
        var reader = new OdfReader(sink, blocks);
        using (xml)
        {
            sink.Part("document", () => reader.Read(xml));
        }

        reader.End();
        blocks.Finish();
    }

    private static void Text(OfficeSink sink, OfficePackage package, string part, string place)
    {
        if (!package.Has(part) || sink.Full)
        {
            return;
        }

        var blocks = new BlockWriter(sink, place);
        var reader = new OdfReader(sink, blocks);
        sink.Part(part, () =>
        {
            using var xml = package.OpenXml(part)!;
            reader.Read(xml);
        });
        reader.End();
        blocks.Finish();
    }

    private static bool Encrypted(OfficeSink sink, OfficePackage package)
    {
        var found = false;
        sink.Part("manifest", () =>
        {
            using var xml = package.OpenXml("META-INF/manifest.xml");
            while (xml is not null && !found && xml.Read())
            {
                found = xml is { NodeType: System.Xml.XmlNodeType.Element, LocalName: "encryption-data" };
            }
        });
        return found;
    }
}
