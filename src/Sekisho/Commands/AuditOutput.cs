using Sekisho.Audit.Report;
using Sekisho.Audit.Run;

namespace Sekisho.Program.Commands;

/// <summary>Writes what an audit found where it was asked for.</summary>
internal static class AuditOutput
{
    public static void Write(AuditOutcome outcome, AuditRequest request)
    {
        if (request.Csv is { } csv)
        {
            AuditPlaces.Write(csv, s => ReportCsv.Write(outcome.Incidents(0), s));
        }

        if (request.Json)
        {
            using var output = Console.OpenStandardOutput();
            using var buffered = new BufferedStream(output, 64 * 1024);
            ReportJson.Write(outcome.Report, outcome.Incidents(0), buffered);
            return;
        }

        var first = outcome.Report.Policies[0];
        Console.Out.WriteLine($"{outcome.Report.Messages} messages, {outcome.Report.Outside} outside, {first.Interrupted} interrupted, {first.IncidentCount} incidents");
    }
}
