using System.Globalization;

namespace Sekisho.Load;

/// <summary>What a process and all below it used, read from /proc.</summary>
internal static class ProcessUse
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>CPU seconds so far: the living, and those that ended and were waited for.</summary>
    public static double Cpu(int root) => Family(root).Sum(p => Times(p));

    /// <summary>Resident memory in bytes, shared pages counted in proportion (PSS).</summary>
    public static long Memory(int root) => Family(root).Sum(Proportional);

    private static IEnumerable<int> Family(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Fields(id) is { } fields)
            {
                parents[id] = int.Parse(fields[1], CultureInfo.InvariantCulture);
            }
        }

        return parents.Keys.Where(id =>
        {
            for (var at = id; at > 1; at = parents.GetValueOrDefault(at))
            {
                if (at == root)
                {
                    return true;
                }
            }

            return false;
        });
    }

    private static double Times(int id) =>
        Fields(id) is { } f ? (long.Parse(f[11], CultureInfo.InvariantCulture) + long.Parse(f[12], CultureInfo.InvariantCulture) + long.Parse(f[13], CultureInfo.InvariantCulture) + long.Parse(f[14], CultureInfo.InvariantCulture)) / TicksPerSecond : 0;

    /// <summary>The fields of /proc/N/stat after the name: 0 is the state, 1 the parent, 11 to 14 the times.</summary>
    private static string[]? Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Proportional(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/smaps_rollup").FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line["Pss:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
