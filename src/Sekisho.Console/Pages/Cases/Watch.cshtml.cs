using Microsoft.AspNetCore.Mvc;
using Sekisho.Incidents;
using Sekisho.Pages.Access;
using Sekisho.Pages.Rehearse;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Pages.Pages.Cases;

/// <summary>A case re-enacted: the mail built anew, looked at by the rules in force, step by step. Sends nothing.</summary>
[Needs(Right.SignedIn)]
public sealed class WatchModel(RehearsalRoom room) : ConsolePage
{
    /// <summary>A small mail is done in this time; a larger one gets a page that says how far it is.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The case.</summary>
    public Incident Incident { get; private set; } = null!;

    /// <summary>Its readings: where the source leaves a question open, each answer.</summary>
    public IReadOnlyList<ReenactmentVariant> Readings { get; private set; } = [];

    /// <summary>The one shown, 1-based.</summary>
    public int Reading { get; private set; } = 1;

    /// <summary>How far it is.</summary>
    public RehearsalState State { get; private set; } = null!;

    /// <summary>The result once there.</summary>
    public Rehearsed? Played => State.Result;

    /// <summary>Recipients of which nothing leaves before somebody decides.</summary>
    public long Waiting => Played!.Actions.Where(a => a.Key is PolicyAction.Hold or PolicyAction.Approve).Sum(a => a.Value);

    /// <summary>Shows it; 404 when there is no such case or reading.</summary>
    public async Task<IActionResult> OnGetAsync(string id, string? reading, CancellationToken cancel)
    {
        if (Catalogue.Embedded.Find(id) is not { } incident)
        {
            return NotFound();
        }

        Incident = incident;
        Readings = Reenactment.For(incident).Variants;
        Reading = int.TryParse(reading, out var n) ? n : 1;
        if (Reading < 1 || Reading > Readings.Count)
        {
            return NotFound();
        }

        State = await room.AskAsync(incident, Reading - 1, s_patience, cancel).ConfigureAwait(false);
        if (Played is null)
        {
            Response.Headers["Refresh"] = "2";
        }

        return Page();
    }
}
