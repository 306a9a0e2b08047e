using System.Diagnostics;
using System.Text;
using Sekisho.Incidents;
using Sekisho.Rig;

namespace Sekisho.Incidents.Tests;

/// <summary>Our files are what they claim to be: other people's programs read them.</summary>
public sealed class FileTests
{
    private static readonly Cast s_cast = Cast.Create("files", 700, AudienceMix.Consumers);

    private static readonly Sheet s_list = Rows.List("名簿", ["name", "address", "phone", "email", "birthdate", "age"], s_cast.People);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<ListKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_row_of_every_kind_is_seen_by_the_exposure_scanner_in_every_style(string name)
    {
        var kind = Enum.Parse<ListKind>(name);
        foreach (var style in Enum.GetValues<MailStyle>())
        {
            var mail = ReenactedMessage.Compose("Subject: a\r\n", MailBody.Create("x\n", style, ListFile.Create(kind, "名簿", s_list, style)));
            Assert.Equal(700, new ExposureScanner(s_cast).PeopleIn(mail).Count);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_row_is_found_by_its_record_number_alone(string name)
    {
        var kind = Enum.Parse<ListKind>(name);
        var sheet = Rows.List("名簿", ["name", "age"], s_cast.Slice(100, 20));
        var mail = ReenactedMessage.Compose("Subject: a\r\n", MailBody.Create("x\n", MailStyle.Utf8Base64, ListFile.Create(kind, "list", sheet, MailStyle.Utf8Base64)));
        Assert.Equal(Enumerable.Range(100, 20), new ExposureScanner(s_cast).PeopleIn(mail).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_list_gives_the_same_bytes(string name)
    {
        var kind = Enum.Parse<ListKind>(name);
        Assert.Equal(ListFile.Create(kind, "名簿", s_list, MailStyle.Iso2022Jp).Content, ListFile.Create(kind, "名簿", s_list, MailStyle.Iso2022Jp).Content);
    }

    // What LibreOffice makes of a workbook as CSV is what was put in; dates come out in its own form.
    [Theory]
    [InlineData(nameof(ListKind.Xlsx))]
    [InlineData(nameof(ListKind.Xls))]
    [InlineData(nameof(ListKind.Ods))]
    public async Task LibreOffice_opens_the_spreadsheets(string name)
    {
        Need.Program("soffice");
        using var temp = new Temp("files");
        var sheet = Rows.List("名簿", ["name", "address", "phone", "email", "age"], s_cast.People);
        var file = ListFile.Create(Enum.Parse<ListKind>(name), "list", sheet, MailStyle.Utf8Base64);
        await File.WriteAllBytesAsync(temp[file.Name], file.Content);
        await RunAsync("soffice", $"-env:UserInstallation=file://{temp.Path}/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", temp.Path, temp[file.Name]);
        Assert.Equal(ListFile.Separated(sheet, ',').ReplaceLineEndings("\n"), (await File.ReadAllTextAsync(temp["list.csv"])).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(nameof(ListKind.Xlsx))]
    [InlineData(nameof(ListKind.Xls))]
    public void Another_reader_of_workbooks_sees_the_same_cells_and_dates_as_dates(string name)
    {
        var book = ListFile.Create(Enum.Parse<ListKind>(name), "list", s_list, MailStyle.Utf8Base64).Content;
        using var reader = ExcelDataReader.ExcelReaderFactory.CreateReader(new MemoryStream(book));
        Assert.Equal("名簿", reader.Name);
        foreach (var row in s_list.Rows)
        {
            Assert.True(reader.Read());
            Assert.Equal(row, Enumerable.Range(0, reader.FieldCount).Select(c => reader.GetValue(c) is DateTime date ? $"{date:yyyy/M/d}" : $"{reader.GetValue(c)}"));
        }

        Assert.Contains(Enumerable.Range(0, reader.FieldCount), c => reader.GetFieldType(c) == typeof(DateTime));
        Assert.False(reader.Read());
    }

    [Fact]
    public async Task Pdftotext_reads_every_row_of_many_pages()
    {
        Need.Program("pdftotext");
        using var temp = new Temp("files");
        await File.WriteAllBytesAsync(temp["list.pdf"], ListFile.Create(ListKind.Pdf, "list", s_list, MailStyle.Utf8Base64).Content);
        await RunAsync("pdftotext", "-layout", "-enc", "UTF-8", temp["list.pdf"], temp["list.txt"]);
        var text = await File.ReadAllTextAsync(temp["list.txt"]);
        Assert.Equal(18, text.Count(c => c == '\f'));
        var lines = text.Split('\n').Select(l => string.Join(' ', l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToHashSet();
        Assert.All(s_list.Rows, row => Assert.Contains(string.Join(' ', row), lines));
    }

    [Fact]
    public async Task A_letter_as_pdf_is_read_line_by_line()
    {
        Need.Program("pdftotext");
        using var temp = new Temp("files");
        string[] lines = ["取引報告書", "お名前 見本 太郎 様", "(A) 100% <b> \\ 1,200円"];
        await File.WriteAllBytesAsync(temp["a.pdf"], PdfWriter.Letter(lines));
        await RunAsync("pdftotext", "-enc", "UTF-8", temp["a.pdf"], temp["a.txt"]);
        Assert.Equal(lines, (await File.ReadAllTextAsync(temp["a.txt"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim('\f')).Where(l => l.Length > 0));
    }

    [Fact]
    public async Task LibreOffice_opens_the_document_with_its_table()
    {
        Need.Program("soffice");
        using var temp = new Temp("files");
        await File.WriteAllBytesAsync(temp["list.docx"], ListFile.Create(ListKind.Docx, "list", s_list, MailStyle.Utf8Base64).Content);
        await RunAsync("soffice", $"-env:UserInstallation=file://{temp.Path}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", temp.Path, temp["list.docx"]);
        var text = await File.ReadAllTextAsync(temp["list.txt"]);
        Assert.All(s_list.Rows, row => Assert.All(row, cell => Assert.Contains(cell, text, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_hidden_sheet_lies_behind_a_visible_one_without_anybody()
    {
        var book = ListFile.Create(ListKind.HiddenSheet, "list", s_list, MailStyle.Utf8Base64).Content;
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(book));
        using var reader = new StreamReader(zip.GetEntry("xl/workbook.xml")!.Open());
        var xml = reader.ReadToEnd();
        Assert.Contains("name=\"集計\" sheetId=\"1\" r:id", xml, StringComparison.Ordinal);
        Assert.Contains("name=\"元データ\" sheetId=\"2\" state=\"hidden\"", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_a_zip_of_the_time_are_Shift_JIS()
    {
        var zip = ListFile.Create(ListKind.NestedZip, "名簿", s_list, MailStyle.Iso2022Jp).Content;
        Assert.True(zip.AsSpan().IndexOf(MailText.ShiftJis("送付/一式.zip")) > 0);
        Assert.True(ListFile.Create(ListKind.NestedZip, "名簿", s_list, MailStyle.Utf8Base64).Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes("送付/一式.zip")) > 0);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await output} {await errors}");
    }
}
