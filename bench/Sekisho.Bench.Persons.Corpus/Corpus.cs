using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>Makes the files of a seed. Pure: LibreOffice and 7-Zip, where a format needs them, are run by the caller.</summary>
public static class Corpus
{
    // Weight, most persons, what it can carry.
    private sealed record Format(string Name, int Weight, int Most, bool Sheets = false, bool Table = true, bool Prose = false, bool Records = false, string Convert = "");

    private static readonly Format[] s_formats =
    [
        new("xlsx", 22, 5000, Sheets: true), new("xlsx (LibreOffice)", 4, 2000, Sheets: true, Convert: "xlsx"), new("xls", 9, 3000, Sheets: true, Convert: "xls"), new("ods", 7, 2000, Sheets: true, Convert: "ods"),
        new("csv utf-8", 4, 5000), new("csv utf-8 bom", 4, 5000), new("csv sjis", 8, 5000), new("csv euc-jp", 3, 3000), new("csv iso-2022-jp", 2, 2000), new("csv utf-16", 3, 3000), new("tsv", 4, 5000), new("csv semicolon", 3, 3000),
        new("txt", 7, 1000, Prose: true), new("txt sjis", 4, 1000, Prose: true), new("docx", 8, 300, Prose: true), new("odt", 4, 200, Prose: true, Convert: "odt"), new("rtf", 4, 200, Prose: true, Convert: "rtf"),
        new("doc", 4, 200, Prose: true, Convert: "doc"), new("pptx", 4, 150, Prose: true), new("ppt", 2, 100, Prose: true, Convert: "ppt"), new("pdf (sheet)", 4, 300, Convert: "pdf"), new("pdf (text)", 5, 200, Prose: true, Convert: "pdf"), new("html", 5, 2000, Prose: true),
        new("vcf", 1, 500, Table: false, Records: true), new("json", 2, 2000, Table: false, Records: true), new("eml", 5, 1000, Sheets: true, Prose: true), new("zip", 5, 1000, Sheets: true, Prose: true), new("7z", 3, 1000, Convert: "7z"),
    ];

    private static readonly Layout[] s_persons = [.. TableLayouts.All, .. SheetLayouts.All, .. ProseLayouts.All];
    private static readonly Layout[] s_none = [.. NearMissTables.All, .. NearMissTexts.All];

    /// <summary>File <paramref name="index"/> of the seed; <paramref name="convert"/> false leaves out the formats another program has to write.</summary>
    public static CorpusFile Make(int seed, int index, bool convert = true, int most = 5000)
    {
        var dice = new Dice(seed, index);
        var withPersons = dice.Chance(60);
        var layout = Weighted(dice, withPersons ? s_persons : s_none, l => l.Weight);
        var fitting = s_formats.Where(f => (convert || f.Convert.Length == 0) && Fits(f, layout)).ToArray();
        var format = Weighted(dice, fitting, f => f.Weight);
        var made = layout.Make(new Draft(dice, new PersonMaker(dice), Math.Min(most, format.Most)));
        if (format.Records)
            made = made with { Truth = RecordTruth(made, format) };
        var (bytes, extension) = Write(format, made.Document, dice);
        return new CorpusFile(seed, index, Name(dice, index, extension), bytes, format.Name, layout.Name, format.Convert, made.Truth);
    }

    /// <summary>A list of so many persons as an xlsx: name, reading, postcode, address, telephone, mail address, birth date, member number.</summary>
    public static byte[] Workbook(int seed, int persons)
    {
        var dice = new Dice(seed, persons);
        var style = new Style(dice);
        Column[] columns = [Columns.Member, Columns.Name, Columns.KanaName, Columns.Postcode, Columns.Address, Columns.Mobile, Columns.Email, Columns.Birth];
        var grid = new Grid();
        Parts.Header(grid, dice, columns);
        Parts.Rows(grid, new PersonMaker(dice).Make(persons), columns, style);
        return XlsxWriter.Write(Document.Book(grid), dice);
    }

