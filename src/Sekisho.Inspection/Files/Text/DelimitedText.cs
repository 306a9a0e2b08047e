namespace Sekisho.Inspection;

/// <summary>
/// Reads values with a separator (RFC 4180 and what is sent under its name): quotes and doubled quotes, line breaks within quotes, rows of different
/// lengths, quotes that never close. Never looks at the machine's culture. Linear in the text's length.
/// </summary>
internal ref struct DelimitedText(ReadOnlySpan<char> text, char separator)
{
    /// <summary>A quoted value longer than this is a quote somebody forgot: the rest of the file must not vanish in one cell.</summary>
    private const int MaxQuoted = 64 * 1024;

    /// <summary>As wide as a sheet can be; a wider row goes on in the next one.</summary>
    private const int MaxColumns = 16 * 1024;

    private static readonly char[] _separators = [',', '\t', ';', '|'];

    private readonly ReadOnlySpan<char> _text = text;
    private readonly CellPool _pool = new();
    private int _at;
    private int _vain = 4 * 1024 * 1024;

    /// <summary>True at the end.</summary>
    public readonly bool AtEnd => _at >= _text.Length;

    /// <summary>Characters read.</summary>
    public readonly int Position => _at;

    /// <summary>The next row. False at the end.</summary>
    public bool Next(List<string?> cells)
    {
        cells.Clear();
        if (AtEnd)
        {
            return false;
        }

        while (true)
        {
            cells.Add(Cell());
            if (AtEnd)
            {
                return true;
            }

            var c = _text[_at++];
            if (c == separator)
            {
                if (AtEnd || cells.Count >= MaxColumns)
                {
                    return true;
                }

                continue;
            }

            if (c == '\r' && !AtEnd && _text[_at] == '\n')
            {
                _at++;
            }

            return true;
        }
    }

    /// <summary>The separator whose rows agree best; <c>\0</c> where none makes rows of two cells and more.</summary>
    /// <param name="text">The beginning of a file.</param>
    /// <param name="agreement">Share of the rows that have the commonest number of cells.</param>
    /// <param name="columns">The commonest number of cells.</param>
    /// <param name="rows">Rows looked at.</param>
    public static char Guess(ReadOnlySpan<char> text, out double agreement, out int columns, out int rows)
    {
        const int MaxRows = 200;
        (agreement, columns, rows) = (0, 0, 0);
        var best = '\0';
        var bestScore = 0d;
        var cells = new List<string?>();
        text = text[..Math.Min(text.Length, 32 * 1024)];
        foreach (var separator in _separators)
        {
            if (!text.Contains(separator) || (separator == ',' && GroupsDigits(text)))
            {
                continue;
            }

            var counts = new Dictionary<int, int>();
            var total = 0;
            var reader = new DelimitedText(text, separator);
            while (total < MaxRows && reader.Next(cells))
            {
                var count = Used(cells);
                if (count > 0)
                {
                    counts[count] = counts.GetValueOrDefault(count) + 1;
                    total++;
                }
            }

            if (total == 0)
            {
                continue;
            }

            // Rows whose last values are empty are shorter without being different.
            var (width, same) = counts.Where(c => c.Key > 1).OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).Select(c => (c.Key, c.Value)).FirstOrDefault();
            var near = counts.Where(c => c.Key > 1 && c.Key >= width - 2 && c.Key <= width + 1).Sum(c => c.Value);
            var share = (double)(width >= 4 ? near : same) / total;
            var score = share * share * Math.Min(width, 12);
            if (width > 1 && score > bestScore)
            {
                (best, bestScore, agreement, columns, rows) = (separator, score, share, width, total);
            }
        }

        return best;
    }

    /// <summary>True for a text that is a table whatever its name: prose has commas too, but not the same number in every line.</summary>
    public static bool LooksDelimited(ReadOnlySpan<char> text)
    {
        var separator = Guess(text, out var agreement, out var columns, out var rows);
        return separator != '\0' && rows >= 2 && (columns >= 4 ? agreement >= 0.7 : columns == 3 ? agreement >= 0.8 && (rows >= 3 || separator == '\t')
            : separator == '\t' ? agreement >= 0.8 : rows >= 3 && agreement >= 0.9);
    }

    /// <summary>True where commas stand in numbers (<c>340,000</c>) and hardly anywhere else.</summary>
    private static bool GroupsDigits(ReadOnlySpan<char> text)
    {
        var commas = 0;
        var grouping = 0;
        for (var i = text.IndexOf(','); i >= 0 && i < text.Length; i++)
        {
            if (text[i] != ',')
            {
                continue;
            }

            commas++;
            grouping += i > 0 && char.IsAsciiDigit(text[i - 1]) && i + 3 < text.Length && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2])
                && char.IsAsciiDigit(text[i + 3]) && (i + 4 == text.Length || !char.IsAsciiDigit(text[i + 4])) ? 1 : 0;
        }

        return grouping * 10 >= commas * 9;
    }

    private static int Used(List<string?> cells)
    {
        var used = cells.Count;
        while (used > 0 && string.IsNullOrWhiteSpace(cells[used - 1]))
        {
            used--;
        }

        return used;
    }

    private string Cell()
    {
        // Excel keeps leading zeros as ="0123".
        var quoteAt = _text[_at] == '=' && _at + 1 < _text.Length && _text[_at + 1] == '"' ? _at + 1 : _at;
        if (_text[quoteAt] == '"' && _vain > 0 && Quoted(quoteAt) is { } value)
        {
            return value;
        }

        var rest = _text[_at..];
        var end = rest.IndexOfAny(separator, '\r', '\n');
        end = end < 0 ? rest.Length : end;
        _at += end;
        return _pool.Get(rest[..end].Trim());
    }

    /// <summary>A quoted value that begins at <paramref name="quoteAt"/>; null where its quote does not close.</summary>
    private string? Quoted(int quoteAt)
    {
        var from = quoteAt + 1;
        var at = from;
        var limit = Math.Min(_text.Length, from + MaxQuoted);
        var doubled = false;
        while (true)
        {
            var found = _text[at..limit].IndexOf('"');
            if (found < 0)
            {
                _vain -= limit - from;
                return null;
            }

            at += found + 1;
            if (at < _text.Length && _text[at] == '"')
            {
                doubled = true;
                at++;
                if (at > limit)
                {
                    _vain -= limit - from;
                    return null;
                }

                continue;
            }

            var after = at;
            while (after < _text.Length && _text[after] is ' ' && after - at < 16)
            {
                after++;
            }

            if (after >= _text.Length || _text[after] == separator || _text[after] is '\r' or '\n')
            {
                _at = after;
                var inner = _text[from..(at - 1)];
                return doubled ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : _pool.Get(inner);
            }

            // A quote inside the value that nobody doubled.
            if (at >= limit)
            {
                _vain -= limit - from;
                return null;
            }
        }
    }
}

/// <summary>Gives the same string for a value that came lately: prefectures, sexes and dates fill half a table.</summary>
internal sealed class CellPool
{
    private const int Size = 4096;
    private const int Longest = 24;

    private string[]? _recent;

    /// <summary>The characters as a string.</summary>
    public string Get(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > Longest)
        {
            return value.ToString();
        }

        _recent ??= new string[Size];
        ref var slot = ref _recent[(uint)string.GetHashCode(value, StringComparison.Ordinal) % Size];
        if (slot is null || !value.SequenceEqual(slot))
        {
            slot = value.ToString();
        }

        return slot;
    }
}
