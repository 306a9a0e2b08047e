using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Sekisho.Program.Commands;

/// <summary>The replay cannot go on; the message is one line for the person who called it.</summary>
internal sealed class ReplayException(string message) : Exception(message);

/// <summary>A gateway that a replay starts for itself: this same program on a temporary directory and free ports, no relay, no configuration.</summary>
internal sealed class ReplayGateway : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly bool _keep;

    private ReplayGateway(Process process, string data, IPEndPoint smtp, bool keep)
        => (_process, Data, Smtp, _keep) = (process, data, smtp, keep);

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    /// <summary>Where it takes mail.</summary>
    public IPEndPoint Smtp { get; }

    /// <summary>True once it has ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts one and waits for its <c>ready</c> line. Throws <see cref="ReplayException"/> with its last words when that does not come.</summary>
    public static async Task<ReplayGateway> StartAsync(bool faulty, bool keep, CancellationToken cancel)
    {
        var data = Directory.CreateTempSubdirectory("sekisho-replay-").FullName;
        var program = Environment.ProcessPath ?? throw new ReplayException("this program's own path is not known; name a gateway with --smtp and --data");
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ReplayGateway).Assembly.Location);
        }

        foreach (var argument in new[] { "serve", "--data", data, "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        // A directory without sekisho.yaml: the shipped settings, whatever lies where the replay was called.
        start.WorkingDirectory = data;
        if (faulty)
        {
            start.Environment["SEKISHO_FAULT"] = "misroute";
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Remove(data);
            throw new ReplayException($"a gateway could not be started: {e.Message}");
        }

        var words = new Queue<string>();
        var ready = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new ReplayException("the gateway ended before it was ready"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var smtp = await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
            return new ReplayGateway(process, data, smtp, keep);
        }
        catch (Exception e)
        {
            await EndAsync(process);
            Remove(data);
            cancel.ThrowIfCancellationRequested();
            string last;
            lock (words)
            {
                last = string.Join(" | ", words);
            }

            throw new ReplayException($"{(e is TimeoutException ? "the gateway was not ready within a minute" : e.Message)}{(last.Length > 0 ? $": {last}" : "")}");
        }

        void Hear(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (words)
            {
                words.Enqueue(line);
                if (words.Count > 5)
                {
                    words.Dequeue();
                }
            }

            var at = line.IndexOf("ready ", StringComparison.Ordinal);
            var smtp = at < 0 ? null : line[at..].Split(' ').FirstOrDefault(w => w.StartsWith("smtp=", StringComparison.Ordinal));
            if (smtp is not null && IPEndPoint.TryParse(smtp["smtp=".Length..], out var address))
            {
                ready.TrySetResult(address);
            }
        }
    }

    /// <summary>Ends the gateway and removes its directory (unless it is to be kept).</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(_process);
        if (!_keep)
        {
            Remove(Data);
        }
    }

    private static async Task EndAsync(Process process)
    {
        using (process)
        {
            if (process.HasExited)
            {
                return;
            }

            if (OperatingSystem.IsWindows() || Kill(process.Id, SigTerm) != 0)
            {
                process.Kill();
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            // Left for the system's own cleaning of temporary files.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
