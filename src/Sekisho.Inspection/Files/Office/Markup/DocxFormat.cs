namespace Sekisho.Inspection;

/// <summary>
/// Word's .docx, .docm, .dotx (ECMA-376 Part 1 §17): text, tables, text boxes, what tracked changes deleted, comments, notes, headers and footers,
/// hidden text, properties, charts; embedded files go on as files.
/// </summary>
internal sealed class DocxFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Docx;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        using var package = sink.Open();
        var parts = new OfficeParts(sink, package);
        var main = "word/document.xml";
        sink.Part("relations", () => main = parts.Main(main));
        if (!package.Has(main))
        {
            into.AddTrouble(FileTroubles.Broken, "no document");
        }

        parts.Text(main, "");
        var folder = main[..(main.LastIndexOf('/') + 1)];
        foreach (var (name, place) in (ReadOnlySpan<(string, string)>)[("header", "header"), ("footer", "footer"), ("footnotes", "footnotes"), ("endnotes", "endnotes"),
            ("comments.", "comments"), ("diagrams/data", "diagram")])
        {
            parts.All(folder + name, place);
        }

        // Building blocks one inserts: whole lists have been kept there.
        parts.Text(folder + "glossary/document.xml", "building blocks");
        parts.All(folder + "charts/chart", "chart", values: true);
        parts.Properties();
        parts.Embedded(folder);
        parts.Leftover();
    }
}
