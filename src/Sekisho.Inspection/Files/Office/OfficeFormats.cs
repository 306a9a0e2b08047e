namespace Sekisho.Inspection;

/// <summary>The readers of office files.</summary>
internal static class OfficeFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IFileFormat> All { get; } =
    [
        new XlsxFormat(), new XlsFormat(), new DocxFormat(), new PptxFormat(), new OdfFormat(), new DocFormat(), new PptFormat(), new RtfFormat(),
        new OutlookMessageFormat(), new TnefFormat(),
    ];
}
