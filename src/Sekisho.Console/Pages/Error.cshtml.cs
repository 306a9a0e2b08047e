using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;

namespace Sekisho.Pages.Pages;

/// <summary>What went wrong and what to do, for every error code; says nothing of what is inside.</summary>
[Needs(Right.None)]
[RequestSizeLimit(AccountRules.LargestForm)]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : ConsolePage
{
    /// <summary>What went wrong.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What to do.</summary>
    public string Advice { get; private set; } = "";

    /// <summary>Shows it.</summary>
    public void OnGet(int code) => Explain(code);

    /// <summary>Shows it after a form that went wrong.</summary>
    public void OnPost(int code) => Explain(code);

    private void Explain(int code) => (Title, Advice) = code switch
    {
        400 => (Tongue["This could not be read", "読み取れませんでした"], Tongue["The form is incomplete or too old. Go back, load the page again and repeat it.", "入力が足りないか、画面が古くなっています。前のページに戻り、読み込み直してからもう一度お試しください。"]),
        401 => (Tongue["Please sign in", "サインインしてください"], Tongue["This needs a sign-in, or the link from the mail has expired.", "サインインが必要です。メールのリンクは期限が切れていることがあります。"]),
        403 => (Tongue["Not for this account", "このアカウントでは開けません"], Tongue["Your role does not include this. If it should, ask an administrator.", "お使いのアカウントにはこの操作の権限がありません。必要な場合は管理者にご連絡ください。"]),
        404 => (Tongue["Nothing here", "見つかりません"], Tongue["The address is wrong, or what was here is gone or not yours to see.", "アドレスが誤っているか、すでに無いか、閲覧の権限がありません。"]),
        429 => (Tongue["Too fast", "操作が多すぎます"], Tongue["Wait a minute and try again.", "1分ほど待ってから、もう一度お試しください。"]),
        _ => (Tongue["Something went wrong", "エラーが起きました"], Tongue["Nothing was lost. Try again; if it stays so, tell the administrator the time.", "失われたものはありません。もう一度お試しください。続くときは、時刻を添えて管理者にお知らせください。"]),
    };
}
