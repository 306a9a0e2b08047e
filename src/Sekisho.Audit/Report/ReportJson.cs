using System.Text.Encodings.Web;
using System.Text.Json;
using Sekisho.Policy;

namespace Sekisho.Audit.Report;

/// <summary>The report for programs. Incidents are written as they are read, so any number of them is fine.</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Writes the report; <paramref name="incidents"/> are all of the first policy, in date order. Two runs over the same archive differ in <c>seconds</c> and <c>peakBytes</c> alone.</summary>
    public static void Write(AuditReport report, IEnumerable<AuditIncident> incidents, Stream output)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        var first = report.Policies[0];
        json.WriteStartObject();
        json.WriteNumber("messages", report.Messages);
        json.WriteNumber("broken", report.Broken);
        json.WriteNumber("outside", report.Outside);
        json.WriteNumber("interrupted", first.Interrupted);
        WriteOutcome(json, first);
        json.WriteStartArray("incidents");
        foreach (var incident in incidents)
        {
            Write(json, incident);
            if (json.BytesPending > 64 * 1024)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteNumber("bytes", report.Bytes);
        json.WriteNumber("incoming", report.Incoming);
        json.WriteNumber("repeated", report.Repeated);
        Write(json, "inside", report.Domains);
        Write(json, "paths", report.Paths);
        WriteMoment(json, "from", report.From);
        WriteMoment(json, "to", report.To);
        json.WriteStartArray("brokenPlaces");
        foreach (var broken in report.BrokenPlaces)
        {
            json.WriteStartObject();
            json.WriteString("place", broken.Place);
            json.WriteString("why", broken.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePolicies(json, report);
        WritePeople(json, report, first);
        json.WriteNumber("seconds", Math.Round(report.Seconds, 3));
        json.WriteNumber("peakBytes", report.PeakBytes);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void WriteOutcome(Utf8JsonWriter json, PolicyOutcome outcome)
    {
        WriteRules(json, "byRule", outcome, r => r.Findings);
        WriteRules(json, "interruptedByRule", outcome, r => r.Interrupted);
        WriteRules(json, "interruptedByRuleAlone", outcome, r => r.Alone);
        json.WriteStartObject("byVerdict");
        WriteVerdicts(json, outcome.ByVerdict);
        json.WriteEndObject();
        json.WriteNumber("interruptedInside", outcome.InterruptedInside);
        json.WriteNumber("incidentCount", outcome.IncidentCount);
    }

    private static void WriteRules(Utf8JsonWriter json, string name, PolicyOutcome outcome, Func<RuleOutcome, long> count)
    {
        json.WriteStartObject(name);
        foreach (var rule in outcome.ByRule.OrderBy(r => r.Rule, StringComparer.Ordinal))
        {
            json.WriteNumber(rule.Rule, count(rule));
        }

        json.WriteEndObject();
    }

    private static void WriteVerdicts(Utf8JsonWriter json, IReadOnlyDictionary<PolicyAction, long> verdicts)
    {
        foreach (var (action, count) in verdicts.OrderBy(v => v.Key))
        {
            json.WriteNumber(NameOf(action), count);
        }
    }

    private static void Write(Utf8JsonWriter json, AuditIncident incident)
    {
        json.WriteStartObject();
        json.WriteString("messageId", incident.MessageId);
        json.WriteString("date", incident.Date);
        json.WriteString("sender", incident.Sender);
        json.WriteStartArray("rules");
        foreach (var rule in incident.Findings.Select(f => f.Rule).Distinct(StringComparer.Ordinal))
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
        json.WriteNumber("exposed", incident.Exposed);
        Write(json, "recipients", incident.Recipients);
        json.WriteNumber("recipientCount", incident.RecipientCount);
        json.WriteString("subject", incident.Subject);
        json.WriteString("place", incident.Place);
        json.WriteString("verdict", NameOf(incident.Verdict));
        json.WriteString("severity", incident.Severity.ToString().ToLowerInvariant());
        json.WriteNumber("organisations", incident.Organisations);
        json.WriteBoolean("byCount", incident.ByCount);
        json.WriteEndObject();
    }

    private static void WritePolicies(Utf8JsonWriter json, AuditReport report)
    {
        json.WriteStartArray("policies");
        foreach (var policy in report.Policies)
        {
            json.WriteStartObject();
            json.WriteString("name", policy.Name);
            json.WriteString("version", policy.Version);
            json.WriteNumber("interrupted", policy.Interrupted);
            WriteOutcome(json, policy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePeople(Utf8JsonWriter json, AuditReport report, PolicyOutcome first)
    {
        json.WriteStartArray("byMonth");
        foreach (var month in first.ByMonth)
        {
            json.WriteStartObject();
            json.WriteString("month", month.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("outside", month.Outside);
            WriteVerdicts(json, month.ByVerdict);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("bySender");
        foreach (var sender in first.BySender)
        {
            json.WriteStartObject();
            json.WriteString("sender", sender.Sender);
            json.WriteNumber("outside", sender.Outside);
            json.WriteNumber("interrupted", sender.Interrupted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("mostExposed");
        foreach (var person in report.MostExposed)
        {
            json.WriteStartObject();
            json.WriteString("address", person.Address);
            json.WriteNumber("mails", person.Mails);
            json.WriteNumber("viewers", person.Viewers);
            json.WriteString("lastAt", person.LastAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } at)
        {
            json.WriteString(name, at);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string NameOf(PolicyAction action) => action.ToString().ToLowerInvariant();
}
