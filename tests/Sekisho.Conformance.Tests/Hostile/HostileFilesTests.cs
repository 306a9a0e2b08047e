using System.Collections.Concurrent;
using System.Globalization;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests.Hostile;

/// <summary>
/// Bombs and broken files, each through the real program in a process of its own: it ends, it does not let out unseen what cannot be looked
/// into, it stays under its memory, and it leaves nothing behind. Laws 7 and 9.
/// </summary>
public sealed class HostileFilesTests
{
    /// <summary>The most one process (the program, or a tool it started) may hold, as docs/guarantees.md says.</summary>
    private const long MaxKilobytes = 600 * 1024;

    // getrusage of the ended children is the only count that misses nothing between two looks.
    private const string Measure = """
        import resource, subprocess, sys
        code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode
        print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
        sys.exit(code)
        """;

    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<string, long> _peaks = new(StringComparer.Ordinal);

    [Fact]
    public async Task A_folder_of_bombs_ends_within_its_limits()
    {
        var python = Need.Program("python3");
        using var temp = new Temp("hostile");
        await File.WriteAllTextAsync(temp["sekisho.yaml"], "organization:\n  domains: [corp.example]\nmalware: { clamd: off }\n");
        var made = await HostileTools.AllAsync(temp.Path);
        var files = HostileArchives.All().Concat(HostileDocuments.All()).Concat(made).ToList();
        Assert.True(files.Count >= 60, $"only {files.Count} files");
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (file, _) => await CheckAsync(python, temp, file));
        var largest = _peaks.MaxBy(p => p.Value);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure hostile files: {files.Count}, largest process {largest.Value / 1024} MB ({largest.Key})"));
        Assert.False(File.Exists("/tmp/sekisho-climbed"), "a file was written outside the private folder");
        Assert.True(_wrong.IsEmpty, string.Join('\n', _wrong));
    }

    private async Task CheckAsync(string python, Temp temp, HostileFile file)
    {
        var place = Directory.CreateDirectory(temp[Guid.NewGuid().ToString("N")]).FullName;
        var mail = Path.Combine(place, "mail.eml");
        await File.WriteAllBytesAsync(mail, HostileTools.Mail(file));
        var temporary = Directory.CreateDirectory(Path.Combine(place, "tmp")).FullName;
        ProgramResult result;
        try
        {
            result = await Programs.RunAsync(python, ["-c", Measure, Tree.Program, "check", mail, "--json", "--config", temp["sekisho.yaml"]], environment: new Dictionary<string, string> { ["TMPDIR"] = temporary });
        }
        catch (TimeoutException)
        {
            _wrong.Enqueue($"{file.Name}: did not end");
            return;
        }

        Expect(file, result.ExitCode is 0 or 1, $"exit code {result.ExitCode}: {result.Errors}");
        Expect(file, !file.Stops || result.ExitCode == 1, "went out unseen");
        Expect(file, !result.Output.Contains("root:x:", StringComparison.Ordinal), "shows a file of this machine");
        var peak = result.Errors.Split('\n').LastOrDefault(l => l.StartsWith("peak ", StringComparison.Ordinal)) is { } line ? long.Parse(line[5..], CultureInfo.InvariantCulture) : long.MaxValue;
        _peaks[file.Name] = peak;
        Expect(file, peak < MaxKilobytes, $"held {peak / 1024} MB");
        Expect(file, Directory.GetFileSystemEntries(temporary, "sekisho-*").Length == 0, "left a folder behind");
        Expect(file, !Running(temporary), "left a process behind");
        Directory.Delete(place, recursive: true);
    }

    private void Expect(HostileFile file, bool holds, string otherwise)
    {
        if (!holds)
        {
            _wrong.Enqueue($"{file.Name}: {otherwise}");
        }
    }

    /// <summary>True when a process works in the folder: every child has it in its environment.</summary>
    private static bool Running(string temporary) => Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)).Any(p =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(p, "environ")).Contains(temporary, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
