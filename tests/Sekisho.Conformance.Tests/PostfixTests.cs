using System.Net;
using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>Postfix as client, before the gateway, and behind it.</summary>
public sealed class PostfixTests
{
    [Fact]
    public async Task Five_hundred_mails_from_smtp_source_arrive_once_each()
    {
        var source = Need.Program("smtp-source");
        await using var scene = await Scene.RelayAsync();
        (await Programs.RunAsync(source, ["-s", "20", "-l", "4000", "-m", "500", "-N", "-f", "hanako@corp.example", "-t", "sato@partner.example.net", scene.Smtp.ToString()])).Succeeded();
        var got = await scene.Sink!.WaitForAsync(500);
        await Task.Delay(500);
        Assert.Equal(500, scene.Sink.Messages.Count);
        Assert.Equal(500, got.Select(m => Assert.Single(m.To)).Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(scene.Sink.Violations);
    }

    [Fact]
    public async Task The_gateway_delivers_into_smtp_sink()
    {
        var (source, sink) = (Need.Program("smtp-source"), Need.Program("smtp-sink"));
        Need.Root("smtp-sink changes its user");
        var port = Postfix.FreePort();
        // smtp-sink ends by itself once it has what it was told to wait for.
        var ended = Programs.RunAsync(sink, ["-u", "nobody", "-M", "200", $"127.0.0.1:{port}", "100"]);
        using var temp = new Temp("peer");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"], Relay = new IPEndPoint(IPAddress.Loopback, port) });
        (await Programs.RunAsync(source, ["-s", "10", "-l", "4000", "-m", "200", "-N", "-f", "hanako@corp.example", "-t", "sato@partner.example.net", gateway.Smtp.ToString()])).Succeeded();
        Assert.Equal(0, (await ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
    }

    [Fact]
    public async Task As_after_queue_content_filter_of_a_real_Postfix_it_changes_nothing()
    {
        Need.Program("postfix");
        Need.Root("Postfix needs it");
        using var temp = new Temp("postfix");
        await using var sink = new SmtpSink();
        var (door, back) = (Postfix.FreePort(), Postfix.FreePort());
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["sekisho"], Relay = new IPEndPoint(IPAddress.Loopback, back) });

        // The recipe of docs/operations.md: the public door hands everything to the gateway, the gateway hands it back at a door without a filter.
        await using var postfix = await Postfix.StartAsync(
            temp["postfix"],
            [
                new PostfixDoor(door, $"content_filter=sekisho:[127.0.0.1]:{gateway.Smtp.Port}"),
                new PostfixDoor(back, "content_filter=", "receive_override_options=no_unknown_recipient_checks,no_header_body_checks,no_milters", "mynetworks=127.0.0.0/8", "smtpd_recipient_restrictions=permit_mynetworks,reject", "smtpd_authorized_xforward_hosts=127.0.0.0/8", "smtpd_recipient_limit=50000"),
            ],
            $"relayhost = [127.0.0.1]:{sink.Address.Port}", "smtp_tls_security_level = none", "sekisho_destination_recipient_limit = 50000");
        var messages = new List<byte[]>();
        await using (var talk = await SmtpTalk.OpenAsync(new IPEndPoint(IPAddress.Loopback, door)))
        {
            for (var i = 0; i < 20; i++)
            {
                var to = $"sato{i}@partner.example.net";
                var message = i % 2 == 0 ? Samples.Iso2022Jp(to) : Samples.Plain(to, $"mail {i}");
                messages.Add(message);
                await talk.MailAsync("hanako@corp.example", [to], message);
            }

            // And one that must not pass as it is: sixty strangers, more than Postfix puts into a transaction unless told.
            string[] people = [.. Enumerable.Range(1, 60).Select(i => $"person{i}@company{i}.example")];
            await talk.MailAsync("hanako@corp.example", people, Samples.Plain(string.Join(",\r\n ", people), "to all"));
        }

        // Twenty mails, sixty copies, and the note that tells their sender.
        var got = await sink.WaitForAsync(81);
        foreach (var message in messages)
        {
            // Postfix puts Received lines on top; nothing else may differ, header or body.
            Assert.Contains(got, m => m.Data.AsSpan().EndsWith(message) && OnlyReceived(m.Data.AsSpan()[..^message.Length]));
        }

        var copies = got.Where(m => Encoding.ASCII.GetString(m.Data).Contains("Subject: to all", StringComparison.Ordinal)).ToList();
        Assert.Equal(60, copies.Count);
        Assert.All(copies, c => Assert.Equal(1, Enumerable.Range(1, 60).Count(i => Encoding.ASCII.GetString(c.Data).Contains($"person{i}@", StringComparison.Ordinal))));
        Assert.Empty(sink.Violations);
    }

    [Fact]
    public async Task Postfix_keeps_and_retries_what_the_gateway_cannot_take_now()
    {
        Need.Program("postfix");
        Need.Root("Postfix needs it");
        using var temp = new Temp("postfix");
        await using var sink = new SmtpSink();
        var (door, smtp) = (Postfix.FreePort(), Postfix.FreePort());
        await using var postfix = await Postfix.StartAsync(temp["postfix"], [new PostfixDoor(door)], $"relayhost = [127.0.0.1]:{smtp}", "smtp_tls_security_level = none", "minimal_backoff_time = 1s", "maximal_backoff_time = 2s", "queue_run_delay = 1s", "transport_retry_time = 1s");
        await using (var talk = await SmtpTalk.OpenAsync(new IPEndPoint(IPAddress.Loopback, door)))
        {
            await talk.MailAsync("hanako@corp.example", ["sato@partner.example.net"], Samples.Plain("sato@partner.example.net"));
        }

        await File.WriteAllTextAsync(temp["sekisho.yaml"], $"listen:\n  - smtp: 127.0.0.1:{smtp}\nconsole: 127.0.0.1:0\nrelay:\n  host: {sink.Address}\n");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["sekisho"], Config = temp["sekisho.yaml"], PassAddresses = false });
        // Postfix leaves a destination it found dead alone for a while of its own choosing.
        Assert.Single(await sink.WaitForAsync(1, seconds: 240));
    }

    private static bool OnlyReceived(ReadOnlySpan<byte> head)
    {
        var fields = Encoding.ASCII.GetString(head).Replace("\r\n\t", " ", StringComparison.Ordinal).Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 2 && fields.All(f => f.StartsWith("Received: ", StringComparison.Ordinal));
    }
}
