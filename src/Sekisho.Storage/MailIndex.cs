using Sekisho.Policy;

namespace Sekisho.Storage;

/// <summary>Where a whole mail stands, by the gravest that is still open; for lists and searches.</summary>
public enum MailState
{
    Inspecting = 0,

    /// <summary>Some of it waits for its sender.</summary>
    Held = 1,

    /// <summary>Some of it waits for approval.</summary>
    Approval = 2,

    /// <summary>Some of it was refused by policy and is kept.</summary>
    Refused = 3,

    /// <summary>Some of it is on its way.</summary>
    OnTheWay = 4,

    /// <summary>Every recipient got it.</summary>
    Delivered = 5,

    /// <summary>It ended, and not everybody got it: bounced or expired.</summary>
    Failed = 6,

    /// <summary>It ended by a person's decision not to send it.</summary>
    Cancelled = 7,
}

/// <summary>What is looked for; all that is given must hold. Words are compared without case and width, anywhere in the field.</summary>
public sealed record MailQuery
{
    /// <summary>Words in sender, recipients or subject; all must occur.</summary>
    public string Text { get; init; } = "";

    /// <summary>Part of the sender's address.</summary>
    public string? Sender { get; init; }

    /// <summary>Part of a recipient's address.</summary>
    public string? Recipient { get; init; }

    /// <summary>Part of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>A rule that found something in it.</summary>
    public string? Rule { get; init; }

    public MailState? State { get; init; }

    /// <summary>Received at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Received before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only mail of these senders: addresses, or <c>@domain</c>; empty = everybody's. How roles are kept to their part of the organisation.</summary>
    public IReadOnlyList<string> OnlySenders { get; init; } = [];

    /// <summary>The gateway's own notes and reports too.</summary>
    public bool WithOwn { get; init; }

    /// <summary>Continue after this row of the page before (<see cref="MailPage.Next"/>).</summary>
    public string? After { get; init; }

    /// <summary>Rows wanted, 1–200.</summary>
    public int Max { get; init; } = 50;

    /// <summary>
    /// How long may be searched, at most five seconds. What was found until then is answered, with <see cref="MailPage.Partial"/> and a
    /// <see cref="MailPage.Next"/> that goes on where the time ran out.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(150);
}

/// <summary>One mail in a list.</summary>
/// <param name="Recipients">How many, and the first of them.</param>
/// <param name="Rules">Rules that found something, gravest first.</param>
/// <param name="Action">The gravest verdict.</param>
public sealed record MailRow(string Id, DateTimeOffset ReceivedAt, string Sender, string Subject, int Recipients, string FirstRecipient, MailState State, PolicyAction Action, IReadOnlyList<string> Rules, long Size);

/// <summary>Rows newest first, and where the next page begins (null: this is the last).</summary>
/// <param name="Behind">Changes the index has not yet taken in; what they touch may look as it was a moment ago.</param>
public sealed record MailPage(IReadOnlyList<MailRow> Rows, string? Next, long Behind)
{
    /// <summary>The time for searching ran out before the page was full: older mail was not looked through yet, <see cref="Next"/> goes on there.</summary>
    public bool Partial { get; init; }
}

/// <summary>Which events of the audit trail; all that is given must hold.</summary>
public sealed record EventQuery
{
    public string? Kind { get; init; }

    /// <summary>Who did it, without regard to case. Handing in mail is left out: it is found by its sender among the mail.</summary>
    public string? By { get; init; }

    /// <summary>The whole id of a submission.</summary>
    public string? Submission { get; init; }

    /// <summary>Only events with a smaller number; null = from the end.</summary>
    public long? Before { get; init; }

    /// <summary>Events wanted, 1–500.</summary>
    public int Max { get; init; } = 50;
}

/// <summary>Events newest first, and before which number the next page begins (null: this is the last).</summary>
/// <param name="Partial">The time for looking ran out before the page was full; <paramref name="Next"/> goes on there.</param>
public sealed record EventPage(IReadOnlyList<AuditEvent> Events, long? Next, bool Partial);

/// <summary>Mail of one hour (UTC).</summary>
public sealed record HourFigures(DateTimeOffset Hour, long Received, long Individual, long Held, long Approval, long Refused, long Delivered, long Failed);

/// <summary>What a rule did. <paramref name="Overruled"/>: of the mails it stopped, those that were sent as they were by decision of a person: the fatigue number.</summary>
public sealed record RuleFigures(string Rule, long Found, long Stopped, long Overruled, long SentIndividually, long Cancelled, long Approved, long Rejected, long StillWaiting);

/// <summary>Waiting times of decided mail: how many were decided within so many seconds.</summary>
public sealed record WaitingFigures(IReadOnlyList<(int Seconds, long Count)> UpTo, long Longer, double MedianSeconds);

/// <summary>An approver's habit: <paramref name="MedianSeconds"/> from the request to the decision.</summary>
public sealed record ApproverFigures(string Approver, long Approved, long Rejected, double MedianSeconds, long WithinTenSeconds);

/// <summary>What the dashboard shows of a span of time.</summary>
public sealed record Figures(IReadOnlyList<HourFigures> Hours, IReadOnlyList<RuleFigures> Rules, WaitingFigures Waiting, IReadOnlyList<ApproverFigures> Approvers, long Behind);

/// <summary>
/// Lists, searches and figures over all mail, a derived file beside the store (<c>search.db</c>): it follows the audit trail, so intake never waits for it, and
/// it can be deleted at any time and is made anew. Answers in well under 200 ms at a million mails.
/// </summary>
public interface IMailIndex : IAsyncDisposable
{
    /// <summary>Newest first. Throws <see cref="ArgumentException"/> when <see cref="MailQuery.After"/> or <see cref="MailQuery.Max"/> is none of ours.</summary>
    Task<MailPage> SearchAsync(MailQuery query, CancellationToken cancel);

    /// <summary>Numbers of a span of time, at most 400 days.</summary>
    Task<Figures> FiguresAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel);

    /// <summary>Events of the audit trail, newest first: of one kind or all, before a number or from the end.</summary>
    async Task<IReadOnlyList<AuditEvent>> EventsAsync(string? kind, long? before, int max, CancellationToken cancel) =>
        (await EventsAsync(new EventQuery { Kind = kind, Before = before, Max = max }, cancel).ConfigureAwait(false)).Events;

    /// <summary>A page of the audit trail, newest first. Throws <see cref="ArgumentException"/> when <see cref="EventQuery.Max"/> is out of range.</summary>
    Task<EventPage> EventsAsync(EventQuery query, CancellationToken cancel);

    /// <summary>Takes in everything written so far; for tests and benches. The index does so by itself all the time.</summary>
    Task CatchUpAsync(IProgress<long>? progress, CancellationToken cancel);
}
