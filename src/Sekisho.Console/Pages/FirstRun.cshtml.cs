using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages;

/// <summary>Creates the administrator of a console without accounts; anything else is "nothing here".</summary>
[Needs(Right.None)]
[RequestSizeLimit(AccountRules.LargestForm)]
public sealed class FirstRunModel(GatewayHost gateway, IAccountStore accounts, Passwords passwords, BrowserSession sessions, AttemptLimiter limiter, TimeProvider time) : ConsolePage
{
    /// <summary>What he typed.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What he typed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What went wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows the form to whoever has the link.</summary>
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
        => await FirstRun.IsRightAsync(gateway, token, cancel).ConfigureAwait(false) ? Page() : NotFound();

    /// <summary>Creates it and signs in; of two at once one wins.</summary>
    public async Task<IActionResult> OnPostAsync(string token, string? address, string? name, string? password, string? again, string? language, CancellationToken cancel)
    {
        if (!limiter.TryEnter(Peer.Client(HttpContext, gateway.Config.Config.SignIn)))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (!await FirstRun.IsRightAsync(gateway, token, cancel).ConfigureAwait(false))
        {
            return NotFound();
        }

        (Address, Name) = ((address ?? "").Trim().ToLowerInvariant(), AccountRules.Name(name) ?? "");
        Problem = AccountRules.AddressObjection(Address, Tongue)
            ?? (AccountRules.Name(name) is null ? Tongue["The name is too long or holds characters that cannot be shown.", "名前が長すぎるか、表示できない文字が含まれています。"] : null)
            ?? Passwords.Objection(password, Address, Tongue)
            ?? (password != again ? Tongue["The two passwords differ.", "パスワードが一致しません。"] : null);
        if (Problem is not null)
        {
            return Page();
        }

        var account = new Account
        {
            Address = Address,
            Name = Name,
            Roles = ["administrator"],
            PasswordHash = passwords.Hash(password!),
            Language = language is "ja" or "en" ? language : null,
            CreatedAt = time.GetUtcNow(),
        };
        if (!await accounts.SaveFirstAsync(account, cancel).ConfigureAwait(false))
        {
            return NotFound();
        }

        await gateway.RefreshAccountsAsync(cancel).ConfigureAwait(false);
        await accounts.SignedInAsync(Address, null, cancel).ConfigureAwait(false);
        await sessions.BeginAsync(HttpContext, Address, cancel).ConfigureAwait(false);
        return LocalRedirect("/");
    }
}
