namespace Sekisho.Inspection;

/// <summary>Every format this room reads.</summary>
internal static class FileFormats
{
    private static readonly IFileFormat?[] _byKind = Index(
    [
        new TextFormat(), new DelimitedFormat(), new HtmlFormat(), new XmlFormat(), new JsonFormat(), new CardFormat(), new CalendarFormat(), new MailFormat(),
        new PdfFormat(), new ZipFormat(), new GzipFormat(), new TarReader(), new ToolArchive(), .. OfficeFormats.All,
    ]);

    /// <summary>The reader of a kind, or null.</summary>
    public static IFileFormat? For(FileKind kind) => _byKind[(int)kind];

    private static IFileFormat?[] Index(IReadOnlyList<IFileFormat> formats)
    {
        var kinds = Enum.GetValues<FileKind>();
        var byKind = new IFileFormat?[kinds.Length];
        foreach (var kind in kinds)
        {
            byKind[(int)kind] = formats.FirstOrDefault(f => f.Reads(kind));
        }

        return byKind;
    }
}
