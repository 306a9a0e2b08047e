using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>Accounts, and the people the file names.</summary>
[Needs(Right.Administer)]
public sealed class UsersModel(GatewayHost gateway, Passwords passwords, TimeProvider time) : ConsolePage
{
    /// <summary>Accounts he may see.</summary>
    public IReadOnlyList<Account> Accounts { get; private set; } = [];

    /// <summary>People the file names whom he may see.</summary>
    public IReadOnlyList<UserConfig> FromFile { get; private set; } = [];

    /// <summary>Why nothing was added.</summary>
    public string? Problem { get; private set; }

    /// <summary>The account just made.</summary>
    public string? Address { get; private set; }

    /// <summary>Its first password, shown once; null: he signs in elsewhere.</summary>
    public string? NewPassword { get; private set; }

    /// <summary>The moment.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What a role is called.</summary>
    public static string RoleName(string role, Tongue tongue) => role switch
    {
        "sender" => tongue["sender", "送信者"],
        "approver" => tongue["approver", "承認者"],
        "auditor" => tongue["auditor", "監査担当"],
        "privacy-officer" => tongue["privacy officer", "個人情報保護責任者"],
        "administrator" => tongue["administrator", "管理者"],
        _ => Shown.Text(role, 40),
    };

    /// <summary>Shows them.</summary>
    public Task OnGetAsync() => ShowAsync();

    /// <summary>Adds one.</summary>
    public async Task<IActionResult> OnPostAsync(string? address, string? name, string[]? roles, string? scopes)
    {
        var cancel = HttpContext.RequestAborted;
        var key = (address ?? "").Trim().ToLowerInvariant();
        var read = UserModel.Scopes(scopes);
        var all = await gateway.Store.Accounts.AccountsAsync(cancel).ConfigureAwait(false);
        Problem = AccountRules.AddressObjection(key, Tongue)
            ?? (AccountRules.Name(name) is null ? Tongue["The name is too long or holds invisible characters.", "名前が長すぎるか、見えない文字を含んでいます。"] : null)
            ?? (read is null ? Tongue["A scope is written like @example.com or department:Sales.", "担当範囲は @example.com または department:営業部 のように書いてください。"] : null)
            ?? (all.Any(a => a.Address == key || AccountRules.IsSame(a.Address, key)) ? Tongue["There is an account of that address.", "このアドレスのアカウントはすでにあります。"] : null);
        if (Problem is null)
        {
            var local = gateway.Config.Config.SignIn.Local;
            var password = local ? Secrets.New()[..20] : null;
            var account = new Account
            {
                Address = key,
                Name = AccountRules.Name(name)!,
                Roles = UserModel.Roles(roles),
                Scopes = read!,
                PasswordHash = password is null ? null : passwords.Hash(password),
                CreatedAt = time.GetUtcNow(),
            };
            if (AccountKeeper.Objection(Me, gateway.Config, null, account, all) is { } objection)
            {
                Problem = Tongue.Of(objection);
            }
            else
            {
                await gateway.Store.Accounts.SaveAsync(account, Me.Address, cancel).ConfigureAwait(false);
                (Address, NewPassword) = (key, password);
            }
        }

        if (Problem is not null)
        {
            Response.StatusCode = 400;
        }

        await ShowAsync().ConfigureAwait(false);
        return Page();
    }

    private async Task ShowAsync()
    {
        Accounts = [.. (await gateway.Store.Accounts.AccountsAsync(HttpContext.RequestAborted).ConfigureAwait(false)).Where(a => AccountKeeper.CanTouch(Me, gateway.Config, a.Address, a))];
        FromFile = [.. gateway.Config.Config.Users.Where(u => AccountKeeper.CanTouch(Me, gateway.Config, u.Address, null))];
    }
}
