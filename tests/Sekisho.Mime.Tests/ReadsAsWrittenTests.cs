using System.Text;

namespace Sekisho.Mime.Tests;

/// <summary>A field that is said to read as it is written must decode to its own bytes: rules ask those bytes instead of the text.</summary>
public sealed class ReadsAsWrittenTests
{
    [Theory]
    [InlineData("X-Mailer: Some Program 1.0 (100% plain)\r\n", true)]
    [InlineData("X-Long: first\r\n\tsecond\r\n third\r\n", true)]
    [InlineData("X-Empty:\r\n", true)]
    [InlineData("X-Word: =?utf-8?B?YUBiLmV4YW1wbGU=?=\r\n", false)]
    [InlineData("X-Broken-Word: =?utf-8?\r\n", false)]
    [InlineData("X-Raw: 山田@例え.example\r\n", false)]
    [InlineData("X-Escaped: \u001b$B;3ED\u001b(B\r\n", false)]
    [InlineData("X-Control: a\0b\r\n", false)]
    public void What_reads_as_written_decodes_to_itself(string field, bool reads)
    {
        var header = MimeMessage.Parse(Encoding.UTF8.GetBytes(field + "\r\n")).Headers[0];
        Assert.Equal(reads, header.ReadsAsWritten);
        if (reads)
        {
            Assert.Equal(field[(field.IndexOf(':') + 1)..].Replace("\r\n", "", StringComparison.Ordinal).Trim(), header.Decoded);
        }
    }
}
