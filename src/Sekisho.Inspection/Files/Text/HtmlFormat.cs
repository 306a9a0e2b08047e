namespace Sekisho.Inspection;

/// <summary>HTML files.</summary>
internal sealed class HtmlFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Html;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
        => into.AddText("", HtmlText.Reduce(FileText.Decode(file, into), file.Cancel));
}
