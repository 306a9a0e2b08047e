using System.Diagnostics;
using System.Globalization;
using Sekisho.Audit.Archives;

// How fast archives are looked through (every message found, dated, put in order) and then read in date order, and the most memory it took.
var paths = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
var json = args.Contains("--json");
var threads = args.FirstOrDefault(a => a.StartsWith("--threads=", StringComparison.Ordinal)) is { } set ? int.Parse(set[10..], CultureInfo.InvariantCulture) : 0;
if (paths.Length == 0)
{
    Console.Error.WriteLine("usage: bench/archive PATH… [--threads=N] [--json]");
    return 2;
}

var size = paths.Sum(Size);
using var process = Process.GetCurrentProcess();
var spent = process.TotalProcessorTime;
var watch = Stopwatch.StartNew();
using var archive = MailArchive.Open(paths, new ArchiveOptions { Parallelism = threads });
var indexed = watch.Elapsed;
process.Refresh();
var processor = process.TotalProcessorTime - spent;
var indexedPeak = Peak();
watch.Restart();
long bytes = 0;
for (var i = 0; i < archive.Count; i++)
{
    bytes += archive.Read(i).Length;
}

var read = watch.Elapsed;
var row = new
{
    messages = archive.Count,
    broken = archive.BrokenCount,
    megabytes = size / 1e6,
    indexSeconds = indexed.TotalSeconds,
    indexMegabytesPerSecond = size / 1e6 / indexed.TotalSeconds,
    indexProcessorSeconds = processor.TotalSeconds,
    readMegabytesPerSecond = bytes / 1e6 / read.TotalSeconds,
    indexPeakMegabytes = indexedPeak / 1e6,
    peakMegabytes = Peak() / 1e6,
};
Console.WriteLine(json
    ? System.Text.Json.JsonSerializer.Serialize(row)
    : string.Create(CultureInfo.InvariantCulture, $"{row.messages:N0} messages ({row.broken:N0} broken), {row.megabytes:N1} MB: looked through in {row.indexSeconds:N2} s, {row.indexMegabytesPerSecond:N0} MB/s ({row.indexProcessorSeconds:N2} s of processor time); read in date order at {row.readMegabytesPerSecond:N0} MB/s; at most {row.indexPeakMegabytes:N0} MB, with reading {row.peakMegabytes:N0} MB"));
return 0;

static long Size(string path) =>
    File.Exists(path) ? new FileInfo(path).Length : new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

static long Peak() =>
    File.ReadLines("/proc/self/status").Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Select(l => long.Parse(l[6..^2].Trim(), CultureInfo.InvariantCulture) * 1024).FirstOrDefault();
