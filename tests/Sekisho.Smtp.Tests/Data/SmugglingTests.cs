using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;

namespace Sekisho.Smtp.Tests.Data;

/// <summary>
/// What a receiver with a looser idea of lines could take for the end of data. Each is sent with a second transaction behind it; here it must be one refused
/// message or one message, and what is taken must leave again without any other end of data in it.
/// </summary>
public sealed partial class SmugglingTests
{
    private const string Head = "Subject: a\r\n\r\nhello";
    private const string Second = "MAIL FROM:<evil@example.net>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nSubject: smuggled\r\n\r\nx";
    private const string Envelope = "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\n";

    /// <summary>Ends of data with a CR or LF alone in them.</summary>
    private static readonly string[] Broken =
    [
        "\n.\n", "\r.\r", "\r\n.\r", "\r\n.\n", "\n.\r\n", "\r.\r\n", "\n.\r", "\r.\n", "\r\n.\r\r\n", "\r\n\r.\r\n", "\r\r\n.\r\r\n", "\r\n.\n\r\n", "\n\r.\n\r",
        "\n.\0\n", "\r\n.\r\0\n", "\r\0\n.\r\n", "\n\n.\n\n", "\r\n.\r.\r\n", "\r\n..\n", "\r\n..\r", "\n..\r\n", "\r..\r\n", "\r\n. \n", "\n. \r\n", "\r\n.\t\n",
        "\r\n\n.\r\n", "\r\n.\v\n", "\r\n.\f\r", "\r\n.\u0085\n", "\n", "\r",
    ];

    /// <summary>Whole lines that only look like an end of data.</summary>
    private static readonly string[] Lines =
    [
        "\r\n\0.\r\n", "\r\n.\0\r\n", "\r\n. \r\n", "\r\n .\r\n", "\r\n.\t\r\n", "\r\n\t.\r\n", "\r\n..\r\n", "\r\n...\r\n", "\r\n.\u0085\r\n", "\r\n\u0085.\r\n",
        "\u0085.\u0085", "\v.\v", "\f.\f", "\r\n.\v\r\n", "\r\n\u2028.\r\n", "\r\n&#46;\r\n", "\r\n=2E\r\n", "\r\n\u00AE\r\n", "\r\nx.\r\n", "\r\n.x\r\n", "\r\n\r\n .\r\n",
    ];

    public static TheoryData<string> BrokenOnes => [.. Broken.Select(text => Escapes.Encode(Encoding.UTF8.GetBytes(text)))];

    public static TheoryData<string> WholeLines => [.. Lines.Select(text => Escapes.Encode(Encoding.UTF8.GetBytes(text)))];

    [Theory]
    [MemberData(nameof(BrokenOnes))]
    public async Task Broken_end_of_data_is_refused_however_it_is_cut(string variant)
    {
        await ForEachCutAsync(Body(variant), async pieces =>
        {
            var rig = await ServerRig.StartedAsync();
            await rig.SendAsync(Envelope + "DATA\r\n");
            var replies = "";
            foreach (var piece in pieces)
            {
                replies += await rig.SendAsync(piece);
            }

            replies += await rig.SendAsync("\r\n.\r\nQUIT\r\n");
            Assert.Equal("550 5.6.11 Message has a bare CR or LF; lines must end with CRLF\r\n221 2.0.0 Bye\r\n", replies);
            AssertRefused(rig);
        });
    }

    [Theory]
    [MemberData(nameof(BrokenOnes))]
    public async Task Broken_end_of_data_in_chunks_is_refused_however_they_are_cut(string variant)
    {
        await ForEachCutAsync(Body(variant), async pieces =>
        {
            var rig = await ServerRig.StartedAsync();
            await rig.SendAsync(Envelope);
            var replies = "";
            for (var i = 0; i < pieces.Count; i++)
            {
                replies += await rig.SendAsync($"BDAT {pieces[i].Length}{(i == pieces.Count - 1 ? " LAST" : "")}\r\n");
                replies += await rig.SendAsync(pieces[i]);
            }

            replies += await rig.SendAsync("QUIT\r\n");
            Assert.Contains("550 5.6.11 ", replies, StringComparison.Ordinal);
            Assert.DoesNotContain("Taken", replies, StringComparison.Ordinal);
            Assert.DoesNotContain("Sender OK", replies, StringComparison.Ordinal);
            Assert.EndsWith("221 2.0.0 Bye\r\n", replies, StringComparison.Ordinal);
            AssertRefused(rig);
        });
    }

