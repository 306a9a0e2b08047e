using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>One account: roles, reach, state, deputies.</summary>
[Needs(Right.Administer)]
public sealed class UserModel(GatewayHost gateway, Passwords passwords, TimeProvider time) : ConsolePage
{
    /// <summary>The account.</summary>
    public Account Account { get; private set; } = null!;

    /// <summary>Open sessions.</summary>
    public int Sessions { get; private set; }

    /// <summary>Who stands in for him.</summary>
    public IReadOnlyList<Deputy> Deputies { get; private set; } = [];

    /// <summary>True when passwords are kept here.</summary>
    public bool Local => gateway.Config.Config.SignIn.Local;

    /// <summary>Why nothing was done.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was done.</summary>
    public string? Done { get; private set; }

    /// <summary>Shown once.</summary>
    public string? NewPassword { get; private set; }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(string? address, string? done)
    {
        Done = done is null ? null : Tongue["Done.", "変更しました。"];
        return await ShowAsync(address).ConfigureAwait(false) ? Page() : NotFound();
    }

    /// <summary>Changes it.</summary>
    public async Task<IActionResult> OnPostAsync(string? address, string? what, string? name, string[]? roles, string? scopes, string? disabled, string? substitute, DateOnly? from, DateOnly? until, long? deputy)
    {
        var cancel = HttpContext.RequestAborted;
        if (!await ShowAsync(address).ConfigureAwait(false))
        {
            return NotFound();
        }

        var after = what switch
        {
            "save" => Account with { Name = AccountRules.Name(name) ?? Account.Name, Roles = Roles(roles), Scopes = Scopes(scopes) ?? ["?"], Disabled = disabled == "yes" },
            "factor" => Account with { TotpSecret = null },
            "remove" => null,
            _ => Account,
        };
        var all = await gateway.Store.Accounts.AccountsAsync(cancel).ConfigureAwait(false);
        Problem = after?.Scopes.Contains("?") == true ? Tongue["A scope is written like @example.com or department:Sales.", "担当範囲は @example.com または department:営業部 のように書いてください。"]
            : what is "password" or "factor" && AccountRules.IsSame(Account.Address, Me.Address)
                ? Tongue["Your own password and second factor are changed on your own page, where the present password is asked.", "自分のパスワードと2要素認証は、現在のパスワードを確認する自分のアカウントのページで変更してください。"]
            : AccountKeeper.Objection(Me, gateway.Config, Account, after, all) is { } objection ? Tongue.Of(objection) : null;
        if (Problem is null)
        {
            switch (what)
            {
                case "save" or "factor":
                    await gateway.Store.Accounts.SaveAsync(after!, Me.Address, cancel).ConfigureAwait(false);
                    break;
                case "remove":
                    await gateway.Store.Accounts.RemoveAsync(Account.Address, Me.Address, cancel).ConfigureAwait(false);
                    return LocalRedirect("/admin/users");
                case "sessions":
                    await gateway.Store.Accounts.EndSessionAsync(Account.Address, null, cancel).ConfigureAwait(false);
                    break;
                case "password" when Local:
                    NewPassword = Secrets.New()[..20];
                    await gateway.Store.Accounts.SaveAsync(Account with { PasswordHash = passwords.Hash(NewPassword), Failures = 0, LockedUntil = null }, Me.Address, cancel).ConfigureAwait(false);
                    await ShowAsync(address).ConfigureAwait(false);
                    return Page();
                case "undeputise" when Deputies.Any(d => d.Id == deputy):
                    await gateway.Store.Deputies.RemoveDeputyAsync(deputy!.Value, Me.Address, cancel).ConfigureAwait(false);
                    break;
                case "deputise":
                    Problem = await DeputiseAsync((substitute ?? "").Trim().ToLowerInvariant(), from, until, cancel).ConfigureAwait(false);
                    break;
            }
        }

        if (Problem is null)
        {
            return LocalRedirect($"/admin/users/one?address={Uri.EscapeDataString(Account.Address)}&done=yes");
        }

        Response.StatusCode = 400;
        return Page();
    }

    /// <summary>The roles there are among those asked for; sender where none is.</summary>
    internal static IReadOnlyList<string> Roles(string[]? roles) => [.. Rights.Roles.Where(r => roles?.Contains(r) == true).DefaultIfEmpty("sender")];

    /// <summary>Scopes, one a line; null when one is none.</summary>
    internal static IReadOnlyList<string>? Scopes(string? text)
    {
        var read = (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(AccountKeeper.Scope).ToList();
        return read.Contains(null) || read.Count > 100 ? null : [.. read.Distinct(StringComparer.OrdinalIgnoreCase)!];
    }

    private async Task<string?> DeputiseAsync(string substitute, DateOnly? from, DateOnly? until, CancellationToken cancel)
    {
        if (!AccountRules.IsAddress(substitute) || substitute == Account.Address)
        {
            return Tongue["Name the address of somebody else.", "本人以外のアドレスを入力してください。"];
        }

        if (!AccountKeeper.CanTouch(Me, gateway.Config, substitute, null))
        {
            return Tongue["The deputy is not in the part of the organisation you administer.", "代理人があなたの担当範囲ではありません。"];
        }

        if (string.Equals(substitute, Me.Address, StringComparison.OrdinalIgnoreCase) && Me.Scopes.Count > 0)
        {
            return Tongue["You cannot make yourself a deputy.", "自分自身を代理人にはできません。"];
        }

        if (from is not { } first || until is not { } last || last < first)
        {
            return Tongue["The last day is not before the first.", "終了日は開始日以降にしてください。"];
        }

        await gateway.Store.Deputies.AddDeputyAsync(new Deputy(0, Account.Address, substitute, first, last, Me.Address), cancel).ConfigureAwait(false);
        return null;
    }

    private async Task<bool> ShowAsync(string? address)
    {
        var cancel = HttpContext.RequestAborted;
        var found = address is null ? null : await gateway.Store.Accounts.FindAsync(address, cancel).ConfigureAwait(false);
        if (found is null || !AccountKeeper.CanTouch(Me, gateway.Config, found.Address, found))
        {
            return false;
        }

        Account = found;
        Sessions = (await gateway.Store.Accounts.SessionsAsync(found.Address, cancel).ConfigureAwait(false)).Count;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.Local).Date);
        Deputies = [.. (await gateway.Store.Deputies.DeputiesAsync(today, cancel).ConfigureAwait(false)).Where(d => string.Equals(d.Approver, found.Address, StringComparison.OrdinalIgnoreCase))];
        return true;
    }
}
