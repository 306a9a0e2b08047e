using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Sekisho.Pages.Mails;

/// <summary>The second address of the pages that a signed link opens too: <c>/d/{token}</c> beside <c>/held/{id}</c>.</summary>
internal static class MailRoutes
{
    public static void Add(RazorPagesOptions options)
    {
        options.Conventions.AddPageRoute("/Held/Decide", "/d/{token}");
        options.Conventions.AddPageRoute("/Held/Recipients", "/d/{token}/recipients");
    }
}