    [Theory]
    [MemberData(nameof(WholeLines))]
    public async Task Look_alike_line_is_data_and_leaves_as_data(string variant)
    {
        var body = Body(variant);
        await ForEachCutAsync(body, async pieces =>
        {
            var rig = await ServerRig.StartedAsync();
            await rig.SendAsync(Envelope + "DATA\r\n");
            foreach (var piece in pieces)
            {
                Assert.Equal("", await rig.SendAsync(piece));
            }

            Assert.Equal("250 2.0.0 Taken\r\n", await rig.SendAsync("\r\n.\r\n"));
            var message = Assert.Single(rig.Receiver.Messages);
            Assert.Single(rig.Receiver.Calls);
            Assert.Equal(UndoStuffing(body), message.Text[..^2]);
        });
        await AssertLeavesCleanAsync(Encoding.Latin1.GetBytes(UndoStuffing(body)));
        await AssertLeavesCleanAsync(body);
    }

    [Theory]
    [MemberData(nameof(BrokenOnes))]
    public async Task Normalised_line_breaks_make_one_message_that_leaves_clean(string variant)
    {
        byte[]? first = null;
        await ForEachCutAsync(Body(variant), async pieces =>
        {
            var rig = await ServerRig.StartedAsync(new SmtpServerOptions { NormalizeLineBreaks = true });
            await rig.SendAsync(Envelope + "DATA\r\n");
            foreach (var piece in pieces)
            {
                Assert.Equal("", await rig.SendAsync(piece));
            }

            Assert.Equal("250 2.0.0 Taken\r\n", await rig.SendAsync("\r\n.\r\n"));
            var message = Assert.Single(rig.Receiver.Messages);
            Assert.Single(rig.Receiver.Calls);
            Assert.Contains("smuggled", message.Text, StringComparison.Ordinal);
            Assert.DoesNotMatch(BareBreak(), message.Text);
            Assert.Equal(first ??= message.Bytes, message.Bytes);
        });
        await AssertLeavesCleanAsync(first!);
    }

    [Theory]
    [MemberData(nameof(BrokenOnes))]
    public async Task Normalised_chunks_make_one_message_that_leaves_clean(string variant)
    {
        byte[]? first = null;
        await ForEachCutAsync(Body(variant), async pieces =>
        {
            var rig = await ServerRig.StartedAsync(new SmtpServerOptions { NormalizeLineBreaks = true });
            await rig.SendAsync(Envelope);
            for (var i = 0; i < pieces.Count; i++)
            {
                await rig.SendAsync($"BDAT {pieces[i].Length}{(i == pieces.Count - 1 ? " LAST" : "")}\r\n");
                await rig.SendAsync(pieces[i]);
            }

            var message = Assert.Single(rig.Receiver.Messages);
            Assert.Single(rig.Receiver.Calls);
            Assert.DoesNotMatch(BareBreak(), message.Text);
            Assert.Equal(first ??= message.Bytes, message.Bytes);
        });
        await AssertLeavesCleanAsync(first!);
    }

    [Theory]
    [MemberData(nameof(BrokenOnes))]
    public async Task Client_sends_nothing_of_a_message_with_a_bare_break(string variant)
    {
        foreach (var piece in new[] { 1, 2, 3, 7, int.MaxValue })
        {
            var (result, wire) = await SendAsync(Body(variant), piece);
            Assert.Equal(new SmtpReply(554, "5.6.11", "Message has a bare CR or LF and was not sent"), result.FinalReply);
            Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
            Assert.Null(result.Error);
            Assert.Equal("EHLO localhost\r\nQUIT\r\n", wire);
        }
    }

