using System.Net;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Api;

public sealed class ProxyTests
{
    private const string Header = "X-Remote-User";
    private const string Admin = "boss@inside.example";

    [Fact]
    public async Task TheProxysWordCountsAndRolesAreThoseOfFileAndAccount()
    {
        await using var rig = await StartAsync("127.0.0.1");
        var known = await (await AskAsync(rig, Admin)).OkAsync();
        Assert.Equal((Admin, "administrator"), (known.GetProperty("address").GetString(), known.GetProperty("roles")[0].GetString()));
        var unknown = await (await AskAsync(rig, "Someone@Inside.Example")).OkAsync();
        Assert.Equal("someone@inside.example", unknown.GetProperty("address").GetString());
        Assert.DoesNotContain("administrator", unknown.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        await rig.Store.Accounts.SaveAsync(new Account { Address = "gone@inside.example", Disabled = true, CreatedAt = TimeProvider.System.GetUtcNow() }, "test", CancellationToken.None);
        await (await AskAsync(rig, "gone@inside.example")).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task FromElsewhereTheHeaderIsWorthNothing()
    {
        await using var rig = await StartAsync("192.0.2.7");
        await (await AskAsync(rig, Admin)).ProblemAsync(HttpStatusCode.Unauthorized);
        // Nor does it help to say that one comes from there.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation(Header, Admin);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.7");
        request.Headers.TryAddWithoutValidation("Forwarded", "for=192.0.2.7");
        await (await rig.Browser().SendAsync(request)).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("boss")]
    [InlineData("boss@inside.example, other@inside.example")]
    [InlineData("boss@inside.example;other@inside.example")]
    [InlineData("<boss@inside.example>")]
    [InlineData("\"boss\"@inside.example")]
    public async Task WhatIsNoSingleAddressIsNobody(string value)
    {
        await using var rig = await StartAsync("127.0.0.1");
        await (await AskAsync(rig, value)).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task TwoHeadersAreNobody()
    {
        await using var rig = await StartAsync("127.0.0.1");
        await (await AskAsync(rig, "other@inside.example", Admin)).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    private static Task<ConsoleRig> StartAsync(string from)
        => ConsoleRig.StartAsync($"organization:\n  domains: [inside.example]\nusers:\n  - address: {Admin}\n    roles: [administrator]\nsign-in:\n  proxy:\n    header: {Header}\n    from: [{from}]\n");

    private static async Task<HttpResponseMessage> AskAsync(ConsoleRig rig, params string[] values)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation(Header, values);
        if (values.Length > 1)
        {
            // HttpClient joins several values with commas; two lines of the same field need a hand of our own.
            using var tcp = new System.Net.Sockets.TcpClient();
            await tcp.ConnectAsync(rig.Http.Host, rig.Http.Port);
            await tcp.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /api/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{string.Concat(values.Select(v => $"{Header}: {v}\r\n"))}\r\n"));
            var text = await new StreamReader(tcp.GetStream()).ReadToEndAsync();
            var answer = new HttpResponseMessage((HttpStatusCode)int.Parse(text[9..12], System.Globalization.CultureInfo.InvariantCulture)) { Content = new StringContent(text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)]) };
            answer.Content.Headers.ContentType = new("application/problem+json");
            return answer;
        }

        return await rig.Browser().SendAsync(request);
    }
}
