using Sekisho.Incidents;
using Sekisho.Pages.Access;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Cases;

/// <summary>For training: what each rule is for, a real case of it, and the organisation's own stopped mail, without names.</summary>
[Needs(Right.SignedIn)]
public sealed class OwnModel(IMailIndex index, TimeProvider time) : ConsolePage
{
    private const int MaxOwn = 30;

    /// <summary>As far back as it looks.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(365);

    /// <summary>Rules that stopped something, the busiest first, and how many mails each.</summary>
    public IReadOnlyList<(string Rule, long Stopped)> Rules { get; private set; } = [];

    /// <summary>The one looked at, or null.</summary>
    public string? Rule { get; private set; }

    /// <summary>Its mails.</summary>
    public IReadOnlyList<OwnCase> Own { get; private set; } = [];

    /// <summary>Real cases of it, the largest first.</summary>
    public IReadOnlyList<Incident> Real { get; private set; } = [];

    /// <summary>Shows it; without a rule, the choice of rules.</summary>
    public async Task OnGetAsync(string? rule, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var figures = await index.FiguresAsync(now - Span, now, cancel).ConfigureAwait(false);
        Rules = [.. figures.Rules.Where(r => r.Stopped > 0).OrderByDescending(r => r.Stopped).Select(r => (r.Rule, r.Stopped))];
        Rule = Rules.Any(r => r.Rule == rule) || RuleTitles.Names.Contains(rule ?? "") ? rule : null;
        if (Rule is null)
        {
            return;
        }

        Own = await OwnCases.FindAsync(index, Rule, MaxOwn, cancel).ConfigureAwait(false);
        Real = [.. Catalogue.Embedded.Incidents.Where(i => StoppingRules.RuleThatStops(i).Rules.Contains(Rule, StringComparer.Ordinal)).OrderByDescending(i => i.Exposed ?? 0).Take(5)];
    }
}
