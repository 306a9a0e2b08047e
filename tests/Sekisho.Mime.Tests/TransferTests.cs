using System.Text;

namespace Sekisho.Mime.Tests;

public sealed class TransferTests
{
    [Theory]
    [InlineData("base64", "YWJj", "abc")]
    [InlineData("BASE64", "YW\r\nJj\r\n", "abc")]
    [InlineData("base64", "YWI=", "ab")]
    [InlineData("base64", "YWI", "ab")]
    [InlineData("base64", "YQ", "a")]
    [InlineData("base64", "Y", "")]
    [InlineData("base64", "YWI=YWI=", "abab")]
    [InlineData("base64", "YQ==\r\nYWJj", "aabc")]
    [InlineData("base64", "Y!W*J j-", "abc")]
    [InlineData("base64", "====YWJj", "abc")]
    [InlineData("base64", "", "")]
    [InlineData("quoted-printable", "a=3Db=3d", "a=b=")]
    [InlineData("quoted-printable", "a=\r\nb", "ab")]
    [InlineData("quoted-printable", "a= \t\r\nb", "ab")]
    [InlineData("quoted-printable", "a=\nb", "ab")]
    [InlineData("quoted-printable", "a  \t\r\nb ", "a\r\nb")]
    [InlineData("quoted-printable", "a=20\r\nb", "a \r\nb")]
    [InlineData("quoted-printable", "a=XYb=4", "a=XYb=4")]
    [InlineData("quoted-printable", "a=", "a")]
    [InlineData("quoted-printable", "\r\n\r\n", "\r\n\r\n")]
    [InlineData("x-uuencode", "noise\r\nbegin 644 a b.txt\r\n#86)C\r\n`\r\nend\r\n#86)C\r\n", "abc")]
    [InlineData("uuencode", "begin 644 x\n#86)C\n", "abc")]
    [InlineData("7bit", "a=3D", "a=3D")]
    [InlineData("x-strange", "YWJj", "YWJj")]
    [InlineData(" base64 (comment)", "YWJj", "abc")]
    public void Decodes(string encoding, string body, string expected)
        => Assert.Equal(expected, Encoding.Latin1.GetString(Sample.Exact($"Content-Transfer-Encoding: {encoding}\r\n\r\n{body}").Root.Decoded()));

    [Fact]
    public void Base64_round_trips_at_every_length_and_line_width()
    {
        var random = new Random(7);
        for (var length = 0; length < 300; length += 1 + random.Next(5))
        {
            var data = new byte[length];
            random.NextBytes(data);
            var text = Convert.ToBase64String(data);
            var width = 1 + random.Next(100);
            var wrapped = string.Join("\r\n", text.Chunk(width).Select(c => new string(c)));
            var root = Sample.Exact("Content-Transfer-Encoding: base64\r\n\r\n" + wrapped).Root;
            Assert.Equal(data, root.Decoded());
        }
    }

    [Fact]
    public async Task Streams_read_the_asynchronous_way_too()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var stream = Sample.Exact("Content-Transfer-Encoding: base64\r\n\r\nYWJj").Root.OpenDecoded();
        var buffer = new byte[10];
        Assert.Equal(3, await stream.ReadAsync(buffer, cancel));
        Assert.Equal(0, await stream.ReadAsync(buffer, cancel));
        Assert.False(stream.CanSeek || stream.CanWrite);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => _ = await stream.ReadAsync(buffer, new CancellationToken(true)));
    }
}
