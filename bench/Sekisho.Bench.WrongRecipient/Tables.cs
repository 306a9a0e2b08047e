using System.Globalization;
using System.Text;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>The comparison for people and for programs.</summary>
internal static class Tables
{
    public static string Markdown(Comparison comparison)
    {
        var text = new StringBuilder();
        foreach (var kind in LeakKind.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**Leaks: {kind.Name}**\n\n");
            text.Append("| method | Prec@1 | average rank |");
            foreach (var budget in Results.Budgets)
                text.Append(CultureInfo.InvariantCulture, $" {budget} % |");
            text.Append("\n|---|---|---|").Append(string.Concat(Results.Budgets.Select(_ => "---|"))).Append('\n');
            foreach (var method in comparison.Methods)
            {
                Row(text, method, comparison[method, kind]);
                if (method == comparison.Methods[^1])
                    Row(text, method + ", without first contacts", comparison[method, kind, apart: true]);
            }
        }

        return text.ToString();
    }

    public static string ByUser(Comparison comparison)
    {
        var text = new StringBuilder("\n| sender |");
        foreach (var method in comparison.Methods)
            text.Append(CultureInfo.InvariantCulture, $" {method} |");
        text.Append('\n').Append("|---|").Append(string.Concat(comparison.Methods.Select(_ => "---|"))).Append('\n');
        var columns = comparison.Methods.Select(m => comparison[m, LeakKind.Protocol].ByUser.ToList()).ToList();
        for (var i = 0; i < columns[0].Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {columns[0][i].User} |");
            foreach (var column in columns)
                text.Append(CultureInfo.InvariantCulture, $" {column[i].First:.000} / {column[i].Rank:0.00} |");
            text.Append('\n');
        }

        return text.ToString();
    }

    public static object Json(Comparison comparison, InGateway gateway, int seed) => new
    {
        seed,
        gateway = gateway.Json(),
        leaks = LeakKind.All.Select(kind => new
        {
            kind = kind.Name,
            alpha = kind.Alpha,
            methods = comparison.Methods.Select(method => new
            {
                method,
                all = Figures(comparison[method, kind]),
                withoutFirstContacts = Figures(comparison[method, kind, apart: true]),
            }),
        }),
    };

    private static object Figures(Results results) => new
    {
        mails = results.Mails,
        leaks = results.Leaks,
        precisionAt1 = Math.Round(results.First, 4),
        averageRank = Math.Round(results.Rank, 4),
        alarms = Results.Budgets.Select(budget => new { percentOfCleanMails = budget, caught = Math.Round(results.Caught(budget), 4) }),
    };

    private static void Row(StringBuilder text, string method, Results results)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {method} | {results.First:.000} | {results.Rank:0.00} |");
        foreach (var budget in Results.Budgets)
            text.Append(CultureInfo.InvariantCulture, $" {results.Caught(budget):.000} |");
        text.Append('\n');
    }
}
