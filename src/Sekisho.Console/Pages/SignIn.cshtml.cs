using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;

namespace Sekisho.Pages.Pages;

/// <summary>Signing in: address and password, then the one-time password where there is one. Says the same for a wrong address, a wrong password and a locked account.</summary>
[Needs(Right.None)]
[RequestSizeLimit(AccountRules.LargestForm)]
public sealed class SignInModel(SignInDesk desk, GatewayHost gateway) : ConsolePage
{
    private const int LongestTo = 2000;

    /// <summary>Where he wanted to go: an address of the console itself, or empty.</summary>
    public string To { get; private set; } = "";

    /// <summary>What he typed as his address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Proves that the password was right; asks for the second step.</summary>
    public string? Ticket { get; private set; }

    /// <summary>What went wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>He comes by a link that has run out.</summary>
    public bool Expired { get; private set; }

    /// <summary>Nobody could sign in yet.</summary>
    public bool NoAccounts => gateway.Config.Accounts.Count == 0 && gateway.Config.Config.SignIn is { Local: true, Ldap: null, Proxy: null };

    /// <summary>False where only a reverse proxy signs people in.</summary>
    public bool TakesPasswords => gateway.Config.Config.SignIn is { Local: true } or { Ldap: not null };

    /// <summary>Shows the form; sends on whoever is signed in already.</summary>
    public IActionResult OnGet(string? to, bool expired)
    {
        (To, Expired) = (Local(to), expired);
        return HttpContext.Visitor() is { LinkedTo: null } ? LocalRedirect(Onward) : Page();
    }

    /// <summary>The first step.</summary>
    public async Task<IActionResult> OnPostPasswordAsync(string? address, string? password, string? to, CancellationToken cancel)
    {
        (To, Address) = (Local(to), address is { Length: <= 254 } ? address : "");
        return Show(await desk.PasswordAsync(HttpContext, Address, password ?? "", cancel).ConfigureAwait(false));
    }

    /// <summary>The second step.</summary>
    public async Task<IActionResult> OnPostCodeAsync(string? ticket, string? code, string? to, CancellationToken cancel)
    {
        To = Local(to);
        return Show(await desk.CodeAsync(HttpContext, ticket, code, cancel).ConfigureAwait(false), code is not null);
    }

    private string Onward => To.Length > 0 ? To : "/";

    private IActionResult Show(SignInAnswer answer, bool second = false)
    {
        Ticket = answer.Ticket;
        switch (answer.Outcome)
        {
            case SignInOutcome.Done:
                return LocalRedirect(Onward);
            case SignInOutcome.NeedsCode:
                break;
            case SignInOutcome.TooMany:
                Response.StatusCode = StatusCodes.Status429TooManyRequests;
                Response.Headers.RetryAfter = ((int)AttemptLimiter.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                Problem = Tongue["Too many attempts from here. Wait ten minutes.", "試行回数が多すぎます。10分ほど待ってからお試しください。"];
                break;
            case SignInOutcome.Unavailable:
                Problem = Tongue["The directory that keeps the passwords does not answer. Try again soon, or tell the administrator.", "パスワードを管理するディレクトリに接続できません。しばらくしてから試すか、管理者にご連絡ください。"];
                break;
            default:
                Problem = second
                    ? Ticket is null ? Tongue["That took too long. Start again.", "時間がかかりすぎました。最初からやり直してください。"] : Tongue["This code is not right, or was used already. Wait for the next one.", "コードが正しくないか、すでに使われています。次のコードをお待ちください。"]
                    : Tongue["That did not work. Check address and password; after many wrong attempts an account rests for a while.", "サインインできませんでした。メールアドレスとパスワードをご確認ください。失敗が続くと、しばらくサインインできなくなります。"];
                break;
        }

        return Page();
    }

    private string Local(string? to) => to is { Length: <= LongestTo } && Url.IsLocalUrl(to) ? to : "";
}
