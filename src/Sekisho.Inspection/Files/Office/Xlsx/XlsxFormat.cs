using System.Xml;

namespace Sekisho.Inspection;

/// <summary>
/// Excel's .xlsx, .xlsm, .xltx (ECMA-376 Part 1 §18): every sheet, hidden and very hidden ones too, with values as a reader sees them; comments,
/// printed headers, text boxes, charts, defined names, properties; what the file remembers of other workbooks and of pivot tables' sources; embedded
/// files go on as files. Binary workbooks (.xlsb) are read as <see cref="XlsFormat"/> does.
/// </summary>
internal sealed class XlsxFormat : IFileFormat
{
    private const int MostSheets = 10_000;

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Xlsx;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        using var package = sink.Open();
        var parts = new OfficeParts(sink, package);
        var main = "xl/workbook.xml";
        sink.Part("relations", () => main = parts.Main(main));
        if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            XlsFormat.Cells(sink);
        }
        else if (package.Has(main))
        {
            Workbook(sink, package, parts, main);
        }
        else
        {
            into.AddTrouble(FileTroubles.Broken, "no workbook");
        }

        parts.All("xl/comments", "comments");
        parts.All("xl/threadedComments/", "comments", values: true);
        parts.All("xl/drawings/drawing", "drawing");
        parts.All("xl/diagrams/data", "diagram");
        parts.All("xl/charts/chart", "chart", values: true);
        new XlsxMemory(sink, package).Read();
        parts.Properties();
        parts.Embedded("xl/");
        parts.Leftover();
    }

    private static void Workbook(OfficeSink sink, OfficePackage package, OfficeParts parts, string main)
    {
        var relations = parts.Relations(main);
        var sheets = new List<(string Name, string Part, bool Hidden)>();
        var names = new List<string>();
        var since1904 = false;
        sink.Part(main, () =>
        {
            using var xml = package.OpenXml(main)!;
            while (xml.Read() && sheets.Count < MostSheets && sink.Tick())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (xml.LocalName)
                {
                    case "workbookPr":
                        since1904 = xml.GetAttribute("date1904") is "1" or "true";
                        break;
                    case "sheet" when MarkupReader.Attribute(xml, "id") is { } id && relations.TryGetValue(id, out var relation):
                        sheets.Add((xml.GetAttribute("name") ?? "", relation.Target, xml.GetAttribute("state") is "hidden" or "veryHidden"));
                        break;
                    case "definedName" when names.Count < 5000 && xml.GetAttribute("name") is { } name && !name.StartsWith("_xlnm", StringComparison.Ordinal):
                        names.Add(name + Constant(xml));
                        break;
                    default:
                        break;
                }
            }
        });

        var folder = main[..(main.LastIndexOf('/') + 1)];
        var styles = new XlsxStyles();
        sink.Part("styles", () => styles = XlsxStyles.Read(package, Target("styles", "styles.xml")));
        var strings = new XlsxStrings();
        sink.Part("strings", () => strings.Read(package, Target("sharedStrings", "sharedStrings.xml"), sink));
        foreach (var (name, part, hidden) in sheets)
        {
            var links = parts.Relations(part);
            sink.Part(part, () =>
            {
                using var xml = package.OpenXml(part) ?? throw new InvalidDataException("no such sheet");
                new XlsxSheet(sink, strings, styles, since1904).Read(xml, name, hidden, links);
            });
        }

        sink.Text("names", string.Join('\n', names));

        string Target(string kind, string usual) => relations.Values.FirstOrDefault(r => r.Kind == kind)?.Target ?? folder + usual;
    }

    /// <summary>A defined name may stand for a text: <c>="…"</c>.</summary>
    private static string Constant(XmlReader xml)
    {
        if (xml.IsEmptyElement || !xml.Read() || xml.NodeType != XmlNodeType.Text)
        {
            return "";
        }

        var value = xml.Value;
        return value.Contains('"') && value.Length < 1000 ? $": {value}" : "";
    }
}
