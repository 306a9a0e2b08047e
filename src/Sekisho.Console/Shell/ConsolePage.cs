using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Shell;

/// <summary>Base of the page models: who asks, in which language.</summary>
public abstract class ConsolePage : PageModel
{
    /// <summary>Who asks. Only on pages that need at least <see cref="Right.Known"/>.</summary>
    public Visitor Me => HttpContext.Visitor() ?? throw new InvalidOperationException("nobody is signed in; the page must need at least Right.Known");

    /// <summary>The visitor's language.</summary>
    public Tongue Tongue => Tongue.Of(HttpContext);
}
