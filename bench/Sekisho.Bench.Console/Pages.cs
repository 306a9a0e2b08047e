using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Bench.Console;

/// <summary>The same questions through the console's pages: the real program on the seeded data, an administrator signed in.</summary>
internal static class Pages
{
    private static readonly (string Name, string Address)[] s_pages =
    [
        ("/mail", "/mail"),
        ("/mail, words that are everywhere", "/mail?q=partner"),
        ("/mail, a word that is nowhere", "/mail?q=zebra"),
        ("/mail, two characters that are nowhere", "/mail?q=%E9%AF%A8%E9%AF%A2"),
        ("/mail, common Japanese", "/mail?q=%E8%A6%8B%E7%A9%8D"),
        ("/mail, a recipient", "/mail?recipient=" + Words.Recipient(4711)),
        ("/mail, a sender's part", "/mail?sender=kobayashi7"),
        ("/mail, a rule that found three mails", "/mail?rule=" + RuleNames.MyNumber),
        ("/mail, a rare state", "/mail?state=3"),
        ("/mail, one day", "/mail?from=2026-03-12&until=2026-03-12"),
        ("/mail, deep down", "/mail?after=12345"),
        ("/held, 10,000 wait", "/held"),
        ("/dashboard", "/dashboard"),
    ];

    public static async Task<bool> MeasureAsync(string directory, int rounds, double limit)
    {
        // A session as signing in makes it, put into the store while nobody else has it open.
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using (var store = await SqliteStore.OpenAsync(directory, TimeProvider.System, CancellationToken.None))
        {
            var now = TimeProvider.System.GetUtcNow();
            const string address = "bench@d1.house.example";
            await store.Accounts.SaveAsync(new Account { Address = address, Roles = ["administrator", "auditor", "privacy-officer"], TotpSecret = "set up", CreatedAt = now }, "bench", CancellationToken.None);
            await store.Accounts.BeginSessionAsync(new Session(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), address, now, now, now.AddHours(1), "bench"), CancellationToken.None);
        }

        System.Console.WriteLine();
        System.Console.WriteLine($"{"page",-58} {"kB",5} {"p50",8} {"p95",8} {"max",8} {"cpu",7}");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = directory });
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(gateway.Http) };
        client.DefaultRequestHeaders.Add("Cookie", "sekisho-session=" + secret);
        using var server = Process.GetProcessById(gateway.Id);
        var passed = true;
        foreach (var (name, address) in s_pages)
        {
            passed &= await MeasureAsync(client, server, name, address, rounds, limit);
        }

        return passed;
    }

    private static async Task<bool> MeasureAsync(HttpClient client, Process server, string name, string address, int rounds, double limit)
    {
        var times = new double[rounds];
        var size = 0;
        var used = TimeSpan.Zero;
        // The first are the compiler's.
        for (var i = -3; i < rounds; i++)
        {
            if (i == 0)
            {
                server.Refresh();
                used = server.TotalProcessorTime;
            }

            var started = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
            size = (await response.Content.ReadAsByteArrayAsync()).Length;
            if (!response.IsSuccessStatusCode)
            {
                System.Console.WriteLine($"{name,-58} answers {(int)response.StatusCode} !");
                return false;
            }

            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        // Of the whole server, so what it does beside is in it.
        server.Refresh();
        var cpu = (server.TotalProcessorTime - used).TotalMilliseconds / rounds;
        Array.Sort(times);
        var p95 = times[times.Length * 95 / 100];
        System.Console.WriteLine($"{name,-58} {size >> 10,5} {times[rounds / 2],8:N1} {p95,8:N1} {times[^1],8:N1} {cpu,7:N1}{(p95 < limit ? "" : " !")}");
        return p95 < limit;
    }
}
