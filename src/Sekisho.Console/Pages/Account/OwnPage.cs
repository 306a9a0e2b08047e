using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Pages.OwnAccount;

/// <summary>Base of the pages about one's own account. A program's key does not open them: it could make itself keys that may more.</summary>
public abstract class OwnPage : ConsolePage
{
    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Me.TokenScopes is not null)
        {
            context.Result = StatusCode(403);
        }

        base.OnPageHandlerExecuting(context);
    }
}
