using System.Globalization;
using System.Text;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>Reads one worksheet's XML (ECMA-376 Part 1 §18.3) in a single pass.</summary>
internal sealed class XlsxSheet(OfficeSink sink, XlsxStrings strings, XlsxStyles styles, bool since1904)
{
    private const int MostText = 1 << 20;

    private readonly char[] _buffer = new char[4096];

    /// <summary>Reads the cells into tables, then headers and footers; addresses of links are put behind the text of their cell.</summary>
    public void Read(XmlReader xml, string place, bool hidden, IReadOnlyDictionary<string, OfficeRelation> relations)
    {
        var rows = new SheetRows(sink, place, hidden, patched: relations.Values.Any(r => OfficeText.MailAddress(r.Target) is not null));
        var edges = new StringBuilder();
        try
        {
            while (!sink.Full && xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (xml.LocalName)
                {
                    case "row":
                        rows.Row(int.TryParse(xml.GetAttribute("r"), out var number) ? number : 0);
                        break;
                    case "c":
                        Cell(xml, rows);
                        break;
                    case "hyperlink":
                        Link(xml, rows, relations);
                        break;
                    case "oddHeader" or "oddFooter" or "evenHeader" or "evenFooter" or "firstHeader" or "firstFooter":
                        edges.Append(HeaderText(Content(xml))).Append('\n');
                        break;
                    default:
                        break;
                }
            }
        }
        finally
        {
            rows.End();
        }

        sink.Text($"{place} header", edges.ToString());
    }

    /// <summary>Column of a reference like <c>AB12</c>, 0-based, and its row, 1-based; -1 and 0 where there is none.</summary>
    public static (int Column, int Row) Reference(string? reference)
    {
        var column = 0;
        var row = 0;
        foreach (var c in reference ?? "")
        {
            if (c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' && column < SheetRows.MostColumns)
            {
                column = (column * 26) + ((c | 0x20) - 'a' + 1);
            }
            else if (c is >= '0' and <= '9' && row < 10_000_000)
            {
                row = (row * 10) + (c - '0');
            }
            else if (c != '$')
            {
                break;
            }
        }

        return (column - 1, row);
    }

    /// <summary>Text of a printed header or footer without its codes (<c>&amp;L</c>, <c>&amp;"font"</c>, <c>&amp;12</c>, §18.3.1.46).</summary>
    public static string HeaderText(string coded)
    {
        var text = new StringBuilder(coded.Length);
        for (var i = 0; i < coded.Length; i++)
        {
            if (coded[i] != '&' || i + 1 == coded.Length)
            {
                text.Append(coded[i]);
                continue;
            }

            var code = coded[++i];
            if (code == '"')
            {
                var end = coded.IndexOf('"', i + 1);
                i = end < 0 ? coded.Length : end;
            }
            else if (code == 'K')
            {
                i = Math.Min(i + 6, coded.Length);
            }
            else if (char.IsAsciiDigit(code))
            {
                while (i + 1 < coded.Length && char.IsAsciiDigit(coded[i + 1]))
                {
                    i++;
                }
            }
            else
            {
                text.Append(code switch { '&' => "&", 'L' or 'C' or 'R' => "\n", _ => "" });
            }
        }

        return text.ToString().Trim();
    }

    private void Cell(XmlReader xml, SheetRows rows)
    {
        var column = Reference(xml.GetAttribute("r")).Column;
        var type = xml.GetAttribute("t");
        var style = int.TryParse(xml.GetAttribute("s"), out var number) ? number : 0;
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var value = "";
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "v")
            {
                value = Content(xml);
            }
            else if (xml.LocalName == "is")
            {
                value = XlsxStrings.ReadItem(xml, sink);
            }
        }

        if (value.Length > 0)
        {
            rows.Cell(column < 0 ? 0 : column, Shown(value, type, style));
        }
    }

    private string Shown(string value, string? type, int style)
    {
        switch (type)
        {
            case "s":
                return int.TryParse(value, out var index) ? strings[index] : "";
            case "str" or "inlineStr" or "e":
                return value;
            case "b":
                return value == "0" ? "FALSE" : "TRUE";
            case "d":
                return DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date)
                    ? NumberFormat.Show(date, withDate: true, withTime: true) : value;
            default:
                return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? styles[style].Show(number, value, since1904) : value;
        }
    }

    private static void Link(XmlReader xml, SheetRows rows, IReadOnlyDictionary<string, OfficeRelation> relations)
    {
        string? id = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            id = xml.LocalName == "id" ? xml.Value : id;
        }

        xml.MoveToElement();
        if (id is not null && relations.TryGetValue(id, out var relation) && relation.Outside)
        {
            var (column, row) = Reference(xml.GetAttribute("ref"));
            rows.Patch(row, column, text => OfficeText.WithLink(text, relation.Target));
        }
    }

    /// <summary>Text of a plain element, up to a bound.</summary>
    private string Content(XmlReader xml)
    {
        if (xml.IsEmptyElement || !xml.Read() || xml.NodeType == XmlNodeType.EndElement)
        {
            return "";
        }

        if (!xml.CanReadValueChunk || xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
        {
            return "";
        }

        var length = xml.ReadValueChunk(_buffer, 0, _buffer.Length);
        if (length < _buffer.Length)
        {
            return new string(_buffer, 0, length);
        }

        var text = new StringBuilder().Append(_buffer, 0, length);
        while (text.Length < MostText && (length = xml.ReadValueChunk(_buffer, 0, _buffer.Length)) > 0)
        {
            text.Append(_buffer, 0, length);
        }

        return text.ToString();
    }
}