    private static bool Fits(Format format, Layout layout)
        => format.Records || layout.Records ? format.Records && layout.Records : layout.Sheets ? format.Sheets : layout.Prose ? format.Prose : format.Table;

    private static Truth RecordTruth(Made made, Format format) => format.Name == "vcf"
        ? new Truth { Persons = made.Truth.Persons, Kinds = DataKinds.Name | DataKinds.Phone | DataKinds.Email | DataKinds.PostalAddress | DataKinds.Postcode }
        : made.Truth;

    private static (byte[] Bytes, string Extension) Write(Format format, Document document, Dice dice)
    {
        switch (format.Name)
        {
            case "xlsx":
                return (XlsxWriter.Write(document, dice), "xlsx");
            case "xlsx (LibreOffice)" or "xls" or "ods" or "pdf (sheet)":
                return (XlsxWriter.Write(document, dice, printed: format.Convert == "pdf"), format.Convert);
            case "tsv":
                return (TextWriters.Encode(TextWriters.Delimited(document, '\t', dice), dice.Of("utf-8", "sjis", "utf-16")), dice.Of("tsv", "txt"));
            case "csv semicolon":
                return (TextWriters.Encode(TextWriters.Delimited(document, ';', dice), dice.Of("utf-8", "sjis")), "csv");
            case "txt" or "txt sjis":
                return (TextWriters.Encode(TextWriters.Text(document.AsBlocks(), dice), format.Name == "txt" ? dice.Of("utf-8", "utf-8-bom", "utf-8", "iso-2022-jp") : "sjis"), "txt");
            case "docx":
                return (DocxWriter.Write(document.AsBlocks(), dice), "docx");
            case "odt" or "rtf" or "doc" or "pdf (text)":
                return (DocxWriter.Write(document.AsBlocks(), dice), format.Convert);
            case "pptx" or "ppt":
                return (PptxWriter.Write(document.AsBlocks()), format.Name);
            case "html":
                return (TextWriters.Encode(TextWriters.Html(document.AsBlocks(), dice), "utf-8"), dice.Of("html", "htm"));
            case "vcf":
                return (TextWriters.Encode(TextWriters.VCards(document.Persons, dice), "utf-8"), "vcf");
            case "json":
                return (TextWriters.Encode(TextWriters.Json(document, dice), "utf-8"), "json");
            case "eml" or "zip" or "7z":
                var (inner, extension) = Inner(document, dice);
                var name = $"{dice.Of("data", "一覧", "資料")}.{extension}";
                return format.Name switch
                {
                    "eml" => (TextWriters.Mail(name, inner, "application/octet-stream", dice), "eml"),
                    "zip" => (TextWriters.Zip(name, inner, dice), "zip"),
                    _ => (inner, $"{extension}.7z"),
                };
            default:
                return (TextWriters.Encode(TextWriters.Delimited(document, ',', dice), format.Name["csv ".Length..].Replace(" ", "-", StringComparison.Ordinal)), "csv");
        }
    }

    private static (byte[], string) Inner(Document document, Dice dice)
    {
        if (!document.IsBook)
            return dice.Chance(50) ? (DocxWriter.Write(document.AsBlocks(), dice), "docx") : (TextWriters.Encode(TextWriters.Text(document.AsBlocks(), dice), "sjis"), "txt");
        return document.NeedsSheets || dice.Chance(60)
            ? (XlsxWriter.Write(document, dice), "xlsx")
            : (TextWriters.Encode(TextWriters.Delimited(document, ',', dice), dice.Of("sjis", "utf-8-bom")), "csv");
    }

    // Names tell nothing about the truth: a reader that judges by the name gains nothing.
    private static string Name(Dice dice, int index, string extension)
        => $"{dice.Of("資料", "data", "一覧表", "20240603", "sheet", "送付用", "list", "最終版")}-{index:0000}.{extension}";

    private static T Weighted<T>(Dice dice, IReadOnlyList<T> from, Func<T, int> weight)
    {
        var at = dice.Next(from.Sum(weight));
        foreach (var one in from)
        {
            at -= weight(one);
            if (at < 0)
                return one;
        }

        return from[^1];
    }
}
