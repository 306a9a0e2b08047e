using System.ComponentModel;
using System.Security.Cryptography;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Inspect;

/// <summary>What the gateway would do with a message: the JSON of <c>sekisho check --json</c> and of <c>POST /api/check</c>.</summary>
public sealed record CheckAnswer(
    [property: Description("What was looked at.")] CheckedMessage Message,
    [property: Description("What was found, in the order of the rules.")] IReadOnlyList<FindingJson> Findings,
    [property: Description("What would happen to each recipient, in the envelope's order.")] IReadOnlyList<VerdictJson> Verdicts)
{
    /// <summary>Puts it together.</summary>
    /// <param name="sender">Envelope sender.</param>
    /// <param name="bytes">The message.</param>
    public static CheckAnswer Of(InspectionResult result, PolicyDecision decision, string sender, ReadOnlyMemory<byte> bytes) => new(
        new(sender, result.Facts.Subject, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))),
        [.. result.Findings.Select(FindingJson.Of)],
        [.. decision.Verdicts.Select(v => new VerdictJson(v.Recipient, v.Action.ToString().ToLowerInvariant(), v.Rules))]);
}

/// <summary>The message of a <see cref="CheckAnswer"/>.</summary>
public sealed record CheckedMessage(
    [property: Description("Envelope sender.")] string From,
    [property: Description("Subject, decoded.")] string Subject,
    [property: Description("Bytes of the message.")] long Size,
    [property: Description("SHA-256 of the message, lower-case hex.")] string Digest);

/// <summary>A recipient's verdict in JSON.</summary>
public sealed record VerdictJson(
    [property: Description("Envelope recipient as given.")] string Recipient,
    [property: Description("deliver, individual, hold, approve or refuse.")] string Action,
    [property: Description("Rules that led to it, gravest first; empty for deliver.")] IReadOnlyList<string> Rules);

/// <summary>A finding in the JSON form that every command and the HTTP API answer in.</summary>
public sealed record FindingJson(
    [property: Description("Name of the rule.")] string Rule,
    [property: Description("info, low, medium, high or critical.")] string Severity,
    [property: Description("The reason in one sentence, in both languages.")] Summary Summary,
    [property: Description("What was seen, at most 20 short lines; sensitive values are masked.")] IReadOnlyList<string> Evidence,
    [property: Description("Recipients it concerns.")] IReadOnlyList<string> Recipients,
    [property: Description("Distinct persons whose data is shown, where the rule counts them.")] int? Persons)
{
    /// <summary>Of a finding.</summary>
    public static FindingJson Of(Finding finding)
        => new(finding.Rule, finding.Severity.ToString().ToLowerInvariant(), finding.Summary, finding.Evidence, finding.Recipients, finding.Persons);
}
