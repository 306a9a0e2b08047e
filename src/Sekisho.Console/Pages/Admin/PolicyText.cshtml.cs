using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>The editable part of the file as text.</summary>
[Needs(Right.AdministerAll)]
[RequestSizeLimit(DraftDesk.LargestForm)]
public sealed class PolicyTextModel(DraftDesk drafts) : ConsolePage
{
    /// <summary>File and draft.</summary>
    public DraftView View { get; private set; } = null!;

    /// <summary>What stands in the box.</summary>
    public string Shown { get; private set; } = "";

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<ConfigError> Errors { get; private set; } = [];

    /// <summary>True when he asked to have it checked.</summary>
    public bool Checked { get; private set; }

    /// <summary>Shows draft or file.</summary>
    public async Task OnGetAsync()
    {
        View = await drafts.LoadAsync(Me.Address, HttpContext.RequestAborted).ConfigureAwait(false);
        (Shown, Errors) = (View.Text, View.Draft is null ? [] : View.Errors);
    }

    /// <summary>Checks, keeps, or keeps and goes on to its effect.</summary>
    public async Task<IActionResult> OnPostAsync(string? text, string? baseDigest, string? what)
    {
        var cancel = HttpContext.RequestAborted;
        Shown = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
        if (Shown.Length > DraftDesk.MostText)
        {
            return StatusCode(413);
        }

        Errors = drafts.Check(Shown);
        Checked = true;
        if (what is "save" or "look")
        {
            await drafts.SaveAsync(Me.Address, baseDigest ?? "", Shown, cancel).ConfigureAwait(false);
            if (Errors.Count == 0)
            {
                return LocalRedirect(what == "look" ? "/admin/policy/what-if" : "/admin/policy/text");
            }
        }

        View = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        return Page();
    }

    /// <summary>The lines around one, numbered.</summary>
    public IEnumerable<(int Number, string Line)> Around(int line)
    {
        var lines = Shown.Split('\n');
        for (var i = Math.Max(1, line - 2); i <= Math.Min(lines.Length, line + 2); i++)
        {
            yield return (i, lines[i - 1].Length > 200 ? lines[i - 1][..200] + "…" : lines[i - 1]);
        }
    }
}
