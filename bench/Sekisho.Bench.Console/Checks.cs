using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Bench.Console;

/// <summary>
/// A 4 kB draft checked over HTTP by the real program with a real key. Checks and the cheapest answer of the same server take turns, so that a slow moment of
/// the machine falls on both.
/// </summary>
internal static class Checks
{
    /// <summary>Whoever writes must not feel it: the p95 of one client stays under this, in milliseconds.</summary>
    private const double Limit = 20;

    private const int Processes = 10;

    private static CancellationToken None => CancellationToken.None;

    public static async Task<int> RunAsync(int rounds)
    {
        var directory = Directory.CreateTempSubdirectory("sekisho-bench-");
        try
        {
            var (data, config, mail) = (Path.Combine(directory.FullName, "data"), Path.Combine(directory.FullName, "sekisho.yaml"), Path.Combine(directory.FullName, "draft.eml"));
            Directory.CreateDirectory(data);
            await File.WriteAllTextAsync(config, "organization:\n  domains: [inside.example]\napi:\n  rate: 1000000\n");
            var draft = Draft();
            await File.WriteAllBytesAsync(mail, draft);
            var key = await KeyAsync(data);
            await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = data, Config = config });
            using var client = new HttpClient { BaseAddress = new Uri(gateway.Http) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var server = Process.GetProcessById(gateway.Id);
            System.Console.WriteLine($"{"what, " + draft.Length.ToString("N0", CultureInfo.InvariantCulture) + " bytes",-40} {"p50",8} {"p95",8} {"p99",8} {"max",8}");

            // The first are the compiler's.
            await InTurnsAsync(client, draft, rounds, clients: 1);
            var one = await InTurnsAsync(client, draft, rounds, clients: 1);
            var four = await InTurnsAsync(client, draft, rounds, clients: 4);
            var before = Used(server);
            await Repeat(rounds, () => CheckAsync(client, draft));
            var cpu = (Used(server) - before) / rounds;
            var program = new List<double>();
            for (var i = -1; i < Processes; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await ProcessAsync(mail, config);
                if (i >= 0)
                {
                    program.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }

            var check = Line("POST /api/check, 1 client", one.Check);
            var health = Line("GET /healthz, 1 client", one.Health);
            var check4 = Line("POST /api/check, 4 clients", four.Check);
            var health4 = Line("GET /healthz, 4 clients", four.Health);
            var process = Line("sekisho check, a process", program);
            System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"a check is {check.P50 / health.P50:0.0} times a /healthz (4 clients: {check4.P50 / health4.P50:0.0}), 1/{process.P50 / check.P50:0} of a process; it costs the server {cpu:0.00} ms of a processor"));
            System.Console.WriteLine(check.P95 < Limit ? $"PASS: p95 of one client is under {Limit} ms" : $"FAIL: p95 of one client is not under {Limit} ms");
            return check.P95 < Limit ? 0 : 1;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static byte[] Draft() => Encoding.ASCII.GetBytes(
        "From: Mei <me@inside.example>\r\nTo: Anna <a@one.example>, Bert <b@two.example>\r\nSubject: Offer\r\nDate: Mon, 02 Mar 2026 09:00:00 +0900\r\nMessage-ID: <draft@inside.example>\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + string.Concat(Enumerable.Repeat("Thank you for your letter of last week about the order.\r\n", 67)));

    private static async Task<string> KeyAsync(string data)
    {
        var secret = "sekisho_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, None);
        var now = TimeProvider.System.GetUtcNow();
        const string owner = "me@inside.example";
        await store.Accounts.SaveAsync(new Account { Address = owner, Roles = ["sender"], CreatedAt = now }, "bench", None);
        await store.Accounts.AddTokenAsync(new ApiToken(0, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), "bench", owner, ["check"], now, null, null), owner, None);
        return secret;
    }

    private static async Task<(List<double> Check, List<double> Health)> InTurnsAsync(HttpClient client, byte[] draft, int rounds, int clients)
    {
        var (check, health) = (new List<double>(), new List<double>());
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => Repeat(rounds / clients, async () =>
        {
            var started = Stopwatch.GetTimestamp();
            await CheckAsync(client, draft);
            var first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            started = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(new Uri("/healthz", UriKind.Relative));
            var second = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            lock (check)
            {
                check.Add(first);
                health.Add(second);
            }
        }))));
        return (check, health);
    }

    private static async Task Repeat(int rounds, Func<Task> once)
    {
        for (var i = 0; i < rounds; i++)
        {
            await once();
        }
    }

    /// <summary>One check; throws unless both recipients got a verdict.</summary>
    private static async Task CheckAsync(HttpClient client, byte[] draft)
    {
        using var body = new ByteArrayContent(draft);
        body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        using var response = await client.PostAsync(new Uri("/api/check", UriKind.Relative), body);
        var text = await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"POST /api/check answers {(int)response.StatusCode}: {Encoding.UTF8.GetString(text)}");
        }

        using var answer = JsonDocument.Parse(text);
        if (answer.RootElement.GetProperty("verdicts").GetArrayLength() != 2)
        {
            throw new InvalidOperationException("POST /api/check does not judge both recipients");
        }
    }

    private static async Task ProcessAsync(string mail, string config)
    {
        using var program = Process.Start(new ProcessStartInfo(Tree.Program, ["check", mail, "--config", config, "--json"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        if (program.ExitCode > 1)
        {
            throw new InvalidOperationException($"sekisho check ended with {program.ExitCode}");
        }
    }

    private static double Used(Process server)
    {
        server.Refresh();
        return server.TotalProcessorTime.TotalMilliseconds;
    }

    private static (double P50, double P95) Line(string name, List<double> times)
    {
        times.Sort();
        double At(int percent) => times[Math.Min(times.Count - 1, times.Count * percent / 100)];
        System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {At(50),8:0.00} {At(95),8:0.00} {At(99),8:0.00} {times[^1],8:0.00}"));
        return (At(50), At(95));
    }
}
