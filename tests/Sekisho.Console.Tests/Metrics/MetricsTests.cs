using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Sekisho.Pages.Metrics;
using Sekisho.Pages.Tests.Api;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Metrics;

public sealed class MetricsTests
{
    private const string Sender = "me@inside.example";

    [Fact]
    public async Task ThePageCountsWhatHappenedAndNamesNobody()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync("Confidential offer");
        await rig.SendAsync(Sender, ["c@inside.example"], $"From: {Sender}\nTo: c@inside.example\nSubject: Lunch\n\nHello\n");
        var key = await keys.ClientAsync(Sender, "decide", "check");
        var part = (await key.JsonAsync($"/api/held/{mail}")).GetProperty("waiting")[0];
        await (await key.PostAsync($"/api/held/{part.GetProperty("id")}/decide", Answers.Body(new { kind = "release-individually", digest = part.GetProperty("digest").GetString() }))).OkAsync();
        await (await key.PostAsync("/api/check", Answers.Body(new { from = Sender, to = new[] { "a@one.example" } }))).OkAsync();
        await ConsoleRig.UntilAsync(async () => (await rig.Store.CountsAsync(CancellationToken.None)).Delivered >= 3);
        var admin = rig.As("boss@inside.example", "administrator");
        await ConsoleRig.UntilAsync(async () => Value(await PageAsync(admin), "sekisho_deliveries_total", ("outcome", "delivered")) >= 3);
        await ConsoleRig.UntilAsync(async () => (await PageAsync(admin)).Exists(s => s.Name == "sekisho_queue"));
        var text = await admin.GetStringAsync("/metrics");
        var page = ExpositionReader.Read(text);
        // The two mails, and what the gateway writes itself is none of them.
        Assert.Equal(2, Value(page, "sekisho_mail_accepted_total"));
        Assert.Equal(3, Value(page, "sekisho_mail_recipients_total"));
        Assert.Equal(2, Value(page, "sekisho_verdicts_total", ("action", "hold")));
        Assert.Equal(1, Value(page, "sekisho_verdicts_total", ("action", "deliver")));
        Assert.Equal(2, Value(page, "sekisho_rule_verdicts_total", ("action", "hold"), ("rule", "visible-recipients")));
        Assert.Equal(1, Value(page, "sekisho_decisions_total", ("kind", "release-individually"), ("result", "done")));
        Assert.Equal(1, Value(page, "sekisho_checks_total", ("outcome", "done")));
        Assert.Equal(2, Value(page, "sekisho_inspection_seconds_count"));
        Assert.Equal(2, Value(page, "sekisho_store_commit_seconds_count"));
        Assert.True(Value(page, "sekisho_disk_free_bytes") > 0);
        Assert.DoesNotContain('@', text);
        Assert.DoesNotContain("offer", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("one.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyThoseWhoMayReadIt()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("boss@inside.example", "administrator");
        await (await rig.Browser().GetAsync("/metrics")).ProblemAsync(HttpStatusCode.Unauthorized);
        await (await rig.As(Sender, "auditor").GetAsync("/metrics")).ProblemAsync(HttpStatusCode.Forbidden);
        await (await (await keys.ClientAsync(Sender, "metrics")).GetAsync("/metrics")).ProblemAsync(HttpStatusCode.Forbidden);
        await (await (await keys.ClientAsync("boss@inside.example", "read", "check", "decide")).GetAsync("/metrics")).ProblemAsync(HttpStatusCode.Forbidden);
        var answer = await (await keys.ClientAsync("boss@inside.example", "metrics")).GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        ExpositionReader.Read(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AProgramOfTheSameMachineMayWhereTheFileSaysSo()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\nmetrics:\n  local: true\n");
        ExpositionReader.Read(await rig.Browser().GetStringAsync("/metrics"));
        // That opens nothing else, and nobody whom a proxy passed on.
        await (await rig.Browser().GetAsync("/api/held")).ProblemAsync(HttpStatusCode.Unauthorized);
        using var passedOn = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "192.0.2.1" } } };
        await (await rig.Browser().SendAsync(passedOn)).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void LabelsAndHelpAreEscaped()
    {
        using var meter = new Meter("test");
        var family = Family.Of(meter.CreateCounter<long>("a.b", null, "back\\slash\nand line"));
        var series = new Series();
        series.Take("counter", 2);
        family.Series[Exposition.Labels([KeyValuePair.Create<string, object?>("z", "q\"uote\\\n"), KeyValuePair.Create<string, object?>("a", "1")])] = series;
        var page = Exposition.Write([family]);
        Assert.Equal("# HELP a_b_total back\\\\slash\\nand line\n# TYPE a_b_total counter\na_b_total{a=\"1\",z=\"q\\\"uote\\\\\\n\"} 2\n", page);
        ExpositionReader.Read(page);
    }

    [Fact]
    public async Task ACollectorGetsTheFigures()
    {
        using var collector = new HttpListener();
        var port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var received = ReceiveAsync(collector);
        await using (var rig = await ConsoleRig.StartAsync($"organization:\n  domains: [inside.example]\nmetrics:\n  otlp: http://127.0.0.1:{port}\n"))
        {
            await rig.SendHeldAsync();
        }

        // The last are sent when the gateway stops.
        var (path, body) = await received;
        Assert.Equal("/v1/metrics", path);
        var text = Encoding.Latin1.GetString(body);
        Assert.Contains("sekisho.mail.accepted", text, StringComparison.Ordinal);
        Assert.Contains("visible-recipients", text, StringComparison.Ordinal);
        Assert.DoesNotContain("inside.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotReadyWhileNoMailIsTaken()
    {
        await using (var rig = await ConsoleRig.StartAsync())
        {
            Assert.Equal("ready\n", await rig.Browser().GetStringAsync("/readyz"));
        }

        await using var full = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\nlimits:\n  free-space: 1024GB\n");
        var answer = await full.Browser().GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("disk", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("ok\n", await full.Browser().GetStringAsync("/healthz"));
    }

    private static async Task<List<Sample>> PageAsync(HttpClient client) => ExpositionReader.Read(await client.GetStringAsync("/metrics"));

    private static double Value(List<Sample> page, string name, params (string Key, string Value)[] labels)
        => page.Where(s => s.Name == name && s.Labels.Count == labels.Length && labels.All(l => s.Labels.GetValueOrDefault(l.Key) == l.Value)).Sum(s => s.Value);

    private static async Task<(string Path, byte[] Body)> ReceiveAsync(HttpListener collector)
    {
        var context = await collector.GetContextAsync();
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.StatusCode = 200;
        context.Response.Close();
        return (context.Request.Url!.AbsolutePath, body.ToArray());
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
