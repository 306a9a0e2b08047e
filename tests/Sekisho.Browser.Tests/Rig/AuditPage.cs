using Sekisho.Audit.Report;
using Sekisho.Pages.Shell;
using Sekisho.Rig;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>The page of an audit, opened from a folder as its reader opens it.</summary>
internal static class AuditPage
{
    /// <summary>Writes the page in the language of the look, opens it and does something on it.</summary>
    public static async Task VisitAsync(AuditReport report, Look look, Func<Visit, Task> what)
    {
        using var folder = new Temp("report");
        var path = Write(report, look.Language, folder["audit.html"]);
        await VisitAsync(path, look, what);
    }

    /// <summary>The same of a page that is written already.</summary>
    public static Task VisitAsync(string path, Look look, Func<Visit, Task> what) => Visit.RunAsync("file://" + Path.GetDirectoryName(path), look, null, async visit =>
    {
        await visit.Page.GotoAsync("file://" + path);
        await what(visit);
    });

    /// <summary>Writes the page; returns the path.</summary>
    public static string Write(AuditReport report, string language, string path)
    {
        using var file = File.Create(path);
        ReportPage.Write(report, new Tongue(language == "ja"), file);
        return path;
    }
}
