using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.OwnAccount;

/// <summary>One's own account: name, language, password, second factor, sessions, keys of programs, deputies.</summary>
[Needs(Right.SignedIn)]
[RequestSizeLimit(AccountRules.LargestForm)]
public sealed class IndexModel(IAccountStore accounts, GatewayHost gateway, SignInDesk desk, Passwords passwords, BrowserSession sessions, TimeProvider time) : OwnPage
{
    private const int MostKeys = 20;

    /// <summary>What a key can be for.</summary>
    public static IReadOnlyList<string> KeyScopes { get; } = ["check", "read", "decide", "metrics"];

    /// <summary>Days a key can hold; 0 = until revoked.</summary>
    public static IReadOnlyList<int> KeyDays { get; } = [30, 90, 365, 0];

    /// <summary>The account, or null for somebody known by other means who has none.</summary>
    public Account? Own { get; private set; }

    /// <summary>Where he is signed in.</summary>
    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    /// <summary>Keys of his programs.</summary>
    public IReadOnlyList<ApiToken> Keys { get; private set; } = [];

    /// <summary>A key just made: shown this once.</summary>
    public string? NewKey { get; private set; }

    /// <summary>What was done, said at the top.</summary>
    public string? Done { get; private set; }

    /// <summary>What went wrong, said where it belongs: <c>profile</c>, <c>password</c> or <c>key</c>.</summary>
    public (string Where, string What)? Problem { get; private set; }

    /// <summary>True when his roles must keep their second factor.</summary>
    public bool MustHaveSecondFactor => Me.Roles.Intersect(gateway.Config.Config.SignIn.SecondFactor, StringComparer.Ordinal).Any();

