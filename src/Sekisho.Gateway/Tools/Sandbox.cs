using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sekisho.Gateway.Tools;

/// <summary>What one child may take; the kernel holds it to that (setrlimit(2)).</summary>
/// <param name="Time">Processor time; the wall clock is watched by the parent.</param>
/// <param name="FileBytes">The largest file it may write.</param>
internal sealed record ChildLimits(TimeSpan Time, long FileBytes)
{
    /// <summary>Address space. A 7z dictionary of 64 MB and poppler's fonts fit; what wants more is a bomb or goes to a person.</summary>
    public const long Memory = 512L * 1024 * 1024;

    /// <summary>Open files.</summary>
    public const int Files = 64;
}

/// <summary>
/// How a child is fenced in on this machine: a session of its own, dies with its parent, no new privileges, no network, no processes of its
/// own, limits on processor, memory and files, lowest priority. Each fence is a small program of util-linux before the real one;
/// which of them work here (containers forbid some) is found out once by trying.
/// </summary>
internal sealed class Sandbox
{
    private const string Nobody = "65534";

    // ulimit is a shell's own word; the shell replaces itself, so that there is still one process. dash and busybox say -p, bash says -u.
    private const string Shell = "ulimit -c 0; ulimit -n $1; ulimit -f $2; ulimit -t $3; ulimit -v $4 2>/dev/null; ulimit -p 1 2>/dev/null || ulimit -u 1 2>/dev/null; shift 4; exec nice -n 10 \"$@\"";

    private readonly string[] _fence;

    private Sandbox(string[] fence, bool noNetwork, bool asNobody) => (_fence, NoNetwork, AsNobody) = (fence, noNetwork, asNobody);

    /// <summary>The network was taken away.</summary>
    public bool NoNetwork { get; }

    /// <summary>Root's children run as nobody; their folder must be theirs.</summary>
    public bool AsNobody { get; }

    /// <summary>The best fence that works here, found by trying on first use.</summary>
    public static Sandbox Here { get; } = Find();

    /// <summary>The whole command: fence, limits, program. The first is the file to start.</summary>
    public IReadOnlyList<string> Wrap(ChildLimits limits, string program, IEnumerable<string> arguments)
    {
        var seconds = (long)Math.Ceiling(limits.Time.TotalSeconds) + 1;
        long[] numbers = [ChildLimits.Files, Math.Max(1, limits.FileBytes / 512), seconds, ChildLimits.Memory / 1024];
        return [.. _fence, "/bin/sh", "-c", Shell, "sh", .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)), program, .. arguments];
    }

    /// <summary>Ends a child and everything in its session. Nothing happens when it is gone.</summary>
    public static void Kill(int process)
    {
        _ = Native.Kill(-process, Native.SigKill);
        // Until the first of the fences has made the session, it is still in ours.
        _ = Native.Kill(process, Native.SigKill);
    }

    private static Sandbox Find()
    {
        var root = Environment.IsPrivilegedProcess;
        string[] session = ["setsid"];
        string[] orphan = ["setpriv", "--pdeathsig", "KILL", "--no-new-privs"];
        string[] lone = ["unshare", .. root ? (string[])[] : ["--user"], "--net", "--ipc", "--pid", "--fork", "--kill-child"];
        string[] nobody = ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--pdeathsig", "KILL"];
        List<Sandbox> fences = [];
        if (root)
        {
            fences.Add(new([.. session, .. orphan, .. lone, .. nobody], noNetwork: true, asNobody: true));
            fences.Add(new([.. session, .. nobody], noNetwork: false, asNobody: true));
        }

        fences.Add(new([.. session, .. orphan, .. lone], noNetwork: true, asNobody: false));
        fences.Add(new([.. session, .. orphan], noNetwork: false, asNobody: false));
        fences.Add(new(session, noNetwork: false, asNobody: false));
        return fences.FirstOrDefault(f => f.Works()) ?? new([], noNetwork: false, asNobody: false);
    }

    private bool Works()
    {
        var command = Wrap(new ChildLimits(TimeSpan.FromSeconds(2), 512), "true", []);
        var info = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1))
        {
            info.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            if (process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                return process.ExitCode == 0;
            }

            Kill(process.Id);
            return false;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}

/// <summary>What .NET has no word for.</summary>
internal static partial class Native
{
    public const int SigKill = 9;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ChangeOwner(string path, uint user, uint group);
}
