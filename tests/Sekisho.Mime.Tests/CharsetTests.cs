using System.Text;

namespace Sekisho.Mime.Tests;

public sealed class CharsetTests
{
    private const string Japanese = "お世話になっております。山田です。見積書を送ります。";

    [Theory]
    [InlineData("iso-2022-jp-1", 50220)]
    [InlineData("ISO-2022-JP-2", 50220)]
    [InlineData("iso-2022-jp-3", 50220)]
    [InlineData("iso-2022-jp-2004", 50220)]
    [InlineData("iso-2022-jp-ms", 50220)]
    [InlineData("cp50220", 50220)]
    [InlineData("cp50221", 50221)]
    [InlineData("csISO2022JP", 50220)]
    [InlineData("x-sjis", 932)]
    [InlineData("shift-jis", 932)]
    [InlineData("CP932", 932)]
    [InlineData("ms932", 932)]
    [InlineData("windows-31j", 932)]
    [InlineData("windows-932", 932)]
    [InlineData("euc-jp", 51932)]
    [InlineData("eucJP-ms", 51932)]
    [InlineData("cp51932", 51932)]
    [InlineData("utf8", 65001)]
    [InlineData("\"utf-8\"", 65001)]
    [InlineData("utf-16", 1200)]
    [InlineData("gb18030", 54936)]
    public void Japanese_reads_under_every_name(string charset, int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var body = Convert.ToBase64String(Encoding.GetEncoding(codePage).GetBytes(Japanese));
        var message = Sample.Message($"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n{body}\n");
        Assert.Equal(Japanese, message.Root.ReadText().Text);
        Assert.Empty(message.Defects);
    }

    [Theory]
    [InlineData("gb2312", "gb2312", "您好，这是测试")]
    [InlineData("x-gbk", "gb18030", "您好，鎔這是測試")]
    [InlineData("ks_c_5601-1987", "ks_c_5601-1987", "안녕하세요")]
    [InlineData("euc-kr", "ks_c_5601-1987", "안녕하세요")]
    [InlineData("big5", "big5", "您好，這是測試")]
    [InlineData("koi8-r", "koi8-r", "Здравствуйте")]
    [InlineData("cp1251", "windows-1251", "Здравствуйте")]
    [InlineData("windows-1251", "windows-1251", "Здравствуйте")]
    [InlineData("iso-8859-15", "iso-8859-15", "Prix: 5 €")]
    [InlineData("iso8859_15", "iso-8859-15", "Prix: 5 €")]
    [InlineData("ISO_8859-2:1987", "iso-8859-2", "Žluťoučký kůň")]
    [InlineData("latin1", "iso-8859-1", "Grüße")]
    [InlineData("tis-620", "windows-874", "สวัสดี")]
    public void Other_scripts(string name, string encoding, string text)
    {
        var bytes = Sample.Bytes($"Content-Type: text/plain; charset={name}\nContent-Transfer-Encoding: 8bit\n\n", "us-ascii");
        var message = MimeMessage.Parse((byte[])[.. bytes, .. Sample.Bytes(text, encoding)]);
        Assert.Equal(text, message.Root.ReadText().Text);
        Assert.Empty(message.Defects);
    }

    [Theory]
    [InlineData("Hi +MEIwRDBG- and +- done", "Hi あいう and + done")]
    [InlineData("+MEI", "あ")]
    [InlineData("+2D3eAA-!", "😀!")]
    [InlineData("a+ b", "a b")]
    public void Utf_7(string wire, string expected)
        => Assert.Equal(expected, Sample.Message($"Content-Type: text/plain; charset=utf-7\n\n{wire}").Root.ReadText().Text);

