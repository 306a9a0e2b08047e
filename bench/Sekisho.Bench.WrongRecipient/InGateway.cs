using System.Globalization;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>
/// The rule as the gateway asks it: only mail that goes outside, only people outside, and the threshold not chosen here but by the shipped reference curve for a budget of alarms per 1,000 mails.
/// </summary>
internal sealed class InGateway(BelongingModel model, IOrganisation organisation)
{
    public static IReadOnlyList<int> Budgets { get; } = [1, 2, 3, 5, 10, 20];

    private readonly List<int> _clean = [];
    private readonly Dictionary<LeakKind, List<int>> _leaks = [];

    /// <summary>Takes in one case; <paramref name="figures"/> gives how little each belongs, the leak last.</summary>
    public void Add(Case one, int seed, Func<EmailAddress?, IReadOnlyList<double>> figures)
    {
        if (one.Mail.Recipients.Any(r => !organisation.IsInside(r)))
            _clean.Add(model.ScoreOf(figures(null).Zip(one.Mail.Recipients, (f, r) => organisation.IsInside(r) ? double.NegativeInfinity : f).Max()));
        foreach (var kind in LeakKind.All)
        {
            foreach (var leak in one.Of(kind, seed).Where(l => !organisation.IsInside(l)))
            {
                if (!_leaks.TryGetValue(kind, out var scores))
                    _leaks[kind] = scores = [];
                scores.Add(model.ScoreOf(figures(leak)[^1]));
            }
        }
    }

    public string Markdown()
    {
        var text = new StringBuilder("\n**In the gateway** (people outside; threshold by the shipped curve)\n\n| alarms per 1,000 mails: budget |");
        foreach (var budget in Budgets)
            text.Append(CultureInfo.InvariantCulture, $" {budget} |");
        text.Append("\n|---|").Append(string.Concat(Budgets.Select(_ => "---|")));
        text.Append(CultureInfo.InvariantCulture, $"\n| alarms among {_clean.Count:N0} mails as they were sent |");
        foreach (var budget in Budgets)
            text.Append(CultureInfo.InvariantCulture, $" {_clean.Count(s => Alarms(s, budget))} |");
        foreach (var (kind, scores) in _leaks)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| caught of {scores.Count:N0} leaks, {kind.Name} |");
            foreach (var budget in Budgets)
                text.Append(CultureInfo.InvariantCulture, $" {Share(scores, budget):.000} |");
        }

        return text.Append('\n').ToString();
    }

    public object Json() => new
    {
        mails = _clean.Count,
        budgets = Budgets.Select(budget => new
        {
            perThousand = budget,
            alarms = _clean.Count(s => Alarms(s, budget)),
            caught = _leaks.ToDictionary(l => l.Key.Name, l => Math.Round(Share(l.Value, budget), 4)),
        }),
    };

    private double Share(List<int> scores, int budget) => scores.Count == 0 ? 0 : (double)scores.Count(s => Alarms(s, budget)) / scores.Count;

    private bool Alarms(int score, int budget) => score > 0 && model.Reference.AlarmsPerThousand(score) <= budget;
}
