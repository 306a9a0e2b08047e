using Microsoft.AspNetCore.Mvc;
using Sekisho.Incidents;
using Sekisho.Pages.Access;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Cases;

/// <summary>One real case: what went wrong, its figures, what stops it, and the organisation's own stops of the same kind.</summary>
[Needs(Right.SignedIn)]
public sealed class CaseModel(IMailIndex index) : ConsolePage
{
    private const int MaxOwn = 10;

    /// <summary>The case.</summary>
    public Incident Incident { get; private set; } = null!;

    /// <summary>What stops it.</summary>
    public StoppingRule Stop { get; private set; } = null!;

    /// <summary>The organisation's own of that rule, without names.</summary>
    public IReadOnlyList<OwnCase> Own { get; private set; } = [];

    /// <summary>The ones before and after it in time.</summary>
    public (Incident? Before, Incident? After) Beside { get; private set; }

    /// <summary>Shows it; 404 when there is none of that name.</summary>
    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (Catalogue.Embedded.Find(id) is not { } incident)
        {
            return NotFound();
        }

        Incident = incident;
        Stop = StoppingRules.RuleThatStops(incident);
        var all = Catalogue.Embedded.Incidents;
        var at = Enumerable.Range(0, all.Count).First(i => ReferenceEquals(all[i], incident));
        Beside = (at > 0 ? all[at - 1] : null, at + 1 < all.Count ? all[at + 1] : null);
        Own = Stop.Primary == StoppingRule.DeliverySeal ? [] : await OwnCases.FindAsync(index, Stop.Primary, MaxOwn, cancel).ConfigureAwait(false);
        return Page();
    }

    /// <summary>A line of the figures: what it is, and its value; one without a value is left out.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts()
    {
        var i = Incident;
        string day = i.Date.ToString("yyyy-MM-dd", null);
        (string Name, string Value)[] facts =
        [
            (i.DateBasis == "send" ? Tongue["Sent on", "送信日"] : Tongue["Reported on", "報道・公表日"], day),
            (Tongue["Sector", "業種"], CaseWords.Sector(i.Sector, Tongue)),
            (Tongue["How it leaked", "経緯"], string.Join(Tongue["; ", "、"], i.SecondaryMechanisms.Prepend(i.Mechanism).Select(m => CaseWords.Mechanism(m, Tongue)).Distinct(StringComparer.Ordinal))),
            (Tongue["Cause", "原因"], CaseWords.Word(i.Cause, Tongue) ?? ""),
            (Tongue["Recipients of the mail", "受信者"], CaseWords.Figure(i.Recipients, i.Approx.Contains("recipients"), Tongue)),
            (Tongue["Persons exposed", "漏れた人数"], CaseWords.Figure(i.Exposed, i.Approx.Contains("exposed"), Tongue)),
            (Tongue["What was exposed", "漏れた内容"], CaseWords.Words(i.ExposedKinds, Tongue)),
            (Tongue["Noticed by", "気づいた人"], CaseWords.Word(i.DetectedBy, Tongue) ?? ""),
            (Tongue["What was done then", "その後の対応"], CaseWords.Words(i.Response, Tongue)),
            (Tongue["What was promised", "再発防止策"], CaseWords.Words(i.Prevention, Tongue)),
        ];
        return [.. facts.Where(f => f.Value.Length > 0)];
    }
}
