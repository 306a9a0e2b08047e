using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>Answers the text view's script: what is wrong with a text, as JSON. Keeps nothing.</summary>
[Needs(Right.AdministerAll)]
[RequestSizeLimit(DraftDesk.LargestForm)]
public sealed class PolicyValidateModel(DraftDesk drafts) : ConsolePage
{
    /// <summary>Nothing to see here.</summary>
    public IActionResult OnGet() => LocalRedirect("/admin/policy/text");

    /// <summary><c>[{"line","column","message"}]</c>.</summary>
    public IActionResult OnPost(string? text)
        => (text ?? "").Length > DraftDesk.MostText ? StatusCode(413) : new JsonResult(drafts.Check(text ?? "").Select(e => new { line = e.Line, column = e.Column, message = e.Message }));
}
