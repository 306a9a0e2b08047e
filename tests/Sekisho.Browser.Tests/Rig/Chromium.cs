using Microsoft.Playwright;
using Sekisho.Rig;

[assembly: AssemblyFixture(typeof(Sekisho.Browser.Tests.Rig.Chromium))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace Sekisho.Browser.Tests.Rig;

/// <summary>
/// Debian's Chromium, headless, one process for all tests; each visit has a context (cookies, cache, language) of its own. Started when the first test needs it, with a profile that is gone afterwards.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    // What a browser does of itself (updates, syncing, looking for a better transport) has no place in a test that counts requests.
    private static readonly string[] s_arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"];

    private static readonly SemaphoreSlim s_gate = new(1, 1);
    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    /// <summary>The browser; skips the test where it is not installed.</summary>
    internal static async Task<IBrowser> OpenAsync()
    {
        var program = Need.Program("chromium");
        await s_gate.WaitAsync();
        try
        {
            if (s_browser is null)
            {
                Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
                s_playwright = await Playwright.CreateAsync();
                s_browser = await s_playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = s_arguments, Headless = true });
            }

            return s_browser;
        }
        finally
        {
            s_gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (s_browser is not null)
        {
            await s_browser.DisposeAsync();
        }

        s_playwright?.Dispose();
    }
}
