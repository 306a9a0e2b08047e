using Sekisho.Gateway;

namespace Sekisho.Pages.Administration;

/// <summary>What is slow to find out about the machine, asked at most once a minute: missing programs (the scanner takes seconds to answer) and sizes of the data directory.</summary>
public sealed class MachineState(GatewayHost gateway, string dataDirectory, TimeProvider time) : IDisposable
{
    private const int MostFiles = 100_000;
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private (IReadOnlyList<string> Missing, IReadOnlyList<(string, long)> Sizes)? _last;
    private long _at;

    /// <summary>What is missing, a line each; the sizes by name.</summary>
    public async Task<(IReadOnlyList<string> Missing, IReadOnlyList<(string Name, long Bytes)> Sizes)> ReadAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_last is null || time.GetElapsedTime(_at) > s_fresh)
            {
                _last = await Task.Run(() => (gateway.Missing(), Sizes()), cancel).ConfigureAwait(false);
                _at = time.GetTimestamp();
            }

            return _last.Value;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private IReadOnlyList<(string, long)> Sizes()
    {
        var sizes = new List<(string, long)>();
        foreach (var name in new[] { "sekisho.db", "search.db" })
        {
            sizes.Add((name, new[] { "", "-wal" }.Sum(end => LengthOf(Path.Combine(dataDirectory, name + end)))));
        }

        foreach (var name in new[] { "spool", "outbox" })
        {
            var folder = Path.Combine(dataDirectory, name);
            if (Directory.Exists(folder))
            {
                sizes.Add((name + "/", Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Take(MostFiles).Sum(LengthOf)));
            }
        }

        return sizes;
    }

    private static long LengthOf(string path)
    {
        try
        {
            return File.Exists(path) ? new FileInfo(path).Length : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
