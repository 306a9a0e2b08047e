using Sekisho.Gateway.Tools;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Bench.Persons;

/// <summary>The programs the gateway uses to look into files, fenced as there.</summary>
internal sealed class Tools : IDisposable
{
    private readonly ChildTools _programs = new(new ToolsConfig(), TimeProvider.System);

    public InspectionServices Services => new() { Tools = _programs };

    /// <summary>Programs this machine lacks; without them the figures are of another machine.</summary>
    public IReadOnlyList<string> Missing => _programs.Missing();

    public void Dispose() => _programs.Dispose();
}
