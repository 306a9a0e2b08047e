namespace Sekisho.Inspection;

/// <summary>A line of text by its offsets, without its line end.</summary>
internal readonly record struct TextLine(int Start, int End)
{
    /// <summary>The lines from <paramref name="from"/> to <paramref name="to"/>; replaces what stood in the list.</summary>
    public static void Divide(ReadOnlySpan<char> text, int from, int to, List<TextLine> lines)
    {
        lines.Clear();
        while (from < to)
        {
            var size = text[from..to].IndexOf('\n');
            var end = size < 0 ? to : from + size;
            lines.Add(new TextLine(from, end));
            from = end + 1;
        }
    }
}
