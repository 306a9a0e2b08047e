using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>How a list is wrapped.</summary>
internal enum ListKind
{
    Xlsx,

    /// <summary>The list on a hidden sheet behind a harmless visible one.</summary>
    HiddenSheet,
    Xls,
    CsvShiftJis,
    CsvUtf8,

    /// <summary>Tab-separated lines without quotes.</summary>
    Text,
    Docx,
    Pdf,

    /// <summary>A workbook in a ZIP in a ZIP.</summary>
    NestedZip,
    Html,
    Ods,
    TarGz,

    /// <summary>A mail of its own that carries the list as CSV.</summary>
    Mail,
    VCard,
}

/// <summary>Lists as files. The same list gives the same bytes.</summary>
internal static class ListFile
{
    /// <summary>What every incident with a file is re-enacted as, whatever its own kind is.</summary>
    public static IReadOnlyList<ListKind> Usual { get; } = [ListKind.Xlsx, ListKind.Xls, ListKind.CsvShiftJis, ListKind.Docx, ListKind.Pdf, ListKind.NestedZip];

    /// <summary>One more for each incident, in turn.</summary>
    public static IReadOnlyList<ListKind> Rarer { get; } = [ListKind.HiddenSheet, ListKind.CsvUtf8, ListKind.Html, ListKind.Ods, ListKind.TarGz, ListKind.Mail, ListKind.VCard, ListKind.Text];

