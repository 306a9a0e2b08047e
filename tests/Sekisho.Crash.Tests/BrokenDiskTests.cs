using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>A disk that refuses: the sender is told to come back later, nothing acknowledged is lost, and the gateway recovers by itself.</summary>
public sealed class BrokenDiskTests
{
    [Theory]
    [InlineData("ENOSPC write create")]
    [InlineData("ENOSPC write")]
    [InlineData("EIO write")]
    [InlineData("EIO sync")]
    [InlineData("EIO create")]
    public async Task Trouble_with_the_disk_is_answered_with_4xx_and_passes(string trouble)
    {
        using var temp = new Temp("disk");
        using var disk = await DiskImage.CreateAsync(temp.Path);
        var config = temp["sekisho.yaml"];
        await using var sink = new SmtpSink();
        await File.WriteAllTextAsync(config, Settings.For(sink));
        var ledger = new Ledger();
        var workload = new Workload("disk");
        await using (var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = disk.Data, Config = config, Environment = disk.Mount() }))
        {
            await ledger.SendAsync(gateway.Smtp, workload, connections: 2, each: 10);
            Assert.Equal(20, ledger.Acknowledged.Count);
            for (var round = 0; round < 3; round++)
            {
                var before = (ledger.Acknowledged.Count, ledger.Refused);
                // Under way when the disk breaks, and begun after it.
                var load = ledger.SendAsync(gateway.Smtp, workload, connections: 4, each: 10);
                disk.Break(trouble);
                await load;
                await ledger.SendAsync(gateway.Smtp, workload, connections: 2, each: 5, w => w.Next(trouble.Contains("create") ? MailKind.Large : MailKind.Plain));
                Assert.True(ledger.Refused > before.Refused, $"nothing was answered with 4xx while the disk said {trouble}");
                disk.Mend();
                await ComesBackAsync(gateway, ledger, workload);
            }

            Assert.False(gateway.HasExited, gateway.Errors);
            await Quiet.WaitAsync(disk.Data);
            Assert.Equal(0, await gateway.StopAsync());
        }

        var result = await Reconciliation.RunAsync(ledger, sink.Messages, disk.Data);
        result.AssertLaws();
    }

    private static async Task ComesBackAsync(GatewayProcess gateway, Ledger ledger, Workload workload)
    {
        var before = ledger.Acknowledged.Count;
        for (var i = 0; i < 100 && ledger.Acknowledged.Count < before + 5; i++)
        {
            await ledger.SendAsync(gateway.Smtp, workload, connections: 1, each: 5);
            await Task.Delay(100);
        }

        Assert.True(ledger.Acknowledged.Count >= before + 5, $"does not take mail again after the disk was mended\n{gateway.Errors}");
    }
}
