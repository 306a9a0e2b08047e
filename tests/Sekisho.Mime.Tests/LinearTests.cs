using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sekisho.Mime.Tests;

/// <summary>
/// Hostile shapes at size n and 4n: what is allocated may grow by about four, never by sixteen. Allocation stands in for work, because a clock
/// would say more about the machine; scanning again from each place allocates nothing, so each shape is read at a megabyte as well.
/// </summary>
public sealed class LinearTests
{
    private const int Size = 60_000;

    [SuppressMessage("Performance", "CA1861", Justification = "test data")]
    public static TheoryData<string, Func<int, string>> Shapes => new()
    {
        { "nested boundaries never closed", n => string.Concat(Enumerable.Range(0, n / 60).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")) },
        { "one boundary opened again and again", n => "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + Repeat("--b\r\n", n) },
        { "lines that begin like a long boundary", n => $"Content-Type: multipart/mixed; boundary={new string('b', 200)}\r\n\r\n--{new string('b', 200)}\r\n\r\n" + Repeat("--" + new string('b', 199) + "c\r\n", n) },
        { "nested messages", n => Repeat("Content-Type: message/rfc822\r\n\r\n", n) },
        { "many fields", n => Repeat("X-A: b\r\n", n) + "\r\n" },
        { "many address fields", n => Repeat("To: a@b\r\n", n) + "\r\n" },
        { "one long folded field", n => "Subject: x\r\n" + Repeat(" y\r\n", n) + "\r\n" },
        { "one long folded To", n => "To: a@example.com" + Repeat(",\r\n a@b", n) + "\r\n\r\n" },
        { "blank continuation lines", n => "To: a@example.com\r\n" + Repeat(" \r\n", n) + " b@example.com\r\n\r\n" },
        { "header lines that are no fields", n => "A: b\r\n" + Repeat("x@y\r\n", n) + "\r\n" },
        { "nested comments", n => "To: " + new string('(', n) + " a@example.com\r\n\r\n" },
        { "closed nested comments", n => "To: " + new string('(', n / 2) + new string(')', n / 2) + " a@example.com\r\n\r\n" },
        { "comments inside brackets", n => "To: " + Repeat("<((((@b>,", n) + "\r\n\r\n" },
        { "open brackets", n => "To: " + new string('<', n) + "a@example.com\r\n\r\n" },
        { "open brackets with blanks", n => "To: " + Repeat("< ", n) + "a@example.com\r\n\r\n" },
        { "routes never closed", n => "To: " + Repeat("<@a,", n) + "\r\n\r\n" },
        { "quotes never closed", n => "To: " + Repeat("a\"b,", n) + "\"\r\n\r\n" },
        { "backslashes", n => "To: \"" + new string('\\', n) + "\r\n\r\n" },
        { "brackets and quotes", n => "To: " + Repeat("<\"@\"", n) + "\r\n\r\n" },
        { "literals never closed", n => "To: " + Repeat("a@[1", n) + "\r\n\r\n" },
        { "at signs", n => "To: " + new string('@', n) + "\r\n\r\n" },
        { "words without commas", n => "To: " + Repeat("a@b ", n) + "\r\n\r\n" },
        { "words", n => "To: " + Repeat("a ", n) + "\r\n\r\n" },
        { "colons", n => "To: " + Repeat("a:", n) + "\r\n\r\n" },
        { "encoded words never closed", n => "To: " + Repeat("=?a?q?b ", n) + "\r\nSubject: " + Repeat("=?a?q?b ", n) + "\r\n\r\n" },
        { "encoded word openings", n => "To: " + Repeat("=?", n) + "\r\nSubject: " + Repeat("=?", n) + "\r\n\r\n" },
        { "encoded words", n => "Subject: " + Repeat("=?utf-8?q?b?= ", n) + "\r\n\r\n" },
        { "escapes", n => "To: " + Repeat("\x1b$B<<\x1b(B ", n) + "<a@example.com>\r\n\r\n" },
        { "one long local part", n => "To: " + new string('a', n) + "@example.com\r\n\r\n" },
        { "one long domain", n => "To: a@" + new string('b', n) + "\u00E9\r\n\r\n" },
        { "parameters", n => "Content-Type: text/plain; " + Repeat("a=b; ", n) + "\r\n\r\n" },
        { "parameter continuations", n => "Content-Type: text/plain; " + string.Concat(Enumerable.Range(0, n / 10).Select(i => $"a*{i}*=b; ")) + "\r\n\r\n" },
        { "semicolons and comments in parameters", n => "Content-Type: text/plain; " + Repeat("(;", n) + "\r\n\r\n" },
        { "a list torn into the text", n => "To: a@example.com,\r\n\r\n" + Repeat("b@example.com,\r\n", n) + "Subject: x\r\n" },
        { "a text like a list", n => "To: a@example.com\r\n\r\n" + Repeat("<\"@,\r\n", n) },
        { "base64 with junk", n => "Content-Transfer-Encoding: base64\r\n\r\n" + Repeat("YW-Jj= \r\n", n) },
        { "quoted-printable of blanks", n => "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + Repeat(" ", n) + "=\r\n" + Repeat(" \r\n", n) + Repeat("= ", n) },
        { "uuencode", n => "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n" + Repeat("#86)C\r\n", n) },
        { "NULs and bare breaks", n => "Subject: x\r\n\r\n" + Repeat("\0\r\n\r\r\n\n", n) },
        { "a line", n => "Subject: x\r\n\r\n" + new string('x', n) },
    };

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void Work_grows_with_the_length_only(string shape, Func<int, string> make)
    {
        var small = Encoding.Latin1.GetBytes(make(Size));
        var large = Encoding.Latin1.GetBytes(make(Size * 4));
        ReadAll(small);
        var one = Measure(small);
        var four = Measure(large);
        Assert.True(four <= (one * 6) + 100_000, $"{shape}: {small.Length} bytes allocate {one}, {large.Length} bytes allocate {four}");
        Assert.True(four < (large.Length * 200L) + 1_000_000, $"{shape}: {four} allocated for {large.Length} bytes");
    }

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void Megabytes_of_it_are_read(string shape, Func<int, string> make)
    {
        // Were any of these quadratic, a megabyte would take minutes and the suite would not end.
        var message = MimeMessage.Parse(Encoding.Latin1.GetBytes(make(Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? 16_000_000 : 1_000_000)));
        Assert.True(message.Defects.Count <= 1_000, shape);
        foreach (var entity in message.Entities())
        {
            _ = entity.FileName;
            _ = entity.ReadText(1_000_000);
        }

        Assert.All(message.Headers.Take(100), f => Assert.NotNull(f.Decoded));
    }

    [Fact]
    public void A_large_mail_is_not_copied()
    {
        var line = Convert.ToBase64String(new byte[57]) + "\r\n";
        var bytes = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Repeat(line, 50_000_000) + "--b--\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = MimeMessage.Parse(bytes);
        Assert.Equal(50_000_000 / line.Length * 57, Drain(message.Root.Children[0]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200_000);
    }

    private static long Drain(MimeEntity entity)
    {
        using var stream = entity.OpenDecoded();
        Span<byte> buffer = stackalloc byte[8192];
        long total = 0;
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            total += read;
        }

        return total;
    }

    private static long Measure(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(bytes);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void ReadAll(byte[] bytes)
    {
        var message = MimeMessage.Parse(bytes);
        _ = message.Defects.Count;
        foreach (var field in message.Headers)
        {
            _ = field.Decoded;
        }

        foreach (var entity in message.Entities())
        {
            _ = entity.Parameters.Count;
            _ = entity.FileName;
            if (entity.Children.Count == 0)
            {
                _ = entity.ReadText().Text.Length;
                _ = Drain(entity);
            }
        }
    }

    private static string Repeat(string text, int length) => new StringBuilder(length + text.Length).Insert(0, text, length / text.Length).ToString();
}
