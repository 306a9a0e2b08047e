namespace Sekisho.Inspection;

/// <summary>How grave a finding is.</summary>
public enum Severity
{
    /// <summary>A note.</summary>
    Info,

    /// <summary>Worth knowing.</summary>
    Low,

    /// <summary>Worth asking.</summary>
    Medium,

    /// <summary>Likely a mistake.</summary>
    High,

    /// <summary>A leak, or malice.</summary>
    Critical,
}

/// <summary>One sentence a busy person understands, in both languages.</summary>
public sealed record Summary(string En, string Ja);

/// <summary>What an inspector saw.</summary>
public sealed record Finding
{
    /// <summary>The rule's name (<see cref="RuleNames"/>).</summary>
    public required string Rule { get; init; }

    /// <summary>How grave.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The reason, in one sentence.</summary>
    public required Summary Summary { get; init; }

    /// <summary>What was seen: at most 20 short lines, safe to show (no control characters), sensitive values masked.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Keys of the envelope recipients it concerns.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>Distinct persons whose data is shown, where the rule counts them.</summary>
    public int? Persons { get; init; }

    /// <summary>Numbers the policy can compare, e.g. <c>groups</c>, <c>addresses</c>; names in lower case, documented on the rule's page.</summary>
    public IReadOnlyDictionary<string, long> Measures { get; init; } = new Dictionary<string, long>();
}

/// <summary>The names of the rules; also the pages <c>docs/rules/&lt;name&gt;.md</c>.</summary>
public static class RuleNames
{
    public const string VisibleRecipients = "visible-recipients";
    public const string AddressesInBody = "addresses-in-body";
    public const string AddressesInSubject = "addresses-in-subject";
    public const string HeaderInjection = "header-injection";
    public const string CalendarAttendees = "calendar-attendees";
    public const string DuplicateSend = "duplicate-send";
    public const string ListPosting = "list-posting";
    public const string RecalledMessage = "recalled-message";
    public const string SenderNotAuthorised = "sender-not-authorised";
    public const string Keyword = "keyword";
    public const string AttachmentName = "attachment-name";
    public const string GreetingMismatch = "greeting-mismatch";
    public const string UnlikelyRecipient = "unlikely-recipient";
    public const string CompanyMismatch = "company-mismatch";
    public const string ForeignRecords = "foreign-records";
    public const string CardNumber = "card-number";
    public const string MyNumber = "my-number";
    public const string Credentials = "credentials";
    public const string PersonalData = "personal-data";

    public const string LookalikeRecipient = "lookalike-recipient";
    public const string FirstTimeRecipient = "first-time-recipient";
    public const string NewInThread = "new-in-thread";

    public const string InternalOnly = "internal-only";
    public const string ForgottenAttachment = "forgotten-attachment";
    public const string Malware = "malware";

    /// <summary>A check that failed, ran out of time, or could not look inside (law 7).</summary>
    public const string Uninspectable = "uninspectable";

    /// <summary>The rules that weigh each mail that goes outside, in a fixed order: their findings carry <c>score</c> and <c>alarms</c>, and how their scores are spread is kept (<see cref="ScoreCurve"/>).</summary>
    public static IReadOnlyList<string> Weighing { get; } = [VisibleRecipients, UnlikelyRecipient, LookalikeRecipient, FirstTimeRecipient, NewInThread];
}
