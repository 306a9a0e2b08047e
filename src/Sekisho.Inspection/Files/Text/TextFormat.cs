using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Plain text, and the text of scripts.</summary>
internal sealed class TextFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind is FileKind.Text or FileKind.Executable;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        if (file.Kind == FileKind.Executable && !PlainText.LooksLikeText(file.Bytes.Span))
        {
            return;
        }

        if (InlineFiles.MayBeIn(file.Bytes.Span))
        {
            foreach (var (name, bytes) in InlineFiles.Of(file.Bytes))
            {
                if (!into.AddFile(name, bytes))
                {
                    break;
                }
            }

            if (InlineFiles.HasPgp(file.Bytes.Span))
            {
                into.AddTrouble(FileTroubles.Encrypted, "PGP");
            }
        }

        into.AddText("", FileText.Decode(file, into));
    }
}

/// <summary>Decodes the text of a file within the mail's budget.</summary>
internal static class FileText
{
    /// <summary>The text; past the budget it is cut and the limit noted.</summary>
    public static string Decode(FileSource file, FileHarvest into)
    {
        var left = (int)Math.Clamp(into.Budget.CharsLeft, 0, int.MaxValue);
        var text = PlainText.Decode(file.Bytes.Span, file.Charset, left);
        if (text.Truncated)
        {
            into.Limit("text");
        }

        return text.Text;
    }
}
