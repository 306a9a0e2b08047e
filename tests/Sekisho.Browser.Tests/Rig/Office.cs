using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>
/// A small organisation with the real program at its door: 山田商事, <c>yamada.example</c>. Mail goes in by SMTP, notes are read from the outbox as their receivers would, decisions are made in the browser.
/// </summary>
internal sealed partial class Office : IAsyncDisposable
{
    public const string Domain = "yamada.example";

    /// <summary>The one who was first.</summary>
    public const string Administrator = "admin@yamada.example";

    /// <summary>Of everybody who signs in in these tests.</summary>
    public const string Password = "関所 the long road 2026";

    private static readonly Lazy<string> s_hash = new(() => new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 600_000 })).HashPassword(new object(), Password));

    private readonly Temp _temp = new("browser");
    private readonly Dictionary<string, IReadOnlyList<Cookie>> _signedIn = [];

    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>The console's address, no slash at its end.</summary>
    public string Console { get; private set; } = "";

    public string Data => _temp["data"];

    public string ConfigFile => _temp["sekisho.yaml"];

    /// <summary>Starts one.</summary>
    /// <param name="more">Lines of the configuration besides organisation, listeners and notes.</param>
    /// <param name="organization">Lines under <c>organization</c>, indented by two.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="staff">Who has an account, and with which roles; all have the same password.</param>
    public static async Task<Office> OpenAsync(string more = "", string organization = "", IReadOnlyList<Account>? staff = null, string name = "山田商事")
    {
        // The browser is asked first: without it nothing here has a use.
        await Chromium.OpenAsync();
        var office = new Office();
        var (smtp, http) = (Postfix.FreePort(), Postfix.FreePort());
        await File.WriteAllTextAsync(office.ConfigFile, $"""
            organization:
              name: {name}
              domains: [{Domain}]
            {organization.TrimEnd()}
            listen:
              - smtp: 127.0.0.1:{smtp}
            console: 127.0.0.1:{http}
            notify:
              console-url: http://127.0.0.1:{http}
            {more.Trim()}

            """);
        if (staff is not null)
        {
            await office.HireAsync(staff);
        }

        office.Gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = office.Data, Config = office.ConfigFile, PassAddresses = false });
        office.Console = office.Gateway.Http;
        return office;
    }

    /// <summary>Somebody unknown opens a browser window.</summary>
    public Task VisitAsync(Look look, Func<Visit, Task> what) => RunAsync(look, null, what);

    private async Task RunAsync(Look look, IEnumerable<Cookie>? cookies, Func<Visit, Task> what)
    {
        try
        {
            await Visit.RunAsync(Console, look, cookies, what);
        }
        catch (VisitFailedException e) when (Gateway.Errors.Trim().Length > 0)
        {
            throw new VisitFailedException($"{e.Message}\nThe gateway said:\n{Gateway.Errors[^Math.Min(4000, Gateway.Errors.Length)..]}", e.InnerException!);
        }
    }

    /// <summary>One of the staff opens a browser window, signed in; the first time by the sign-in page.</summary>
    public async Task VisitAsync(Look look, string who, Func<Visit, Task> what)
    {
        if (!_signedIn.TryGetValue(who, out var cookies))
        {
            await VisitAsync(new Look(look.Language), async visit =>
            {
                await visit.SignInAsync(who, Password);
                cookies = [.. (await visit.Context.CookiesAsync()).Where(c => c.Name.Contains("session", StringComparison.Ordinal)).Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = true })];
            });
            _signedIn.Add(who, cookies!);
        }

        await RunAsync(look, cookies, what);
    }

    /// <summary>Hands a mail in over SMTP; the gateway's name for it.</summary>
    public async Task<string> SendAsync(Mail mail)
    {
        await using var talk = await SmtpTalk.OpenAsync(Gateway.Smtp);
        var reply = await talk.MailAsync(mail.From, [.. mail.To.Concat(mail.Cc).Select(Bare)], mail.ToBytes());
        return reply.StartsWith("250", StringComparison.Ordinal) ? SubmissionName().Match(reply).Value : throw new InvalidOperationException(reply);
    }

    /// <summary>Copies of one submission that left for somebody.</summary>
    public Task<IReadOnlyList<OutboxCopy>> CopiesAsync(string submission, int count) => Outbox.WaitForAsync(Data, count, c => c.Submission == submission);

    /// <summary>Copies of one submission that have left by now.</summary>
    public IReadOnlyList<OutboxCopy> CopiesNow(string submission) => [.. Outbox.Read(Data).Where(c => c.Submission == submission)];

    /// <summary>Waits for the note to somebody that names this mail and answers to what is asked of it, and gives its text.</summary>
    public async Task<string> NoteAsync(string to, string subject, Func<string, bool>? which = null)
    {
        var notes = await Outbox.WaitForAsync(Data, 1, c => c.To.Contains(to, StringComparer.OrdinalIgnoreCase) && IsNote(c) && TextOf(c) is var text && text.Contains(subject, StringComparison.Ordinal) && (which?.Invoke(text) ?? true));
        return TextOf(notes[^1]);
    }

    /// <summary>Waits for the note about a mail and gives the link in it, as its receiver would click it.</summary>
    public async Task<string> LinkAsync(string to, string subject)
    {
        return LinkAddress().Match(await NoteAsync(to, subject, n => LinkAddress().IsMatch(n))).Value;
    }

    /// <summary>The link that <c>serve</c> printed, after <c>ready</c>, for whoever is first.</summary>
    public async Task<string> FirstRunLinkAsync()
    {
        for (var i = 0; i < 200; i++)
        {
            if (FirstRunAddress().Match(Gateway.Output + Gateway.Errors) is { Success: true } link)
            {
                return link.Value;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"serve printed no first-run link:\n{Gateway.Output}{Gateway.Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        _temp.Dispose();
    }

    /// <summary>Somebody with an account.</summary>
    public static Account Person(string address, string name, params string[] roles) => new() { Address = address, Name = name, Roles = roles, CreatedAt = DateTimeOffset.UtcNow };

    private async Task HireAsync(IReadOnlyList<Account> staff)
    {
        await using var store = await SqliteStore.OpenAsync(Data, TimeProvider.System, CancellationToken.None);
        foreach (var person in staff)
        {
            await store.Accounts.SaveAsync(person with { PasswordHash = s_hash.Value }, Administrator, CancellationToken.None);
        }
    }

    private static string Bare(string address) => address.Contains('<', StringComparison.Ordinal) ? address.Split('<', '>')[1] : address;

    private static bool IsNote(OutboxCopy copy) => copy.From.Length == 0 || Encoding.ASCII.GetString(copy.Data.AsSpan(0, Math.Min(2000, copy.Data.Length))).Contains("Auto-Submitted:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The plain text of a mail whose parts are in base64, as notes are; subject included.</summary>
    private static string TextOf(OutboxCopy copy)
    {
        var raw = Encoding.UTF8.GetString(copy.Data);
        var text = new StringBuilder();
        foreach (Match part in Base64Part().Matches(raw))
        {
            text.AppendLine(Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[1].Value)));
        }

        return text.ToString();
    }

    [GeneratedRegex("[0-9a-z]{26}")]
    private static partial Regex SubmissionName();

    [GeneratedRegex(@"http://[^\s/]+/d/[A-Za-z0-9_\-.~]+")]
    private static partial Regex LinkAddress();

    [GeneratedRegex(@"http://[^\s/]+/first-run/[A-Za-z0-9_\-.~]+")]
    private static partial Regex FirstRunAddress();

    [GeneratedRegex(@"Content-Type: text/plain[^\r\n]*\r\nContent-Transfer-Encoding: base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)")]
    private static partial Regex Base64Part();
}
