using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Sekisho.Rig;

/// <summary>How to start the gateway.</summary>
internal sealed record GatewayStart
{
    /// <summary>The data directory.</summary>
    public required string Data { get; init; }

    /// <summary>Where copies go; null: the outbox.</summary>
    public IPEndPoint? Relay { get; init; }

    /// <summary>A configuration file, or null.</summary>
    public string? Config { get; init; }

    /// <summary>False: the listeners come from the configuration file.</summary>
    public bool PassAddresses { get; init; } = true;

    /// <summary>Extra environment, e.g. a failpoint.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>The real program, running <c>serve</c> on free ports of the loopback interface. Killed when disposed, if it still runs.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    /// <summary>A start that takes longer than this counts as hung; a start takes half a second.</summary>
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Match> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process) => _process = process;

    /// <summary>Where it takes mail.</summary>
    public IPEndPoint Smtp { get; private set; } = null!;

    /// <summary>Its web server, ending in no slash.</summary>
    public string Http { get; private set; } = "";

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>True once the process is gone.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to its standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>What it wrote to its standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts and waits until it says <c>ready</c>. Throws when it ends before, with what it said.</summary>
    public static async Task<GatewayProcess> StartAsync(GatewayStart start)
    {
        var (gateway, failure) = await TryStartAsync(start);
        return gateway ?? throw new InvalidOperationException("sekisho serve " + failure);
    }

    /// <summary>Starts; when it ends before <c>ready</c> the second value is what it said, and the first is null only then.</summary>
    public static async Task<(GatewayProcess? Gateway, string? Failure)> TryStartAsync(GatewayStart start)
    {
        var info = new ProcessStartInfo(Tree.Program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        info.ArgumentList.Add("serve");
        info.ArgumentList.Add("--data");
        info.ArgumentList.Add(start.Data);
        if (start.PassAddresses)
        {
            info.ArgumentList.Add("--smtp");
            info.ArgumentList.Add("127.0.0.1:0");
            info.ArgumentList.Add("--http");
            info.ArgumentList.Add("127.0.0.1:0");
        }

        if (start.Relay is not null)
        {
            info.ArgumentList.Add("--relay");
            info.ArgumentList.Add(start.Relay.ToString());
        }

        if (start.Config is not null)
        {
            info.ArgumentList.Add("--config");
            info.ArgumentList.Add(start.Config);
        }

        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        var process = new Process { StartInfo = info };
        var gateway = new GatewayProcess(process);
        process.OutputDataReceived += gateway.OnOutput;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (gateway._errors)
            {
                gateway._errors.AppendLine(line.Data);
            }
        };
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = process.WaitForExitAsync();
        if (await Task.WhenAny(gateway._ready.Task, exited, Task.Delay(s_startLimit)) != gateway._ready.Task)
        {
            var why = $"{(process.HasExited ? $"ended with {process.ExitCode}" : "did not get ready")}\n{gateway.Output}{gateway.Errors}";
            await gateway.DisposeAsync();
            return (null, why);
        }

        var ready = await gateway._ready.Task;
        gateway.Smtp = IPEndPoint.Parse(ready.Groups["smtp"].Value);
        gateway.Http = $"http://{ready.Groups["http"].Value}";
        return (gateway, null);
    }

    /// <summary>SIGTERM; waits for the end and gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signals.Send(_process.Id, Signals.Terminate);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL; waits for the end.</summary>
    public async Task KillAsync()
    {
        Signals.Send(_process.Id, Signals.Kill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Any signal.</summary>
    public void Signal(int signal) => Signals.Send(_process.Id, signal);

    /// <summary>Waits for the end.</summary>
    public Task WaitForExitAsync(CancellationToken cancel) => _process.WaitForExitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void OnOutput(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        if (line.Data is not null && ReadyLine().Match(line.Data) is { Success: true } ready)
        {
            _ready.TrySetResult(ready);
        }
    }

    [GeneratedRegex(@"^ready smtp=(?<smtp>\S+?)(?:,\S+)? http=(?<http>\S+) data=(?<data>.+)$")]
    private static partial Regex ReadyLine();
}
