using System.Text;

namespace Sekisho.Smtp.Tests.Fuzz;

public sealed class GrammarFuzz
{
    private static readonly string[] Seeds =
    [
        "FROM:<a@example.org>", "TO:<b@example.com>", "FROM:<>", " SIZE=100", " BODY=8BITMIME", " SMTPUTF8", " RET=FULL", " ENVID=a+2Bb", " AUTH=<>", " NOTIFY=NEVER",
        " NOTIFY=SUCCESS,FAILURE", " ORCPT=rfc822;a@b", "<@a,@b:c@d>", "<\"q \\\" s\"@d>", "<a@[192.0.2.1]>", "<a@[IPv6:::1]>", "<日本@例え.example>", "<Postmaster>",
        "MAIL ", "RCPT ", "EHLO x", "BDAT 10 LAST", "100 LAST", "250-2.1.0 ok", "250 ok", "550", "+41+2B+FF", "334 ", "5.1.1", "\r", "x\r",
    ];

    [Fact]
    public void Any_bytes_are_parsed_or_refused_and_what_is_parsed_is_safe_to_write()
    {
        var mutator = new Mutator(20_260_401, Seeds);
        var cases = LongRun.Cases(50_000, 1_000_000);
        var accepted = 0;
        for (var i = 0; i < cases; i++)
        {
            accepted += Fuzz(mutator.Case(4));
        }

        Assert.InRange(accepted, cases / 100, cases * 2);
    }

    /// <summary>One case; returns how many of the parsers took it.</summary>
    private static int Fuzz(ReadOnlySpan<byte> bytes)
    {
        var accepted = 0;
        _ = CommandGrammar.Parse(bytes, out _);
        if (CommandGrammar.TryParseChunk(bytes, out var size, out _))
        {
            Assert.True(size >= 0);
        }

        if (EnvelopeGrammar.TryParseMail(bytes, new EnvelopeGrammar.Allowed(true, true), out var from, out var refusal))
        {
            accepted++;
            AssertAddress(from.Address, from.SmtpUtf8, canBeEmpty: true);
            AssertClean(from.EnvelopeId);
            AssertClean(from.Ret);
            Assert.True(from.Size is null or >= 0);
        }
        else
        {
            Assert.True(refusal.IsPermanent);
        }

        if (EnvelopeGrammar.TryParseRecipient(bytes, true, true, out var recipient, out refusal))
        {
            accepted++;
            AssertAddress(recipient.Address, utf8: true, canBeEmpty: false);
            AssertClean(recipient.Notify);
            AssertClean(recipient.OriginalRecipient);
        }
        else
        {
            Assert.True(refusal.IsPermanent);
        }

        if (Xtext.TryDecode(bytes, out var text))
        {
            AssertClean(text);
            Assert.True(Xtext.TryDecode(Encoding.ASCII.GetBytes(Xtext.Encode(text)), out var again));
            Assert.Equal(text, again);
        }

        if (ReplyGrammar.TryParseLine(bytes, out var code, out _, out var reply))
        {
            accepted++;
            Assert.InRange(code, 200, 599);
            AssertClean(reply);
            AssertWritten(ReplyGrammar.Create(code, reply));
        }

        AssertWritten(new SmtpReply(550, Encoding.Latin1.GetString(bytes), Encoding.UTF8.GetString(bytes)));
        return accepted;
    }

    private static void AssertAddress(string address, bool utf8, bool canBeEmpty)
    {
        Assert.True(address.Length == 0 ? canBeEmpty : PathGrammar.IsMailbox(address), address);
        Assert.True(utf8 || Ascii.IsValid(address), address);
        AssertClean(address);
        var line = Encoding.UTF8.GetBytes($"<{address}>");
        Assert.Equal(PathError.None, PathGrammar.TryParse(line, out var again, out var consumed, out _));
        Assert.Equal(address, again);
        Assert.Equal(line.Length, consumed);
    }

    private static void AssertClean(string? text) => Assert.True(text is null || ReferenceEquals(SmtpText.Clean(text), text), text);

    /// <summary>Whatever the text, lines of one reply come out, and the last one only ends it.</summary>
    private static void AssertWritten(SmtpReply reply)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var written = ReplyWriter.Write(output, reply, utf8: true);
        Assert.Equal(output.WrittenCount, written);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var lines = text[..^2].Split("\r\n");
        for (var i = 0; i < lines.Length; i++)
        {
            Assert.StartsWith(reply.Code + (i == lines.Length - 1 ? " " : "-"), lines[i], StringComparison.Ordinal);
            AssertClean(lines[i]);
            Assert.True(Encoding.UTF8.GetByteCount(lines[i]) <= 510);
        }
    }
}
