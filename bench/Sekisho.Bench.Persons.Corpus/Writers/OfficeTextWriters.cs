using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using A = DocumentFormat.OpenXml.Drawing;
using P = DocumentFormat.OpenXml.Presentation;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Sekisho.Bench.Persons;

/// <summary>A Word document by the Open XML SDK.</summary>
internal static class DocxWriter
{
    public static byte[] Write(IReadOnlyList<Block> blocks, Dice dice)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var body = new W.Body();
            var splitRuns = dice.Chance(40);
            foreach (var block in blocks)
            {
                if (block.Table is { } grid)
                    body.Append(Table(grid));
                else
                    body.Append(Paragraph(block.Text!, splitRuns));
            }

            // A wide table goes on a wide page in small type, as people who print it would have it.
            if (blocks.Any(b => b.Table is not null))
                body.Append(new W.SectionProperties(new W.PageSize { Width = 23800, Height = 16840, Orient = W.PageOrientationValues.Landscape }, new W.PageMargin { Left = 600, Right = 600, Top = 600, Bottom = 600 }));
            file.AddMainDocumentPart().Document = new W.Document(body);
        }

        return Packages.Settle(stream);
    }

    // Word breaks a sentence into runs wherever its spelling checker stopped; a reader has to join them.
    private static W.Paragraph Paragraph(string text, bool splitRuns, bool small = false)
    {
        var paragraph = new W.Paragraph();
        foreach (var (n, line) in text.Split('\n').Index())
        {
            if (n > 0)
                paragraph.Append(new W.Run(new W.Break()));
            foreach (var (m, part) in line.Split('\t').Index())
            {
                if (m > 0)
                    paragraph.Append(new W.Run(new W.TabChar()));
                var at = splitRuns && part.Length > 5 ? part.Length / 2 : part.Length;
                if (at > 0 && at < part.Length && char.IsLowSurrogate(part[at]))
                    at--;
                paragraph.Append(Run(part[..at], small));
                if (at < part.Length)
                    paragraph.Append(Run(part[at..], small));
            }
        }

        return paragraph;
    }

    private static W.Run Run(string text, bool small)
    {
        var run = new W.Run();
        if (small)
            run.Append(new W.RunProperties(new W.FontSize { Val = "14" }));
        run.Append(new W.Text(text) { Space = SpaceProcessingModeValues.Preserve });
        return run;
    }

    private static W.Table Table(Grid grid)
    {
        var width = grid.Width;
        var widths = Enumerable.Range(0, width).Select(c => (grid.WidthOf(c, 70) + 4) * 90).ToArray();
        var table = new W.Table(
            new W.TableProperties(new W.TableWidth { Width = "0", Type = W.TableWidthUnitValues.Auto }, new W.TableLayout { Type = W.TableLayoutValues.Fixed }),
            new W.TableGrid(widths.Select(w => new W.GridColumn { Width = w.ToString(System.Globalization.CultureInfo.InvariantCulture) })));
        foreach (var (r, cells) in grid.Rows.Index())
        {
            var row = new W.TableRow();
            for (var c = 0; c < width; c++)
            {
                var properties = new W.TableCellProperties(new W.TableCellWidth { Width = widths[c].ToString(System.Globalization.CultureInfo.InvariantCulture), Type = W.TableWidthUnitValues.Dxa });
                var merge = grid.MergeAt(r, c);
                if (merge.Row >= 0 && merge.LastColumn > merge.Column)
                {
                    if (c > merge.Column)
                        continue;
                    properties.Append(new W.GridSpan { Val = merge.LastColumn - merge.Column + 1 });
                }

                if (merge.Row >= 0 && merge.LastRow > merge.Row)
                    properties.Append(new W.VerticalMerge { Val = r == merge.Row ? W.MergedCellValues.Restart : W.MergedCellValues.Continue });
                row.Append(new W.TableCell(properties, Paragraph(c < cells.Count ? cells[c].Text : "", false, small: true)));
            }

            table.Append(row);
        }

        return table;
    }
}

