using System.Net;
using System.Net.Http;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>Starting, stopping, reloading.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task It_answers_on_both_doors_and_ends_with_0_on_SIGTERM()
    {
        await using var scene = await Scene.OutboxAsync();
        using var http = new HttpClient();
        using var health = await http.GetAsync(new Uri(scene.Gateway.Http + "/healthz"));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            await talk.SayAsync("QUIT\r\n", 221);
        }

        Assert.Equal(0, await scene.Gateway.StopAsync());
    }

    [Fact]
    public async Task Stopping_finishes_the_mail_under_way_and_says_421_to_the_idle()
    {
        await using var scene = await Scene.OutboxAsync();
        await using var busy = await SmtpTalk.OpenAsync(scene.Smtp);
        await using var idle = await SmtpTalk.OpenAsync(scene.Smtp);
        var message = Samples.Plain("sato@partner.example.net");
        await busy.SayAsync("MAIL FROM:<hanako@corp.example>\r\n", 250);
        await busy.SayAsync("RCPT TO:<sato@partner.example.net>\r\n", 250);
        await busy.SayAsync("DATA\r\n", 354);
        await busy.SendAsync(message.AsMemory(0, 100));
        var stopped = scene.Gateway.StopAsync();
        await idle.ExpectAsync(421);
        await busy.SendAsync(SmtpTalk.Stuffed(message).AsMemory(100));
        await busy.ExpectAsync(250);
        Assert.Equal(0, await stopped);

        // What was accepted while stopping leaves after the next start, if it has not left yet.
        await using var again = await GatewayProcess.StartAsync(new GatewayStart { Data = scene.Data });
        Assert.Equal(message, Assert.Single(await Outbox.WaitForAsync(scene.Data, 1)).Data);
    }

    [Fact]
    public async Task A_bad_configuration_stops_the_start_with_file_and_line()
    {
        using var temp = new Temp("config");
        await File.WriteAllTextAsync(temp["sekisho.yaml"], "organization:\n  domains: [corp.example]\nlimits:\n  recipients: many\n");
        var (gateway, failure) = await GatewayProcess.TryStartAsync(new GatewayStart { Data = temp["data"], Config = temp["sekisho.yaml"] });
        Assert.Null(gateway);
        Assert.StartsWith("ended with 2", failure, StringComparison.Ordinal);
        Assert.Contains($"{temp["sekisho.yaml"]}:4:", failure, StringComparison.Ordinal);
        var check = await Programs.SekishoAsync("config", "check", temp["sekisho.yaml"]);
        Assert.NotEqual(0, check.ExitCode);
        Assert.Contains("sekisho.yaml:4:", check.Output + check.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reload_takes_effect_without_dropping_a_connection(bool bySignal)
    {
        const string Rule = """
            policy:
              - name: secret-project
                when: { keyword: ["Project Fuji"], in: subject }
                then: hold
            """;
        await using var scene = await Scene.OutboxAsync("organization:\n  domains: [corp.example]\n");
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        Assert.StartsWith("250", await SendAsync(talk, "before@partner.example.net"), StringComparison.Ordinal);
        await Outbox.WaitForAsync(scene.Data, 1);

        // A bad file first: said, and without effect.
        await File.WriteAllTextAsync(scene.Config, "organization:\n  domans: [corp.example]\n");
        await SaidAsync(scene.Gateway, "sekisho.yaml:2:", bySignal);
        Assert.StartsWith("250", await SendAsync(talk, "between@partner.example.net"), StringComparison.Ordinal);
        await Outbox.WaitForAsync(scene.Data, 2);

        await File.WriteAllTextAsync(scene.Config, "organization:\n  domains: [corp.example]\n" + Rule + "\n");
        await SaidAsync(scene.Gateway, "configuration reloaded", bySignal);
        Assert.StartsWith("250", await SendAsync(talk, "after@partner.example.net"), StringComparison.Ordinal);
        await scene.WaitForHeldAsync(1);
        Assert.DoesNotContain(Outbox.Read(scene.Data), c => c.To.Contains("after@partner.example.net"));
    }

    [Fact]
    public async Task A_stop_order_halts_a_sender_at_once()
    {
        await using var scene = await Scene.RelayAsync();
        scene.Sink!.Answer = m => m.To[0].StartsWith("halt", StringComparison.Ordinal) ? SinkAnswer.Defer : SinkAnswer.Take;
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        await talk.MailAsync("hanako@corp.example", ["halt1@partner.example.net"], Samples.Plain("halt1@partner.example.net"));
        (await Programs.SekishoAsync("stop", "--sender", "hanako@corp.example", "--data", scene.Data)).Succeeded();
        await talk.MailAsync("hanako@corp.example", ["halt2@partner.example.net"], Samples.Plain("halt2@partner.example.net"));
        await scene.WaitForHeldAsync(2);
        scene.Sink.Answer = _ => SinkAnswer.Take;
        await talk.MailAsync("taro@corp.example", ["free@partner.example.net"], Samples.Plain("free@partner.example.net"));
        var got = await scene.Sink.WaitForAsync(1);
        await Task.Delay(1500);
        Assert.DoesNotContain(scene.Sink.Messages, m => m.To[0].StartsWith("halt", StringComparison.Ordinal));
        Assert.Contains(got, m => m.To[0] == "free@partner.example.net");
    }

    [Fact]
    public async Task The_audit_trail_verifies_beside_the_running_gateway()
    {
        await using var scene = await Scene.OutboxAsync();
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            await talk.MailAsync("hanako@corp.example", ["sato@partner.example.net"], Samples.Plain("sato@partner.example.net"));
        }

        await Outbox.WaitForAsync(scene.Data, 1);
        (await Programs.SekishoAsync("audit-trail", "verify", "--data", scene.Data)).Succeeded();
        var status = (await Programs.SekishoAsync("status", "--data", scene.Data)).Succeeded();
        Assert.NotEmpty(status.Output);
    }

    private static Task<string> SendAsync(SmtpTalk talk, string to) => talk.MailAsync("hanako@corp.example", [to], Samples.Plain(to, $"Project Fuji, {to}"));

    private static async Task SaidAsync(GatewayProcess gateway, string what, bool bySignal)
    {
        if (bySignal)
        {
            gateway.Signal(Signals.Hangup);
        }

        for (var i = 0; i < 200; i++)
        {
            if ((gateway.Errors + gateway.Output).Contains(what, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"never said '{what}'\n{gateway.Errors}");
    }
}
