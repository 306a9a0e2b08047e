namespace Sekisho.Storage.Tests.Contract;

/// <summary>Who may sign in: accounts, their sessions and keys.</summary>
public abstract class Accounts<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private const string Me = "me@example.com";

    private Account New(string address = Me) => new()
    {
        Address = address,
        Name = "山田 花子",
        Roles = ["approver", "auditor"],
        Scopes = ["@example.com", "department:営業部"],
        PasswordHash = "HASH-OF-MINE",
        TotpSecret = "TOTP-OF-MINE",
        Language = "ja",
        CreatedAt = Time.Now,
    };

    private Session NewSession(string digest, string address = Me) => new(digest, address, Time.Now, Time.Now, Time.Now.AddHours(12), "192.0.2.1 Browser");

    private async Task<Account> SavedAsync(string address = Me)
    {
        await Store.Accounts.SaveAsync(New(address), "boss@example.com", None);
        return (await Store.Accounts.FindAsync(address, None))!;
    }

    private async Task<long> EventCountAsync() => (await Store.VerifyAuditAsync(null, None)).Events;

    [Fact]
    public async Task An_account_comes_back_as_it_was_whatever_the_case_of_its_address()
    {
        await SavedAsync();
        await RestartAsync();
        var found = (await Store.Accounts.FindAsync("ME@Example.COM", None))!;
        Assert.Equivalent(New(), found, strict: true);
        Assert.Null(await Store.Accounts.FindAsync("nobody@example.com", None));
        await SavedAsync("a@example.com");
        Assert.Equal(["a@example.com", Me], (await Store.Accounts.AccountsAsync(None)).Select(a => a.Address));
    }

    [Fact]
    public async Task Of_first_accounts_made_at_once_one_is_made()
    {
        var beside = await OpenAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Store : beside).Accounts.SaveFirstAsync(New($"boss{i}@example.com"), None)));
        Assert.Single(made, m => m);
        Assert.Single(await Store.Accounts.AccountsAsync(None));
    }

    [Fact]
    public async Task The_first_account_ends_the_first_runs_secret()
    {
        var before = await Store.Accounts.SecretAsync(IAccountStore.FirstRunSecret, None);
        Assert.True(await Store.Accounts.SaveFirstAsync(New(), None));
        await Store.Accounts.RemoveAsync(Me, "x", None);
        Assert.NotEqual(before.ToArray(), (await Store.Accounts.SecretAsync(IAccountStore.FirstRunSecret, None)).ToArray());
    }

    [Fact]
    public async Task Sessions_end_where_what_he_may_changes_and_stay_where_not()
    {
        var account = await SavedAsync();
        List<(string Change, Func<Account, Account> Changed, bool Stays)> changes =
        [
            ("name", a => a with { Name = "new" }, true),
            ("language", a => a with { Language = null }, true),
            ("roles in another order", a => a with { Roles = [.. a.Roles.Reverse()] }, true),
            ("roles", a => a with { Roles = ["sender"] }, false),
            ("scopes", a => a with { Scopes = [] }, false),
            ("password", a => a with { PasswordHash = "other" }, false),
            ("second factor", a => a with { TotpSecret = null }, false),
            ("disabled", a => a with { Disabled = true }, false),
        ];
        foreach (var (change, changed, stays) in changes)
        {
            await Store.Accounts.BeginSessionAsync(NewSession(change), None);
            account = changed(account);
            await Store.Accounts.SaveAsync(account, "boss@example.com", None);
            Assert.True(stays == (await Store.Accounts.FindSessionAsync(change, None) is not null), change);
        }
    }

    [Fact]
    public async Task Removing_takes_sessions_keys_and_codes_along()
    {
        await SavedAsync();
        await Store.Accounts.BeginSessionAsync(NewSession("d1"), None);
        await Store.Accounts.AddTokenAsync(new ApiToken(0, "t1", "mail client", Me, ["check"], Time.Now, null, null), Me, None);
        await Store.Accounts.SetRecoveryCodesAsync(Me, ["c1"], Me, None);
        Assert.True(await Store.Accounts.RemoveAsync("Me@example.com", "boss@example.com", None));
        Assert.False(await Store.Accounts.RemoveAsync(Me, "boss@example.com", None));
        Assert.Null(await Store.Accounts.FindSessionAsync("d1", None));
        Assert.Null(await Store.Accounts.FindTokenAsync("t1", None));
        await SavedAsync();
        Assert.False(await Store.Accounts.SignedInByRecoveryCodeAsync(Me, "c1", None));
    }

    [Fact]
    public async Task Wrong_passwords_lock_and_a_right_one_forgets_them()
    {
        await SavedAsync();
        var until = Time.Now.AddMinutes(1);
        Assert.Equal(1, await Store.Accounts.CountFailureAsync(Me, 3, until, None));
        Assert.Equal(2, await Store.Accounts.CountFailureAsync(Me, 3, until, None));
        Assert.Null((await Store.Accounts.FindAsync(Me, None))!.LockedUntil);
        Assert.Equal(3, await Store.Accounts.CountFailureAsync(Me, 3, until, None));
        Assert.Equal(until, (await Store.Accounts.FindAsync(Me, None))!.LockedUntil);
        Assert.True(await Store.Accounts.SignedInAsync(Me, null, None));
        Assert.Equal((0, null, Time.Now), ((await Store.Accounts.FindAsync(Me, None))! is var a ? (a.Failures, a.LockedUntil, a.LastSignIn) : default));
        Assert.Equal(0, await Store.Accounts.CountFailureAsync("nobody@example.com", 3, until, None));
    }

    [Fact]
    public async Task A_one_time_passwords_step_is_taken_once_also_by_many_at_once_and_after_a_stale_save()
    {
        var stale = await SavedAsync();
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.Accounts.SignedInAsync(Me, 100, None))), taken => taken);
        await Store.Accounts.SaveAsync(stale with { Name = "renamed" }, "boss@example.com", None);
        Assert.False(await Store.Accounts.SignedInAsync(Me, 100, None));
        Assert.False(await Store.Accounts.SignedInAsync(Me, 99, None));
        Assert.True(await Store.Accounts.SignedInAsync(Me, 101, None));
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_goes_with_its_second_factor()
    {
        var account = await SavedAsync();
        await Store.Accounts.SetRecoveryCodesAsync(Me, ["c1", "c2"], Me, None);
        Assert.Equal(2, (await Store.Accounts.FindAsync(Me, None))!.RecoveryCodesLeft);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.Accounts.SignedInByRecoveryCodeAsync(Me, "c1", None))), taken => taken);
        await Store.Accounts.SaveAsync(account with { Name = "renamed" }, Me, None);
        Assert.Equal(1, (await Store.Accounts.FindAsync(Me, None))!.RecoveryCodesLeft);
        await Store.Accounts.SaveAsync(account with { TotpSecret = "another" }, Me, None);
        Assert.False(await Store.Accounts.SignedInByRecoveryCodeAsync(Me, "c2", None));
    }

    [Fact]
    public async Task A_session_ends_by_age_and_by_idleness()
    {
        await SavedAsync();
        await Store.Accounts.BeginSessionAsync(NewSession("d1"), None);
        for (var i = 0; i < 23; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(31));
            Assert.NotNull(await Store.Accounts.FindSessionAsync("d1", TimeSpan.FromHours(1), None));
        }

        Time.Advance(TimeSpan.FromMinutes(7));
        Assert.Null(await Store.Accounts.FindSessionAsync("d1", TimeSpan.FromHours(1), None));

        await Store.Accounts.BeginSessionAsync(NewSession("d2"), None);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await Store.Accounts.FindSessionAsync("d2", TimeSpan.FromHours(1), None));
        Assert.Null(await Store.Accounts.FindSessionAsync("d2", None));
    }

    [Fact]
    public async Task One_ends_one_session_or_all_of_his_own()
    {
        await SavedAsync();
        await SavedAsync("other@example.com");
        foreach (var (digest, address) in new[] { ("a", Me), ("b", Me), ("c", Me), ("x", "other@example.com") })
        {
            await Store.Accounts.BeginSessionAsync(NewSession(digest, address), None);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["c", "b", "a"], (await Store.Accounts.SessionsAsync(Me, None)).Select(s => s.Digest));
        await Store.Accounts.EndSessionAsync(Me, "x", None);
        await Store.Accounts.EndSessionAsync(Me, "b", None);
        Assert.Equal(["c", "a"], (await Store.Accounts.SessionsAsync(Me, None)).Select(s => s.Digest));
        await Store.Accounts.EndSessionAsync(Me, null, None);
        Assert.Empty(await Store.Accounts.SessionsAsync(Me, None));
        Assert.NotNull(await Store.Accounts.FindSessionAsync("x", None));
    }

    [Fact]
    public async Task Sessions_of_one_account_are_bounded()
    {
        await SavedAsync();
        for (var i = 0; i < 60; i++)
        {
            await Store.Accounts.BeginSessionAsync(NewSession($"d{i:D2}"), None);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var left = await Store.Accounts.SessionsAsync(Me, None);
        Assert.Equal((50, "d59", "d10"), (left.Count, left[0].Digest, left[^1].Digest));
    }

    [Fact]
    public async Task Nobody_signs_in_without_an_account()
    {
        await Assert.ThrowsAsync<StoreException>(() => Store.Accounts.BeginSessionAsync(NewSession("d"), None));
        await Assert.ThrowsAsync<StoreException>(() => Store.Accounts.AddTokenAsync(new ApiToken(0, "t", "n", Me, [], Time.Now, null, null), Me, None));
        Assert.False(await Store.Accounts.SignedInAsync(Me, null, None));
    }

    [Fact]
    public async Task A_key_holds_until_it_runs_out_or_is_revoked()
    {
        await SavedAsync();
        var id = await Store.Accounts.AddTokenAsync(new ApiToken(0, "t1", "mail client", "ME@example.com", ["check", "read"], Time.Now, Time.Now.AddDays(1), null), Me, None);
        var other = await Store.Accounts.AddTokenAsync(new ApiToken(0, "t2", "monitor", Me, ["metrics"], Time.Now, null, null), Me, None);
        var found = (await Store.Accounts.FindTokenAsync("t1", None))!;
        Assert.Equal((id, "mail client", Me), (found.Id, found.Name, found.Owner));
        Assert.Equal(["check", "read"], found.Scopes);
        Assert.Equal(Time.Now, (await Store.Accounts.TokensAsync(Me, None))[0].LastUsed);
        Assert.Equal([id, other], (await Store.Accounts.TokensAsync(null, None)).Select(t => t.Id));
        Assert.Empty(await Store.Accounts.TokensAsync("other@example.com", None));

        Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Store.Accounts.FindTokenAsync("t1", None));
        Assert.True(await Store.Accounts.RevokeTokenAsync(other, Me, None));
        Assert.False(await Store.Accounts.RevokeTokenAsync(other, Me, None));
        Assert.Null(await Store.Accounts.FindTokenAsync("t2", None));
        Assert.NotEqual(other, await Store.Accounts.AddTokenAsync(new ApiToken(0, "t3", "n", Me, [], Time.Now, null, null), Me, None));
    }

    [Fact]
    public async Task A_secret_is_made_once_also_by_two_processes()
    {
        var beside = await OpenAsync();
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Store : beside).Accounts.SecretAsync("links", None)));
        Assert.Equal(32, secrets[0].Length);
        Assert.All(secrets, s => Assert.Equal(secrets[0].ToArray(), s.ToArray()));
        Assert.NotEqual(secrets[0].ToArray(), (await Store.Accounts.SecretAsync("other", None)).ToArray());
        await RestartAsync();
        Assert.Equal(secrets[0].ToArray(), (await Store.Accounts.SecretAsync("links", None)).ToArray());
    }

    [Fact]
    public async Task The_version_rises_with_changes_of_accounts_also_of_another_process_and_only_then()
    {
        var beside = await OpenAsync();
        var start = Store.Accounts.Version;
        await beside.Accounts.SaveAsync(New(), "boss@example.com", None);
        var saved = Store.Accounts.Version;
        Assert.True(saved > start);
        await beside.Accounts.BeginSessionAsync(NewSession("d"), None);
        await beside.Accounts.CountFailureAsync(Me, 10, Time.Now, None);
        await beside.Accounts.SaveAsync((await beside.Accounts.FindAsync(Me, None))!, "boss@example.com", None);
        Assert.Equal(saved, Store.Accounts.Version);
        await beside.Accounts.RemoveAsync(Me, "boss@example.com", None);
        Assert.True(Store.Accounts.Version > saved);
    }

    [Fact]
    public async Task Every_change_of_who_may_what_is_in_the_trail_and_no_secret_is()
    {
        var before = await EventCountAsync();
        await SavedAsync();
        Assert.Equal(before + 1, await EventCountAsync());
        await Store.Accounts.SaveAsync(New() with { Roles = ["administrator"], PasswordHash = "HASH-TWO" }, "boss@example.com", None);
        await Store.Accounts.SetRecoveryCodesAsync(Me, ["CODE-DIGEST"], Me, None);
        await Store.Accounts.CountFailureAsync(Me, 2, Time.Now, None);
        Assert.Equal(before + 3, await EventCountAsync());
        await Store.Accounts.CountFailureAsync(Me, 2, Time.Now, None);
        await Store.Accounts.SignedInAsync(Me, 5, None);
        await Store.Accounts.BeginSessionAsync(NewSession("SESSION-DIGEST"), None);
        var token = await Store.Accounts.AddTokenAsync(new ApiToken(0, "TOKEN-DIGEST", "n", Me, ["check"], Time.Now, null, null), Me, None);
        await Store.Accounts.RevokeTokenAsync(token, Me, None);
        await Store.Accounts.RemoveAsync(Me, "boss@example.com", None);
        var trail = await Store.VerifyAuditAsync(null, None);
        Assert.Equal((before + 8, null), (trail.Events, trail.BrokenAt));
        Assert.All(await WrittenAsync(), text => Assert.DoesNotMatch("HASH|TOTP|DIGEST", text));
    }

    /// <summary>The details of all events, as the place keeps them.</summary>
    protected abstract Task<IReadOnlyList<string>> WrittenAsync();
}
