namespace Sekisho.Inspection;

/// <summary>
/// PDF through the text tool. A file that only forbids printing has an empty user password and reads like any other; the tool says which needs one.
/// Without the tool encryption is recognised by the trailer (ISO 32000-2 section 7.6.1).
/// </summary>
internal sealed class PdfFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Pdf;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var answer = file.Services.Tools.Run(FileTool.PdfText, file.Bytes, file.Services.Limits, file.Cancel);
        if (answer.Outcome == ToolOutcome.Absent && IsEncrypted(file.Bytes.Span))
        {
            into.AddTrouble(FileTroubles.Encrypted, "pdf");
            return;
        }

        var page = 1;
        foreach (var range in answer.Text.AsSpan().Split('\f'))
        {
            file.Cancel.ThrowIfCancellationRequested();
            if (!into.AddText($"page {page}", answer.Text[range]))
            {
                break;
            }

            page++;
        }

        ToolTrouble.Note(answer, into);
        if (answer.Outcome == ToolOutcome.Done && MayHoldFiles(file.Bytes.Span))
        {
            Attached(file, into);
        }
    }

    /// <summary>Files attached to it, and the members of a portfolio (ISO 32000-2 section 7.11.4).</summary>
    private static void Attached(FileSource file, FileHarvest into)
    {
        var answer = file.Services.Tools.Run(FileTool.PdfFiles, file.Bytes, file.Services.Limits, file.Cancel);
        foreach (var attached in answer.Files)
        {
            if (!into.AddFile(attached.Name, attached.Bytes))
            {
                break;
            }
        }

        ToolTrouble.Note(answer, into);
    }

    /// <summary>
    /// True where a file stream is named as one, plainly or as programs escape it. The stream itself is never compressed away with other objects, the
    /// words that lead to it may be.
    /// </summary>
    private static bool MayHoldFiles(ReadOnlySpan<byte> bytes)
        => bytes.IndexOf("/EmbeddedFile"u8) >= 0 || bytes.IndexOf("/EF"u8) >= 0 || bytes.IndexOf("/Filespec"u8) >= 0 || bytes.IndexOf("/FileAttachment"u8) >= 0;

    /// <summary>True where a trailer refers to an encryption dictionary.</summary>
    internal static bool IsEncrypted(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var at = bytes.IndexOf("/Encrypt"u8);
            if (at < 0)
            {
                return false;
            }

            bytes = bytes[(at + 8)..];
            var value = bytes.TrimStart(" \t\r\n\0"u8);
            if (value.Length > 0 && (char.IsAsciiDigit((char)value[0]) || value.StartsWith("<<"u8)) && (value.Length < bytes.Length || value[0] == '<'))
            {
                return true;
            }
        }
    }
}
