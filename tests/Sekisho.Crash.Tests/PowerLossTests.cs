using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>Law 1 on a disk that drops everything unsynced when the power goes. SIGKILL alone cannot show a missing fsync: the kernel still writes what the dead process left.</summary>
public sealed class PowerLossTests
{
    [Fact]
    public async Task Power_loss_at_any_instant_keeps_what_was_accepted()
    {
        using var temp = new Temp("power");
        var losses = Tree.Long ? 300 : 15;
        var result = await RunAsync(temp, losses, ignore: null, seed: 1);
        Console.WriteLine($"figure power loss: {losses} losses, {result.Acknowledged} mails acknowledged, {result.Lost.Count} lost, {result.Duplicates} duplicates, {result.Unrecorded.Count} of them unrecorded");
        result.AssertLaws();
        Assert.True(result.Acknowledged > losses, "too little was accepted to prove anything");
    }

    // What each sync is for: with it disabled the same run must lose mail. A mutation that loses nothing would be a sync that is not needed,
    // or a harness that sees nothing.
    [Theory]
    [InlineData("file:.db", "the database's log")]
    [InlineData("dir:@", "the data directory's entries")]
    [InlineData("file:spool/", "large bodies")]
    [InlineData("dir:spool", "the entries of large bodies")]
    public async Task Each_sync_is_needed(string ignore, string what)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            using var attempt = new Temp("mutation");
            if (await LosesAsync(attempt, ignore, seed))
            {
                Console.WriteLine($"figure power loss without the sync of {what}: mail is lost, as it must be");
                return;
            }
        }

        Assert.Fail($"without the sync of {what} nothing was lost");
    }

    /// <summary>True when the run lost mail, or the store itself could not be opened any more.</summary>
    private static async Task<bool> LosesAsync(Temp temp, string ignore, int seed)
    {
        try
        {
            return (await RunAsync(temp, 3, ignore, seed)).Lost.Count > 0;
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("sekisho serve ", StringComparison.Ordinal))
        {
            return true; // it does not even start on what is left
        }
    }

    private static async Task<Reconciliation> RunAsync(Temp temp, int losses, string? ignore, int seed)
    {
        using var disk = await DiskImage.CreateAsync(temp.Path);
        var config = temp["sekisho.yaml"];
        await using var sink = new SmtpSink();
        await File.WriteAllTextAsync(config, Settings.For(sink));
        var random = new Random(seed);
        var ledger = new Ledger();
        var workload = new Workload($"power{seed}");
        // The sink defers at first, so that what was accepted exists nowhere but on the disk when the power goes.
        sink.Answer = _ => SinkAnswer.Defer;
        for (var i = 0; i < losses; i++)
        {
            await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = disk.Data, Config = config, Environment = disk.Mount(ignore) });
            var load = ledger.SendAsync(gateway.Smtp, workload, connections: 4, each: 20);
            await (i % 3 == 0 ? load : Task.Delay(random.Next(50, 600)));
            if (i == losses / 2)
            {
                sink.Answer = _ => SinkAnswer.Take;
            }

            await gateway.KillAsync();
            await load;
            disk.LosePower();
        }

        sink.Answer = _ => SinkAnswer.Take;
        await using (var last = await GatewayProcess.StartAsync(new GatewayStart { Data = disk.Data, Config = config }))
        {
            try
            {
                await Quiet.WaitAsync(disk.Data, ignore is null ? 180 : 5);
            }
            catch (TimeoutException) when (ignore is not null)
            {
                // A body that is gone is tried for days; the comparison tells.
            }

            await last.StopAsync();
        }

        return await Reconciliation.RunAsync(ledger, sink.Messages, disk.Data);
    }
}
