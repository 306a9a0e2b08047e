using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class RichTextTests
{
    private const string Head = @"{\rtf1\ansi\ansicpg932\deff0{\fonttbl{\f0\fcharset128 MS;}{\f1\fcharset0 Arial;}}";

    [Theory]
    [InlineData(@"\'8e\'52\'93\'63", "山田")]
    [InlineData(@"\'8eR\'93c", "山田")]
    [InlineData(@"\'95\\\'96\'ca", "表面")]
    [InlineData(@"\'95\'5c", "表")]
    [InlineData(@"\uc1\u23665?\u30000?", "山田")]
    [InlineData(@"\uc2\u23665\'8e\'52\uc0\u30000", "山田")]
    [InlineData(@"\u-10179?\u-9161?", "\uD83D\uDC37")]
    [InlineData(@"{\f1\'e9}t\'8e\'52", "ét山")]
    [InlineData(@"{\f1\'8e\'52\'93\'63}", "山田")]
    [InlineData(@"a\line b\tab c\~d\_e\{f\}", "a\nb\tc d-e{f}")]
    [InlineData(@"x{\*\unknown secret}{\pict 0102}{\stylesheet{\s1 Normal;}}y", "xy")]
    [InlineData(@"{\v hidden}", "hidden")]
    [InlineData(@"{\field{\*\fldinst PAGE}{\fldrslt 7}}", "7")]
    public void Text_in_any_spelling_is_read(string rtf, string text) => Assert.Equal(text, Read(Head + rtf + "}").Text());

    [Fact]
    public void Tables_deleted_text_and_notes_are_apart()
    {
        var file = Read(Head + @"before\par\trowd\cellx1\cellx2\pard\intbl a1\par a2\cell b\cell\row\trowd\pard\intbl c{\footnote note}\cell\cell\row\pard after {\deleted gone}\par}");
        Assert.Equal([["a1\na2", "b"], ["c"]], file.Rows());
        Assert.Equal(["before", "note", "after", "gone"], file.Contents.OfType<TextContent>().Select(t => t.Text).OrderBy(t => "bnag".IndexOf(t[0], StringComparison.Ordinal)));
    }

    [Fact]
    public void An_embedded_package_goes_on_as_a_file()
    {
        var list = Encoding.UTF8.GetBytes("氏名,電話\n山田,03-1234-5678\n");
        var label = Reading.Cp932.GetBytes("表.csv\0");
        byte[] package = [2, 0, .. label, .. label, 0, 0, 3, 0, .. BitConverter.GetBytes(label.Length), .. label, .. BitConverter.GetBytes(list.Length), .. list];
        byte[] ole = [1, 5, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, .. "Package\0"u8, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(package.Length), .. package];
        var files = Reading.All("x.rtf", Encoding.Latin1.GetBytes(Head + @"{\object\objemb{\*\objclass Package}{\*\objdata " + Convert.ToHexString(ole) + "}}}"));
        Assert.Equal(["x.rtf", "表.csv"], files.Select(f => f.Name));
        Assert.Equal("山田", files[1].Rows()[1][0]);
    }

    [Fact]
    public void Braces_without_end_cost_little_and_are_said()
    {
        var file = Read(Head + new string('{', 2_000_000) + "text");
        Assert.Equal("text", file.Text());
        Assert.Equal([FileTroubles.Broken], file.Measures());
    }

    [Fact]
    public void Packed_rich_text_is_unpacked()
    {
        var packed = Convert.FromHexString("2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232" + "0af32068656c09002062770" + "5b06c647d0a800fa0");
        Assert.Equal("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", Encoding.ASCII.GetString(CompressedRtf.Unpack(packed).Span));
    }

    private static InspectedFile Read(string rtf)
    {
        var file = Reading.One("x.rtf", Encoding.Latin1.GetBytes(rtf));
        Assert.Equal(FileKind.Rtf, file.Kind);
        return file;
    }
}
