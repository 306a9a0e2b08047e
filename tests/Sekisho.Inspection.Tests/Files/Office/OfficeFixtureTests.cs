using System.IO.Compression;

namespace Sekisho.Inspection.Tests;

/// <summary>Files a real office program wrote; see Files/Fixtures/README.md.</summary>
public sealed class OfficeFixtureTests
{
    private static readonly string[] s_kana = ["サトウイチロウ", "スズキハナコ", "タカハシケンタ", "ワタナベミサキ", "タカサキリュウノスケ"];
    private static readonly string[] s_names = ["佐藤一郎", "鈴木花子", "高橋健太", "渡邉美咲", "髙﨑龍之介"];

    public static TheoryData<string> All => ["book.xlsx", "book.xls", "book.ods", "letter.docx", "letter.doc", "letter.odt", "letter.rtf", "slides.pptx", "slides.ppt.gz", "slides.odp"];

    [Theory]
    [InlineData("book.xlsx", FileKind.Xlsx)]
    [InlineData("book.xls", FileKind.Xls)]
    [InlineData("book.ods", FileKind.Ods)]
    public void A_workbook_is_read_as_it_is_shown(string name, FileKind kind)
    {
        var file = Reading.One(name, Bytes(name));
        Assert.Equal(kind, file.Kind);
        Assert.Empty(file.Troubles);
        var sheet = Assert.Single(file.Contents.OfType<TableContent>(), t => t.Place == "顧客");
        Assert.False(sheet.Hidden);
        Assert.Equal(["顧客名簿 2021年度"], sheet.Rows[0]);
        Assert.Equal(["氏名", "フリガナ", "生年月日", "登録日", "郵便番号", "携帯電話", "カード番号", "メール"], sheet.Rows[1]);
        Assert.Equal(["佐藤一郎", "サトウイチロウ", "1970-04-10", "2021-03-01", "006-0001", "9012345670", "4000123412341230", "user0@example.com"], sheet.Rows[2]);
        Assert.Equal(s_names, sheet.Rows.Skip(2).Select(r => r[0]));
        var hidden = Assert.Single(file.Contents.OfType<TableContent>(), t => t.Place == "隠し");
        Assert.True(hidden.Hidden);
        Assert.Equal(["隠田太郎", "03-1234-5678"], hidden.Rows[1]);
        Assert.Contains("要注意顧客のメモ", Place(file, "comments"), StringComparison.Ordinal);
        Assert.Contains("顧客一覧の題名", Place(file, "properties"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("letter.docx", FileKind.Docx)]
    [InlineData("letter.doc", FileKind.Doc)]
    [InlineData("letter.odt", FileKind.Odt)]
    [InlineData("letter.rtf", FileKind.Rtf)]
    public void A_letter_is_read_with_what_it_hides(string name, FileKind kind)
    {
        var file = Reading.One(name, Bytes(name));
        Assert.Equal(kind, file.Kind);
        Assert.Empty(file.Troubles);
        var body = Place(file, "");
        Assert.StartsWith("拝啓　時下ますますご清栄のことと\n担当は田中です。", body, StringComparison.Ordinal);
        Assert.EndsWith("隠し文字の小林\nNaïve café — “quotes”\n敬具 𠮷野家", body, StringComparison.Ordinal);
        Assert.DoesNotContain("山本", body, StringComparison.Ordinal);
        Assert.Equal("消された山本次郎", Place(file, "deleted"));
        Assert.Contains("この人は退職しました", Place(file, "comments"), StringComparison.Ordinal);
        Assert.Contains("脚注の斎藤さん", Place(file, kind == FileKind.Docx ? "footnotes" : "notes"), StringComparison.Ordinal);
        Assert.Contains("社外秘ヘッダー", Place(file, "header"), StringComparison.Ordinal);
        Assert.Contains("顧客一覧の題名", Place(file, "properties"), StringComparison.Ordinal);
        Assert.Equal(s_names.Select((n, i) => (string[])[n, s_kana[i], $"090-1234-567{i}"]), file.Rows());
        if (kind != FileKind.Doc)
        {
            Assert.Contains("<info@example.com>", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("slides.pptx", FileKind.Pptx)]
    [InlineData("slides.ppt.gz", FileKind.Ppt)]
    [InlineData("slides.odp", FileKind.Odp)]
    public void Slides_are_read_with_notes_and_hidden_ones(string name, FileKind kind)
    {
        var file = Reading.One(name.Replace(".gz", "", StringComparison.Ordinal), Bytes(name));
        Assert.Equal(kind, file.Kind);
        Assert.Empty(file.Troubles);
        Assert.Equal("営業会議の資料\nPlain ASCII line", Place(file, "slide 1"));
        Assert.Contains("非表示スライドの清水", file.Text(), StringComparison.Ordinal);
        Assert.Contains("発表者ノートの近藤", file.Text(), StringComparison.Ordinal);
        Assert.Equal(s_names.Select((n, i) => (string[])[n, s_kana[i], $"090-1234-567{i}"]), file.Rows());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Damaged_bytes_end_soon_and_never_throw(string name)
    {
        var sound = Bytes(name);
        var random = new Random(20_210_401);
        var rounds = (Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? 2_000 : 25) * (sound.Length > 100_000 ? 1 : 2);
        for (var round = 0; round < rounds; round++)
        {
            var bytes = (byte[])sound.Clone();
            for (var flips = random.Next(1, 40); flips > 0; flips--)
            {
                // The head decides most; it is hit as often as all the rest.
                bytes[random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, 2048) : bytes.Length)] = (byte)random.Next(256);
            }

            var cut = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            Read(name, bytes[..cut]);
        }
    }

    [Theory]
    [InlineData("letter.docx")]
    [InlineData("book.xlsx")]
    [InlineData("letter.doc")]
    [InlineData("book.xls")]
    [InlineData("letter.odt")]
    [InlineData("letter.rtf")]
    public void What_is_cut_off_is_said_to_be_broken(string name)
    {
        var bytes = Bytes(name);
        var file = Reading.One(name, bytes[..(bytes.Length * 2 / 3)]);
        Assert.NotEmpty(file.Troubles);
    }

    /// <summary>A fixture's bytes, unpacked.</summary>
    internal static byte[] Bytes(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", name));
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return bytes;
        }

        using var unpacked = new MemoryStream();
        new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress).CopyTo(unpacked);
        return unpacked.ToArray();
    }

    /// <summary>All texts of a place.</summary>
    internal static string Place(InspectedFile file, string place) => string.Join('\n', file.Contents.OfType<TextContent>().Where(t => t.Place == place).Select(t => t.Text));

    /// <summary>The reader of this kind of file by itself, so that what it throws is seen; the walker only takes for granted what a damaged file may cause.</summary>
    private static void Read(string name, byte[] bytes)
    {
        foreach (var trouble in Reading.All(name, bytes).SelectMany(f => f.Troubles))
        {
            Assert.DoesNotContain(trouble.Detail, (string[])["NullReferenceException", "OutOfMemoryException", "InsufficientExecutionStackException", "StackOverflowException"]);
        }
    }
}
