using System.Text;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>The shared strings of a workbook (ECMA-376 Part 1 §18.4).</summary>
internal sealed class XlsxStrings
{
    private const int Most = 4_000_000;

    private readonly List<string> _items = [];

    /// <summary>A string by its number; empty for one that is not there.</summary>
    public string this[int index] => index >= 0 && index < _items.Count ? _items[index] : "";

    /// <summary>Reads the part, and keeps what came before a damage in it; no part, no strings.</summary>
    public void Read(OfficePackage package, string part, OfficeSink sink)
    {
        using var xml = package.OpenXml(part);
        while (xml is not null && xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                continue;
            }

            sink.Tick();
            if (_items.Count == Most)
            {
                sink.Trouble(FileTroubles.Limit, "strings");
                break;
            }

            _items.Add(ReadItem(xml, sink));
        }
    }

    /// <summary>Text of a string item or inline string the reader stands on, without its readings (<c>rPh</c>); afterwards it stands on its end.</summary>
    public static string ReadItem(XmlReader xml, OfficeSink sink)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var first = "";
        StringBuilder? more = null;
        var depth = xml.Depth;
        var inText = false;
        var reading = int.MaxValue;
        while (xml.Read() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh" && !xml.IsEmptyElement:
                    reading = Math.Min(reading, xml.Depth);
                    break;
                case XmlNodeType.Element:
                    inText = xml.LocalName == "t" && !xml.IsEmptyElement && xml.Depth < reading;
                    break;
                case XmlNodeType.EndElement:
                    inText = false;
                    reading = xml.Depth == reading ? int.MaxValue : reading;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when inText:
                    if (first.Length == 0)
                    {
                        first = xml.Value;
                    }
                    else
                    {
                        (more ??= new StringBuilder(first)).Append(xml.Value);
                    }

                    sink.Tick();
                    break;
                default:
                    break;
            }
        }

        return Unescape(more?.ToString() ?? first);
    }

    /// <summary>Characters XML cannot carry stand as <c>_x000D_</c> (§22.9.2.19); line breaks matter, the others are dropped.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains("_x00", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        return text.Replace("_x000D_\n", "\n", StringComparison.OrdinalIgnoreCase).Replace("_x000D_", "\n", StringComparison.OrdinalIgnoreCase)
            .Replace("_x000A_", "\n", StringComparison.OrdinalIgnoreCase).Replace("_x0009_", "\t", StringComparison.OrdinalIgnoreCase);
    }
}
