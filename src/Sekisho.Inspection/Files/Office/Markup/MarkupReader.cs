using System.Text;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>
/// Reads the text of a part of a Word or PowerPoint file (ECMA-376 Part 1 §17 and §21; their paragraphs, runs and tables have the same names), and
/// of drawings, charts and comments of all Office files. Goes by local names, so that the transitional and the strict namespaces read alike.
/// </summary>
internal sealed class MarkupReader(OfficeSink sink, BlockWriter blocks, IReadOnlyDictionary<string, OfficeRelation> relations)
{
    private readonly char[] _buffer = new char[4096];
    private readonly StringBuilder _shown = new();
    private string? _link;
    private int _deleted;
    private int _prompt = int.MaxValue;
    private bool _choice;

    /// <summary>Reads <c>v</c> (cached values of charts) as paragraphs, too.</summary>
    public bool Values { get; init; }

    /// <summary>Leaves the text of placeholders away: in masters and layouts it only says what to type there.</summary>
    public bool WithoutPrompts { get; init; }

    /// <summary>Reads to the end.</summary>
    public void Read(XmlReader xml)
    {
        xml.Read();
        while (!xml.EOF && sink.Tick())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (Skips(xml))
                    {
                        xml.Skip();
                        continue;
                    }

                    if (xml.IsEmptyElement)
                    {
                        Begin(xml);
                        End(xml.LocalName, xml.Depth);
                    }
                    else
                    {
                        Begin(xml);
                    }

                    break;
                case XmlNodeType.EndElement:
                    End(xml.LocalName, xml.Depth);
                    break;
                default:
                    break;
            }

            xml.Read();
        }
    }

    /// <summary>An attribute by its local name, or null.</summary>
    public static string? Attribute(XmlReader xml, string name)
    {
        string? value = null;
        for (var more = xml.MoveToFirstAttribute(); more && value is null; more = xml.MoveToNextAttribute())
        {
            value = xml.LocalName == name ? xml.Value : null;
        }

        xml.MoveToElement();
        return value;
    }

    /// <summary>What holds no text, or text a second time.</summary>
    private bool Skips(XmlReader xml) => xml.LocalName switch
    {
        "pPr" or "tblPr" or "tblGrid" or "sectPr" or "sdtPr" or "spPr" or "bodyPr" or "lstStyle" or "rt" or "numCache" or "endParaRPr" => true,
        "Fallback" => _choice,
        _ => false,
    };

    private void Begin(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "t" or "delText":
                Content(xml, _deleted > 0 || xml.LocalName == "delText");
                break;
            case "v" or "text" when Values:
                Content(xml, deleted: false);
                blocks.Break();
                break;
            case "instrText":
                Field(xml);
                break;
            case "fldChar" when _link is not null && Attribute(xml, "fldCharType") == "end":
                EndLink();
                break;
            case "tab" or "ptab":
                Put("\t");
                break;
            case "br" or "cr":
                Put("\n");
                break;
            case "noBreakHyphen":
                Put("-");
                break;
            case "tbl":
                blocks.BeginTable();
                break;
            case "tr":
                blocks.BeginRow();
                break;
            case "tc":
                blocks.BeginCell();
                break;
            case "gridSpan":
                blocks.Span(Number(xml));
                break;
            case "gridBefore":
                blocks.Skip(Number(xml));
                break;
            case "txbxContent":
                blocks.BeginAside("text box");
                break;
            case "rPr":
                RunProperties(xml);
                break;
            case "hyperlink" when Attribute(xml, "id") is { } id && relations.TryGetValue(id, out var target) && target.Outside:
                _link = target.Target;
                _shown.Clear();
                break;
            case "del" or "moveFrom" when !xml.IsEmptyElement:
                _deleted++;
                break;
            case "AlternateContent":
                _choice = false;
                break;
            case "Choice":
                _choice = true;
                break;
            case "ph" when WithoutPrompts:
                // The properties of a shape: its text follows, one level further out.
                _prompt = Math.Min(_prompt, xml.Depth - 2);
                break;
            default:
                break;
        }
    }

    private void End(string name, int depth)
    {
        switch (name)
        {
            case "p":
                blocks.Break();
                break;
            case "r" when _link is not null && depth == _linkDepth:
            case "hyperlink":
                EndLink();
                break;
            case "tc":
                blocks.EndCell();
                break;
            case "tr":
                blocks.EndRow();
                break;
            case "tbl":
                blocks.EndTable();
                break;
            case "txbxContent":
                blocks.EndAside();
                break;
            case "del" or "moveFrom" when _deleted > 0:
                _deleted--;
                break;
            default:
                break;
        }

        if (depth < _prompt)
        {
            _prompt = int.MaxValue;
        }
    }

    private int _linkDepth = -1;

    private static int Number(XmlReader xml) => int.TryParse(Attribute(xml, "val"), out var value) ? value : 1;

    private void Put(string text)
    {
        if (_deleted == 0 && _prompt == int.MaxValue)
        {
            blocks.Append(text);
        }
    }

    /// <summary>The text of an element that holds only text.</summary>
    private void Content(XmlReader xml, bool deleted)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
            {
                continue;
            }

            int length;
            while ((length = xml.ReadValueChunk(_buffer, 0, _buffer.Length)) > 0 && sink.Tick())
            {
                if (_prompt != int.MaxValue)
                {
                    continue;
                }

                var text = _buffer.AsSpan(0, length);
                if (deleted)
                {
                    blocks.Deleted(text);
                    continue;
                }

                blocks.Append(text);
                if (_link is not null && _shown.Length < 1000)
                {
                    _shown.Append(text);
                }
            }
        }
    }

    /// <summary>A field's instruction: only addresses it leads to are of interest.</summary>
    private void Field(XmlReader xml)
    {
        if (xml.IsEmptyElement || !xml.Read() || xml.NodeType != XmlNodeType.Text)
        {
            return;
        }

        var length = xml.ReadValueChunk(_buffer, 0, _buffer.Length);
        var at = _buffer.AsSpan(0, length).IndexOf("mailto:", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            _link = new string(_buffer, at, length - at);
            _shown.Clear();
        }
    }

    /// <summary>Properties of a run: deletion marks in them belong to the paragraph's end, not to text; a link is for the run.</summary>
    private void RunProperties(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "hlinkClick" } && Attribute(xml, "id") is { } id
                && relations.TryGetValue(id, out var target) && target.Outside)
            {
                _link = target.Target;
                _linkDepth = depth - 1;
                _shown.Clear();
            }
        }
    }

    private void EndLink()
    {
        var text = _shown.ToString();
        var with = OfficeText.WithLink(text, _link);
        if (with.Length > text.Length)
        {
            blocks.Append(with.AsSpan(text.Length));
        }

        _link = null;
        _linkDepth = -1;
        _shown.Clear();
    }
}
