using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>A disk that is full: 452, nothing lost, and mail is taken again once there is room.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_answers_452_and_recovers()
    {
        Need.Root("a small disk is mounted");
        var mount = Need.Program("mount");
        using var temp = new Temp("disk");
        Directory.CreateDirectory(temp["disk"]);
        var mounted = await Programs.RunAsync(mount, ["-t", "tmpfs", "-o", "size=24m", "tmpfs", temp["disk"]]);
        Assert.SkipUnless(mounted.ExitCode == 0, $"cannot mount a tmpfs here: {mounted.Errors.Trim()}");
        try
        {
            await RunAsync(temp, temp["disk"]);
        }
        finally
        {
            await Programs.RunAsync("/bin/umount", ["-l", temp["disk"]]);
        }
    }

    private static async Task RunAsync(Temp temp, string disk)
    {
        await using var sink = new SmtpSink();
        // The floor is as low as it goes, so that the disk really fills up and not only nearly.
        await File.WriteAllTextAsync(temp["sekisho.yaml"], $"limits:\n  free-space: 0\nrelay:\n  host: {sink.Address}\n  retry-first: 1s\n  retry-max: 1s\n");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = Path.Combine(disk, "data"), Config = temp["sekisho.yaml"] });
        sink.Answer = _ => SinkAnswer.Defer;
        var accepted = new List<string>();
        var full = "";
        await using (var talk = await SmtpTalk.OpenAsync(gateway.Smtp))
        {
            for (var i = 0; i < 2000 && full.Length == 0; i++)
            {
                var to = $"sato{i}@partner.example.net";
                byte[] message = [.. Samples.Plain(to), .. System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('y', 76) + "\r\n", i % 4 == 0 ? 1000 : 300)))];
                var reply = await MailAsync(talk, to, message);
                if (reply.StartsWith("250", StringComparison.Ordinal))
                {
                    accepted.Add(to);
                }
                else
                {
                    full = reply;
                }
            }
        }

        Assert.StartsWith("452 4.3.1", full, StringComparison.Ordinal);
        Assert.False(gateway.HasExited);

        // There was something else on the disk: once the mail can leave and the disk has room, it goes on by itself.
        (await Programs.RunAsync(Need.Program("mount"), ["-o", "remount,size=96m", disk])).Succeeded();
        sink.Answer = _ => SinkAnswer.Take;
        var after = "";
        for (var i = 0; i < 100 && !after.StartsWith("250", StringComparison.Ordinal); i++)
        {
            await using var talk = await SmtpTalk.OpenAsync(gateway.Smtp);
            after = await MailAsync(talk, "after@partner.example.net", Samples.Plain("after@partner.example.net"));
            await Task.Delay(100);
        }

        Assert.StartsWith("250", after, StringComparison.Ordinal);
        var owed = accepted.Append("after@partner.example.net").ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < 1200 && owed.Count > 0; i++)
        {
            owed.ExceptWith(sink.Messages.SelectMany(m => m.To));
            await Task.Delay(50);
        }

        Assert.True(owed.Count == 0, $"never delivered: {string.Join(", ", owed)} of {accepted.Count}\n{(await Programs.SekishoAsync("status", "--data", Path.Combine(disk, "data"))).Output}\n{gateway.Errors}");
    }

    /// <summary>A transaction whose refusal may come at any of its commands.</summary>
    private static async Task<string> MailAsync(SmtpTalk talk, string to, byte[] message)
    {
        foreach (var command in new[] { "MAIL FROM:<hanako@corp.example>", $"RCPT TO:<{to}>" })
        {
            var reply = await talk.SayAsync(command + "\r\n");
            if (!reply.StartsWith("250", StringComparison.Ordinal))
            {
                return reply;
            }
        }

        var go = await talk.SayAsync("DATA\r\n");
        if (!go.StartsWith("354", StringComparison.Ordinal))
        {
            return go;
        }

        await talk.SendAsync(SmtpTalk.Stuffed(message));
        return await talk.ReplyAsync() ?? "closed";
    }
}
