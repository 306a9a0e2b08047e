using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>The catalogue as a page of the documentation (<c>docs/incidents.md</c>); a test keeps the file in step with the catalogue.</summary>
public static class CataloguePage
{
    /// <summary>The whole page, line ends <c>\n</c>.</summary>
    public static string Render(Catalogue catalogue)
    {
        var statistics = catalogue.Statistics;
        var rules = catalogue.Incidents.ToDictionary(i => i.Id, StoppingRules.RuleThatStops, StringComparer.Ordinal);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # The incident catalogue

            {statistics.Incidents} real mail leaks reported in Japan ({catalogue.Incidents.Min(i => i.Year)}–{catalogue.Incidents.Max(i => i.Year)}), as structured facts in our own words: `incidents/incidents.json`,
            also inside the program (`sekisho incidents`). They are the measure of this project: each one, re-enacted as mail at the size it
            really had (`sekisho replay`), must be stopped.

            Together they exposed **{statistics.Exposed.Total:N0}** persons or addresses ({statistics.Exposed.Count} incidents with a count; smallest {statistics.Exposed.Min:N0}, median {statistics.Exposed.Median:N0}, largest {statistics.Exposed.Max:N0}).

            """);
        page.Append('\n');
        var open = rules.Values.Any(r => r.Standing != Standing.Now);
        page.Append(open ? "| how it leaked | incidents | leaked | stopped today | partly | not yet |\n|---|---:|---:|---:|---:|---:|\n" : "| how it leaked | incidents | leaked | stopped |\n|---|---:|---:|---:|\n");
        foreach (var group in statistics.ByFamily)
        {
            var of = catalogue.Incidents.Where(i => Mechanisms.Family(i.Mechanism) == group.Name).Select(i => rules[i.Id].Standing).ToList();
            page.Append(CultureInfo.InvariantCulture,
                $"| {Mechanisms.Describe(group.Name, japanese: false)} | {group.Incidents} | {(group.Exposed is { } n ? n.ToString("N0", CultureInfo.InvariantCulture) : "–")} | {Numbers(of, open, "")} |\n");
        }

        page.Append(CultureInfo.InvariantCulture,
            $"| **all** | **{statistics.Incidents}** | **{statistics.Exposed.Total:N0}** | {Numbers([.. rules.Values.Select(r => r.Standing)], open, "**")} |\n");
        page.Append(open ? """

            *Stopped today*: a replay in which one of these leaks anything fails. *Partly*: the source does not say how it leaked and some
            of its readings are stopped, or it is stopped by a rule that only happens to fit; the rule made for it is still to come. *Not yet*: the rule named is still to come; the replay re-enacts the
            incident all the same and shows its real number.

            """.ReplaceLineEndings("\n") : """

            *Stopped*: of every reading of the incident, in every kind of file, nobody's address or data reached anybody else outside; a replay in which one of them leaks anything fails.

            """.ReplaceLineEndings("\n"));
        page.Append("""

            ## How they are re-enacted
            - Everybody is invented. Companies are distinct domains under `.example`; private people have numbered freemail addresses that carry
              the incident's id (`reader00123-<id>@gmail.com`), so each is a stranger to each, as in life. The sender's domain is `<id>.example`.
            - The same record always gives the same bytes. Japanese is written as senders of the time wrote it: ISO-2022-JP or UTF-8, in encoded
              words, in 7bit, 8bit and base64 bodies.
            - Where the source leaves a question open (To or Cc? in the text or in a file?), every answer is sent, with people of its own; the
              worst one counts.
            - A person counts as exposed when his address, or the record number that his data row carries, can be read anywhere in a copy that went
              to somebody else outside: raw bytes, decoded header fields, decoded text, files of every kind below and files inside containers, read by
              readers of their own, so that what the gateway's readers overlook is still counted.
            - Every incident with a file is re-enacted in several kinds, at the record's row count, each with people of its own: the catalogue's own kind first,
              then Excel workbook (xlsx), old Excel workbook (xls), CSV in Shift_JIS, Word document (docx), PDF of many pages, and a workbook in a ZIP in a ZIP;
              and one of a hidden sheet behind a harmless one, CSV in UTF-8, HTML, OpenDocument (ods), tar.gz, a mail within the mail (eml), vCard and plain text.
              The worst one counts. The two infected files are the anti-virus industry's harmless test file.
            - The mail gateway that misdelivered is re-enacted with a fault put into our own delivery on purpose: the recipients of a share of the
              copies are changed directly before sending. Against a gateway named with `--smtp` no fault can be put in; then only the invariant
              is checked.

            ## What was assumed
            Where the source gives no figure:

            | id | assumed |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var incident in catalogue.Incidents)
        {
            var assumed = Reenactment.For(incident).Variants.Select(v => v.Assumed).Where(a => a.Length > 0).Distinct().ToList();
            if (assumed.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {incident.Id} | {string.Join("; ", assumed)} |\n");
            }
        }

        page.Append("""

            ## All of them
            Size: persons or addresses leaked (–: the source gives no number).

            | id | year | sector | how it leaked | size | stopped by |
            |---|---:|---|---|---:|---|

            """.ReplaceLineEndings("\n"));
        foreach (var incident in catalogue.Incidents)
        {
            var rule = rules[incident.Id];
            var today = string.Join(", ", rule.Rules.Select(r => $"`{r}`"));
            var later = string.Join(", ", rule.Later.Select(r => $"`{r}`"));
            var by = rule.Standing switch { Standing.Now => today, Standing.Partly => $"partly {today}; not yet {later}", _ => $"not yet ({later})" };
            page.Append(CultureInfo.InvariantCulture,
                $"| {incident.Id} | {incident.Year} | {incident.Sector} | {incident.Mechanism} | {(incident.Exposed is { } n ? n.ToString("N0", CultureInfo.InvariantCulture) : "–")} | {by} |\n");
        }

        page.Append("""

            `delivery-seal` is no rule of the policy: directly before a copy is sent, its recipients are checked against the envelope that was
            accepted (the second of the guarantees).

            """.ReplaceLineEndings("\n"));
        Mirror(page);
        return page.ToString();
    }

    // A gate that stops everything would pass the first half of this page.
    private static void Mirror(StringBuilder page)
    {
        var cases = RightDoing.Cases;
        page.Append($"""

            ## The same mail done right
            A gate that stops everything stops these, too. So {cases.Count} ordinary cases ({cases.Sum(c => c.Messages.Count)} mails) go through the gateway as well (`sekisho replay --right`), and each copy must arrive
            byte for byte, at most {RightDoing.Tolerated} cases excepted. {cases.Count(c => c.Mirrors.Length > 0)} of them are the mail of an incident without its mistake: the file of its own row instead of everybody's, the announcement by Bcc, the run
            started once. The others are what offices send all day.

            | ordinary mail | cases | mails | mirrors |
            |---|---:|---:|---|

            """.ReplaceLineEndings("\n"));
        foreach (var family in cases.GroupBy(c => c.Family))
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {family.Key} | {family.Count()} | {family.Sum(c => c.Messages.Count)} | {string.Join(", ", family.Select(c => c.Mirrors).Where(m => m.Length > 0).Distinct())} |\n");
        }
    }

    private static string Numbers(List<Standing> standings, bool open, string mark)
        => string.Join(" | ", (open ? new[] { Standing.Now, Standing.Partly, Standing.NotYet } : [Standing.Now]).Select(s => $"{mark}{standings.Count(x => x == s)}{mark}"));
}
