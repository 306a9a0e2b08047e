using System.Diagnostics;
using System.Text;

namespace Sekisho.Gateway.Tools;

/// <summary>How a child ended.</summary>
internal enum ChildEnd
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>By a limit: time, memory, file size, output, or what the watcher counts.</summary>
    Limit,

    /// <summary>It could not be started.</summary>
    NotStarted,
}

/// <summary>What came of it.</summary>
/// <param name="Output">Standard output, as far as it was allowed.</param>
/// <param name="Errors">The beginning of standard error.</param>
internal sealed record ChildResult(ChildEnd End, int ExitCode, ReadOnlyMemory<byte> Output, string Errors);

/// <summary>What to run.</summary>
internal sealed record ChildJob
{
    /// <summary>Full path.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments, passed as they are: there is no shell that would read them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Its working directory, the only one it can write to.</summary>
    public required string Folder { get; init; }

    /// <summary>The kernel's limits; <see cref="ChildLimits.Time"/> is the wall clock's too.</summary>
    public required ChildLimits Limits { get; init; }

    /// <summary>Bytes of standard output taken; with more it is ended.</summary>
    public required long MaxOutput { get; init; }

    /// <summary>Asked again and again while it runs; true ends it.</summary>
    public Func<bool>? TooMuch { get; init; }
}

/// <summary>Runs one program in the <see cref="Sandbox"/> and waits for its end on the calling thread.</summary>
internal static class ChildProcess
{
    private const int MaxErrors = 4096;
    private const int ExitBySignal = 128;
    private const int SigKill = 9;
    private const int SigXcpu = 24;
    private const int SigXfsz = 25;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Throws <see cref="OperationCanceledException"/> when cancelled, with the child gone; nothing else for what a child does.</summary>
    public static ChildResult Run(ChildJob job, TimeProvider time, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Info(job) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return new ChildResult(ChildEnd.NotStarted, -1, default, e.Message);
        }

        // The fences let a child die with the thread that started it, so this one waits here for its end.
        var id = process.Id;
        using var late = new CancellationTokenSource(job.Limits.Time, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var kill = stop.Token.Register(() => Sandbox.Kill(id));
        CloseInput(process);
        var output = ReadAsync(process.StandardOutput.BaseStream, job.MaxOutput, id);
        var errors = ReadAsync(process.StandardError.BaseStream, MaxErrors, whenFull: 0);
        var done = Task.WhenAll(output, errors, process.WaitForExitAsync(CancellationToken.None));
        var tooMuch = Watch(done, job.TooMuch, id);
        cancel.ThrowIfCancellationRequested();
#pragma warning disable VSTHRD002 // Ended above.
        var (bytes, full) = output.GetAwaiter().GetResult();
        var said = Encoding.UTF8.GetString(errors.GetAwaiter().GetResult().Bytes.Span);
#pragma warning restore VSTHRD002
        var limit = late.IsCancellationRequested || full || tooMuch || BySignal(process.ExitCode);
        return new ChildResult(limit ? ChildEnd.Limit : ChildEnd.Exited, process.ExitCode, bytes, said);
    }

    private static bool Watch(Task done, Func<bool>? tooMuch, int id)
    {
        var stopped = false;
#pragma warning disable VSTHRD002 // A synchronous contract; the pool is told that this thread waits and makes up for it.
        while (!done.Wait(tooMuch is null ? Timeout.InfiniteTimeSpan : s_look))
        {
            if (!stopped && tooMuch!())
            {
                stopped = true;
                Sandbox.Kill(id);
            }
        }
#pragma warning restore VSTHRD002
        return stopped;
    }

    /// <summary>Processor time, file size: the kernel ends it with a signal of its own; out of memory mostly with SIGKILL.</summary>
    private static bool BySignal(int code) => code is ExitBySignal + SigXcpu or ExitBySignal + SigXfsz or ExitBySignal + SigKill;

    private static ProcessStartInfo Info(ChildJob job)
    {
        var command = Sandbox.Here.Wrap(job.Limits, job.Program, job.Arguments);
        var info = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = job.Folder,
        };
        foreach (var argument in command.Skip(1))
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        info.Environment["LC_ALL"] = "C.UTF-8";
        info.Environment["LANG"] = "C.UTF-8";
        info.Environment["TMPDIR"] = job.Folder;
        info.Environment["HOME"] = job.Folder;
        return info;
    }

    private static void CloseInput(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    /// <summary>Reads to the end; past <paramref name="max"/> bytes it ends the process named (or, for none, goes on reading and drops the rest).</summary>
    private static async Task<(ReadOnlyMemory<byte> Bytes, bool Full)> ReadAsync(Stream from, long max, int whenFull)
    {
        var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var full = false;
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                var take = (int)Math.Min(read, max - kept.Length);
                kept.Write(buffer, 0, take);
                if (take < read && !full)
                {
                    full = true;
                    if (whenFull != 0)
                    {
                        Sandbox.Kill(whenFull);
                    }
                }
            }
        }
        catch (IOException)
        {
            // A pipe that breaks has said what it had to say.
        }

        return (kept.GetBuffer().AsMemory(0, (int)kept.Length), full);
    }
}
