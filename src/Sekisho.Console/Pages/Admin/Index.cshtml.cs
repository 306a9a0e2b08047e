using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>The way into administration.</summary>
[Needs(Right.Administer)]
public sealed class IndexModel : ConsolePage
{
    /// <summary>Shows it.</summary>
    public void OnGet()
    {
    }
}
