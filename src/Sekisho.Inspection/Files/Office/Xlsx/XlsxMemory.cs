using System.Xml;

namespace Sekisho.Inspection;

/// <summary>
/// What a workbook remembers without showing it: the records behind pivot tables (ECMA-376 Part 1 §18.10) and the last values of cells in other
/// workbooks (§18.14). Both have carried away whole lists of people whose sheets had been deleted; both come out as hidden tables.
/// </summary>
internal sealed class XlsxMemory(OfficeSink sink, OfficePackage package)
{
    private const int MostShared = 2_000_000;

    /// <summary>Reads all of it.</summary>
    public void Read()
    {
        foreach (var part in package.Under("xl/pivotCache/pivotCacheDefinition", ".xml").ToList())
        {
            sink.Part(part, () => Pivot(part));
        }

        foreach (var part in package.Under("xl/externalLinks/externalLink", ".xml").ToList())
        {
            sink.Part(part, () => External(part));
        }
    }

    private void Pivot(string part)
    {
        var fields = new List<string>();
        var shared = new List<List<string>>();
        var count = 0;
        using (var xml = package.OpenXml(part))
        {
            while (xml is not null && xml.Read() && sink.Tick())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "cacheField" } && fields.Count < SheetRows.MostColumns)
                {
                    fields.Add(xml.GetAttribute("name") ?? "");
                    shared.Add([]);
                }
                else if (xml.NodeType == XmlNodeType.Element && shared.Count > 0 && Value(xml) is { } value && count++ < MostShared)
                {
                    shared[^1].Add(value);
                }
            }
        }

        var rows = new SheetRows(sink, "pivot cache", hidden: true);
        rows.Row(1);
        for (var i = 0; i < fields.Count; i++)
        {
            rows.Cell(i, fields[i]);
        }

        var records = package.Relations(part).Values.FirstOrDefault(r => r.Kind == "pivotCacheRecords")?.Target;
        if (records is not null && package.Has(records))
        {
            sink.Part(records, () => Records(records, rows, shared));
        }
        else
        {
            // No records are kept, but each field's values are.
            for (var i = 0; i < fields.Count; i++)
            {
                foreach (var value in shared[i])
                {
                    rows.Row(0);
                    rows.Cell(i, value);
                }
            }
        }

        rows.End();
    }

    private void Records(string part, SheetRows rows, List<List<string>> shared)
    {
        using var xml = package.OpenXml(part)!;
        var column = 0;
        while (xml.Read() && sink.Tick())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "r")
            {
                rows.Row(0);
                column = 0;
            }
            else if (xml.LocalName == "x")
            {
                var values = column < shared.Count ? shared[column] : [];
                rows.Cell(column++, int.TryParse(xml.GetAttribute("v"), out var index) && index >= 0 && index < values.Count ? values[index] : "");
            }
            else if (xml.LocalName is "s" or "n" or "d" or "b" or "e" or "m")
            {
                rows.Cell(column++, Value(xml) ?? "");
            }
        }
    }

    private static string? Value(XmlReader xml) => xml.LocalName switch
    {
        "s" or "b" or "e" => xml.GetAttribute("v"),
        "d" => xml.GetAttribute("v") is { Length: >= 10 } date ? date[..10] : null,
        "n" => double.TryParse(xml.GetAttribute("v"), System.Globalization.CultureInfo.InvariantCulture, out var number) ? NumberFormat.Plain(number, xml.GetAttribute("v")) : null,
        "m" => "",
        _ => null,
    };

    private void External(string part)
    {
        using var xml = package.OpenXml(part)!;
        SheetRows? rows = null;
        var column = -1;
        while (xml.Read() && sink.Tick())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "sheetData":
                    rows?.End();
                    rows = new SheetRows(sink, "external link", hidden: true);
                    break;
                case XmlNodeType.Element when xml.LocalName == "row":
                    rows?.Row(int.TryParse(xml.GetAttribute("r"), out var number) ? number : 0);
                    break;
                case XmlNodeType.Element when xml.LocalName == "cell":
                    column = XlsxSheet.Reference(xml.GetAttribute("r")).Column;
                    break;
                case XmlNodeType.Text when column >= 0:
                    rows?.Cell(column, xml.Value);
                    column = -1;
                    break;
                default:
                    break;
            }
        }

        rows?.End();
    }
}