    /// <summary>The kind in a word, as replays show it.</summary>
    public static string NameOf(ListKind kind) => kind switch
    {
        ListKind.HiddenSheet => "xlsx, hidden sheet",
        ListKind.CsvShiftJis => "csv, Shift_JIS",
        ListKind.CsvUtf8 => "csv, UTF-8",
        ListKind.Text => "txt",
        ListKind.NestedZip => "zip in zip",
        ListKind.TarGz => "tar.gz",
        ListKind.Mail => "eml",
        ListKind.VCard => "vcf",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The kinds an incident is re-enacted in: its own first, then the usual ones, then one of the rarer ones.</summary>
    public static IReadOnlyList<ListKind> KindsOf(Incident incident)
    {
        var own = incident.Replay.Attachment.Kind switch
        {
            "xlsx" => ListKind.Xlsx,
            "txt" => ListKind.Text,
            "pdf" => ListKind.Pdf,
            _ => ListKind.CsvShiftJis,
        };
        var rarer = incident.Id == "2018-05-18-kanagawa-bank" ? ListKind.HiddenSheet : Rarer[(int)(Cast.Seed(incident.Id) % (uint)Rarer.Count)];
        // A card has to be somebody's.
        rarer = rarer == ListKind.VCard && !incident.ExposedKinds.Contains("name") ? ListKind.CsvUtf8 : rarer;
        return [.. new[] { own }.Concat(Usual).Append(rarer).Distinct()];
    }

    /// <summary>The file; <paramref name="name"/> without extension.</summary>
    public static MailFile Create(ListKind kind, string name, Sheet sheet, MailStyle style)
    {
        const string Office = "application/vnd.openxmlformats-officedocument.";
        return kind switch
        {
            ListKind.Xlsx => new MailFile($"{name}.xlsx", Office + "spreadsheetml.sheet", XlsxWriter.Write(sheet)),
            ListKind.HiddenSheet => new MailFile($"{name}.xlsx", Office + "spreadsheetml.sheet", XlsxWriter.Write(Harmless(sheet), sheet with { Name = "元データ", Hidden = true })),
            ListKind.Xls => new MailFile($"{name}.xls", "application/vnd.ms-excel", XlsWriter.Write(sheet)),
            ListKind.CsvShiftJis => new MailFile($"{name}.csv", "text/csv; charset=Shift_JIS", MailText.ShiftJis(Separated(sheet, ','))),
            ListKind.CsvUtf8 => new MailFile($"{name}.csv", "text/csv; charset=UTF-8", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Separated(sheet, ','))]),
            ListKind.Text => new MailFile($"{name}.txt", "text/plain", MailText.ShiftJis(Separated(sheet, '\t'))),
            ListKind.Docx => new MailFile($"{name}.docx", Office + "wordprocessingml.document", DocxWriter.Write([sheet.Name], sheet)),
            ListKind.Pdf => new MailFile($"{name}.pdf", "application/pdf", PdfWriter.Table(sheet)),
            ListKind.NestedZip => new MailFile($"{name}.zip", "application/zip", ZipWriter.Write(style == MailStyle.Iso2022Jp,
                ("送付/一式.zip", ZipWriter.Write(style == MailStyle.Iso2022Jp, ($"{name}/{name}.xlsx", XlsxWriter.Write(sheet)))), ("送付/はじめに.txt", MailText.ShiftJis("資料一式です。\r\n")))),
            ListKind.Html => new MailFile($"{name}.html", "text/html", HtmlWriter.Write(sheet, style == MailStyle.Iso2022Jp)),
            ListKind.Ods => new MailFile($"{name}.ods", "application/vnd.oasis.opendocument.spreadsheet", OdsWriter.Write(sheet)),
            ListKind.TarGz => new MailFile($"{name}.tar.gz", "application/gzip", TarGzWriter.Write(("data/list.csv", Encoding.UTF8.GetBytes(Separated(sheet, ','))), ("data/readme.txt", "see list.csv\n"u8.ToArray()))),
            ListKind.Mail => new MailFile($"{name}.eml", "message/rfc822", Forwarded(name, sheet, style)),
            _ => new MailFile($"{name}.vcf", "text/x-vcard; charset=UTF-8", Encoding.UTF8.GetBytes(Cards(sheet))),
        };
    }

    /// <summary>Values with a separator, quoted where they must be (RFC 4180).</summary>
    public static string Separated(Sheet sheet, char separator)
    {
        var text = new StringBuilder();
        foreach (var row in sheet.Rows)
        {
            for (var c = 0; c < row.Count; c++)
            {
                var cell = row[c];
                text.Append(c == 0 ? "" : separator.ToString(CultureInfo.InvariantCulture))
                    .Append(cell.Contains(separator, StringComparison.Ordinal) || cell.Contains('"', StringComparison.Ordinal) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
            }

            text.Append("\r\n");
        }

        return text.ToString();
    }

    // A summary such as somebody means to send when the list behind it comes along.
    private static Sheet Harmless(Sheet sheet) => new("集計", [["項目", "件数"], ["合計", $"{sheet.Rows.Count - 1}"], ["先月", "12"], ["今月", "15"]]);

    private static byte[] Forwarded(string name, Sheet sheet, MailStyle style)
        => ReenactedMessage.Compose($"Date: Mon, 04 Apr 2005 10:00:00 +0900\r\nFrom: list@forwarded.example\r\nTo: desk@forwarded.example\r\nSubject: {MailText.EncodeWords(name, style)}\r\n",
            MailBody.Create("名簿を送ります。\n", style == MailStyle.Utf8EightBit ? MailStyle.Utf8Base64 : style, Create(ListKind.CsvShiftJis, name, sheet, style)));

    private static string Cards(Sheet sheet)
    {
        var header = sheet.Rows[0];
        var text = new StringBuilder();
        foreach (var row in sheet.Rows.Skip(1))
        {
            text.Append("BEGIN:VCARD\r\nVERSION:3.0\r\n");
            var rest = new List<string>();
            for (var c = 0; c < row.Count; c++)
            {
                switch (header[c])
                {
                    case "氏名":
                        text.Append($"N:{string.Join(';', row[c].Split(' '))};;;\r\nFN:{row[c]}\r\n");
                        break;
                    case "メールアドレス":
                        text.Append($"EMAIL;TYPE=INTERNET:{row[c]}\r\n");
                        break;
                    case "電話番号":
                        text.Append($"TEL;TYPE=CELL:{row[c]}\r\n");
                        break;
                    case "住所":
                        text.Append($"ADR;TYPE=HOME:;;{row[c]};;;;\r\n");
                        break;
                    case "役職":
                        text.Append($"TITLE:{row[c]}\r\n");
                        break;
                    case "生年月日":
                        text.Append($"BDAY:{row[c].Replace('/', '-')}\r\n");
                        break;
                    default:
                        rest.Add($"{header[c]} {row[c]}");
                        break;
                }
            }

            text.Append($"NOTE:{string.Join(' ', rest)}\r\nEND:VCARD\r\n");
        }

        return text.ToString();
    }
}
