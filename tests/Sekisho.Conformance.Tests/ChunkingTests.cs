using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>Against the real program, byte by byte: BDAT, pipelining, a drain.</summary>
public sealed class ChunkingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public async Task A_message_in_chunks_arrives_byte_for_byte(int chunk)
    {
        await using var scene = await Scene.OutboxAsync();
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        var message = Samples.Iso2022Jp("sato@partner.example.net");
        await talk.SayAsync("MAIL FROM:<hanako@corp.example>\r\n", 250);
        await talk.SayAsync("RCPT TO:<sato@partner.example.net>\r\n", 250);
        for (var at = 0; at < message.Length; at += chunk)
        {
            var piece = message[at..Math.Min(at + chunk, message.Length)];
            var last = at + chunk >= message.Length;
            await talk.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"BDAT {piece.Length}{(last ? " LAST" : "")}\r\n"), .. piece]);
            await talk.ExpectAsync(250);
        }

        var copy = Assert.Single(await Outbox.WaitForAsync(scene.Data, 1));
        Assert.Equal(message, copy.Data);
    }

    [Fact]
    public async Task Japanese_in_iso_2022_jp_and_dots_at_line_starts_arrive_byte_for_byte()
    {
        await using var scene = await Scene.RelayAsync();
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        byte[][] messages = [Samples.Iso2022Jp("sato@partner.example.net"), Samples.Plain("sato@partner.example.net")];
        foreach (var message in messages)
        {
            Assert.Matches(@"^250 2\.0\.0 [0-9a-z]{26} accepted$", await talk.MailAsync("hanako@corp.example", ["sato@partner.example.net"], message));
        }

        var got = await scene.Sink!.WaitForAsync(2);
        Assert.Equal(messages.Select(Convert.ToHexString).Order(StringComparer.Ordinal), got.Select(m => Convert.ToHexString(m.Data)).Order(StringComparer.Ordinal));
        Assert.Empty(scene.Sink.Violations);
    }

    [Fact]
    public async Task A_message_of_ten_megabytes_arrives_byte_for_byte()
    {
        await using var scene = await Scene.RelayAsync();
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        // A picture by its first bytes: what is of no known kind would be held.
        var first = Convert.ToBase64String((byte[])[0x89, .. "PNG\r\n\u001a\n"u8, 0]) + "\r\n";
        var line = Convert.ToBase64String([.. Enumerable.Range(0, 57).Select(i => (byte)(i * 31))]) + "\r\n";
        var message = Encoding.ASCII.GetBytes("From: hanako@corp.example\r\nTo: sato@partner.example.net\r\nSubject: large\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n" + first + string.Concat(Enumerable.Repeat(line, 10_000_000 / line.Length)));
        Assert.StartsWith("250 ", await talk.MailAsync("hanako@corp.example", ["sato@partner.example.net"], message), StringComparison.Ordinal);
        var got = Assert.Single(await scene.Sink!.WaitForAsync(1));
        Assert.True(message.AsSpan().SequenceEqual(got.Data));
    }
}
