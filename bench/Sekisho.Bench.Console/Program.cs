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
string? directory = null;
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--mails": mails = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--rounds": rounds = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--peer": peer = args[i + 1] == "yes"; break;
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

    mails = (int)(await store.CountsAsync(none)).Submissions;
    await using var index = MailIndex.Open(directory, TimeProvider.System, Console.WriteLine);
    started = Stopwatch.GetTimestamp();
    await index.CatchUpAsync(null, none);
    var took = Stopwatch.GetElapsedTime(started);
    Console.WriteLine($"search.db followed in {took.TotalSeconds:N0} s ({mails / took.TotalSeconds:N0} mails/s when new), {Size(Path.Combine(directory, "search.db")):N0} MB");
    var measure = new Measure(index, store, path, rounds, peer);
    await measure.SearchesAsync();
    await measure.OthersAsync();
    Console.WriteLine($"memory of this process {Process.GetCurrentProcess().WorkingSet64 >> 20} MB");
    Console.WriteLine(measure.Passed ? "PASS: every p95 is under 200 ms" : "FAIL: a p95 is not under 200 ms");
    return measure.Passed ? 0 : 1;
}
finally
{
    if (temporary)
    {
        Directory.Delete(directory, recursive: true);
    }
}

static long Size(string file) => new FileInfo(file).Length >> 20;
