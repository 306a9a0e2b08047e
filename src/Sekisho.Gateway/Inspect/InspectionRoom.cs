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
    private volatile InspectionEngine _engine;

    /// <summary>By a configuration.</summary>
    public InspectionRoom(SekishoConfig config, TimeProvider time)
    {
        _tools = new ChildTools(config.Tools, time);
        _engine = Make(config);
    }

    /// <summary>The engine in force.</summary>
    public InspectionEngine Engine => _engine;

    /// <summary>What is missing on this machine and what follows, a line each.</summary>
    public IReadOnlyList<string> Missing() => _tools.Missing();

    /// <summary>Takes over a new configuration; inspections under way end with the one they began with.</summary>
    public void Reload(SekishoConfig config)
    {
        _tools.Use(config.Tools);
        _engine = Make(config);
    }

    /// <inheritdoc/>
    public void Dispose() => _tools.Dispose();

    private InspectionEngine Make(SekishoConfig config)
        => InspectionEngine.CreateDefault(new InspectionServices { Tools = _tools, Limits = config.Limits.Files });
}
