using System.Text.Json.Serialization;

namespace Sekisho.Incidents;

/// <summary>
/// One reported mail leak as structured facts. Nulls mean that the source gives no figure. The field names are those of
/// <c>incidents.json</c>; the texts are the project's own words.
/// </summary>
public sealed record Incident
{
    /// <summary>Unique: date and organisation, e.g. <c>2006-06-12-sega-toys</c>. Letters, digits and hyphens only, so that it can serve as a domain label.</summary>
    public required string Id { get; init; }

    /// <summary>When it was sent; where that is not known, when it was reported (<see cref="DateBasis"/>).</summary>
    public required DateOnly Date { get; init; }

    /// <summary><c>send</c>, <c>heading</c> or <c>announcement</c>.</summary>
    public required string DateBasis { get; init; }

    /// <summary>When the organisation made it public.</summary>
    public DateOnly? Announced { get; init; }

    /// <summary>When it was noticed, where that was another day.</summary>
    public DateOnly? DetectedDate { get; init; }

    /// <summary>First and last day (or month) where it lasted.</summary>
    public DateRange? DateRange { get; init; }

    /// <summary>The organisation's name.</summary>
    public required string Organization { get; init; }

    /// <summary>The same in Latin letters.</summary>
    public required string OrganizationEn { get; init; }

    /// <summary>Branch of trade, e.g. <c>broadcaster</c>.</summary>
    public required string Sector { get; init; }

    /// <summary>Which collection the facts were compiled from.</summary>
    public string? Seed { get; init; }

    /// <summary>Lines of that collection.</summary>
    public IReadOnlyList<int> SeedLines { get; init; } = [];

    /// <summary>How many times the collection lists it.</summary>
    public int ListedTimes { get; init; } = 1;

    /// <summary>Its heading there.</summary>
    public string? SeedHeading { get; init; }

    /// <summary>How it leaked, one of <see cref="Mechanisms"/>.</summary>
    public required string Mechanism { get; init; }

    /// <summary>What else played a part.</summary>
    public IReadOnlyList<string> SecondaryMechanisms { get; init; } = [];

    /// <summary>Why it came to that, e.g. <c>operator-error</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>Who the mail was written to.</summary>
    public required string Audience { get; init; }

    /// <summary>Addresses that were sent the faulty mail.</summary>
    public int? Recipients { get; init; }

    /// <summary>Companies among them, where the source counts companies.</summary>
    public int? RecipientOrgs { get; init; }

    /// <summary>The whole mailing where only part of it was faulty.</summary>
    public int? MailingTotal { get; init; }

    /// <summary>Groups it was sent in.</summary>
    public int? Batches { get; init; }

    /// <summary>Dead addresses among the recipients.</summary>
    public int? Undelivered { get; init; }

    /// <summary>Persons or addresses leaked.</summary>
    public int? Exposed { get; init; }

    /// <summary>Companies among them.</summary>
    public int? ExposedOrgs { get; init; }

    /// <summary>What was in it, e.g. <c>email</c>, <c>name</c>, <c>card-number</c>.</summary>
    public IReadOnlyList<string> ExposedKinds { get; init; } = [];

    /// <summary>What it was sent with.</summary>
    public string? Tool { get; init; }

    /// <summary>Who noticed.</summary>
    public required string DetectedBy { get; init; }

    /// <summary>What the organisation did then.</summary>
    public IReadOnlyList<string> Response { get; init; } = [];

    /// <summary>What it promised for the future.</summary>
    public IReadOnlyList<string> Prevention { get; init; } = [];

    /// <summary>What happened, in a sentence or two.</summary>
    public required string SummaryEn { get; init; }

    /// <summary>The same in Japanese.</summary>
    public required string SummaryJa { get; init; }

    /// <summary>What would have stopped it, the most direct first.</summary>
    public IReadOnlyList<string> Control { get; init; } = [];

    /// <summary>How to re-enact it.</summary>
    public required ReplayFacts Replay { get; init; }

    /// <summary>Names of the fields whose figure is approximate.</summary>
    public IReadOnlyList<string> Approx { get; init; } = [];

    /// <summary>Names of the fields that were computed from others.</summary>
    public IReadOnlyList<string> Derived { get; init; } = [];

    /// <summary>Names of the fields that are a reading of an unclear source.</summary>
    public IReadOnlyList<string> Doubtful { get; init; } = [];

    /// <summary>Remarks on the sources.</summary>
    public string? Notes { get; init; }

    /// <summary>The year of <see cref="Date"/>.</summary>
    [JsonIgnore]
    public int Year => Date.Year;

    /// <summary>The case as a sender may be shown it: year, sector and size, not the name.</summary>
    public string Anonymous(bool japanese) => (japanese, Exposed) switch
    {
        (false, > 0) => $"{Year}, {Sectors.Name(Sector, japanese)}, {Exposed:N0} addresses or persons",
        (false, _) => $"{Year}, {Sectors.Name(Sector, japanese)}, size not stated",
        (true, > 0) => $"{Year}年、{Sectors.Name(Sector, japanese)}、{Exposed:N0}件",
        (true, _) => $"{Year}年、{Sectors.Name(Sector, japanese)}、件数不明",
    };
}

/// <summary>First and last day (<c>2006-05-23</c>) or month (<c>2006-05</c>).</summary>
public sealed record DateRange(string From, string To);

/// <summary>
/// How an incident is re-enacted. Counts are distinct addresses over all messages (7 groups = 7 messages that share <see cref="ToCount"/>).
/// </summary>
public sealed record ReplayFacts
{
    /// <summary>Faulty messages.</summary>
    public int? Messages { get; init; }

    /// <summary>Addresses in To (for a post to a list: its members).</summary>
    public int? ToCount { get; init; }

    /// <summary>Addresses in Cc.</summary>
    public int? CcCount { get; init; }

    /// <summary>Addresses in Bcc.</summary>
    public int? BccCount { get; init; }

    /// <summary>Addresses in the text, over all messages.</summary>
    public int AddressesInBody { get; init; }

    /// <summary>Addresses in the subject.</summary>
    public int AddressesInSubject { get; init; }

    /// <summary>What was attached.</summary>
    public required AttachmentFacts Attachment { get; init; }

    /// <summary>What else is needed to re-enact it.</summary>
    public required string Notes { get; init; }
}

/// <summary>An attached file. The kind is the project's choice where <see cref="KindFromSource"/> is false.</summary>
public sealed record AttachmentFacts
{
    /// <summary><c>xlsx</c>, <c>csv</c>, <c>txt</c>, <c>pdf</c>, <c>exe</c>, or null for none.</summary>
    public string? Kind { get; init; }

    /// <summary>Rows, one person (or record) each.</summary>
    public int? Rows { get; init; }

    /// <summary>Columns.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>True when the source names the kind.</summary>
    public bool KindFromSource { get; init; }
}
