using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>What may part the cells of a line.</summary>
internal enum Separator
{
    None,
    Tab,
    Bar,
    Semicolon,
    Comma,
    Ideographic,
    Gap,
    WideBlank,
}

/// <summary>A line and how often each separator stands in it.</summary>
internal readonly record struct TextRow(int Start, int Length, byte Tabs, byte Bars, byte Semicolons, byte Commas, byte Ideographic, byte Gaps, byte WideBlanks)
{
    private const int MaxLine = 4_000;

    /// <summary>Words apart from which a line with a full stop is a sentence in Latin letters, whatever stands between them.</summary>
    private const int SentenceBlanks = 6;

    private static readonly SearchValues<char> _wide = SearchValues.Create("｜│；，、\u3000");

    private static readonly SearchValues<char> _narrow = SearchValues.Create("\t|;,");

    /// <summary>Those of the signs that are among the first 64 characters, and the blank, a bit for each.</summary>
    private const ulong Low = (1UL << '\t') | (1UL << ' ') | (1UL << ',') | (1UL << ';');

    public int End => Start + Length;

    public int Count(Separator separator) => separator switch
    {
        Separator.Tab => Tabs,
        Separator.Bar => Bars,
        Separator.Semicolon => Semicolons,
        Separator.Comma => Commas,
        Separator.Ideographic => Ideographic,
        Separator.Gap => Gaps,
        Separator.WideBlank => WideBlanks,
        _ => 0,
    };

    public static TextRow Of(ReadOnlySpan<char> line, int start)
    {
        if (line.Length is 0 or > MaxLine)
        {
            return new TextRow(start, line.IsWhiteSpace() ? 0 : line.Length, 0, 0, 0, 0, 0, 0, 0);
        }

        if (!line.ContainsAnyExceptInRange('\0', '\u007F') && !line.ContainsAny(_narrow) && !line.Contains("  ", StringComparison.Ordinal))
        {
            return new TextRow(start, line.Length, 0, 0, 0, 0, 0, 0, 0);
        }

        int tabs = 0, bars = 0, semicolons = 0, commas = 0, ideographic = 0, gaps = 0, wide = 0, blanks = 0;
        var blank = -2;
        var first = line.IndexOfAnyExcept(' ', '\u3000');
        for (var at = first < 0 ? line.Length : first; at < line.Length; at++)
        {
            var c = line[at];
            var mark = c < 64 ? (Low & (1UL << c)) != 0 : c < '\u0080' ? c == '|' : _wide.Contains(c);
            if (!mark)
            {
                continue;
            }

            switch (c)
            {
                case '\t':
                    tabs++;
                    break;
                case '|' or '｜' or '│':
                    bars++;
                    break;
                case ';' or '；':
                    semicolons++;
                    break;
                case ',' or '，':
                    commas++;
                    break;
                case '、':
                    ideographic++;
                    break;
                default:
                    // A second blank in a row makes a gap; a third none more.
                    if (blank == at - 1 && !(at >= 2 && IsBlank(line[at - 2])))
                    {
                        gaps++;
                    }

                    blanks++;
                    wide += line[at] == '\u3000' && blank != at - 1 ? 1 : 0;
                    blank = at;
                    break;
            }
        }

        if (line.Contains('。'))
        {
            // A sentence's commas part no cells.
            commas = ideographic = wide = 0;
        }
        else if (line[^1] is '.' or '!' or '?' && blanks >= SentenceBlanks)
        {
            commas = semicolons = 0;
        }

        return new TextRow(start, line.Length, Cap(tabs), Cap(bars), Cap(semicolons), Cap(commas), Cap(ideographic), Cap(gaps), Cap(wide));
    }

    private static bool IsBlank(char c) => c is ' ' or '\u3000' or '\u00A0';

    private static byte Cap(int count) => (byte)Math.Min(count, 255);
}
