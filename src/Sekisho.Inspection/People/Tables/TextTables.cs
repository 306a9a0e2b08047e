using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>A table found in running text: its rows, and the lines it took.</summary>
internal sealed record TextTable(List<IReadOnlyList<string>> Rows, int FirstLine, int Offset, int End);

/// <summary>
/// Finds what is a table in running text: lines one below the other with the same separator (tab, bar, semicolon, comma, 、, wide gaps), and lists of a name or an
/// address a line. One cheap pass where there is none.
/// </summary>
internal static class TextTables
{
    /// <summary>Lines that decide whether a table begins.</summary>
    private const int Probe = 30;

    /// <summary>The tables in order of their lines.</summary>
    public static List<TextTable> Find(string text, CancellationToken cancel)
    {
        var found = new List<TextTable>();
        var lines = Lines(text);
        var lists = new TextLists(text, lines);
        for (var i = 0; i < lines.Count;)
        {
            if ((i & 0x3FF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var end = i;
            if (lines[i].Length > 0)
            {
                end = Run(text, lines, i, lists, out var table);
                if (table is not null)
                {
                    found.Add(table);
                }
            }

            i = Math.Max(end, i + 1);
        }

        return found;
    }

    /// <summary>The run of like lines that begins at <paramref name="from"/>; answers the line behind it, whether it was a table or not.</summary>
    private static int Run(string text, List<TextRow> lines, int from, TextLists lists, out TextTable? table)
    {
        table = Labelled(text, lines, from, out var behind);
        if (table is not null)
        {
            return behind;
        }

        var first = lines[from];
        foreach (var separator in first.Gaps >= 2 ? _gapsFirst : _separators)
        {
            var cells = first.Count(separator);
            if (cells == 0 || (separator is Separator.Comma or Separator.Ideographic && IsWrapped(text, lines, from)))
            {
                continue;
            }

            // A look at a few lines first, so that a long text without tables is not read to its end from each of its lines.
            var (end, rows, even) = Extent(lines, from, separator, Probe);
            if (!IsTable(separator, cells, rows, even))
            {
                continue;
            }

            var whole = rows < Probe ? (End: end, Rows: rows, Even: even) : Extent(lines, from, separator, int.MaxValue);
            end = IsTable(separator, cells, whole.Rows, whole.Even) ? whole.End : end;

            var split = Split(text, lines, from, end, separator);
            if (split.Count > 0)
            {
                table = new TextTable(split, from + 1, first.Start, lines[end - 1].End);
                return end;
            }
        }

        return lists.Read(from, out table);
    }

    /// <summary>Columns kept apart by blanks hold addresses with commas as often as not.</summary>
    private static readonly Separator[] _gapsFirst = [Separator.Tab, Separator.Bar, Separator.Gap, Separator.Semicolon, Separator.Comma, Separator.Ideographic, Separator.WideBlank];

    private static readonly Separator[] _separators = [Separator.Tab, Separator.Bar, Separator.Semicolon, Separator.Comma, Separator.Ideographic, Separator.Gap, Separator.WideBlank];

    private static readonly SearchValues<char> _brackets = SearchValues.Create("()（）");

    /// <summary>True where brackets opened in one line close in the next: an enumeration in prose that was broken where the line was full.</summary>
    private static bool IsWrapped(string text, List<TextRow> lines, int from)
    {
        for (var i = from; i < Math.Min(lines.Count, from + 4) && lines[i].Length is > 0 and < 4_000; i++)
        {
            // 1) in front is a list's number.
            var line = text.AsSpan(lines[i].Start, lines[i].Length).TrimStart();
            if (!line.ContainsAny(_brackets))
            {
                continue;
            }

            var depth = 0;
            for (var at = Math.Min(line.Length, 4); at < line.Length && depth >= 0; at++)
            {
                depth += line[at] is '(' or '（' ? 1 : line[at] is ')' or '）' ? -1 : 0;
            }

            if (depth != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How far lines with this separator reach, blank lines between them allowed, and how many of them have the most frequent number of it.</summary>
    private static (int End, int Rows, int Even) Extent(List<TextRow> lines, int from, Separator separator, int most)
    {
        Span<int> counts = stackalloc int[33];
        counts.Clear();
        var rows = 0;
        var end = from;
        var blanks = 0;
        var odd = 0;
        for (var i = from; i < lines.Count && rows < most && blanks <= 2 && odd <= 2; i++)
        {
            if (lines[i].Length == 0)
            {
                blanks++;
                continue;
            }

            var count = lines[i].Count(separator);
            if (count == 0)
            {
                // A cell that wraps leaves a line of its own; prose leaves several.
                odd++;
                continue;
            }

            blanks = odd = 0;
            rows++;
            counts[Math.Min(count, 32)]++;
            end = i + 1;
        }

        var even = 0;
        foreach (var count in counts)
        {
            even = Math.Max(even, count);
        }

        return (Math.Max(end, from + 1), rows, even);
    }

    private static bool IsTable(Separator separator, int cells, int rows, int even) => separator switch
    {
        Separator.Tab or Separator.Bar => rows >= 2,
        Separator.Gap => rows >= 2 && even * 3 >= rows,
        Separator.Semicolon => rows >= 2 && even * 5 >= rows * 4,
        Separator.Comma => even * 5 >= rows * 4 && rows >= (cells == 1 ? 3 : 2),
        Separator.Ideographic => even * 5 >= rows * 4 && rows >= 3,
        _ => even * 5 >= rows * 4 && rows >= 2 && cells >= 2,
    };

    private static List<IReadOnlyList<string>> Split(string text, List<TextRow> lines, int from, int end, Separator separator)
    {
        if (separator == Separator.Gap)
        {
            return GapColumns.Split(text, lines, from, end);
        }

        var rows = new List<IReadOnlyList<string>>(end - from);
        var cells = new List<string>();
        for (var i = from; i < end; i++)
        {
            cells.Clear();
            var line = text.AsSpan(lines[i].Start, lines[i].Length);
            if (!line.IsWhiteSpace())
            {
                Cut(line, separator, cells);
            }

            rows.Add(cells.ToArray());
        }

        return rows;
    }

    /// <summary>Cells of a line; one in quotation marks may hold the separator (RFC 4180).</summary>
    private static void Cut(ReadOnlySpan<char> line, Separator separator, List<string> cells)
    {
        var marks = Marks(separator);
        if (separator == Separator.Bar)
        {
            line = line.Trim().Trim("|｜│");
        }

        while (true)
        {
            var start = line.TrimStart(' ');
            if (start.Length > 1 && start[0] == '"')
            {
                var close = start[1..].IndexOf('"');
                if (close >= 0)
                {
                    cells.Add(start.Slice(1, close).Trim().ToString());
                    start = start[(close + 2)..];
                    var next = start.IndexOfAny(marks);
                    if (next < 0)
                    {
                        return;
                    }

                    line = start[(next + 1)..];
                    continue;
                }
            }

            var at = line.IndexOfAny(marks);
            cells.Add((at < 0 ? line : line[..at]).Trim().ToString());
            if (at < 0)
            {
                return;
            }

            line = line[(at + 1)..];
        }
    }

    private static ReadOnlySpan<char> Marks(Separator separator) => separator switch
    {
        Separator.Tab => "\t",
        Separator.Bar => "|｜│",
        Separator.Semicolon => ";；",
        Separator.Comma => ",，",
        Separator.Ideographic => "、",
        _ => "\u3000",
    };

    /// <summary>Fields with their labels in brackets: 【氏名】山田太郎, [電話]03-1234-5678. They become the rows of a form.</summary>
    private static TextTable? Labelled(string text, List<TextRow> lines, int from, out int end)
    {
        end = from;
        var rows = new List<IReadOnlyList<string>>();
        var fields = 0;
        var odd = 0;
        for (var i = from; i < lines.Count && odd <= 2; i++)
        {
            var line = text.AsSpan(lines[i].Start, lines[i].Length).Trim();
            if (line.Length > 0 && line[0] is '[' or '【' or '［' or '〔' && line.IndexOfAny("]】］〕") is > 1 and <= 24 and var close && HeaderWords.Read(line[1..close]) is not null)
            {
                rows.Add([line[1..close].Trim().ToString(), line[(close + 1)..].TrimStart(":： \u3000").ToString()]);
                fields++;
                odd = 0;
                end = i + 1;
                continue;
            }

            if (fields == 0)
            {
                return null;
            }

            odd += line.Length > 0 ? 1 : 0;
            rows.Add([]);
        }

        return fields >= 2 ? new TextTable(rows.GetRange(0, end - from), from + 1, lines[from].Start, lines[end - 1].End) : null;
    }

    private static List<TextRow> Lines(string text)
    {
        var lines = new List<TextRow>(text.AsSpan().Count('\n') + 1);
        var start = 0;
        while (start <= text.Length)
        {
            var rest = text.AsSpan(start);
            var length = rest.IndexOfAny('\n', '\f');
            var raw = length < 0 ? rest : rest[..length];
            lines.Add(TextRow.Of(raw.TrimEnd(), start));
            if (length < 0)
            {
                break;
            }

            start += length + 1;
        }

        return lines;
    }
}
