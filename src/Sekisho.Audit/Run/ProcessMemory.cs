using System.Diagnostics;
using System.Globalization;

namespace Sekisho.Audit.Run;

/// <summary>What this process takes.</summary>
internal static class ProcessMemory
{
    /// <summary>The most memory it held, bytes: the kernel's own count where it keeps one.</summary>
    public static long Peak()
    {
        const string mark = "VmHWM:";
        if (OperatingSystem.IsLinux() && File.Exists("/proc/self/status"))
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal));
            if (line is not null && long.TryParse(line.AsSpan(mark.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture, out var kilobytes))
            {
                return kilobytes * 1024;
            }
        }

        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