/// <summary>Slides by the Open XML SDK: some lines a slide, tables as tables.</summary>
internal static class PptxWriter
{
    private const int LinesASlide = 12;

    public static byte[] Write(IReadOnlyList<Block> blocks)
    {
        using var stream = new MemoryStream();
        using (var file = PresentationDocument.Create(stream, PresentationDocumentType.Presentation))
        {
            var presentation = file.AddPresentationPart();
            presentation.Presentation = new P.Presentation();
            var layout = Master(presentation);
            var ids = presentation.Presentation.AppendChild(new P.SlideIdList());
            presentation.Presentation.Append(new P.SlideSize { Cx = 9144000, Cy = 6858000 }, new P.NotesSize { Cx = 6858000, Cy = 9144000 });
            uint next = 256;
            foreach (var shape in Shapes(blocks))
            {
                var part = presentation.AddNewPart<SlidePart>($"rId{next}");
                part.Slide = new P.Slide(new P.CommonSlideData(Tree(shape)));
                part.AddPart(layout, "rId1");
                ids.Append(new P.SlideId { Id = next++, RelationshipId = presentation.GetIdOfPart(part) });
            }
        }

        return Packages.Settle(stream);
    }

    private static IEnumerable<OpenXmlElement> Shapes(IReadOnlyList<Block> blocks)
    {
        var lines = new List<string>();
        foreach (var block in blocks)
        {
            if (block.Text is not null)
                lines.AddRange(block.Text.Split('\n'));
            if (lines.Count > 0 && (block.Table is not null || lines.Count >= LinesASlide))
            {
                yield return Text(lines);
                lines.Clear();
            }

            // A long table goes on over slides without its header, as it does when somebody pastes the rest.
            for (var at = 0; at < block.Table?.Rows.Count; at += 40)
                yield return Table(block.Table, at, Math.Min(40, block.Table.Rows.Count - at));
        }

        if (lines.Count > 0)
            yield return Text(lines);
    }

    private static P.ShapeTree Tree(params OpenXmlElement[] shapes)
    {
        var tree = new P.ShapeTree(
            new P.NonVisualGroupShapeProperties(new P.NonVisualDrawingProperties { Id = 1, Name = "" }, new P.NonVisualGroupShapeDrawingProperties(), new P.ApplicationNonVisualDrawingProperties()),
            new P.GroupShapeProperties(new A.TransformGroup()));
        foreach (var shape in shapes)
            tree.Append(shape);
        return tree;
    }

