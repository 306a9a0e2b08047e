using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Pages;

/// <summary>The front door: whoever administers sees the figures first, everybody else what waits for him.</summary>
[Needs(Right.SignedIn)]
public sealed class IndexModel : ConsolePage
{
    /// <summary>Sends him on.</summary>
    public IActionResult OnGet() => LocalRedirect(Rights.Has(Me, Right.Figures) ? "/dashboard" : "/held");
}