    private static byte[] Body(string variant) => [.. Encoding.ASCII.GetBytes(Head), .. Escapes.Decode(variant), .. Encoding.ASCII.GetBytes(Second)];

    private static string UndoStuffing(byte[] body) => Encoding.Latin1.GetString(body).Replace("\r\n.", "\r\n", StringComparison.Ordinal);

    private static void AssertRefused(ServerRig rig)
    {
        Assert.Empty(rig.Receiver.Messages);
        Assert.Equal(["MAIL a@example.org"], rig.Receiver.Calls);
        Assert.Equal(0, rig.Receiver.Completed);
        Assert.Equal(rig.Receiver.Opened, rig.Receiver.Aborted);
        Assert.True(rig.Running.IsCompleted);
    }

    private static async Task ForEachCutAsync(byte[] body, Func<List<byte[]>, Task> test)
    {
        await test([body]);
        await test([.. body.Select(b => new[] { b })]);
        for (var cut = 1; cut < body.Length; cut++)
        {
            await test([body[..cut], body[cut..]]);
        }
    }

    /// <summary>After our own client has sent it, no reader finds an end of data but at the end.</summary>
    private static async Task AssertLeavesCleanAsync(byte[] message)
    {
        var (result, wire) = await SendAsync(message, piece: 3);
        Assert.Equal(SmtpSendStage.Answered, result.Stage);
        var data = wire[(wire.IndexOf("DATA\r\n", StringComparison.Ordinal) + 4)..wire.LastIndexOf("QUIT", StringComparison.Ordinal)];
        Assert.DoesNotMatch(BareBreak(), data);
        var end = Assert.Single(LooseEnd().Matches(data));
        Assert.Equal(data.Length, end.Index + end.Length);
    }

    private static async Task<(SmtpSendResult Result, string Wire)> SendAsync(byte[] message, int piece)
    {
        var pipes = new PipePair();
        var answers = AnswerAsync(pipes);
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await client.OpenAsync(default);
        var result = await client.SendAsync(
            new SmtpMailFrom { Address = "a@example.org" }, [new SmtpRecipient { Address = "b@example.com" }], new Content(message, piece), default);
        await client.QuitAsync();
        return (result, await answers);
    }

    /// <summary>A server that only keeps what comes.</summary>
    private static async Task<string> AnswerAsync(PipePair pipes)
    {
        var wire = new StringBuilder();
        await pipes.ToClient.Writer.WriteAsync("220 x\r\n"u8.ToArray());
        var answered = 0;
        while (true)
        {
            var read = await pipes.ToServer.Reader.ReadAsync();
            wire.Append(Encoding.Latin1.GetString(read.Buffer.ToArray()));
            pipes.ToServer.Reader.AdvanceTo(read.Buffer.End);
            var text = wire.ToString();
            var stages = new[] { "EHLO ", "MAIL ", "RCPT ", "DATA\r\n", "\r\n.\r\nQUIT" };
            string[] replies = ["250 x\r\n", "250 x\r\n", "250 x\r\n", "354 x\r\n"];
            while (answered < 4 && text.Contains(stages[answered], StringComparison.Ordinal))
            {
                await pipes.ToClient.Writer.WriteAsync(Encoding.ASCII.GetBytes(replies[answered++]));
            }

            if (answered == 4 && text.EndsWith("\r\n.\r\n", StringComparison.Ordinal))
            {
                answered++;
                await pipes.ToClient.Writer.WriteAsync("250 taken\r\n"u8.ToArray());
            }

            if (read.IsCompleted || text.EndsWith("QUIT\r\n", StringComparison.Ordinal))
            {
                await pipes.ToClient.Writer.WriteAsync("221 x\r\n"u8.ToArray());
                return wire.ToString();
            }
        }
    }

    [GeneratedRegex(@"\r(?!\n)|(?<!\r)\n")]
    private static partial Regex BareBreak();

    /// <summary>Any mixture of line breaks around a lone dot, NUL overlooked: looser than any receiver known.</summary>
    [GeneratedRegex(@"(?:\r\n|\r|\n)\.(?:\r\n|\r|\n)")]
    private static partial Regex LooseEnd();
}
