using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sekisho.Incidents;
using Spectre.Console;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho incidents</c>: the catalogue of real leaks, each with the rule that stops it.</summary>
public static class IncidentsCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON for programs.", Recursive = true };

    private static readonly Option<string> s_lang = new("--lang")
    {
        Description = "Language of the summaries: en or ja. Without it, that of LANG.",
        HelpName = "en|ja",
        Recursive = true,
        DefaultValueFactory = _ => (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG") ?? "")
            .StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? "ja" : "en",
    };

    private static readonly Option<string?> s_mechanism = new("--mechanism")
    {
        Description = "Only those that leaked this way, e.g. visible-recipients, addresses-in-body, wrong-attachment.",
        HelpName = "NAME",
    };

    private static readonly Option<int?> s_year = new("--year") { Description = "Only those of this year.", HelpName = "YYYY" };

    private static readonly Option<string?> s_sector = new("--sector") { Description = "Only those of this branch of trade, e.g. bank, broadcaster.", HelpName = "NAME" };

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        s_lang.AcceptOnlyFromAmong("en", "ja");
        var command = new Command("incidents",
            "The catalogue of real mail leaks that Sekisho is measured by: what happened, how many people, and which rule stops it.\n"
            + "Every one of them can be re-enacted with 'sekisho replay'.\n\n"
            + "  sekisho incidents                       all of them, oldest first\n"
            + "  sekisho incidents search 会報 --year 2006\n"
            + "  sekisho incidents show sega-toys        one case in full (the id, or enough of it)\n"
            + "  sekisho incidents stats                 how they leak, and how much");
        command.Options.Add(s_json);
        command.Options.Add(s_lang);

        var list = new Command("list", "All incidents, oldest first: date, sector, how it leaked, size, and the rule that stops it.");
        AddFilters(list);
        list.SetAction(r => List(r, null));
        command.Subcommands.Add(list);

        var words = new Argument<string[]>("word") { Description = "Words that must all occur, in English or Japanese, in any field.", Arity = ArgumentArity.OneOrMore };
        var search = new Command("search", "Incidents in which all the given words occur, in English or Japanese.");
        search.Arguments.Add(words);
        AddFilters(search);
        search.SetAction(r => List(r, string.Join(' ', r.GetValue(words) ?? [])));
        command.Subcommands.Add(search);

        var id = new Argument<string>("id") { Description = "The incident's id, or enough of it to be the only one." };
        var show = new Command("show", "One incident in full: what happened, the figures, what would have stopped it, and what stops it here.");
        show.Arguments.Add(id);
        show.SetAction(r => Show(r.GetValue(id)!, r.GetValue(s_json), r.GetValue(s_lang) == "ja"));
        command.Subcommands.Add(show);

        var stats = new Command("stats", "The catalogue in figures: by mechanism, year, sector and cause, with sizes.");
        stats.SetAction(r => Stats(r.GetValue(s_json), r.GetValue(s_lang) == "ja"));
        command.Subcommands.Add(stats);

        AddFilters(command);
        command.SetAction(r => List(r, null));
        return command;
    }

    /// <summary>The incident of an id, or the only one whose id contains it. Null after the reason and near matches were written to standard error.</summary>
    internal static Incident? Resolve(string id)
    {
        var catalogue = Catalogue.Embedded;
        if (catalogue.Find(id) is { } exact)
        {
            return exact;
        }

        var containing = catalogue.Incidents.Where(i => id.Length > 2 && i.Id.Contains(id, StringComparison.OrdinalIgnoreCase)).ToList();
        if (containing.Count == 1)
        {
            return containing[0];
        }

        var near = catalogue.NearMatches(id);
        Console.Error.WriteLine(containing.Count > 1 ? $"sekisho: '{id}' fits {containing.Count} incidents: {string.Join(", ", containing.Take(5).Select(i => i.Id))}{(containing.Count > 5 ? ", …" : "")}"
            : near.Count > 0 ? $"sekisho: there is no incident '{id}'; did you mean {string.Join(", ", near)}?"
            : $"sekisho: there is no incident '{id}'; 'sekisho incidents' lists all");
        return null;
    }

    private static void AddFilters(Command command)
    {
        command.Options.Add(s_mechanism);
        command.Options.Add(s_year);
        command.Options.Add(s_sector);
    }

    private static int List(ParseResult result, string? text)
    {
        var query = new CatalogueQuery
        {
            Text = text,
            Mechanism = result.GetResult(s_mechanism) is null ? null : result.GetValue(s_mechanism),
            Year = result.GetResult(s_year) is null ? null : result.GetValue(s_year),
            Sector = result.GetResult(s_sector) is null ? null : result.GetValue(s_sector),
        };
        if (query.Mechanism is { } mechanism && mechanism != Mechanisms.VisibleFamily && !Mechanisms.All.Contains(mechanism))
        {
            Console.Error.WriteLine($"sekisho: there is no mechanism '{mechanism}'; known are {Mechanisms.VisibleFamily}, {string.Join(", ", Mechanisms.All)}");
            return 2;
        }

        var found = Catalogue.Embedded.Search(query);
        if (result.GetValue(s_json))
        {
            Console.Out.WriteLine(new JsonArray([.. found.Select(IncidentsJson.View)]).ToJsonString(IncidentsJson.Readable.Options));
            return 0;
        }

        var japanese = result.GetValue(s_lang) == "ja";
        var table = japanese ? new IncidentTable("=ID", "業種", "経緯", ">件数", "止める規則") : new IncidentTable("=id", "sector", "how it leaked", ">leaked", "rule that stops it");
        foreach (var incident in found)
        {
            table.Add(incident.Id, incident.Sector, Mechanisms.Describe(incident.Mechanism, japanese), Count(incident.Exposed), RuleLabel(incident, japanese));
        }

        table.Write();
        if (!Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(japanese ? $"{found.Count}件" : $"{found.Count} incident{(found.Count == 1 ? "" : "s")}");
        }

        return 0;
    }

    private static int Show(string id, bool json, bool japanese)
    {
        if (Resolve(id) is not { } incident)
        {
            return 2;
        }

        if (json)
        {
            Console.Out.WriteLine(IncidentsJson.View(incident).ToJsonString(IncidentsJson.Readable.Options));
            return 0;
        }

        var rule = StoppingRules.RuleThatStops(incident);
        Heading($"{incident.Id}  {(japanese ? incident.Organization : incident.OrganizationEn)}");
        Console.Out.WriteLine(japanese ? incident.SummaryJa : incident.SummaryEn);
        Console.Out.WriteLine();
        Line(japanese ? "業種" : "sector", incident.Sector);
        Line(japanese ? "経緯" : "how it leaked", string.Join("; ", incident.SecondaryMechanisms.Prepend(incident.Mechanism).Select(m => Mechanisms.Describe(m, japanese))));
        Line(japanese ? "原因" : "cause", incident.Cause);
        Line(japanese ? "相手" : "written to", incident.Audience);
        Line(japanese ? "受信者" : "recipients", Count(incident.Recipients));
        Line(japanese ? "漏れた件数" : "leaked", Count(incident.Exposed) + (incident.ExposedKinds.Count > 0 ? $" ({string.Join(", ", incident.ExposedKinds)})" : ""));
        Line(japanese ? "対応" : "response", string.Join(", ", incident.Response));
        Line(japanese ? "止め得たもの" : "would have stopped it", string.Join(", ", incident.Control));
        Line(japanese ? "止める規則" : "stopped here by", RuleLabel(incident, japanese));
        if (rule.Standing != Standing.Now)
        {
            Line(japanese ? "これから" : "still to come", string.Join(", ", rule.Later));
        }

        foreach (var variant in Reenactment.For(incident).Variants)
        {
            var messages = variant.Messages.ToList();
            Line(japanese ? "再現" : "re-enacted as", $"{variant.Name}: {messages.Count:N0} message{(messages.Count == 1 ? "" : "s")}, "
                + $"{messages.Sum(m => (long)m.Recipients.Count):N0} recipient{(messages.Sum(m => (long)m.Recipients.Count) == 1 ? "" : "s")}"
                + (variant.Assumed.Length > 0 ? $" ({variant.Assumed})" : ""));
        }

        if (incident.Notes is { } notes)
        {
            Line(japanese ? "備考" : "remarks", notes);
        }

        return 0;
    }

    private static int Stats(bool json, bool japanese)
    {
        var statistics = Catalogue.Embedded.Statistics;
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(statistics, IncidentsJson.Readable.CatalogueStatistics));
            return 0;
        }

        var now = Catalogue.Embedded.Incidents.Count(i => StoppingRules.RuleThatStops(i).Standing == Standing.Now);
        Heading(japanese ? "事例集の数字" : "The catalogue in figures");
        Line(japanese ? "事例" : "incidents", $"{statistics.Incidents}");
        Line(japanese ? "漏れた人・アドレス" : "persons or addresses leaked", $"{statistics.Exposed.Total:N0} ({(japanese ? "件数のある事例" : "incidents with a count")}: {statistics.Exposed.Count})");
        Line(japanese ? "最小 / 中央 / 最大" : "smallest / median / largest", $"{statistics.Exposed.Min:N0} / {statistics.Exposed.Median:N0} / {statistics.Exposed.Max:N0}");
        Line(japanese ? "受信者" : "recipients of the faulty mail", $"{statistics.Recipients.Min:N0} … {statistics.Recipients.Max:N0}");
        Line(japanese ? "今の規則で止まる" : "stopped by today's rules", $"{now} / {statistics.Incidents}");
        Console.Out.WriteLine();
        Groups(japanese ? "経緯" : "mechanism", statistics.ByFamily, japanese, g => Mechanisms.Describe(g, japanese));
        Groups(japanese ? "年" : "year", statistics.ByYear, japanese, g => g);
        Groups(japanese ? "業種" : "sector", statistics.BySector, japanese, g => g);
        Groups(japanese ? "原因" : "cause", statistics.ByCause, japanese, g => g);
        return 0;
    }

    private static void Groups(string title, IReadOnlyList<CatalogueGroup> groups, bool japanese, Func<string, string> name)
    {
        var table = new IncidentTable(title, japanese ? ">事例" : ">incidents", japanese ? ">漏れた件数" : ">leaked");
        foreach (var group in groups)
        {
            table.Add(name(group.Name), $"{group.Incidents:N0}", group.Exposed is { } n ? $"{n:N0}" : "–");
        }

        table.Write();
        Console.Out.WriteLine();
    }

    private static string RuleLabel(Incident incident, bool japanese)
    {
        var rule = StoppingRules.RuleThatStops(incident);
        return !japanese ? rule.Label : rule.Standing switch
        {
            Standing.Now => string.Join("、", rule.Rules),
            Standing.Partly => $"一部 {string.Join("、", rule.Rules)}(未対応 {string.Join("、", rule.Later)})",
            _ => $"未対応({string.Join("、", rule.Later)})",
        };
    }

    private static string Count(int? count) => count is { } n ? $"{n:N0}" : "–";

    private static void Heading(string text)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(text);
        }
        else
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{text}[/]");
        }
    }

    private static void Line(string label, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine($"{label}: {value}");
        }
        else
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{label}:[/] {value}");
        }
    }
}