    /// <summary>The scopes his own keys can have: no key may more than he.</summary>
    public IEnumerable<string> OwnScopes => KeyScopes.Where(s => s != "metrics" || Rights.Has(Me, Right.Metrics));

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync(string? done, CancellationToken cancel)
    {
        Done = done switch
        {
            "profile" => Tongue["Saved.", "保存しました。"],
            "password" => Tongue["The password is changed. Other browsers are signed out.", "パスワードを変更しました。ほかのブラウザーはサインアウトされました。"],
            "session" => Tongue["The session is ended.", "サインアウトさせました。"],
            "key" => Tongue["The key is revoked.", "キーを無効にしました。"],
            "factor" => Tongue["The second factor is set up.", "2要素認証を設定しました。"],
            "factor-off" => Tongue["The second factor is removed.", "2要素認証を解除しました。"],
            _ => null,
        };
        await LoadAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Name and language.</summary>
    public async Task<IActionResult> OnPostProfileAsync(string? name, string? language, CancellationToken cancel)
    {
        await LoadAsync(cancel).ConfigureAwait(false);
        if (Own is null)
        {
            return NotFound();
        }

        if (AccountRules.Name(name) is not { } plain)
        {
            Problem = ("profile", Tongue["The name is too long or holds characters that cannot be shown.", "名前が長すぎるか、表示できない文字が含まれています。"]);
            return Page();
        }

        var chosen = language is "ja" or "en" ? language : null;
        await accounts.SaveAsync(Own with { Name = plain, Language = chosen }, Me.Address, cancel).ConfigureAwait(false);
        Response.Cookies.Delete(Tongue.Cookie, new CookieOptions { SameSite = SameSiteMode.Lax, HttpOnly = true });
        return LocalRedirect("/account?done=profile");
    }

    /// <summary>A new password; the old one is asked.</summary>
    public async Task<IActionResult> OnPostPasswordAsync(string? old, string? password, string? again, CancellationToken cancel)
    {
        await LoadAsync(cancel).ConfigureAwait(false);
        if (Own?.PasswordHash is null)
        {
            return NotFound();
        }

        var objection = Passwords.Objection(password, Own.Address, Tongue) ?? (password != again ? Tongue["The two passwords differ.", "新しいパスワードが一致しません。"] : null);
        if (objection is null)
        {
            objection = await desk.ConfirmAsync(HttpContext, Own, old, cancel).ConfigureAwait(false) switch
            {
                SignInOutcome.Done => null,
                SignInOutcome.TooMany => Tongue["Too many attempts. Wait ten minutes.", "試行回数が多すぎます。10分ほど待ってからお試しください。"],
                _ => Tongue["The present password is not right.", "現在のパスワードが正しくありません。"],
            };
        }

        if (objection is not null)
        {
            Problem = ("password", objection);
            return Page();
        }

        await accounts.SaveAsync(Own with { PasswordHash = passwords.Hash(password!), Failures = 0 }, Me.Address, cancel).ConfigureAwait(false);
        await sessions.BeginAsync(HttpContext, Own.Address, cancel).ConfigureAwait(false);
        return LocalRedirect("/account?done=password");
    }

    /// <summary>Ends one of his sessions, or all but this one.</summary>
    public async Task<IActionResult> OnPostEndAsync(string? session, CancellationToken cancel)
    {
        foreach (var one in await accounts.SessionsAsync(Me.Address, cancel).ConfigureAwait(false))
        {
            if (session == "others" ? one.Digest != Me.SessionDigest : one.Digest == session)
            {
                await accounts.EndSessionAsync(Me.Address, one.Digest, cancel).ConfigureAwait(false);
            }
        }

        return LocalRedirect("/account?done=session");
    }

    /// <summary>A key for a program; its secret is in the answer and nowhere else.</summary>
    public async Task<IActionResult> OnPostAddKeyAsync(string? name, string[]? scopes, int days, CancellationToken cancel)
    {
        await LoadAsync(cancel).ConfigureAwait(false);
        if (Own is null)
        {
            return NotFound();
        }

        var plain = AccountRules.Name(name);
        var wanted = OwnScopes.Intersect(scopes ?? [], StringComparer.Ordinal).ToList();
        if (string.IsNullOrEmpty(plain) || wanted.Count == 0 || !KeyDays.Contains(days) || Keys.Count >= MostKeys)
        {
            Problem = ("key", Keys.Count >= MostKeys
                ? Tongue[$"You have {MostKeys} keys already. Revoke one first.", $"キーはすでに{MostKeys}個あります。先にどれかを無効にしてください。"]
                : Tongue["Give the key a name and say what it may.", "キーの名前と、できることを選んでください。"]);
            return Page();
        }

        var secret = Secrets.NewKey();
        var now = time.GetUtcNow();
        await accounts.AddTokenAsync(new ApiToken(0, Secrets.Digest(secret), plain, Own.Address, wanted, now, days == 0 ? null : now.AddDays(days), null), Me.Address, cancel).ConfigureAwait(false);
        await LoadAsync(cancel).ConfigureAwait(false);
        NewKey = secret;
        return Page();
    }

    /// <summary>Revokes one of his own keys.</summary>
    public async Task<IActionResult> OnPostRevokeAsync(string? key, CancellationToken cancel)
    {
        var own = await accounts.TokensAsync(Me.Address, cancel).ConfigureAwait(false);
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !own.Any(k => k.Id == id))
        {
            return NotFound();
        }

        await accounts.RevokeTokenAsync(id, Me.Address, cancel).ConfigureAwait(false);
        return LocalRedirect("/account?done=key");
    }

    /// <summary>What a key's scope means.</summary>
    public string ScopeTitle(string scope) => scope switch
    {
        "check" => Tongue["Check drafts before sending", "送信前の下書きチェック"],
        "read" => Tongue["Read what I may see", "自分が閲覧できる情報の読み取り"],
        "decide" => Tongue["Decide as me", "自分の名前での判断"],
        "metrics" => Tongue["Read metrics", "稼働状況の取得"],
        _ => scope,
    };

    private async Task LoadAsync(CancellationToken cancel)
    {
        Own = await accounts.FindAsync(Me.Address, cancel).ConfigureAwait(false);
        Sessions = await accounts.SessionsAsync(Me.Address, cancel).ConfigureAwait(false);
        Keys = await accounts.TokensAsync(Me.Address, cancel).ConfigureAwait(false);
    }
}
