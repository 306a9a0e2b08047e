using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.OwnAccount;

/// <summary>Setting up, changing and removing the second factor: one-time passwords of an authenticator app, recovery codes for the day it is lost.</summary>
[Needs(Right.SignedIn)]
[RequestSizeLimit(AccountRules.LargestForm)]
public sealed class SecondFactorModel(IAccountStore accounts, GatewayHost gateway, SignInDesk desk, SecondFactor factor, BrowserSession sessions, TimeProvider time) : OwnPage
{
    private byte[] _secret = [];

    /// <summary>The account.</summary>
    public Account Own { get; private set; } = null!;

    /// <summary>The secret for the app, carried through the form.</summary>
    public string Offer { get; private set; } = "";

    /// <summary>The secret to type where no picture can be taken, in groups of four.</summary>
    public string Typed => string.Join(' ', Totp.Base32(_secret).Chunk(4).Select(c => new string(c)));

    /// <summary>The picture for the app.</summary>
    public IHtmlContent Picture => QrPicture.Of(Totp.Uri(_secret, Own.Address), Tongue["Picture for the authenticator app", "認証アプリで読み取る画像"]);

    /// <summary>Recovery codes just made: shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary>What went wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>True when his roles must have one: it can be changed, not removed.</summary>
    public bool Needed => Me.Roles.Intersect(gateway.Config.Config.SignIn.SecondFactor, StringComparer.Ordinal).Any();

    /// <summary>Shows the picture, or what can be done with the one there is.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel).ConfigureAwait(false))
        {
            return NotFound();
        }

        MakeOffer();
        return Page();
    }

    /// <summary>Takes the new secret when the app shows the right code for it. Where there is one already, its own code or the password is asked before.</summary>
    public async Task<IActionResult> OnPostSetAsync(string? offer, string? code, string? password, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel).ConfigureAwait(false))
        {
            return NotFound();
        }

        if (factor.Offered(offer, Own.Address) is not { } secret)
        {
            return BadRequest();
        }

        (_secret, Offer) = (secret, offer!);
        if (!await IsConfirmedAsync(password, cancel).ConfigureAwait(false))
        {
            return Page();
        }

        if (Totp.Match(secret, code, time.GetUtcNow()) is not { } step)
        {
            Problem = Tongue["This code does not fit. Check that the phone's clock is right, and type the digits it shows now.", "コードが一致しません。スマートフォンの時刻が正しいか確認し、今表示されている数字を入力してください。"];
            return Page();
        }

        var changed = Own with { TotpSecret = factor.Keep(secret), TotpLastStep = step };
        await accounts.SaveAsync(changed, Me.Address, cancel).ConfigureAwait(false);
        await GiveCodesAsync(cancel).ConfigureAwait(false);
        await sessions.BeginAsync(HttpContext, Own.Address, cancel).ConfigureAwait(false);
        Own = changed;
        return Page();
    }

    /// <summary>New recovery codes; the old ones end.</summary>
    public async Task<IActionResult> OnPostCodesAsync(string? password, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel).ConfigureAwait(false) || Own.TotpSecret is null)
        {
            return NotFound();
        }

        MakeOffer();
        if (await IsConfirmedAsync(password, cancel).ConfigureAwait(false))
        {
            await GiveCodesAsync(cancel).ConfigureAwait(false);
        }

        return Page();
    }

    /// <summary>Removes it, unless his roles need it.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? password, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel).ConfigureAwait(false) || Own.TotpSecret is null || Needed)
        {
            return NotFound();
        }

        MakeOffer();
        if (!await IsConfirmedAsync(password, cancel).ConfigureAwait(false))
        {
            return Page();
        }

        await accounts.SaveAsync(Own with { TotpSecret = null, TotpLastStep = 0 }, Me.Address, cancel).ConfigureAwait(false);
        await sessions.BeginAsync(HttpContext, Own.Address, cancel).ConfigureAwait(false);
        return LocalRedirect("/account?done=factor-off");
    }

    private void MakeOffer()
    {
        _secret = Totp.NewSecret();
        Offer = factor.Offer(_secret, Own.Address);
    }

    // A browser left open must not be enough to take over or to take off the second factor.
    private async Task<bool> IsConfirmedAsync(string? password, CancellationToken cancel)
    {
        if (Own.TotpSecret is null)
        {
            return true;
        }

        Problem = await desk.ConfirmAsync(HttpContext, Own, password, cancel).ConfigureAwait(false) switch
        {
            SignInOutcome.Done => null,
            SignInOutcome.TooMany => Tongue["Too many attempts. Wait ten minutes.", "試行回数が多すぎます。10分ほど待ってからお試しください。"],
            _ => Tongue["The password is not right.", "パスワードが正しくありません。"],
        };
        return Problem is null;
    }

    private async Task GiveCodesAsync(CancellationToken cancel)
    {
        Codes = SecondFactor.NewCodes();
        await accounts.SetRecoveryCodesAsync(Own.Address, [.. Codes.Select(c => SecondFactor.CodeDigest(c)!)], Me.Address, cancel).ConfigureAwait(false);
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        // Whom a proxy signs in never comes by our own sign-in page: a factor set up here would protect nothing.
        if (Me.SessionDigest is null || await accounts.FindAsync(Me.Address, cancel).ConfigureAwait(false) is not { } own)
        {
            return false;
        }

        Own = own;
        return true;
    }
}
