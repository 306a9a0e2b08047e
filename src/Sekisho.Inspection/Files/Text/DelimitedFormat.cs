namespace Sekisho.Inspection;

/// <summary>CSV, TSV and their kin; the separator is guessed from the content. Also tables drawn with pipes.</summary>
internal sealed class DelimitedFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Delimited;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var text = FileText.Decode(file, into);
        var separator = Hinted(text, out var from);
        if (separator == '\0')
        {
            separator = DelimitedText.Guess(text, out _, out _, out _);
        }

        var reader = new DelimitedText(text.AsSpan(from), separator == '\0' ? ',' : separator);
        using var table = into.AddTable("", firstRow: from > 0 ? 2 : 1);
        var cells = new List<string?>();
        var rows = 0;
        while (reader.Next(cells))
        {
            if ((++rows & 0xFFF) == 0)
            {
                file.Cancel.ThrowIfCancellationRequested();
            }

            if (separator == '|')
            {
                Undraw(cells);
            }

            if (!table.AddRow(cells))
            {
                break;
            }
        }
    }

    /// <summary>The first line <c>sep=;</c>, by which Excel is told.</summary>
    private static char Hinted(string text, out int from)
    {
        from = 0;
        if (text.Length < 5 || !text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || text.AsSpan(5).IndexOf('\n') is not (0 or 1))
        {
            return '\0';
        }

        from = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        return text[4];
    }

    /// <summary>Takes away a drawn table's edges and rules: <c>| a | b |</c>, <c>|---|---|</c>.</summary>
    private static void Undraw(List<string?> cells)
    {
        if (cells.Count > 0 && cells[0]!.Length == 0)
        {
            cells.RemoveAt(0);
        }

        if (cells.TrueForAll(c => c!.AsSpan().Trim().IndexOfAnyExcept("-=:+ ") < 0))
        {
            cells.Clear();
        }
    }
}
