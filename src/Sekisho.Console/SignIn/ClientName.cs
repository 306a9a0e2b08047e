using Sekisho.Pages.Shell;

namespace Sekisho.Pages.SignIn;

/// <summary>A browser as its owner knows it: <c>Firefox, Windows (192.0.2.7)</c> instead of what it says of itself.</summary>
internal static class ClientName
{
    // In this order: most browsers also call themselves Chrome, and all of those Safari.
    private static readonly (string Sign, string Name)[] s_browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Sign, string Name)[] s_systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Of a session's client: its address, a blank, what the browser says of itself.</summary>
    public static string Of(string client, Tongue tongue)
    {
        var (address, agent) = client.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? (client[..blank], client[blank..]) : (client, "");
        var browser = s_browsers.FirstOrDefault(b => agent.Contains(b.Sign, StringComparison.Ordinal)).Name ?? tongue["another browser", "その他のブラウザー"];
        var system = s_systems.FirstOrDefault(s => agent.Contains(s.Sign, StringComparison.Ordinal)).Name;
        return $"{browser}{(system is null ? "" : ", " + system)} ({Shown.Text(address, 60)})";
    }
}
