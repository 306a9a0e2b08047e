using System.Xml;

namespace Sekisho.Inspection;

/// <summary>The number formats of a workbook's cells (ECMA-376 Part 1 §18.8).</summary>
internal sealed class XlsxStyles
{
    private const int Most = 70_000;

    private readonly List<NumberFormat> _cells = [];

    /// <summary>The format of the cells with this style; plain numbers for a style nobody defined.</summary>
    public NumberFormat this[int style] => style >= 0 && style < _cells.Count ? _cells[style] : NumberFormat.General;

    /// <summary>Reads the styles part; no part, no formats.</summary>
    public static XlsxStyles Read(OfficePackage package, string part)
    {
        var styles = new XlsxStyles();
        var formats = new Dictionary<int, NumberFormat>();
        var inCells = false;
        using var xml = package.OpenXml(part);
        while (xml is not null && xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.EndElement when xml.LocalName == "cellXfs":
                    return styles;
                case XmlNodeType.Element when xml.LocalName == "cellXfs":
                    inCells = true;
                    break;
                case XmlNodeType.Element when xml.LocalName == "numFmt" && formats.Count < Most:
                    if (int.TryParse(xml.GetAttribute("numFmtId"), out var id))
                    {
                        formats[id] = NumberFormat.Parse(xml.GetAttribute("formatCode"));
                    }

                    break;
                case XmlNodeType.Element when inCells && xml.LocalName == "xf" && styles._cells.Count < Most:
                    var number = int.TryParse(xml.GetAttribute("numFmtId"), out var value) ? value : 0;
                    styles._cells.Add(formats.GetValueOrDefault(number) ?? NumberFormat.BuiltIn(number) ?? NumberFormat.General);
                    break;
                default:
                    break;
            }
        }

        return styles;
    }
}
