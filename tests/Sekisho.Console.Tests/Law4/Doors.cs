using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Sekisho.Gateway.Hold;
using Sekisho.Pages.Tests.Api;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Law4;

/// <summary>One way to decide; true when it says that it took effect.</summary>
internal delegate Task<bool> Door(HeldDelivery seen, string by, string kind);

/// <summary>Every way to decide there is.</summary>
internal sealed partial class Doors(Court court)
{
    private readonly Dictionary<string, HttpClient> _clients = [];
    private readonly Dictionary<string, string> _keys = [];
    private readonly Dictionary<(HttpClient Client, string Page), string?> _forms = [];

    /// <summary>By name, so that a table can name them.</summary>
    public Door Of(string door) => door switch
    {
        "desk" => DeskAsync,
        "page" => PageAsync,
        "link" => LinkAsync,
        "api" => ApiAsync,
        "cli" => CommandLineAsync,
        "store" => StoreAsync,
        _ => throw new ArgumentOutOfRangeException(nameof(door)),
    };

    private async Task<bool> DeskAsync(HeldDelivery seen, string by, string kind)
        => (await court.Desk.DecideAsync(new DecisionRequest(seen.Id, Court.KindOf(kind), by, seen.DecisionDigest) { Reason = "because" }, CancellationToken.None)).Done;

    private async Task<bool> StoreAsync(HeldDelivery seen, string by, string kind)
        => await court.Rig.Store.DecideAsync(new Decision(seen.Id, Court.KindOf(kind), by, seen.DecisionDigest, "because", kind == "release-individually" ? seen.Ordinals : [], null, []), CancellationToken.None)
            is DecisionResult.Done or DecisionResult.Counted;

    /// <summary>He posts the form with a forgery token of his own, from this page where he may open it, else from another one.</summary>
    private Task<bool> PageAsync(HeldDelivery seen, string by, string kind)
    {
        var roles = by.Length == 0 ? [] : court.Rig.Gateway.Config.RolesOf(by).ToArray();
        return PostAsync(Client("page " + by, () => by.Length == 0 ? court.Rig.Browser() : court.Rig.As(by, roles)), $"/held/{seen.Submission}", "/account", seen, kind);
    }

    private Task<bool> LinkAsync(HeldDelivery seen, string by, string kind)
    {
        // Nobody: a link that somebody signed with another secret.
        var expires = TimeProvider.System.GetUtcNow().AddDays(1);
        var token = by.Length == 0 ? new Gateway.Notify.LinkSigner(new byte[32]).Sign(seen.Submission, "boss@inside.example", expires) : court.Signer.Sign(seen.Submission, by, expires);
        return PostAsync(Client("link", court.Rig.Browser), $"/d/{token}", "/sign-in", seen, kind);
    }

    private async Task<bool> ApiAsync(HeldDelivery seen, string by, string kind)
    {
        if (by is "administrator" or "timer")
        {
            // No account has such a name, and keys belong to accounts.
            return false;
        }

        if (by.Length > 0 && !_keys.ContainsKey(by))
        {
            _keys[by] = await new Keys(court.Rig).KeyAsync(by, "read", "decide");
        }

        var client = Client("api " + by, court.Rig.Browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/held/{seen.Id}/decide") { Content = JsonContent.Create(new { kind, digest = seen.DecisionDigest, reason = "because" }) };
        request.Headers.Authorization = by.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", _keys[by]);
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }

    private async Task<bool> CommandLineAsync(HeldDelivery seen, string by, string kind)
    {
        var individually = kind == "release-individually";
        var (code, output, errors) = await RunAsync(
            court,
            [
                individually ? "release" : kind, seen.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "--as", by,
                "--digest", seen.DecisionDigest, "--reason", "because", .. individually ? ["--individually"] : Array.Empty<string>(),
            ]);
        Assert.True(code is 0 or 1 or 2, $"{output}{errors}");
        return code == 0;
    }

    /// <summary>Runs <c>sekisho held</c> beside the gateway.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(Court court, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "sekisho"), ["held", .. arguments, "--data", court.Rig.DataDirectory, "--config", court.Rig.ConfigFile])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private async Task<bool> PostAsync(HttpClient client, string page, string otherPage, HeldDelivery seen, string kind)
    {
        if (!_forms.TryGetValue((client, page), out var token))
        {
            foreach (var from in new[] { page, otherPage })
            {
                using var shown = await client.GetAsync(from);
                token = ForgeryToken().Match(await shown.Content.ReadAsStringAsync()) is { Success: true } match ? match.Groups[1].Value : null;
                if (token is not null)
                {
                    break;
                }
            }

            _forms[(client, page)] = token;
        }

        using var form = new FormUrlEncodedContent([new("part", $"{seen.Id}:{seen.DecisionDigest}"), new("decide", kind), new("reason", "because"), new("__RequestVerificationToken", token ?? "")]);
        using var answer = await client.PostAsync(page, form);
        return answer.StatusCode == System.Net.HttpStatusCode.Redirect && answer.Headers.Location?.OriginalString.StartsWith(page, StringComparison.Ordinal) == true;
    }

    private HttpClient Client(string name, Func<HttpClient> make) => _clients.TryGetValue(name, out var client) ? client : _clients[name] = make();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex ForgeryToken();
}
