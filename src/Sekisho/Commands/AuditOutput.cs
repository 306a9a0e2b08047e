using Sekisho.Audit.Report;
using Sekisho.Audit.Run;
using Sekisho.Pages.Shell;

namespace Sekisho.Program.Commands;

/// <summary>Writes what an audit found where it was asked for.</summary>
internal static class AuditOutput
{
    private const int DefaultWidth = 80;

    public static void Write(AuditOutcome outcome, AuditRequest request, bool learnt)
    {
        var tongue = TongueOf(request.Language);
        if (request.Html is { } html)
        {
            AuditPlaces.Write(html, s => ReportPage.Write(outcome.Report, tongue, s));
        }

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

        ReportTerminal.Write(outcome.Report, tongue, Console.Out, new ReportTerminalOptions
        {
            Width = Width(),
            Colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Page = request.Html,
            Learnt = learnt,
        });
    }

    private static Tongue TongueOf(string? language)
    {
        string[] names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        var wanted = language ?? names.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => v is { Length: > 0 }) ?? "";
        return new Tongue(wanted.StartsWith("ja", StringComparison.OrdinalIgnoreCase));
    }

    private static int Width()
    {
        try
        {
            return Console.IsOutputRedirected ? DefaultWidth : Console.WindowWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
