namespace Sekisho.Inspection;

/// <summary>HTML files: text, hidden text too, tables and comments.</summary>
internal sealed class HtmlFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Html;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
        => HtmlTables.Read(FileText.Decode(file, into), into, file.Cancel);
}
