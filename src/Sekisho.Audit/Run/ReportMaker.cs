using Sekisho.Audit.Archives;
using Sekisho.Audit.Report;

namespace Sekisho.Audit.Run;

/// <summary>The report of a finished run.</summary>
internal static class ReportMaker
{
    private const int MostIncidents = 10_000;

    private const int MostBroken = 1000;

    public static AuditReport Make(IMailArchive archive, AuditPlan plan, RunState state) => new()
    {
        Paths = plan.Paths,
        Messages = state.Messages,
        Bytes = state.Bytes,
        Broken = archive.BrokenCount + state.Broken,
        BrokenPlaces = [.. archive.Broken.Concat(state.BrokenPlaces).Take(MostBroken)],
        Outside = state.Outside,
        Incoming = state.Incoming,
        Repeated = state.Repeated,
        Domains = plan.Domains,
        From = state.First,
        To = state.Last,
        Policies = [.. plan.Policies.Select((p, i) => state.Tallies[i].Outcome(p, state.Incidents[i].Gravest(MostIncidents), state.Incidents[i].Count))],
        MostExposed = state.Exposure.MostExposed(),
    };
}
