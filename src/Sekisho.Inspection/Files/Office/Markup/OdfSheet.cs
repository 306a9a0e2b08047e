using System.Globalization;
using System.Text;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>Rows and cells of one sheet of an .ods (ODF 1.3 Part 3 §9.1), with the numbers by which they are repeated.</summary>
internal sealed class OdfSheet(OfficeSink sink, string name, bool hidden)
{
    private const int MostRepeats = 20_000;
    private const int MostCell = 200_000;

    private readonly SheetRows _rows = new(sink, name, hidden);
    private readonly List<(int Column, string Text)> _row = [];
    private readonly StringBuilder _text = new();
    private int _number;
    private int _repeatRow = 1;
    private int _column;
    private int _repeat = 1;
    private string? _value;
    private string? _type;

    /// <summary>A row begins.</summary>
    public void BeginRow(XmlReader xml)
    {
        _row.Clear();
        _column = 0;
        _repeatRow = Repeats(xml, "number-rows-repeated");
    }

    /// <summary>A cell begins.</summary>
    public void BeginCell(XmlReader xml)
    {
        _text.Clear();
        _repeat = Repeats(xml, "number-columns-repeated");
        _type = MarkupReader.Attribute(xml, "value-type");
        _value = _type switch
        {
            "date" => MarkupReader.Attribute(xml, "date-value"),
            "float" => MarkupReader.Attribute(xml, "value"),
            "string" => MarkupReader.Attribute(xml, "string-value"),
            _ => null,
        };
    }

    /// <summary>Characters of the cell.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        if (_text.Length + text.Length <= MostCell)
        {
            _text.Append(text);
        }
        else
        {
            sink.Trouble(FileTroubles.Limit, "text of a cell");
        }
    }

    /// <summary>A cell ends.</summary>
    public void EndCell()
    {
        var text = Shown();
        for (var i = 0; i < (text.Length > 0 ? Math.Min(_repeat, SheetRows.MostColumns - _column) : 0); i++)
        {
            _row.Add((_column + i, text));
        }

        _column = Math.Min(_column + _repeat, SheetRows.MostColumns);
        _text.Clear();
    }

    /// <summary>A row ends.</summary>
    public void EndRow()
    {
        // An empty row repeated to the end of the sheet costs nothing; one with values is written out, as far as anybody would believe it.
        for (var i = 0; i < (_row.Count > 0 ? Math.Min(_repeatRow, MostRepeats) : 0) && sink.Tick(); i++)
        {
            _rows.Row(_number + i + 1);
            foreach (var (column, text) in _row)
            {
                _rows.Cell(column, text);
            }
        }

        _number = (int)Math.Min((long)_number + _repeatRow, int.MaxValue / 2);
    }

    /// <summary>The sheet ends.</summary>
    public void End() => _rows.End();

    private string Shown()
    {
        var text = _text.ToString().Trim();
        switch (_type)
        {
            case "date" when _value is { Length: >= 10 } date:
                return date.Length >= 16 && date[10] == 'T' && !date.AsSpan(11).StartsWith("00:00") ? $"{date[..10]} {date[11..16]}" : date[..10];
            case "float" when double.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                // What is shown keeps leading zeros and dashes; but not where it was shortened, or only made prettier.
                return text.Length > 0 && text[0] is not '#' and not '-' && text.All(c => char.IsAsciiDigit(c) || c is '-' or '(' or ')' or ' ') && text.Count(char.IsAsciiDigit) > 1
                    ? text : NumberFormat.Plain(number, _value);
            case "string" when text.Length == 0:
                return _value ?? "";
            default:
                return text;
        }
    }

    private static int Repeats(XmlReader xml, string attribute) =>
        int.TryParse(MarkupReader.Attribute(xml, attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 1 << 21) : 1;
}
