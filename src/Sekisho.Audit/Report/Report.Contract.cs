using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Report;

/// <summary>What an audit found; everything the terminal, the page, JSON and CSV show. Two runs over the same files give the same, but for <see cref="Seconds"/> and <see cref="PeakBytes"/>.</summary>
public sealed record AuditReport
{
    /// <summary>Paths as given.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Messages read.</summary>
    public required long Messages { get; init; }

    /// <summary>Bytes of them.</summary>
    public required long Bytes { get; init; }

    /// <summary>What was no message, or could not be read.</summary>
    public required long Broken { get; init; }

    /// <summary>The first of those.</summary>
    public required IReadOnlyList<Archives.BrokenMessage> BrokenPlaces { get; init; }

    /// <summary>Messages with at least one outside recipient, written inside.</summary>
    public required long Outside { get; init; }

    /// <summary>Messages written by somebody outside (incoming): learnt from, not judged.</summary>
    public required long Incoming { get; init; }

    /// <summary>Copies of a message seen before (same Message-ID, sender and date): not judged again.</summary>
    public required long Repeated { get; init; }

    /// <summary>The domains taken for inside.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>The earliest and the latest message; null when there is none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <inheritdoc cref="From"/>
    public DateTimeOffset? To { get; init; }

    /// <summary>One a policy, in the order given; the first is what the summary speaks of.</summary>
    public required IReadOnlyList<PolicyOutcome> Policies { get; init; }

    /// <summary>People whose address or data were shown to strangers most often, at most 50.</summary>
    public required IReadOnlyList<ExposedPerson> MostExposed { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The most memory the process held, bytes.</summary>
    public long PeakBytes { get; init; }
}

/// <summary>What one policy would have done.</summary>
public sealed record PolicyOutcome
{
    /// <summary>As given on the command line; <c>shipped</c> or the configuration's path.</summary>
    public required string Name { get; init; }

    /// <summary><see cref="PolicySet.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>Mails to outside that it would have interrupted: hold or graver.</summary>
    public required long Interrupted { get; init; }

    /// <summary>Mails that stay inside and would have been interrupted.</summary>
    public required long InterruptedInside { get; init; }

    /// <summary>Mails by the gravest verdict of their recipients.</summary>
    public required IReadOnlyDictionary<PolicyAction, long> ByVerdict { get; init; }

    /// <summary>By rule (finding name), noisiest first.</summary>
    public required IReadOnlyList<RuleOutcome> ByRule { get; init; }

    /// <summary>By month, in order, months without mail included.</summary>
    public required IReadOnlyList<MonthOutcome> ByMonth { get; init; }

    /// <summary>By sender, most interrupted first; at most 1,000.</summary>
    public required IReadOnlyList<SenderOutcome> BySender { get; init; }

    /// <summary>Mails it would have stopped or split, and those listed <see cref="AuditIncident.ByCount"/>, gravest first; at most 10,000, <see cref="IncidentCount"/> counts all.</summary>
    public required IReadOnlyList<AuditIncident> Incidents { get; init; }

    /// <summary>How many there are.</summary>
    public required long IncidentCount { get; init; }
}

/// <summary>One rule's share.</summary>
/// <param name="Rule">Finding name.</param>
/// <param name="Findings">Mails it found something in.</param>
/// <param name="Interrupted">Mails interrupted to which it contributed a verdict of hold or graver.</param>
/// <param name="Alone">Of those, mails no other rule would have interrupted.</param>
public sealed record RuleOutcome(string Rule, long Findings, long Interrupted, long Alone);

/// <summary>One month's mail.</summary>
/// <param name="Month">Its first day, UTC.</param>
/// <param name="Outside">Mails to outside.</param>
/// <param name="ByVerdict">By the gravest verdict.</param>
/// <param name="ByRule">Interrupted mails by rule.</param>
public sealed record MonthOutcome(DateOnly Month, long Outside, IReadOnlyDictionary<PolicyAction, long> ByVerdict, IReadOnlyDictionary<string, long> ByRule);

/// <summary>One sender's mail.</summary>
public sealed record SenderOutcome(string Sender, long Outside, long Interrupted);

/// <summary>A past mail that would not have left as it was.</summary>
public sealed record AuditIncident
{
    /// <summary>Without brackets; empty when it has none.</summary>
    public required string MessageId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Sender { get; init; }

    /// <summary>Decoded.</summary>
    public required string Subject { get; init; }

    /// <summary>File and byte offset, as a person finds it.</summary>
    public required string Place { get; init; }

    /// <summary>The gravest verdict.</summary>
    public required PolicyAction Verdict { get; init; }

    /// <summary>The gravest severity.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Findings that led to it, gravest first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Persons exposed: the greatest count of a finding (<see cref="Finding.Persons"/>), or 0.</summary>
    public required long Exposed { get; init; }

    /// <summary>All recipients, in order; at most 200.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>How many there are.</summary>
    public required int RecipientCount { get; init; }

    /// <summary>Outside organisations among the visible addresses.</summary>
    public required int Organisations { get; init; }

    /// <summary>
    /// True when ten or more outside domains or organisations could be seen in To and Cc: such a mail is listed whatever the policy says of it, and by that alone where <see cref="Verdict"/> is
    /// <see cref="PolicyAction.Deliver"/>.
    /// </summary>
    public bool ByCount { get; init; }
}

/// <summary>Somebody whose address or data strangers saw.</summary>
/// <param name="Address">Whose.</param>
/// <param name="Mails">In how many mails.</param>
/// <param name="Viewers">Recipients who were strangers to him, summed over the mails.</param>
/// <param name="LastAt">The latest.</param>
public sealed record ExposedPerson(string Address, long Mails, long Viewers, DateTimeOffset LastAt);
