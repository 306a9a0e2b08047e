using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>No sequence of bytes makes the gateway, or the server behind it, see a second message inside one.</summary>
public sealed class SmugglingTests
{
    private const string Head = "From: hanako@corp.example\r\nTo: sato@partner.example.net\r\nSubject: outer\r\n\r\nfirst line";
    private const string Inner = "MAIL FROM:<admin@corp.example>\r\nRCPT TO:<victim@elsewhere.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nsmuggled\r\n.\r\n";

    public static TheoryData<string> Ends =>
    [
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r.\n", "\n.\r", "\r\n\0.\r\n", "\r\n.\0\r\n", "\r\r\n.\r\r\n", "\n\n.\n\n", "\r\n.\r\r\n", "\r\n. \r\n", "\r\n..\n", "\u0085.\u0085",
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_false_end_of_data_never_begins_a_second_message(string end)
    {
        await using var scene = await Scene.RelayAsync();
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            await talk.SayAsync("MAIL FROM:<hanako@corp.example>\r\n", 250);
            await talk.SayAsync("RCPT TO:<sato@partner.example.net>\r\n", 250);
            await talk.SayAsync("DATA\r\n", 354);
            await talk.SendAsync(Head + end + Inner);
            var reply = await talk.ReplyAsync();
            if (end.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n'))
            {
                Assert.StartsWith("550 5.6.11", reply, StringComparison.Ordinal);
            }
            else
            {
                Assert.Matches("^[25]", reply);
            }
        }

        // Whatever came through was one mail from one sender to the one recipient named outside.
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            Assert.StartsWith("250 ", await talk.MailAsync("hanako@corp.example", ["last@partner.example.net"], Samples.Plain("last@partner.example.net")), StringComparison.Ordinal);
        }

        for (var i = 0; i < 200 && !scene.Sink!.Messages.Any(m => m.To.Contains("last@partner.example.net")); i++)
        {
            await Task.Delay(50);
        }

        Assert.Contains(scene.Sink!.Messages, m => m.To.Contains("last@partner.example.net"));
        Assert.True(scene.Sink.Messages.Count(m => m.To.Contains("sato@partner.example.net")) <= 1);
        Assert.DoesNotContain(scene.Sink.Messages, m => m.To.Contains("victim@elsewhere.example") || m.Sender == "admin@corp.example");
        Assert.Empty(scene.Sink.Violations);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_false_end_in_a_chunk_never_reaches_the_next_server_as_one(string end)
    {
        await using var scene = await Scene.RelayAsync();
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        await talk.SayAsync("MAIL FROM:<hanako@corp.example>\r\n", 250);
        await talk.SayAsync("RCPT TO:<sato@partner.example.net>\r\n", 250);
        var body = Encoding.Latin1.GetBytes(Head + end + Inner);
        await talk.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"BDAT {body.Length} LAST\r\n"), .. body]);
        var reply = await talk.ReplyAsync();
        if (reply is not null && reply.StartsWith("250", StringComparison.Ordinal))
        {
            for (var i = 0; i < 100 && scene.Sink!.Messages.Count == 0; i++)
            {
                await Task.Delay(20);
            }
        }

        Assert.True(scene.Sink!.Messages.Count(m => m.To.Contains("sato@partner.example.net")) <= 1);
        Assert.DoesNotContain(scene.Sink.Messages, m => m.To.Contains("victim@elsewhere.example") || m.Sender == "admin@corp.example");
        Assert.Empty(scene.Sink.Violations);
    }

    [Fact]
    public async Task Commands_pipelined_behind_STARTTLS_are_not_obeyed()
    {
        var openssl = Need.Program("openssl");
        await using var scene = await Scene.ConfiguredAsync(async temp =>
        {
            (await Programs.RunAsync(openssl, ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", temp["key.pem"], "-out", temp["cert.pem"], "-days", "2", "-subj", "/CN=localhost"])).Succeeded();
            return $"listen:\n  - smtp: 127.0.0.1:0\n    certificate: {temp["cert.pem"]}\n    key: {temp["key.pem"]}\nconsole: 127.0.0.1:0\n";
        });
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        await talk.SendAsync("STARTTLS\r\nMAIL FROM:<admin@corp.example>\r\nRCPT TO:<victim@elsewhere.example>\r\n");
        var reply = await talk.ReplyAsync();
        Assert.NotNull(reply);
        if (!reply.StartsWith("220", StringComparison.Ordinal))
        {
            Assert.Matches("^5", reply);
            return;
        }

        // Taken as (broken) handshake bytes or dropped with the connection; in no case answered as SMTP.
        Assert.Null(await NextAsync(talk));
    }

    private static async Task<string?> NextAsync(SmtpTalk talk)
    {
        try
        {
            var reply = await talk.ReplyAsync();
            return reply is { Length: > 3 } && char.IsAsciiDigit(reply[0]) ? reply : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}
