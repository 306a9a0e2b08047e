namespace Sekisho.Inspection;

/// <summary>Records in the mail whose company, customer or addressee is not the recipient's: another customer's statement, a login of somebody else, a list of contracts of other firms.</summary>
public sealed class ForeignRecords : IInspector
{
    /// <summary>From so many other owners on a table is somebody's register and not one matter between two.</summary>
    private const int Several = 5;

    /// <inheritdoc/>
    public string Rule => RuleNames.ForeignRecords;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        // Most mail has neither such a table nor such a paper, and then nobody need know what the recipients are called.
        var own = new Lazy<OwnNames>(() => OwnNames.Of(context, cancel));
        var tables = Owned(context, cancel);
        if (tables.Count > 0 && Tables(context, own.Value, tables) is { } records)
        {
            yield return records;
        }

        if (ForeignLogin.Find(context, cancel) is { } login)
        {
            yield return Make(context, Severity.High, ("login", 1), [$"login: {Wording.Safe(login)}"], new Summary(
                $"The mail gives a login and its password that belong to {Wording.Safe(login)}, who is not the recipient.",
                $"本文のログイン用アドレス {Wording.Safe(login)} は宛先のものではありませんが、パスワードが書かれています。"));
        }

        if (Statement.FindForeign(context, own, cancel) is { } statement)
        {
            var name = Wording.Safe(statement.Name);
            var file = Wording.Safe(statement.File);
            yield return Make(context, Severity.High, ("addressee", 1), [$"{file}: {name}", $"to: {context.Analysis.AllKeys[0]}"], new Summary(
                $"The paper \"{file}\" is made out to {name}, who is not the recipient.", $"添付「{file}」は「{name}」様あてですが、宛先の方ではありません。"));
        }
    }

    /// <summary>
    /// Tables whose header says whose the records are: straight from the sheets where a row of such headers stands near the top, else as the readers of people found
    /// them. What they take for persons is another question than whose a record is.
    /// </summary>
    private static List<RecordOwners> Owned(InspectionContext context, CancellationToken cancel)
    {
        var owned = new List<RecordOwners>();
        var seen = new HashSet<(string, string)>();
        foreach (var file in context.Facts.Files)
        {
            foreach (var sheet in file.Contents.OfType<TableContent>())
            {
                if (RecordOwners.HeadedTable(file.Path, sheet) is { } table)
                {
                    seen.Add((table.File, table.Place));
                    Add(table);
                }
            }
        }

        foreach (var table in context.Analysis.People(cancel).Tables)
        {
            if (!seen.Contains((table.File, table.Place)))
            {
                Add(table);
            }
        }

        return owned;

        void Add(RecordTable table)
        {
            if (RecordOwners.Of(table, cancel) is { } owners)
            {
                owned.Add(owners);
            }
        }
    }

    private static Finding? Tables(InspectionContext context, OwnNames own, List<RecordOwners> tables)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        var records = 0L;
        var mine = 0L;
        var shown = new List<string>();
        foreach (var table in tables)
        {
            var foreign = table.Owners.Where(o => !own.Has(o.Key)).ToList();
            var count = foreign.Sum(o => (long)o.Value);
            mine += table.Owners.Sum(o => (long)o.Value) - count;
            records += count;
            owners.UnionWith(foreign.Select(o => o.Key));
            if (count > 0)
            {
                shown.Add(Wording.Safe($"{(table.Table.File.Length > 0 ? table.Table.File : "text")} {table.Table.Place}: {Wording.Count(count, "record", "records")} of {Wording.Number(foreign.Count)} others ({table.Header})"));
            }
        }

        // A recipient's own records in which others stand here and there are his own.
        if (records == 0 || mine > 4 * records || (owners.Count < Several && (mine > 0 || !own.Known)))
        {
            return null;
        }

        var many = owners.Count >= Several;
        var (r, o) = (Wording.Number(records), Wording.Number(owners.Count));
        return new Finding
        {
            Rule = RuleNames.ForeignRecords,
            Severity = !many ? Severity.Low : records >= 100 ? Severity.Critical : Severity.High,
            Summary = new Summary(
                $"{Wording.Count(records, "record", "records")} of {Wording.Count(owners.Count, "customer or company", "customers or companies")} other than the recipient would be sent. Are they meant for him?",
                $"宛先以外の{o}社（人）に関する{r}件の記録が含まれています。この宛先に送ってよい内容ですか？"),
            Evidence = Wording.Some(shown, shown.Count),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["records"] = records, ["owners"] = owners.Count, ["login"] = 0, ["addressee"] = 0 },
        };
    }

    private static Finding Make(InspectionContext context, Severity severity, (string Name, long Value) measure, IReadOnlyList<string> evidence, Summary summary) => new()
    {
        Rule = RuleNames.ForeignRecords,
        Severity = severity,
        Summary = summary,
        Evidence = evidence,
        Recipients = context.Analysis.AllKeys,
        Measures = new Dictionary<string, long> { ["records"] = 1, ["owners"] = 1, ["login"] = 0, ["addressee"] = 0, [measure.Name] = measure.Value },
    };
}