    private static P.Shape Text(IReadOnlyList<string> lines) => new(
        new P.NonVisualShapeProperties(new P.NonVisualDrawingProperties { Id = 2, Name = "Text" }, new P.NonVisualShapeDrawingProperties(), new P.ApplicationNonVisualDrawingProperties()),
        new P.ShapeProperties(new A.Transform2D(new A.Offset { X = 400000, Y = 400000 }, new A.Extents { Cx = 8300000, Cy = 6000000 }), new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }),
        new P.TextBody([new A.BodyProperties(), new A.ListStyle(), .. lines.Select(Line)]));

    private static A.Paragraph Line(string text) => text.Length == 0 ? new A.Paragraph() : new A.Paragraph(new A.Run(new A.RunProperties { Language = "ja-JP" }, new A.Text(text)));

    private static P.GraphicFrame Table(Grid grid, int first, int count)
    {
        var width = grid.Width;
        var table = new A.Table(new A.TableProperties(), new A.TableGrid(Enumerable.Range(0, width).Select(_ => new A.GridColumn { Width = 8000000 / width })));
        foreach (var cells in grid.Rows.Skip(first).Take(count))
            table.Append(new A.TableRow(Enumerable.Range(0, width).Select(c => new A.TableCell(new A.TextBody([new A.BodyProperties(), new A.ListStyle(), .. (c < cells.Count ? cells[c].Text : "").Split('\n').Select(Line)]), new A.TableCellProperties()))) { Height = 200000 });
        return new P.GraphicFrame(
            new P.NonVisualGraphicFrameProperties(new P.NonVisualDrawingProperties { Id = 3, Name = "Table" }, new P.NonVisualGraphicFrameDrawingProperties(), new P.ApplicationNonVisualDrawingProperties()),
            new P.Transform(new A.Offset { X = 400000, Y = 400000 }, new A.Extents { Cx = 8000000, Cy = 200000 * count }),
            new A.Graphic(new A.GraphicData(table) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/table" }));
    }

    private static SlideLayoutPart Master(PresentationPart presentation)
    {
        var master = presentation.AddNewPart<SlideMasterPart>("rId1");
        var layout = master.AddNewPart<SlideLayoutPart>("rId1");
        layout.SlideLayout = new P.SlideLayout(new P.CommonSlideData(Tree()), new P.ColorMapOverride(new A.MasterColorMapping()));
        layout.AddPart(master, "rId1");
        var theme = master.AddNewPart<ThemePart>("rId2");
        theme.Theme = Theme();
        master.SlideMaster = new P.SlideMaster(
            new P.CommonSlideData(Tree()),
            new P.ColorMap { Background1 = A.ColorSchemeIndexValues.Light1, Text1 = A.ColorSchemeIndexValues.Dark1, Background2 = A.ColorSchemeIndexValues.Light2, Text2 = A.ColorSchemeIndexValues.Dark2, Accent1 = A.ColorSchemeIndexValues.Accent1, Accent2 = A.ColorSchemeIndexValues.Accent2, Accent3 = A.ColorSchemeIndexValues.Accent3, Accent4 = A.ColorSchemeIndexValues.Accent4, Accent5 = A.ColorSchemeIndexValues.Accent5, Accent6 = A.ColorSchemeIndexValues.Accent6, Hyperlink = A.ColorSchemeIndexValues.Hyperlink, FollowedHyperlink = A.ColorSchemeIndexValues.FollowedHyperlink },
            new P.SlideLayoutIdList(new P.SlideLayoutId { Id = 2147483649, RelationshipId = "rId1" }));
        presentation.Presentation.AppendChild(new P.SlideMasterIdList(new P.SlideMasterId { Id = 2147483648, RelationshipId = "rId1" }));
        return layout;
    }

    private static A.Theme Theme()
    {
        static OpenXmlElement Colour(string hex) => new A.RgbColorModelHex { Val = hex };
        static A.FontCollectionType Font<T>() where T : A.FontCollectionType, new()
        {
            var font = new T();
            font.Append(new A.LatinFont { Typeface = "Noto Sans CJK JP" }, new A.EastAsianFont { Typeface = "Noto Sans CJK JP" }, new A.ComplexScriptFont { Typeface = "" });
            return font;
        }

        static A.SolidFill Fill() => new(new A.SchemeColor { Val = A.SchemeColorValues.PhColor });
        static A.Outline Line() => new(Fill());
        static A.EffectStyle Effect() => new(new A.EffectList());
        return new A.Theme(new A.ThemeElements(
            new A.ColorScheme(
                new A.Dark1Color(Colour("000000")), new A.Light1Color(Colour("FFFFFF")), new A.Dark2Color(Colour("222222")), new A.Light2Color(Colour("EEEEEE")),
                new A.Accent1Color(Colour("336699")), new A.Accent2Color(Colour("993333")), new A.Accent3Color(Colour("339933")), new A.Accent4Color(Colour("666699")), new A.Accent5Color(Colour("996633")), new A.Accent6Color(Colour("669999")),
                new A.Hyperlink(Colour("0000FF")), new A.FollowedHyperlinkColor(Colour("800080"))) { Name = "Plain" },
            new A.FontScheme(Font<A.MajorFont>(), Font<A.MinorFont>()) { Name = "Plain" },
            new A.FormatScheme(
                new A.FillStyleList(Fill(), Fill(), Fill()), new A.LineStyleList(Line(), Line(), Line()), new A.EffectStyleList(Effect(), Effect(), Effect()), new A.BackgroundFillStyleList(Fill(), Fill(), Fill())) { Name = "Plain" })) { Name = "Plain" };
    }
}
