using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>What was in force when, the difference of any two, and the way back.</summary>
[Needs(Right.AdministerAll)]
public sealed class PolicyHistoryModel(DraftDesk drafts, GatewayHost gateway) : ConsolePage
{
    private const int MostVersions = 200;

    /// <summary>File and draft.</summary>
    public DraftView View { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ConfigVersion> Versions { get; private set; } = [];

    /// <summary>The version compared from; 0: none.</summary>
    public long From { get; private set; }

    /// <summary>The version compared with.</summary>
    public long To { get; private set; }

    /// <summary>Their difference, or null.</summary>
    public IReadOnlyList<DiffLine>? Difference { get; private set; }

    /// <summary>Shows the list; with two numbers their difference, else that of the last change.</summary>
    public async Task OnGetAsync(long? from, long? to)
    {
        var cancel = HttpContext.RequestAborted;
        View = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        Versions = await gateway.Store.Configurations.ListAsync(MostVersions, cancel).ConfigureAwait(false);
        To = to ?? (Versions.Count > 0 ? Versions[0].Number : 0);
        From = from ?? (Versions.Count > 1 ? Versions[1].Number : To);
        var (a, b) = (await gateway.Store.Configurations.FindAsync(From, cancel).ConfigureAwait(false), await gateway.Store.Configurations.FindAsync(To, cancel).ConfigureAwait(false));
        Difference = a is null || b is null ? null : LineDiff.Of(a.Text, b.Text);
    }

    /// <summary>Takes an old text as draft.</summary>
    public async Task<IActionResult> OnPostAsync(long number)
    {
        var cancel = HttpContext.RequestAborted;
        var view = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        if (await gateway.Store.Configurations.FindAsync(number, cancel).ConfigureAwait(false) is not { } version || view.Disk.Document is not { } document)
        {
            return NotFound();
        }

        await drafts.SaveAsync(Me.Address, document.Digest, version.Text, cancel).ConfigureAwait(false);
        return LocalRedirect("/admin/policy/what-if");
    }
}
