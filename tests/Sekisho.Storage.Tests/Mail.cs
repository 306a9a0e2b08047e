using System.Security.Cryptography;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Tests;

/// <summary>Submissions and plans as the tests need them.</summary>
internal static class Mail
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static NewSubmission New(TimeProvider time, int recipients = 1, string from = "sender@example.com", string text = "hello", SubmissionOrigin origin = SubmissionOrigin.Smtp)
    {
        var body = Encoding.UTF8.GetBytes($"From: {from}\r\nSubject: {text}\r\n\r\n{text}\r\n");
        return new NewSubmission
        {
            Id = SubmissionId.New(time.GetUtcNow()),
            Origin = origin,
            ReceivedAt = time.GetUtcNow(),
            MailFrom = from,
            Recipients = [.. Enumerable.Range(0, recipients).Select(i => new StoredRecipient(i, $"person{i}@example.net", null, null))],
            Body = new StoredBody(body, null),
            Size = body.Length,
            Digest = Convert.ToHexStringLower(SHA256.HashData(body)),
            Client = "192.0.2.1",
        };
    }

    public static DeliveryPlan Plan(DeliveryState state, params int[] recipients) => new()
    {
        Recipients = recipients,
        State = state,
        Copy = CopyKind.Original,
        Action = state switch
        {
            DeliveryState.Held => PolicyAction.Hold,
            DeliveryState.Approval => PolicyAction.Approve,
            DeliveryState.Refused => PolicyAction.Refuse,
            _ => PolicyAction.Deliver,
        },
        Rules = state == DeliveryState.Ready ? [] : [RuleNames.VisibleRecipients],
    };

    public static InspectionRecord Record(params DeliveryPlan[] plans) => new()
    {
        Subject = "subject",
        PolicyVersion = "0123456789abcdef",
        PolicyText = "policy: []",
        Findings = [],
        Plans = plans,
    };

    public static InspectionRecord Individually(int recipients) => Record([.. Enumerable.Range(0, recipients).Select(i =>
        Plan(DeliveryState.Ready, i) with { Copy = CopyKind.Individual, Action = PolicyAction.Individual, Rules = s_rules })]);

    public static Finding Finding(string rule = RuleNames.VisibleRecipients) => new()
    {
        Rule = rule,
        Severity = Severity.High,
        Summary = new Summary("185 people would see each other's addresses.", "185人のアドレスがお互いに見えてしまいます。"),
        Evidence = ["person1@example.net", "山田 <person2@example.net>"],
        Recipients = ["person1@example.net"],
        Persons = 185,
        Measures = new Dictionary<string, long> { ["groups"] = 142 },
    };

    public static async Task<Delivery> AcceptAsync(this IStore store, NewSubmission submission, string owner = "a") =>
        await store.AcceptAsync(submission, owner, Minute, CancellationToken.None);

    public static async Task<IReadOnlyList<Delivery>> InspectAsync(this IStore store, Delivery delivery, InspectionRecord record) =>
        (await store.RecordInspectionAsync(delivery.Lease!, record, Minute, CancellationToken.None))!;

    /// <summary>A submission that waits.</summary>
    public static async Task<HeldDelivery> HoldAsync(this IStore store, NewSubmission submission, DeliveryState state = DeliveryState.Held, DateTimeOffset? until = null)
    {
        var delivery = await store.AcceptAsync(submission);
        var all = Enumerable.Range(0, submission.Recipients.Count).ToArray();
        await store.InspectAsync(delivery, Record(Plan(state, all) with { NotBefore = until }));
        return (await store.HeldAsync(CancellationToken.None)).Single(held => held.Submission == submission.Id);
    }

    public static Decision Decide(this HeldDelivery held, DecisionKind kind) =>
        new(held.Id, kind, "sender@example.com", held.DecisionDigest, null, [], null, []);

    /// <summary>A mail of one of ours that these outside people saw each other on.</summary>
    public static LearntMail Learnt(DateTimeOffset at, params IEnumerable<string> people) =>
        new("sender@example.com", at, [.. people.Distinct().Select(p => new LearntPerson(p, p[(p.IndexOf('@') + 1)..], Visible: true))]);

    public static Task<DecisionResult> DecideAsync(this IStore store, Decision decision) => store.DecideAsync(decision, CancellationToken.None);

    public static IReadOnlyList<RecipientResult> Results(this Delivery delivery, Outcome outcome, string reply = "250 ok") =>
        [.. delivery.Recipients.Select(recipient => new RecipientResult(recipient.Ordinal, outcome, reply))];

    public static Task<bool> EndAsync(this IStore store, Delivery delivery, Outcome outcome, DateTimeOffset retryAt = default) =>
        store.EndAttemptAsync(delivery.Lease!, delivery.Results(outcome), retryAt, [], CancellationToken.None);

    public static Task<IReadOnlyList<Delivery>> LeaseAsync(this IStore store, DeliveryState state, string owner = "a", int max = 100) =>
        store.LeaseAsync(state, max, owner, Minute, CancellationToken.None);

    private static readonly string[] s_rules = [RuleNames.VisibleRecipients];
}
