using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;

namespace Sekisho.Pages.Pages;

/// <summary>Ends the session of this browser.</summary>
[Needs(Right.None)]
[RequestSizeLimit(AccountRules.LargestForm)]
public sealed class SignOutModel(BrowserSession sessions) : ConsolePage
{
    /// <summary>A link cannot sign anybody out.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    /// <summary>Ends it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await sessions.EndAsync(HttpContext, cancel).ConfigureAwait(false);
        return LocalRedirect("/sign-in");
    }
}
