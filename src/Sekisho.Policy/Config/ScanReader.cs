using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads what looks into mail besides the program itself: the malware scanner, external programs, and the bounds of files.</summary>
internal static class ScanReader
{
    /// <summary>Reads <c>malware:</c>.</summary>
    public static MalwareConfig Malware(MapReader malware)
    {
        var all = malware.Word("scan", ("attachments", false), ("all", true)) ?? false;
        var clamd = malware.Text("clamd");
        if (clamd is null or "auto")
        {
            return new() { ScanAll = all };
        }

        if (clamd is "off" or "false" or "no")
        {
            return new() { Auto = false, ScanAll = all };
        }

        if (clamd.StartsWith('/') && !clamd.Any(char.IsControl) && clamd.Length <= LongestSocket)
        {
            return new() { Auto = false, Socket = clamd, ScanAll = all };
        }

        if (HostPort.TryParse(clamd, out var address) && address.Port != 0)
        {
            return new() { Auto = false, Address = address, ScanAll = all };
        }

        malware.Errors.Add(malware.Get("clamd")!, $"malware.clamd is '{ScalarNode.Shorten(clamd)}'; expected auto, off, a socket like /run/clamav/clamd.ctl or HOST:PORT");
        return new() { ScanAll = all };
    }

    /// <summary>Reads <c>tools:</c>.</summary>
    public static ToolsConfig Tools(MapReader tools)
    {
        var programs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ConfigKeys.Tools)
        {
            switch (tools.Text(name))
            {
                case null or "auto":
                    break;
                case "off" or "false" or "no":
                    programs[name] = "";
                    break;
                case var path when path.StartsWith('/'):
                    // One that is not there yet is said at the start, not refused: the package may come later.
                    programs[name] = path;
                    break;
                case var other:
                    tools.Errors.Add(tools.Get(name)!, $"{tools.Name(name)} is '{ScalarNode.Shorten(other)}'; expected auto, off or a full path like /usr/bin/{name}");
                    break;
            }
        }

        return new() { Programs = programs };
    }

    /// <summary>Reads the bounds of files from <c>limits:</c>.</summary>
    public static FileLimits Files(MapReader limits, TimeSpan inspectionTime)
    {
        var d = new FileLimits();
        // A program that takes all the time there is would leave none for the rules.
        var toolTime = d.ToolTime < inspectionTime / 2 ? d.ToolTime : inspectionTime / 2;
        var files = new FileLimits
        {
            Depth = limits.Number("file-depth", 1, 32) ?? d.Depth,
            Files = limits.Number("files", 1, 100_000) ?? d.Files,
            FileBytes = limits.Size("file-size", 64 << 10, 1L << 30) ?? d.FileBytes,
            ExpandedBytes = limits.Size("expanded-size", 64 << 10, 1L << 30) ?? d.ExpandedBytes,
            Ratio = limits.Number("expansion-ratio", 2, 100_000) ?? d.Ratio,
            Chars = limits.Size("file-text", 64 << 10, 256L << 20) ?? d.Chars,
            Cells = limits.Number("file-cells", 1000, 100_000_000) ?? d.Cells,
            ToolTime = limits.Duration("tool-time", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)) ?? toolTime,
        };
        if (files.ToolTime > inspectionTime)
        {
            limits.Errors.Add(limits.PlaceOf("tool-time"),
                $"a program may run {Quantity.Write(files.ToolTime)}, longer than the whole inspection ({Quantity.Write(inspectionTime)}); expected tool-time at most inspection-time");
        }

        return files;
    }

    // sun_path of sockaddr_un is 108 bytes, its closing NUL among them.
    private const int LongestSocket = 107;
}
