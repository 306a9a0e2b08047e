using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Sekisho.Bench.Persons;

/// <summary>A workbook by the Open XML SDK: shared or inline strings, real numbers and dates, merged ranges, hidden sheets.</summary>
internal static class XlsxWriter
{
    public static byte[] Write(Document document, Dice dice, bool printed = false)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.Workbook = new Workbook();
            var strings = dice.Chance(70) ? new Dictionary<string, int>() : null;
            var styles = book.AddNewPart<WorkbookStylesPart>("rId1");
            styles.Stylesheet = Stylesheet(printed || dice.Chance(60));
            var sheets = book.Workbook.AppendChild(new Sheets());
            foreach (var (n, sheet) in document.Sheets.Index())
            {
                var part = book.AddNewPart<WorksheetPart>($"rId{n + 10}");
                part.Worksheet = Worksheet(sheet.Grid, strings);
                var entry = new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)n + 1, Name = Safe(sheet.Name, n) };
                if (sheet.Hidden)
                    entry.State = sheet.VeryHidden ? SheetStateValues.VeryHidden : SheetStateValues.Hidden;
                sheets.Append(entry);
            }

            if (strings is not null)
            {
                var table = book.AddNewPart<SharedStringTablePart>("rId2");
                table.SharedStringTable = new SharedStringTable(strings.OrderBy(s => s.Value).Select(s => new SharedStringItem(new Text(s.Key) { Space = SpaceProcessingModeValues.Preserve })));
            }
        }

        return Packages.Settle(stream);
    }

    private static string Safe(string name, int n) => name.Length is 0 or > 30 ? $"Sheet{n + 1}" : name;

    private static Worksheet Worksheet(Grid grid, Dictionary<string, int>? strings)
    {
        var data = new SheetData();
        for (var r = 0; r < grid.Rows.Count; r++)
        {
            var row = new Row { RowIndex = (uint)r + 1 };
            for (var c = 0; c < grid.Rows[r].Count; c++)
            {
                var cell = grid.Rows[r][c];
                if (cell.Text.Length > 0)
                    row.Append(Of(cell, $"{Letters(c)}{r + 1}", strings));
            }

            data.Append(row);
        }

        // One page wide, as people print lists; otherwise a PDF of it would have half the columns on pages of their own.
        var sheet = new Worksheet(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        if (grid.Width > 0)
            sheet.Append(new DocumentFormat.OpenXml.Spreadsheet.Columns(Enumerable.Range(0, grid.Width).Select(c => new DocumentFormat.OpenXml.Spreadsheet.Column { Min = (uint)c + 1, Max = (uint)c + 1, Width = grid.WidthOf(c, 70) + 2, CustomWidth = true })));
        sheet.Append(data);
        if (grid.Merged.Count > 0)
            sheet.Append(new MergeCells(grid.Merged.Select(m => new MergeCell { Reference = $"{Letters(m.Column)}{m.Row + 1}:{Letters(m.LastColumn)}{m.LastRow + 1}" })));
        sheet.Append(new PageSetup { Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        return sheet;
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Of(Cell cell, string reference, Dictionary<string, int>? strings)
    {
        if (cell.Date is { } date)
            return new() { CellReference = reference, StyleIndex = 1, CellValue = new CellValue(Serial(date)) };
        if (cell.Number is { } number)
            return new() { CellReference = reference, CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture)) };
        if (strings is null)
            return new() { CellReference = reference, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell.Text) { Space = SpaceProcessingModeValues.Preserve }) };
        if (!strings.TryGetValue(cell.Text, out var at))
            strings[cell.Text] = at = strings.Count;
        return new() { CellReference = reference, DataType = CellValues.SharedString, CellValue = new CellValue(at.ToString(CultureInfo.InvariantCulture)) };
    }

    private static string Serial(DateOnly date) => (date.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture);

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    // Format 14 is the reader's own short date: on paper it would be the one of the machine that printed.
    private static Stylesheet Stylesheet(bool written) => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 176, FormatCode = "yyyy/mm/dd" }),
        new Fonts(new Font()),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = written ? 176u : 14u, ApplyNumberFormat = true }));
}
