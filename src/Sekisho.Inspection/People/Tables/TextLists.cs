namespace Sekisho.Inspection;

/// <summary>Lists of one thing a line in running text, names or addresses; bullets and numbers in front are left out. Each line is judged once, from however many lines before it a list is looked for.</summary>
internal sealed class TextLists(string text, List<TextRow> lines)
{
    private const int MaxShort = 48;
    private const int ShortRun = 5;

    /// <summary>Lines that decide whether a list begins.</summary>
    private const int Probe = 30;

    private const byte Likely = 1;
    private const byte Unlikely = 2;

    private byte[] _judged = [];
    private int _looked;

    /// <summary>The list that begins at a line, if one does; answers the line behind it.</summary>
    public int Read(int from, out TextTable? table)
    {
        table = null;
        if (from < _looked || lines[from].Length > MaxShort)
        {
            _looked = Math.Max(_looked, from + 1);
            return from + 1;
        }

        var end = from;
        var likely = 0;
        var filled = 0;
        for (; end < lines.Count && lines[end].Length <= MaxShort; end++)
        {
            if (lines[end].Length == 0)
            {
                if (end + 1 < lines.Count && lines[end + 1].Length == 0)
                {
                    break;
                }

                continue;
            }

            filled++;
            likely += IsLikely(end) ? 1 : 0;
            if (filled == Probe && likely * 2 < filled)
            {
                break;
            }
        }

        // Judged once for every few lines: a long text of short lines is not asked for names from each of them.
        _looked = from + Math.Max(1, (end - from) / 4);
        if (likely < 2 || likely * 5 < filled * 3 || (likely < ShortRun && !IsHeaded(from)))
        {
            return from + 1;
        }

        var rows = new List<IReadOnlyList<string>>(end - from);
        for (var i = from; i < end; i++)
        {
            string[] row = lines[i].Length == 0 ? [] : [ItemAt(i).ToString()];
            rows.Add(row);
        }

        table = new TextTable(rows, from + 1, lines[from].Start, lines[end - 1].End);
        return end;
    }

    private bool IsLikely(int line)
    {
        if (_judged.Length == 0)
        {
            _judged = new byte[lines.Count];
        }

        ref var judged = ref _judged[line];
        if (judged == 0)
        {
            judged = Cells.IsListItem(ItemAt(line)) ? Likely : Unlikely;
        }

        return judged == Likely;
    }

    private bool IsHeaded(int line) => lines[line].Length > 0 && HeaderWords.Read(ItemAt(line)) is { Kind: DataKinds.Name or DataKinds.Email };

    private ReadOnlySpan<char> ItemAt(int line) => Item(text.AsSpan(lines[line].Start, lines[line].Length));

    private static ReadOnlySpan<char> Item(ReadOnlySpan<char> line)
    {
        if (line.Length > 0 && char.IsAsciiLetter(line[0]) && line[0] != 'N' && line[0] != 'o')
        {
            return line.TrimEnd();
        }

        line = line.Trim().TrimStart("・-*●○■□◆◇•‣> \u3000");
        var digits = 0;
        while (digits < line.Length && (char.IsDigit(line[digits]) || line[digits] is '(' or '（' or 'N' or 'o'))
        {
            digits++;
        }

        if (digits is > 0 and <= 6 && digits < line.Length && line[digits] is '.' or ')' or '）' or '．' or ':' or '、' or ' ' or '\u3000')
        {
            line = line[(digits + 1)..];
        }

        return line.Trim();
    }
}
