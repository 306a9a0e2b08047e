using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;

namespace Sekisho.Pages.Pages;

/// <summary>Changes the language of the pages in this browser.</summary>
[Needs(Right.None)]
[RequestSizeLimit(AccountRules.LargestForm)]
public sealed class LanguageModel : ConsolePage
{
    /// <summary>Nothing to see here.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    /// <summary>Keeps the choice for a year and goes back; only to an address of the console itself.</summary>
    public IActionResult OnPost(string? language, string? to)
    {
        if (language is "ja" or "en")
        {
            Response.Cookies.Append(Tongue.Cookie, language, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = Request.IsHttps });
        }

        return LocalRedirect(Url.IsLocalUrl(to) ? to : "/");
    }
}
