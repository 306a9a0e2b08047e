using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>Guessing: what it costs, and that the answers tell nothing.</summary>
public sealed partial class BruteForceTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task After_ten_wrong_passwords_the_right_one_does_not_open_either()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        for (var i = 0; i < SignInDesk.Limit; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await rig.Browser().SignInAsync(Me, $"wrong password {i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await rig.Browser().SignInAsync(Me)).StatusCode);
        var account = (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!;
        // Knocking at a locked door does not keep it locked for longer.
        Assert.Equal(SignInDesk.Limit, account.Failures);
        await rig.Store.Accounts.SaveAsync(account with { LockedUntil = House.Now.AddSeconds(-1) }, "test", CancellationToken.None);
        await rig.SignedInAsync(Me);
        Assert.Equal(0, (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.Failures);
    }

    [Fact]
    public async Task Many_at_once_try_no_more_than_one_after_the_other()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browsers = Enumerable.Range(0, 25).Select(_ => rig.Browser()).ToList();
        await Task.WhenAll(browsers.Select((b, i) => b.SignInAsync(Me, $"wrong password {i}")));
        Assert.Equal(SignInDesk.Limit, (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.Failures);
    }

    [Fact]
    public void The_lock_grows_to_an_hour_and_no_further()
        => Assert.Equal([0, 1, 2, 4, 32, 60, 60], new[] { 9, 10, 11, 12, 15, 16, 10_000 }.Select(n => (int)SignInDesk.LockFor(n).TotalMinutes));

    [Fact]
    public async Task A_client_that_guesses_across_accounts_gets_429()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var guesser = rig.Browser();
        for (var i = 0; i < AttemptLimiter.Most; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await guesser.SignInAsync($"person{i}@inside.example", "a common password")).StatusCode);
        }

        var answer = await guesser.SignInAsync(Me);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("Too many attempts", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Another client behind the same proxy is not held back by it.
        var other = rig.Browser();
        other.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        Assert.Equal(HttpStatusCode.Redirect, (await other.SignInAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task Signing_in_rightly_uses_up_nothing()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        for (var i = 0; i < AttemptLimiter.Most + 2; i++)
        {
            await rig.SignedInAsync(Me);
        }
    }

    [Fact]
    public void The_memory_of_attempts_is_bounded_and_keeps_who_tried_most()
    {
        var limiter = new AttemptLimiter(TimeProvider.System);
        while (limiter.TryEnter("192.0.2.1"))
        {
        }

        for (var i = 0; i < AttemptLimiter.MostClients * 2; i++)
        {
            limiter.TryEnter($"client {i}");
        }

        Assert.InRange(limiter.Clients, 1, AttemptLimiter.MostClients);
        Assert.False(limiter.TryEnter("192.0.2.1"));
    }

    [Fact]
    public async Task Unknown_wrong_locked_disabled_and_foreign_accounts_get_the_same_answer()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        await rig.Store.Accounts.SaveAsync(await rig.AddAsync("locked@inside.example", "sender") with { LockedUntil = House.Now.AddHours(1) }, "test", CancellationToken.None);
        await rig.Store.Accounts.SaveAsync(await rig.AddAsync("shut@inside.example", "sender") with { Disabled = true }, "test", CancellationToken.None);
        await rig.Store.Accounts.SaveAsync(await rig.AddAsync("elsewhere@inside.example", "sender") with { PasswordHash = null }, "test", CancellationToken.None);
        var pages = new List<(HttpStatusCode, string)>();
        foreach (var (address, password) in new[] { ("nobody@inside.example", House.Password), (Me, "wrong password"), ("locked@inside.example", House.Password), ("shut@inside.example", House.Password), ("elsewhere@inside.example", House.Password) })
        {
            var answer = await rig.Browser().SignInAsync(address, password);
            pages.Add((answer.StatusCode, Changing().Replace((await answer.Content.ReadAsStringAsync()).Replace(address, "X", StringComparison.Ordinal), "")));
        }

        Assert.Single(pages.Distinct());
    }

    [Fact]
    public async Task For_an_address_that_is_not_ours_the_next_keeper_of_passwords_is_asked_and_for_ours_not()
    {
        var asked = new List<string>();
        await using var rig = await House.StartAsync(services: s => s.AddSingleton<ICredentialCheck>(new Counting(asked.Add)));
        await rig.AddAsync(Me, "sender");
        await rig.Browser().SignInAsync("nobody@inside.example");
        await rig.Browser().SignInAsync(Me, "wrong password");
        Assert.Equal(["nobody@inside.example"], asked);
    }

    [Fact]
    public async Task A_directory_makes_and_follows_its_accounts_and_cannot_speak_for_ours()
    {
        var roles = new List<string> { "auditor" };
        await using var rig = await House.StartAsync(services: s => s.AddSingleton<ICredentialCheck>(new Directory(roles)));
        await rig.AddAsync(Me, "administrator");
        const string Theirs = "theirs@inside.example";
        var browser = await rig.SignedInAsync("Theirs@inside.example", "the directory's password");
        var made = (await rig.Store.Accounts.FindAsync(Theirs, CancellationToken.None))!;
        Assert.Equal(("佐藤", null), (made.Name, made.PasswordHash));
        Assert.Equal(["auditor"], made.Roles);
        Assert.True(await browser.IsInsideAsync());

        roles[0] = "approver";
        await rig.SignedInAsync(Theirs, "the directory's password");
        Assert.Equal(["approver"], (await rig.Store.Accounts.FindAsync(Theirs, CancellationToken.None))!.Roles);
        Assert.False(await browser.IsInsideAsync());

        Assert.Equal(HttpStatusCode.OK, (await rig.Browser().SignInAsync(Me, "the directory's password")).StatusCode);
        // Nor by another name: an alias the directory resolves to an address that has a password here.
        Assert.Equal(HttpStatusCode.OK, (await rig.Browser().SignInAsync("alias-of-me@inside.example", "the directory's password")).StatusCode);
    }

    [Fact]
    public async Task Where_passwords_of_our_own_are_off_only_the_directorys_open()
    {
        var ldap = "  local: false\n  ldap: { host: '127.0.0.1:389', base: 'dc=inside,dc=example' }\n";
        await using var rig = await House.StartAsync(ldap, s =>
        {
            // The directory stands in for the server, which nobody answers for here.
            s.Remove(s.Single(d => d.ServiceType == typeof(ICredentialCheck) && d.ImplementationType == typeof(LdapCheck)));
            s.AddSingleton<ICredentialCheck>(new Directory(["sender"]));
        });
        await rig.AddAsync(Me, "sender");
        Assert.Equal(HttpStatusCode.OK, (await rig.Browser().SignInAsync(Me)).StatusCode);
        await rig.SignedInAsync(Me, "the directory's password");
        Assert.Null(await FirstRun.PathAsync(rig.Gateway, CancellationToken.None));
    }

    [Fact]
    public async Task A_form_that_is_far_too_large_is_not_read()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var answer = await rig.Browser().SignInAsync(Me, House.Password, new string('x', AccountRules.LargestForm));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge });
    }

    [Fact]
    public async Task Where_only_a_proxy_signs_people_in_no_password_is_asked()
    {
        await using var rig = await House.StartAsync("  local: false\n  proxy: { header: X-Remote-User, from: [192.0.2.1] }\n");
        Assert.DoesNotContain("type=\"password\"", await rig.Browser().GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex Changing();

    private sealed class Counting(Action<string> asked) : ICredentialCheck
    {
        public ValueTask<CredentialAnswer> CheckAsync(string address, string password, CancellationToken cancel)
        {
            asked(address);
            return ValueTask.FromResult(CredentialAnswer.NotMine);
        }
    }

    private sealed class Directory(List<string> roles) : ICredentialCheck
    {
        public ValueTask<CredentialAnswer> CheckAsync(string address, string password, CancellationToken cancel)
            => ValueTask.FromResult(password == "the directory's password"
                ? new CredentialAnswer(CredentialOutcome.Right) { FromDirectory = true, Address = address.Replace("alias-of-", "", StringComparison.Ordinal), Name = "佐藤", Roles = [.. roles] }
                : CredentialAnswer.Wrong);
    }
}
