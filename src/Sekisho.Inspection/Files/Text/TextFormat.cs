using System.Buffers;
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

        into.AddText("", FileText.Decode(file, into));
    }
}

/// <summary>Decodes the text of a file within the mail's budget.</summary>
internal static class FileText
{
    private static readonly SearchValues<char> _nameEnds = SearchValues.Create("\"'>;/? \r\n");

    /// <summary>The text; past the budget it is cut and the limit noted.</summary>
    public static string Decode(FileSource file, FileHarvest into)
    {
        var left = (int)Math.Clamp(into.Budget.CharsLeft, 0, int.MaxValue);
        var charset = file.Charset ?? (file.Kind is FileKind.Html or FileKind.Xml ? SaidInside(file.Bytes.Span) : null);
        var text = PlainText.Decode(file.Bytes.Span, charset, left);
        if (text.Truncated)
        {
            into.Limit("text");
        }

        return text.Text;
    }

    /// <summary>The charset an HTML page or an XML document names in its first kilobyte.</summary>
    private static string? SaidInside(ReadOnlySpan<byte> bytes)
    {
        var head = System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]).AsSpan();
        foreach (var word in (ReadOnlySpan<string>)["charset=", "encoding="])
        {
            var at = head.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var rest = head[(at + word.Length)..].TrimStart("\"' ");
                var end = rest.IndexOfAny(_nameEnds);

                // A text that is read as bytes cannot be what it says where that has two bytes for every letter.
                var name = (end < 0 ? rest : rest[..end]).ToString();
                return name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ucs", StringComparison.OrdinalIgnoreCase) ? null : name;
            }
        }

        return null;
    }
}