    [Theory]
    [InlineData("utf-8", 932, "shift_jis")]
    [InlineData("utf-8", 51932, "euc-jp")]
    [InlineData("utf-8", 50220, "iso-2022-jp")]
    [InlineData("iso-2022-jp", 932, "shift_jis")]
    [InlineData("iso-2022-jp", 65001, "utf-8")]
    [InlineData("us-ascii", 65001, "utf-8")]
    [InlineData("us-ascii", 932, "shift_jis")]
    [InlineData("iso-8859-1", 50220, "iso-2022-jp")]
    [InlineData("iso-8859-1", 65001, "utf-8")]
    [InlineData("shift_jis", 65001, "utf-8")]
    [InlineData("shift_jis", 50220, "iso-2022-jp")]
    [InlineData("euc-jp", 932, "shift_jis")]
    [InlineData("unknown-8bit", 51932, "euc-jp")]
    [InlineData("no-such-charset", 932, "shift_jis")]
    [InlineData("", 65001, "utf-8")]
    public void A_charset_that_is_plainly_wrong_is_guessed(string declared, int actual, string used)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var header = declared.Length == 0 ? "" : $"Content-Type: text/plain; charset={declared}\r\n";
        var message = MimeMessage.Parse((byte[])[.. Encoding.ASCII.GetBytes("MIME-Version: 1.0\r\n" + header + "\r\n"), .. Encoding.GetEncoding(actual).GetBytes(Japanese)]);
        Assert.Equal(new DecodedText(Japanese, used, false), message.Root.ReadText());
    }

    [Fact]
    public void Bytes_that_fit_nothing_are_read_as_windows_1252()
        => Assert.Equal("na\u00EFve \u201Cquote\u201D", Sample.Exact("X: y\r\n\r\nna\xEFve \x93quote\x94").Root.ReadText().Text);

    [Fact]
    public void One_broken_byte_in_utf_8_does_not_change_the_charset()
    {
        var text = MimeMessage.Parse((byte[])[.. "Content-Type: text/plain; charset=utf-8\r\n\r\nGr"u8, .. "üße"u8, 0xFF, .. " x"u8]).Root.ReadText();
        Assert.Equal("Grüße\uFFFD x", text.Text);
    }

    [Theory]
    [InlineData("\x1b$B-!\x1b(B", "①")]
    [InlineData("\x1b$B|b\x1b(B", "髙")]
    [InlineData("\x1b(IC;D\x1b(B", "ﾃｻﾄ")]
    [InlineData("\xB1\xB2\xB3\x1b$B;3\x1b(B", "ｱｲｳ山")]
    [InlineData("\x0E\x31\x32\x33\x0F", "ｱｲｳ")]
    [InlineData("\x1b$(D0!\x1b(B", "丂")]
    [InlineData("\x1b$A<:\x1b(B", "己")]
    [InlineData("\x1b$(C0!\x1b(B", "가")]
    [InlineData("\x1b.A\x1bNi", "é")]
    [InlineData("\x1b(J\\100\x1b(B", "\\100")]
    [InlineData("\x1b$@;3ED\x1b(J", "山田")]
    [InlineData("\x1b$B;3\r\nED", "山\r\nED")]
    [InlineData("\x1b$B;", "\uFFFD")]
    [InlineData("\x1b%zx", "\uFFFD%zx")]
    public void Iso_2022_jp_in_all_its_dialects(string latin1, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes("Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b(B" + latin1);
        Assert.Equal(expected, MimeMessage.Parse(bytes).Root.ReadText().Text);
    }

    [Fact]
    public void Euc_jp_has_katakana_and_the_supplement()
    {
        var bytes = Encoding.Latin1.GetBytes("Content-Type: text/plain; charset=euc-jp\r\n\r\n\xA4\xA2\x8E\xB1\x8F\xB0\xA1\xAD\xA1");
        Assert.Equal("あｱ丂①", MimeMessage.Parse(bytes).Root.ReadText().Text);
    }

    [Fact]
    public void Html_may_name_its_own_charset()
    {
        var html = "<html><head><meta charset=\"euc-kr\"></head>안녕";
        var message = MimeMessage.Parse((byte[])[.. "Content-Type: text/html\r\n\r\n"u8, .. Sample.Bytes(html, "ks_c_5601-1987")]);
        Assert.Equal(html, message.Root.ReadText().Text);
    }

    [Fact]
    public void A_byte_order_mark_wins_and_is_not_text()
    {
        Assert.Equal("あ", MimeMessage.Parse((byte[])[.. "Content-Type: text/plain; charset=shift_jis\r\n\r\n"u8, 0xEF, 0xBB, 0xBF, .. "あ"u8]).Root.ReadText().Text);
        Assert.Equal("a", MimeMessage.Parse((byte[])[.. "X: y\r\n\r\n"u8, 0xFF, 0xFE, (byte)'a', 0]).Root.ReadText().Text);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-2022-jp")]
    [InlineData("euc-jp")]
    [InlineData("shift_jis")]
    [InlineData("utf-7")]
    public void Text_is_cut_at_the_limit_and_says_so(string charset)
    {
        var message = Sample.Message($"Content-Type: text/plain; charset={charset}\n\n" + new string('x', 5000));
        Assert.Equal(new DecodedText(new string('x', 100), charset, true), message.Root.ReadText(100));
        Assert.False(message.Root.ReadText(5000).Truncated);
        Assert.Equal("", message.Root.ReadText(0).Text);
    }

    [Theory]
    [InlineData("=?utf-8?Q?a_b=5Fc?=", "a b_c")]
    [InlineData("=?UTF-8?q?=e3=81=82?=", "あ")]
    [InlineData("=?utf-8?b?44GC?= =?utf-8?b?44GE?=", "あい")]
    [InlineData("=?utf-8?b?44GC?= x =?utf-8?b?44GE?=", "あ x い")]
    [InlineData("=?utf-8?b?44GC?=\n =?utf-8?q?=E3=81=84?=", "あい")]
    [InlineData("=?utf-8?b?4w==?= =?utf-8?b?gYI=?=", "あ")]
    [InlineData("=?utf-8?q?=E3?= =?utf-8?b?gYI=?=", "あ")]
    [InlineData("=?utf-8*ja?b?44GC?=", "あ")]
    [InlineData("=?utf-8?b?44GC", "=?utf-8?b?44GC")]
    [InlineData("=?utf-8?x?44GC?=", "=?utf-8?x?44GC?=")]
    [InlineData("=?utf-8?b?44GC44G?=", "あ\uFFFD")]
    [InlineData("=?utf-8?b?4!4G*C?=", "あ")]
    [InlineData("=?utf-8?b?44GC44GE==?=", "あい")]
    [InlineData("=?no-such?q?a?= =?utf-8?q?b?=", "=?no-such?q?a?= b")]
    [InlineData("=?unknown-8bit?q?=82=A0=82=A2?=", "あい")]
    [InlineData("x=?utf-8?q?b?=y", "xby")]
    [InlineData("=?utf-8?q??=", "")]
    [InlineData("=?utf-8?q?a=?=", "a=")]
    [InlineData("=?utf-8?q?a=4?= =?= =??=", "a=4 =?= =??=")]
    [InlineData("=?utf-8?q?=82=A0=82=A2=82=A4?=", "あいう")]
    [InlineData("=?iso-2022-jp?B?GyRCJCI=?= =?iso-2022-jp?B?GyRCJCQbKEI=?=", "あい")]
    [InlineData("=?shift_jis?B?gqCVXA==?= (x)", "あ表 (x)")]
    [InlineData("=?utf-8?q?a b?=", "a b")]
    public void Encoded_words(string subject, string expected)
        => Assert.Equal(expected, Sample.Message($"Subject: {subject}\n\n").Headers[0].Decoded);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("iso-2022-jp")]
    public void Raw_bytes_in_a_subject(string charset)
        => Assert.Equal("見積書の送付について", Sample.Message("Subject: 見積書の送付について\n\n", charset).Headers[0].Decoded);
}
