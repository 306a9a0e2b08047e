using Sekisho.Gateway.Tools;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Inspect;

/// <summary>
/// The engine with everything it needs from outside: programs, malware scanner, bounds. The one place that puts them together, for the gateway and for every
/// command that looks at mail. Dispose it: it leaves no folder behind.
/// </summary>
public sealed class InspectionRoom : IDisposable
{
    private readonly ChildTools _tools;
    private readonly TimeProvider _time;
    private volatile Set _set;

    /// <summary>By a configuration.</summary>
    public InspectionRoom(SekishoConfig config, TimeProvider time)
    {
        _time = time;
        _tools = new ChildTools(config.Tools, time);
        _set = Make(config);
    }

    /// <summary>The engine in force.</summary>
    public InspectionEngine Engine => _set.Engine;

    /// <summary>An engine of other rules over the same programs and bounds; no malware scanner.</summary>
    public InspectionEngine EngineOf(params IReadOnlyList<IInspector> rules) => new(rules, new InspectionServices { Tools = _tools, Limits = _set.Config.Limits.Files });

    /// <summary>What is missing on this machine and what follows, a line each. Asks the scanner, which may take seconds.</summary>
    public IReadOnlyList<string> Missing()
        => MalwareScanners.Missing(_set.Scanner, _set.Config.Malware) is { } scanner ? [.. _tools.Missing(), scanner] : _tools.Missing();

    /// <summary>Takes over a new configuration; inspections under way end with the one they began with.</summary>
    public void Reload(SekishoConfig config)
    {
        _tools.Use(config.Tools);
        _set = Make(config);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tools.Dispose();
        (_set.Scanner as IDisposable)?.Dispose();
    }

    private Set Make(SekishoConfig config)
    {
        var scanner = MalwareScanners.Of(config, _time);
        var services = new InspectionServices { Tools = _tools, Malware = scanner, ScanPlainText = config.Malware.ScanAll, Limits = config.Limits.Files };
        return new Set(InspectionEngine.CreateDefault(services), scanner, config);
    }

    private sealed record Set(InspectionEngine Engine, IMalwareScanner Scanner, SekishoConfig Config);
}
