using System.Diagnostics;
using System.Globalization;
using Sekisho.Bench.Console;
using Sekisho.Inspection;
using Sekisho.Storage;
using Sekisho.Storage.Sqlite;

// Seeds a store (or uses one that was seeded before), lets the index follow it, and measures what people ask of it.
var mails = 1_000_000;
var waiting = 10_000;
var rounds = 40;
var peer = true;
var pages = "yes";
string? directory = null;
if (args is ["check", ..])
{
    return args is ["check", "--rounds", var wanted] ? await Checks.RunAsync(int.Parse(wanted, CultureInfo.InvariantCulture)) : await Checks.RunAsync(1000);
}

for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--mails": mails = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--rounds": rounds = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--peer": peer = args[i + 1] == "yes"; break;
        case "--pages": pages = args[i + 1]; break;
        case "--directory": directory = args[i + 1]; break;
        default: Console.Error.WriteLine($"what is {args[i]}?"); return 2;
    }
}

var none = CancellationToken.None;
var temporary = directory is null;
directory ??= Directory.CreateTempSubdirectory("sekisho-bench-").FullName;
Directory.CreateDirectory(directory);
var path = Path.Combine(directory, "sekisho.db");
try
{
    var passed = await StoreAndIndexAsync();
    passed &= pages is not "yes" || await Pages.MeasureAsync(directory, rounds, Measure.Limit);
    Console.WriteLine(passed ? "PASS: every p95 is under 200 ms" : "FAIL: a p95 is not under 200 ms (marked !)");
    return passed ? 0 : 1;
}
finally
{
    if (temporary)
    {
        Directory.Delete(directory, recursive: true);
    }
}

async Task<bool> StoreAndIndexAsync()
{
    await using var store = await SqliteStore.OpenAsync(directory, TimeProvider.System, none);
    var started = Stopwatch.GetTimestamp();
    if ((await store.CountsAsync(none)).Submissions == 0)
    {
        using (var database = SqliteDatabase.OpenWriter(path))
        {
            new Seeder(database, mails, waiting).Run(done => Console.Error.Write($"\rseeded {done:N0}"));
        }

        var trail = await store.VerifyAuditAsync(null, none);
        Console.Error.WriteLine();
        Console.WriteLine($"seeded {mails:N0} mails, {trail.Events:N0} events in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {Size(path):N0} MB; trail {(trail.BrokenAt is null ? "sound" : trail.Problem)}");
    }

    await using var index = MailIndex.Open(directory, TimeProvider.System, Console.WriteLine);
    var behind = (await index.SearchAsync(new MailQuery(), none)).Behind;
    var cpu = Process.GetCurrentProcess().TotalProcessorTime;
    started = Stopwatch.GetTimestamp();
    await index.CatchUpAsync(null, none);
    var took = Stopwatch.GetElapsedTime(started);
    Console.WriteLine($"search.db took in {behind:N0} events in {took.TotalSeconds:N0} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:N0} s of a processor; it has {Size(Path.Combine(directory, "search.db")):N0} MB, the store {Size(path):N0} MB");
    var measure = new Measure(index, store, path, rounds, peer);
    await measure.SearchesAsync();
    await measure.OthersAsync();
    Console.WriteLine($"memory of this process {Process.GetCurrentProcess().WorkingSet64 >> 20} MB");
    return measure.Passed;
}

static long Size(string file) => new FileInfo(file).Length >> 20;
