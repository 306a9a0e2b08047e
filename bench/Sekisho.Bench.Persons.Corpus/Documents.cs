using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>One cell. A number or a date is written as such where the format knows them.</summary>
internal readonly record struct Cell(string Text, double? Number = null, DateOnly? Date = null)
{
    public static implicit operator Cell(string text) => new(text);

    public static Cell Of(double number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), number);
}

/// <summary>Rows of cells and the ranges that are merged (row, column, last row, last column; 0-based).</summary>
internal sealed class Grid
{
    public List<List<Cell>> Rows { get; } = [];

    public List<(int Row, int Column, int LastRow, int LastColumn)> Merged { get; } = [];

    public void Add(params IEnumerable<Cell> cells) => Rows.Add([.. cells]);

    /// <summary>The range that covers a cell; all -1 where none does.</summary>
    public (int Row, int Column, int LastRow, int LastColumn) MergeAt(int row, int column)
    {
        foreach (var m in Merged)
        {
            if (row >= m.Row && row <= m.LastRow && column >= m.Column && column <= m.LastColumn)
                return m;
        }

        return (-1, -1, -1, -1);
    }

    /// <summary>The widest text of a column in half-width characters. Titles that run over the whole sheet do not widen its first column.</summary>
    public int WidthOf(int column, int most)
        => Rows.Where(r => r.Count > column && (r.Count > 1 || Width == 1)).Select(r => r[column].Text.Split('\n').Max(TextWidth)).Append(4).Max() is var w && w < most ? w : most;

    /// <summary>Columns a fixed-width type needs.</summary>
    public static int TextWidth(string text) => text.Sum(c => c is < '\u2000' or (>= '\uFF61' and <= '\uFF9F') ? 1 : 2);

    public int Width => Rows.Count == 0 ? 0 : Rows.Max(r => r.Count);
}

/// <summary>A sheet of a workbook.</summary>
internal sealed record Sheet(string Name, Grid Grid, bool Hidden = false, bool VeryHidden = false);

/// <summary>A part of a text document: a paragraph, or a table.</summary>
internal sealed record Block(string? Text, Grid? Table)
{
    public static Block Of(string text) => new(text, null);

    public static Block Of(Grid table) => new(null, table);
}

/// <summary>What a file says, before any format: sheets, or paragraphs and tables.</summary>
internal sealed class Document
{
    public List<Sheet> Sheets { get; } = [];

    public List<Block> Blocks { get; } = [];

    /// <summary>True when it is a workbook whose sheets cannot be one table.</summary>
    public bool NeedsSheets => Sheets.Count > 1;

    public bool IsBook => Sheets.Count > 0;

    /// <summary>Cells written without a header row, records of a header row beneath it: what json and vcf are made of.</summary>
    public IReadOnlyList<Person> Persons { get; set; } = [];

    public IReadOnlyList<Column> Columns { get; set; } = [];

    public Style? Style { get; set; }

    public static Document Book(Grid grid, string name = "Sheet1")
    {
        var document = new Document();
        document.Sheets.Add(new Sheet(name, grid));
        return document;
    }

    public static Document Prose(IEnumerable<string> paragraphs)
    {
        var document = new Document();
        document.Blocks.AddRange(paragraphs.Select(Block.Of));
        return document;
    }

    /// <summary>The same as paragraphs and tables.</summary>
    public IReadOnlyList<Block> AsBlocks()
        => IsBook ? [.. Sheets.SelectMany(s => Sheets.Count > 1 ? new[] { Block.Of(s.Name), Block.Of(s.Grid) } : [Block.Of(s.Grid)])] : Blocks;
}

/// <summary>What a file truly holds.</summary>
public sealed record Truth
{
    /// <summary>Distinct persons; 0 for a file without.</summary>
    public required int Persons { get; init; }

    /// <summary>How many persons an honest reader may find besides: the one contact of an invoice.</summary>
    public int Tolerated { get; init; }

    /// <summary>Kinds of persons' data and secrets it shows.</summary>
    public required DataKinds Kinds { get; init; }

    /// <summary>Kinds that are there, but that nobody could be sure of.</summary>
    public DataKinds MayShow { get; init; }

    /// <summary>Different card numbers.</summary>
    public int Cards { get; init; }

    /// <summary>Different MyNumbers.</summary>
    public int MyNumbers { get; init; }

    /// <summary>Places where a card number stands; more than <see cref="Cards"/> where a person stands twice.</summary>
    public int CardPlaces { get; init; }

    /// <summary>Places where a MyNumber stands.</summary>
    public int MyNumberPlaces { get; init; }
}

/// <summary>One file of the corpus.</summary>
/// <param name="Seed">The corpus.</param>
/// <param name="Index">Its place in the corpus.</param>
/// <param name="Name">As attached.</param>
/// <param name="Bytes">Content; what is to be converted where <paramref name="ConvertTo"/> is set.</param>
/// <param name="Format">Row of the table.</param>
/// <param name="Layout">Row of the table.</param>
/// <param name="ConvertTo">Extension LibreOffice (or 7-Zip) still has to make of it; empty when it is ready.</param>
/// <param name="Truth">What it holds.</param>
public sealed record CorpusFile(int Seed, int Index, string Name, byte[] Bytes, string Format, string Layout, string ConvertTo, Truth Truth);
