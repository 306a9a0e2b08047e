using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>A console with accounts whose passwords are cheap to hash: the cost is <see cref="PasswordTests"/>'s, not every test's.</summary>
internal static class House
{
    /// <summary>The moment it is for the console: one-time passwords do not run out while a test looks at them.</summary>
    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public const string Password = "a quiet road at dawn";

    public static Task<ConsoleRig> StartAsync(string? signIn = null, Action<IServiceCollection>? services = null)
        => ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\n" + (signIn is null ? "" : "sign-in:\n" + signIn), s =>
        {
            s.AddSingleton(new Passwords(1000));
            s.AddSingleton<TimeProvider>(new StoppedClock());
            services?.Invoke(s);
        });

    public static async Task<Account> AddAsync(this ConsoleRig rig, string address, params string[] roles)
    {
        var account = new Account { Address = address, Name = "山田 花子", Roles = roles, PasswordHash = rig.Services.GetRequiredService<Passwords>().Hash(Password), CreatedAt = TimeProvider.System.GetUtcNow() };
        await rig.Store.Accounts.SaveAsync(account, "test", CancellationToken.None);
        return account;
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient browser, string address, string password = Password, string to = "")
        => ConsoleRig.PostAsync(browser, "/sign-in", "/sign-in?handler=Password", ("address", address), ("password", password), ("to", to));

    public static async Task<HttpClient> SignedInAsync(this ConsoleRig rig, string address, string password = Password)
    {
        var browser = rig.Browser();
        var answer = await browser.SignInAsync(address, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>What the browser is told to keep, by the cookie's name; with its attributes.</summary>
    public static string? Cookie(this HttpResponseMessage answer, string name)
        => answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.LastOrDefault(c => c.StartsWith(name + "=", StringComparison.Ordinal)) : null;

    /// <summary>True when the page that needs a sign-in opens.</summary>
    public static async Task<bool> IsInsideAsync(this HttpClient browser) => (await browser.GetAsync("/account")).StatusCode == HttpStatusCode.OK;

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
