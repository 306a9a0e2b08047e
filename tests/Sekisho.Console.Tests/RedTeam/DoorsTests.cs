using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.RedTeam;

/// <summary>Every door there is, by the routes themselves, so that a new one is tried too.</summary>
public sealed class DoorsTests
{
    private static readonly string[] s_open = ["sign-in", "sign-out", "first-run/", "language", "error/", "assets/", "healthz", "readyz", "openapi.json"];
    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"];

    private static async Task<(ConsoleRig Rig, IReadOnlyList<(string Path, bool Page)> Doors)> OpenAsync()
    {
        var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\n");
        var id = await rig.SendHeldAsync("a subject nobody else may see");
        var token = (await rig.LinkAsync(id, "me@inside.example"))["/d/".Length..];
        var doors = rig.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => (Path: "/" + string.Join('/', e.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
            {
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } => id,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "token" } => token,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "code" } => "500",
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => "1",
                _ => "",
            })))), Page: e.Metadata.GetMetadata<PageActionDescriptor>() is not null)).Distinct().ToList();
        Assert.True(doors.Count > 40, $"only {doors.Count} doors were found");
        return (rig, doors);
    }

    private static bool IsOpen(string path) => s_open.Any(o => path[1..].StartsWith(o, StringComparison.Ordinal));

    private static HttpRequestMessage Request(string method, string path)
        => new(new HttpMethod(method), path) { Content = method is "GET" or "HEAD" or "TRACE" ? null : new FormUrlEncodedContent([]) };

    [Fact]
    public async Task Nobody_unknown_gets_anything_through_any_door_by_any_method()
    {
        var (rig, doors) = await OpenAsync();
        await using var _ = rig;
        var stranger = rig.Browser();
        foreach (var (path, _) in doors.Where(d => !IsOpen(d.Path) && !d.Path.StartsWith("/d/", StringComparison.Ordinal)))
        {
            foreach (var spelt in path == "/" ? [path] : new[] { path, path + "/", path.ToUpperInvariant() })
            {
                foreach (var method in s_methods)
                {
                    using var answer = await stranger.SendAsync(Request(method, spelt));
                    Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{method} {spelt}: {answer.StatusCode}");
                    Assert.DoesNotContain("a subject nobody else may see", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                    Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task A_plain_colleague_sees_nothing_of_somebody_elses_mail_through_any_door()
    {
        var (rig, doors) = await OpenAsync();
        await using var _ = rig;
        foreach (var client in new[] { rig.As("other@inside.example", "sender"), rig.AsScoped("far@inside.example", "administrator", "@elsewhere.example"), rig.AsScoped("far@inside.example", "privacy-officer", "department:None") })
        {
            foreach (var (path, _) in doors.Where(d => !d.Path.StartsWith("/d/", StringComparison.Ordinal)))
            {
                foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "TRACE", "OPTIONS" })
                {
                    using var answer = await client.SendAsync(Request(method, path));
                    Assert.DoesNotContain("a subject nobody else may see", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                    Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{method} {path}: {answer.StatusCode}");
                }
            }
        }

        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task No_form_is_taken_without_its_forgery_token()
    {
        var (rig, doors) = await OpenAsync();
        await using var _ = rig;
        var before = (await rig.Store.EventsAsync(new Storage.AuditQuery { Max = 1 }, CancellationToken.None)).Lines[0].Event.Number;
        foreach (var client in new[] { rig.As("me@inside.example", "administrator", "privacy-officer", "approver"), rig.Browser() })
        {
            foreach (var (path, _) in doors.Where(d => d.Page && !d.Path.StartsWith("/error/", StringComparison.Ordinal)))
            {
                foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" })
                {
                    using var answer = await client.SendAsync(Request(method, path));
                    Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{method} {path}: {answer.StatusCode}");
                }
            }
        }

        Assert.All((await rig.Store.EventsAsync(new Storage.AuditQuery { Max = 100 }, CancellationToken.None)).Lines.Where(l => l.Event.Number > before), l => Assert.NotEqual("me@inside.example", l.Event.By));
    }

    [Theory]
    [InlineData("/error/500", 70_000)]
    [InlineData("/language", 70_000)]
    [InlineData("/held", 5_000_000)]
    public async Task A_strangers_form_is_not_read_into_memory_at_any_length(string path, int length)
    {
        await using var rig = await ConsoleRig.StartAsync();
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(rig.Http.Host, rig.Http.Port);
        var head = string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: x\r\nX-Test-Visitor: me@inside.example\r\nCookie: sekisho-form=x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n");
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        // Not a byte of the body is sent: whoever waits for it has not looked at its length.
        using var reader = new StreamReader(tcp.GetStream());
        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Matches("^HTTP/1.1 (2|40[0-7]|41)", line!);
    }

    [Fact]
    public void A_sentence_that_quotes_a_foreign_word_does_not_turn_its_reading_direction()
    {
        Assert.Equal("goes to a‹U+202E›b", new Tongue(Japanese: false).Of(new Summary("goes to a\u202Eb", "x")));
        Assert.Equal("宛先", new Tongue(Japanese: true).Of(new Summary("to", "宛先")));
    }
}
