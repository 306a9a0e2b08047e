using System.Globalization;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>Reads the text of one part of an OpenDocument file. What a file repeats with a number is repeated only as far as it shows something.</summary>
internal sealed class OdfReader(OfficeSink sink, BlockWriter blocks)
{
    private const string Blanks = "                                ";

    private readonly char[] _buffer = new char[4096];
    private readonly HashSet<string> _hiddenStyles = new(StringComparer.Ordinal);
    private string _style = "";
    private string _linkText = "";
    private string? _link;
    private OdfSheet? _sheet;
    private bool _spreadsheet;
    private int _tables;
    private int _asides;
    private int _texts;
    private int _deleted;
    private int _pages;

    /// <summary>True while characters belong to a cell of a sheet, not to a note on it.</summary>
    private bool InSheet => _sheet is not null && _tables == 1 && _asides == 0 && _deleted == 0;

    /// <summary>Reads to the end.</summary>
    public void Read(XmlReader xml)
    {
        xml.Read();
        while (!xml.EOF && sink.Tick())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName is "scripts" or "font-face-decls" or "forms" or "binary-data" or "ruby-text" or "change-info" or "date" or "note-citation":
                    xml.Skip();
                    continue;
                case XmlNodeType.Element:
                    var (name, space, empty) = (xml.LocalName, xml.NamespaceURI, xml.IsEmptyElement);
                    Begin(xml, name, space);
                    if (empty)
                    {
                        End(name, space);
                    }

                    break;
                case XmlNodeType.EndElement:
                    End(xml.LocalName, xml.NamespaceURI);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _texts > 0:
                    Content(xml);
                    break;
                default:
                    break;
            }

            xml.Read();
        }
    }

    /// <summary>Hands over a sheet that was not closed.</summary>
    public void End() => _sheet?.End();

    private static bool IsTitle(string name, string space) => name is "title" or "subject" or "description" or "keyword" or "creator" or "initial-creator" or "printed-by"
        or "user-defined" && !space.Contains("svg", StringComparison.Ordinal);

    private void Begin(XmlReader xml, string name, string space)
    {
        switch (name)
        {
            case "p" or "h":
                _texts++;
                break;
            case "s" when _texts > 0:
                Put(Blanks.AsSpan(0, int.TryParse(MarkupReader.Attribute(xml, "c"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, 32) : 1));
                break;
            case "tab" when _texts > 0:
                Put("\t");
                break;
            case "line-break":
                Put("\n");
                break;
            case "spreadsheet":
                _spreadsheet = true;
                break;
            case "style":
                _style = MarkupReader.Attribute(xml, "name") ?? "";
                break;
            case "table-properties" when MarkupReader.Attribute(xml, "display") == "false":
            case "drawing-page-properties" when MarkupReader.Attribute(xml, "visibility") == "hidden":
                _hiddenStyles.Add(_style);
                break;
            case "table":
                BeginTable(xml);
                break;
            case "table-row" when _sheet is not null && _tables == 1:
                _sheet.BeginRow(xml);
                break;
            case "table-row":
                blocks.BeginRow();
                break;
            case "table-cell" or "covered-table-cell" when _sheet is not null && _tables == 1:
                _sheet.BeginCell(xml);
                break;
            case "table-cell" or "covered-table-cell":
                blocks.BeginCell();
                break;
            case "a":
                (_link, _linkText) = (MarkupReader.Attribute(xml, "href"), "");
                break;
            case "tracked-changes":
                _deleted++;
                break;
            case "page" when IsSlide(space):
                _pages++;
                blocks.BeginAside($"slide {_pages}{(_hiddenStyles.Contains(MarkupReader.Attribute(xml, "style-name") ?? "") ? " (hidden)" : "")}");
                break;
            case "annotation":
                Aside("comments");
                break;
            case "note" or "notes":
                Aside("notes");
                break;
            case "text-box" when _pages == 0:
                Aside("text box");
                break;
            default:
                _texts += IsTitle(name, space) ? 1 : 0;
                break;
        }
    }

    private void End(string name, string space)
    {
        switch (name)
        {
            case "p" or "h":
                _texts--;
                Break();
                break;
            case "a" when _link is not null:
                if (OfficeText.MailAddress(_link) is { } address && !_linkText.Contains(address, StringComparison.OrdinalIgnoreCase))
                {
                    Put($" <{address}>");
                }

                _link = null;
                break;
            case "table":
                EndTable();
                break;
            case "table-row" when _sheet is not null && _tables == 1:
                _sheet.EndRow();
                break;
            case "table-row":
                blocks.EndRow();
                break;
            case "table-cell" or "covered-table-cell" when _sheet is not null && _tables == 1:
                _sheet.EndCell();
                break;
            case "table-cell" or "covered-table-cell":
                blocks.EndCell();
                break;
            case "tracked-changes":
                _deleted--;
                break;
            case "page" when IsSlide(space):
                blocks.EndAside();
                break;
            case "annotation" or "note" or "notes":
            case "text-box" when _pages == 0:
                _asides--;
                blocks.EndAside();
                break;
            default:
                if (IsTitle(name, space))
                {
                    _texts--;
                    Break();
                }

                break;
        }
    }

    private static bool IsSlide(string space) => space.EndsWith(":drawing:1.0", StringComparison.Ordinal);

    private void BeginTable(XmlReader xml)
    {
        _tables++;
        var name = MarkupReader.Attribute(xml, "name") ?? "";
        if (_spreadsheet && _tables == 1)
        {
            _sheet = new OdfSheet(sink, name, _hiddenStyles.Contains(MarkupReader.Attribute(xml, "style-name") ?? ""));
        }
        else
        {
            blocks.BeginTable(name.Length > 0 ? name : null);
        }
    }

    private void EndTable()
    {
        _tables--;
        if (_sheet is not null && _tables == 0)
        {
            _sheet.End();
            _sheet = null;
        }
        else
        {
            blocks.EndTable();
        }
    }

    private void Aside(string place)
    {
        _asides++;
        blocks.BeginAside(place);
    }

    private void Break()
    {
        if (InSheet)
        {
            _sheet!.Append("\n");
        }
        else
        {
            blocks.Break();
        }
    }

    private void Put(ReadOnlySpan<char> text)
    {
        if (_deleted > 0)
        {
            blocks.Deleted(text);
        }
        else if (InSheet)
        {
            _sheet!.Append(text);
        }
        else
        {
            blocks.Append(text);
        }
    }

    private void Content(XmlReader xml)
    {
        int length;
        while ((length = xml.ReadValueChunk(_buffer, 0, _buffer.Length)) > 0 && sink.Tick())
        {
            Put(_buffer.AsSpan(0, length));
            if (_link is not null && _linkText.Length < 1000)
            {
                _linkText += new string(_buffer, 0, Math.Min(length, 1000));
            }
        }
    }
}
