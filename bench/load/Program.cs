using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sekisho.Load;
using Sekisho.Rig;

// Both engines sync to disk before 250 and hand everything to Postfix's smtp-sink; runs take turns, so that a slow minute of the machine
// falls on both.
foreach (var program in new[] { "postfix", "smtp-sink", "smtp-source" })
{
    if (Programs.Find(program) is null)
    {
        Console.Error.WriteLine($"bench: {program} is not installed (Debian package postfix)");
        return 2;
    }
}

if (!Programs.IsRoot)
{
    Console.Error.WriteLine("bench: Postfix needs root");
    return 2;
}

// A gateway runs for weeks: what is measured is not the first seconds of its just-in-time compiler. The same number for both.
const int Warm = 4000;
var quick = args.Contains("--quick");
var repeats = args.SkipWhile(a => a != "--repeats").Skip(1).Select(a => int.Parse(a, CultureInfo.InvariantCulture)).FirstOrDefault(3);
Func<IPEndPoint, Task<Engine>>[] engines = [Engine.PostfixAsync, s => Engine.SekishoAsync(s)];

await SourceRowAsync("smtp-source, 20 sessions, 4 kB", 20, 4000, postfix: quick ? 500 : 1500, sekisho: quick ? 3000 : 5000);
await DriverRowAsync("own client, many senders, 20 sessions, 4 kB", 20, 4000, postfix: quick ? 500 : 1500, sekisho: quick ? 3000 : 5000);
if (!quick)
{
    await DriverRowAsync("1 session, 4 kB", 1, 4000, postfix: 200, sekisho: 500);
    await DriverRowAsync("500 sessions, 4 kB", 500, 4000, postfix: 1500, sekisho: 5000);
    await DriverRowAsync("20 sessions, 100 kB", 20, 100_000, postfix: 500, sekisho: 1000);
    await DriverRowAsync("20 sessions, 10 MB", 20, 10_000_000, postfix: 40, sekisho: 40);
}

await ManyRecipientsAsync(16_280);
return 0;

async Task SourceRowAsync(string title, int sessions, int size, int postfix, int sekisho)
{
    await RepeatAsync(title, sessions, size, postfix, sekisho, async (door, messages) =>
    {
        (await Programs.RunAsync(Programs.Find("smtp-source")!, ["-s", $"{sessions}", "-l", $"{size}", "-m", $"{messages}", "-N", "-f", "clerk@corp.example", "-t", "user@customer.example", door.ToString()])).Succeeded();
        return (0, 0);
    });
}

async Task DriverRowAsync(string title, int sessions, int size, int postfix, int sekisho)
{
    await RepeatAsync(title, sessions, size, postfix, sekisho, async (door, messages) =>
    {
        var times = await Driver.RunAsync(door, sessions, messages, size);
        return (Driver.Percentile(times, 0.5), Driver.Percentile(times, 0.99));
    });
}

async Task RepeatAsync(string title, int sessions, int size, int postfix, int sekisho, Func<IPEndPoint, int, Task<(double P50, double P99)>> load)
{
    var row = new Row(title);
    for (var repeat = 0; repeat < repeats; repeat++)
    {
        foreach (var start in engines)
        {
            Console.Error.Write($"\r{title}: run {repeat + 1} of {repeats} …   ");
            var count = start == engines[0] ? postfix : sekisho;
            var sink = await CountingSink.StartAsync(count + Warm);
            await using var engine = await start(sink.Address);
            // A server that has just started is no server in use: the compiler of the one, the process pool of the other.
            await Driver.RunAsync(engine.Door, Math.Min(sessions, 20), Warm, Math.Min(size, 4000));
            await Task.Delay(2000);
            row.Add(engine.Name, await MeasureAsync(engine, sink, count, load));
        }
    }

    Console.Error.Write("\r" + new string(' ', 79) + "\r");
    row.Print();
}

async Task<Measured> MeasureAsync(Engine engine, CountingSink sink, int count, Func<IPEndPoint, int, Task<(double P50, double P99)>> load)
{
    using var watching = new CancellationTokenSource();
    var memory = WatchAsync(engine.Process, watching.Token);
    var cpu = ProcessUse.Cpu(engine.Process);
    var start = Stopwatch.GetTimestamp();
    var (p50, p99) = await load(engine.Door, count);
    var accepted = Stopwatch.GetElapsedTime(start).TotalSeconds;
    await sink.Ended.WaitAsync(TimeSpan.FromMinutes(2));
    var arrived = Stopwatch.GetElapsedTime(start).TotalSeconds;
    cpu = ProcessUse.Cpu(engine.Process) - cpu;
    await watching.CancelAsync();
    return new Measured(count / accepted, count / arrived, p50, p99, cpu * 1000 / count, await memory);
}

static async Task<double> WatchAsync(int process, CancellationToken stop)
{
    long most = 0;
    while (!stop.IsCancellationRequested)
    {
        most = Math.Max(most, ProcessUse.Memory(process));
        try
        {
            await Task.Delay(250, stop);
        }
        catch (OperationCanceledException)
        {
        }
    }

    return most;
}

static async Task ManyRecipientsAsync(int recipients)
{
    Console.WriteLine();
    Console.WriteLine($"one mail to {Driver.Text(recipients)} strangers in To (sekisho only: each gets a copy of his own)");
    await using var engine = await Engine.SekishoAsync(new IPEndPoint(IPAddress.Loopback, 1), outbox: true);
    var warm = await Driver.OneToManyAsync(engine.Door, 50);
    if (!warm.Reply.StartsWith("250", StringComparison.Ordinal))
    {
        throw new InvalidOperationException(warm.Reply);
    }

    await UntilAsync(engine, 50);
    var before = engine.OutboxCount;
    var start = Stopwatch.GetTimestamp();
    var (accepted, reply) = await Driver.OneToManyAsync(engine.Door, recipients);
    if (!reply.StartsWith("250", StringComparison.Ordinal))
    {
        throw new InvalidOperationException(reply);
    }

    await UntilAsync(engine, before + recipients);
    Console.WriteLine($"  accepted after {Driver.Text(accepted, "N2")} s, every copy synced in the outbox after {Driver.Text(Stopwatch.GetElapsedTime(start).TotalSeconds, "N2")} s, memory {ProcessUse.Memory(engine.Process) / 1048576} MB");
}

static async Task UntilAsync(Engine engine, int copies)
{
    for (var i = 0; i < 1200 && engine.OutboxCount < copies; i++)
    {
        await Task.Delay(50);
    }

    if (engine.OutboxCount < copies)
    {
        throw new TimeoutException($"{engine.OutboxCount} of {copies} copies");
    }
}
