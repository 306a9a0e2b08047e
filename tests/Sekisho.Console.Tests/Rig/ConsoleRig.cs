using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Gateway;
using Sekisho.Gateway.Telemetry;
using Sekisho.Gateway.Notify;
using Sekisho.Pages.Access;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Rig;

/// <summary>
/// A whole gateway with its console on free ports over a temporary directory: mail goes in by real SMTP, pages are asked by real HTTP. With <see cref="As"/> a test opens pages as somebody without
/// signing in; tests of signing in itself use <see cref="Browser"/>.
/// </summary>
internal sealed partial class ConsoleRig : IAsyncDisposable
{
    private readonly string _directory;
    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private ConsoleRig(string directory, WebApplication app, GatewayHost gateway, IStore store, IMailIndex index, Uri http, int smtpPort)
        => (_directory, _app, Gateway, Store, Index, Http, SmtpPort) = (directory, app, gateway, store, index, http, smtpPort);

    public GatewayHost Gateway { get; }

    public IStore Store { get; }

    public IMailIndex Index { get; }

    public Uri Http { get; }

    public int SmtpPort { get; }

    public string Directory => _directory;

    public string Outbox => Path.Combine(_directory, "outbox");

    public string DataDirectory => _directory;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts one. <c>inside.example</c> is the organisation.</summary>
    /// <param name="yaml">Lines of a configuration; listeners and console are added. Null: only the domain.</param>
    /// <param name="services">Replaces services of the console.</param>
    /// <param name="log">Where the gateway's own lines go; null: nowhere.</param>
    public static async Task<ConsoleRig> StartAsync(string? yaml = null, Action<IServiceCollection>? services = null, TextWriter? log = null)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("sekisho-console-").FullName;
        var file = Path.Combine(directory, "sekisho.yaml");
        await File.WriteAllTextAsync(file, yaml ?? "organization:\n  domains: [inside.example]\n");
        SekishoConfig Adjust(SekishoConfig c) => c with { Listeners = [new ListenerConfig { Address = new HostPort("127.0.0.1", 0) }], Console = new HostPort("127.0.0.1", 0) };
        var config = SekishoConfig.Load(file, out var errors) ?? throw new InvalidOperationException(string.Join("; ", errors));
        config = Adjust(config);
        var store = await SqliteStore.OpenAsync(directory, TimeProvider.System, CancellationToken.None);
        var index = MailIndex.Open(directory, TimeProvider.System, _ => { });
        var live = new LiveConfig(config, file, TimeProvider.System, _ => { }, Adjust);
        var writer = new LogWriter(log ?? TextWriter.Null, config.Log, TimeProvider.System);
        var gateway = new GatewayHost(store, live, directory, TimeProvider.System, writer.Say, null, writer.Tell);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
            gateway.OpenDoors(kestrel);
        });
        builder.Services.AddConsole(gateway, index, directory, TimeProvider.System);
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IVisitorSource>(new HeaderVisitor()));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapConsole();
        await gateway.StartAsync(CancellationToken.None);
        await app.StartAsync();
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToList();
        gateway.ConsoleAddress = bound[0].GetLeftPart(UriPartial.Authority);
        return new ConsoleRig(directory, app, gateway, store, index, bound[0], bound[1].Port);
    }

    /// <summary>A client without cookies kept from elsewhere; follows no redirect.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() }) { BaseAddress = Http };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        _clients.Add(client);
        return client;
    }

    /// <summary>A client that the console takes for this visitor.</summary>
    public HttpClient As(string address, params string[] roles)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Add(HeaderVisitor.Header, $"{address};{string.Join(',', roles)}");
        return client;
    }

    /// <summary>The signed link of a mail for a person, as a note carries it; needs nothing but a <see cref="Browser"/>.</summary>
    public async Task<string> LinkAsync(string submission, string address)
        => "/d/" + (await LinkSigner.OpenAsync(Store.Accounts, CancellationToken.None)).Sign(submission, address, DateTimeOffset.UtcNow.AddDays(1));

    /// <summary>The same with roles kept to a part of the organisation.</summary>
    public HttpClient AsScoped(string address, string role, params string[] scopes)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Add(HeaderVisitor.Header, $"{address};{role};{string.Join(',', scopes)}");
        return client;
    }

    /// <summary>The configuration file.</summary>
    public string ConfigFile => Path.Combine(_directory, "sekisho.yaml");

    /// <summary>Hands a mail in over SMTP; returns its submission's name once it has been inspected.</summary>
    public async Task<string> SendAsync(string from, IReadOnlyList<string> to, string message)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, SmtpPort);
        using var reader = new StreamReader(tcp.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(tcp.GetStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
        async Task<string> Say(string? line)
        {
            if (line is not null)
            {
                await writer.WriteLineAsync(line);
            }

            var answer = await reader.ReadLineAsync() ?? throw new IOException("closed");
            while (answer.Length > 3 && answer[3] == '-')
            {
                answer = await reader.ReadLineAsync() ?? throw new IOException("closed");
            }

            return answer[0] is '2' or '3' ? answer : throw new InvalidOperationException($"{line}: {answer}");
        }

        await Say(null);
        await Say("EHLO test.example");
        await Say($"MAIL FROM:<{from}>");
        foreach (var recipient in to)
        {
            await Say($"RCPT TO:<{recipient}>");
        }

        await Say("DATA");
        var done = await Say(message.ReplaceLineEndings("\r\n").Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + "\r\n.");
        var id = SubmissionName().Match(done).Value;
        await UntilAsync(async () => await Store.FindSubmissionAsync(id, CancellationToken.None) is { Submission.PolicyVersion: not null });
        return id;
    }

    /// <summary>A mail to two strangers in To: held for its sender as shipped.</summary>
    public Task<string> SendHeldAsync(string subject = "Offer", string from = "me@inside.example")
        => SendAsync(from, ["a@one.example", "b@two.example"], $"From: {from}\nTo: a@one.example, b@two.example\nSubject: {subject}\nMessage-ID: <{Guid.NewGuid()}@inside.example>\n\nHello\n");

    /// <summary>Waits for something another task does; gives up after half a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("it did not happen within half a minute");
    }

    /// <summary>Opens a page and posts a form of it back with its forgery token and the given fields, as a browser would.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(page);
        var token = Token().Match(html);
        Assert.True(token.Success, "the page has no forgery token");
        return await client.PostAsync(action, new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token.Groups[1].Value)]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await _app.StopAsync();
        await Gateway.StopAsync(TimeSpan.FromSeconds(10));
        await _app.DisposeAsync();
        await Gateway.DisposeAsync();
        await Index.DisposeAsync();
        await Store.DisposeAsync();
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex("[0-9a-z]{26}")]
    private static partial Regex SubmissionName();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>Believes a header; exists in tests alone.</summary>
    private sealed class HeaderVisitor : IVisitorSource
    {
        public const string Header = "X-Test-Visitor";

        public ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
        {
            var parts = context.Request.Headers[Header].ToString().Split(';');
            return ValueTask.FromResult(parts[0].Length == 0 ? null : new Visitor { Address = parts[0], Roles = parts.Length > 1 ? parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries) : [], Scopes = parts.Length > 2 ? parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries) : [] });
        }
    }
}
