using System.Text.Json;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_insertPolicy = new("INSERT INTO policy(version, at, text) VALUES(?,?,?) ON CONFLICT(version) DO NOTHING");

    private static readonly Query s_policy = new("SELECT n FROM policy WHERE version = ?");

    private static readonly Query s_inspected = new("UPDATE submission SET subject = ?, message_id = ?, policy = ?, inspected_at = ?, authors = ? WHERE n = ?");

    private static readonly Query s_insertFinding = new("INSERT INTO finding(submission, json) VALUES(?,?)");

    private static readonly Query s_insertRecent = new("INSERT INTO recent(submission, at, sender, template, json) VALUES(?,?,?,?,?)");

    private static readonly Query s_planned = new("""
        UPDATE delivery SET state = ?, due = ?, next_at = ?, since = ?, hold_until = ?, lease_owner = ?, fence = ?, attempts = ?, copy = ?, action = ?,
          stopped = ?, first = ?, last = ?, rules = ?, approvers = ?, needed = ?, deadline = ?, at_deadline = ?, escalate_to = ?
        WHERE n = ?
        """);

    private static readonly Query s_assign = new("UPDATE recipient SET delivery = ?, action = ? WHERE submission = ? AND ordinal = ?");

    private static readonly Query s_id = new("SELECT id FROM submission WHERE n = ?");

    public Task<IReadOnlyList<Delivery>?> RecordInspectionAsync(Lease lease, InspectionRecord record, TimeSpan leaseFor, CancellationToken cancel)
    {
        foreach (var note in record.Notes)
        {
            Check(note);
        }

        // Made before the writer's turn: what can be done beside it is not done on it.
        var findings = record.Findings.Count == 0 ? null : JsonSerializer.Serialize(record.Findings, StoredJson.Readable.IReadOnlyListFinding);
        var recent = record.Recent is null ? null : JsonSerializer.Serialize(record.Recent, StoredJson.Readable.RecentMailNote);
        return WriteAsync<IReadOnlyList<Delivery>?>(
            transaction =>
            {
                if (FindDelivery(transaction.Database, lease.DeliveryId) is not { State: DeliveryState.Inspecting } row || !row.IsHeldBy(lease))
                {
                    return null;
                }

                var ready = Record(transaction, row, lease, record, findings, recent, transaction.Now + (long)leaseFor.TotalMilliseconds);
                Failpoints.Hit("store.inspection.in-tx");
                return ready;
            },
            cancel);
    }

    private List<Delivery> Record(WriteTransaction transaction, DeliveryRow row, Lease lease, InspectionRecord record, string? findings, string? recent, long until)
    {
        var database = transaction.Database;
        var recipients = PendingRecipients(database, row);
        CheckPlans(record.Plans, recipients.Count);
        var policy = PolicyKey(transaction, record);
        transaction[s_inspected].Add(record.Subject).Add(record.MessageId).Add(policy).Add(transaction.Now).Add(record.Authors is null ? null : JsonSerializer.Serialize(record.Authors, StoredJson.Readable.IReadOnlyListString)).Add(row.Submission).Run();
        if (findings is not null)
        {
            transaction[s_insertFinding].Add(row.Submission).Add(findings).Run();
        }

        var submission = ReadSubmission(database, row.Submission);
        if (record.Recent is { } note)
        {
            transaction[s_insertRecent].Add(row.Submission).Add(Milliseconds(submission.ReceivedAt)).Add(note.Sender).Add(note.TemplateKey).Add(recent).Run();
        }

        var stopped = submission.Origin == SubmissionOrigin.Smtp && StopSince(database, Fold(submission.MailFrom)) is not null;
        TakeLesson(transaction, row.Submission, record, stopped);
        AddScores(transaction, record.Scores);
        transaction.Audit("inspected", row.Submission, submission.Id, row.Id, "gateway", InspectedDetail(record, stopped));

        var ready = new List<Delivery>();
        var lists = new ListCache();
        for (var i = 0; i < record.Plans.Count; i++)
        {
            var planned = Split(transaction, i == 0 ? row : null, row.Submission, record.Plans[i], stopped, lists, lease, until);
            if (i > 0 || record.Plans[i].Action != PolicyAction.Deliver)
            {
                foreach (var ordinal in record.Plans[i].Recipients)
                {
                    transaction[s_assign].Add(planned.Id).Add((int)record.Plans[i].Action).Add(row.Submission).Add(ordinal).Run();
                }
            }

            if (planned.LeaseOwner is not null)
            {
                ready.Add(AsDelivery(planned, submission, InOrder(record.Plans[i].Recipients, recipients)));
            }
        }

        AuditHeld(transaction, row.Submission, submission.Id, record, stopped);
        if (record.StopRunTemplate is { } template)
        {
            StopRun(transaction, record.Recent?.Sender ?? Fold(submission.MailFrom), template, row.Submission, submission.Id, GravestRules(record));
        }

        foreach (var mail in record.Notes)
        {
            Accept(transaction, mail, null, TimeSpan.Zero);
        }

        return ready;
    }

    /// <summary>Turns one plan into a delivery: the first takes over the row that was inspected, the others get rows of their own.</summary>
    private static DeliveryRow Split(WriteTransaction transaction, DeliveryRow? reuse, long submission, DeliveryPlan plan, bool stopped, ListCache lists, Lease lease, long until)
    {
        var now = transaction.Now;
        var notBefore = plan.NotBefore is { } at ? Milliseconds(at) : (long?)null;
        var halted = stopped && (plan.State is DeliveryState.Ready or DeliveryState.Held);
        var state = stopped && plan.State == DeliveryState.Ready ? DeliveryState.Held : plan.State;
        var nextAt = state == DeliveryState.Ready ? Math.Max(notBefore ?? now, now) : now;
        var leased = state == DeliveryState.Ready && nextAt <= now;
        var (first, last) = Span(plan.Recipients);
        var approval = state == DeliveryState.Approval;
        var row = new DeliveryRow
        {
            Id = reuse?.Id ?? 0,
            Submission = submission,
            State = state,
            Due = leased ? until : nextAt,
            NextAt = nextAt,
            Since = now,
            HoldUntil = plan.State == DeliveryState.Held ? notBefore : null,
            LeaseOwner = leased ? lease.Owner : null,

            // A row taken over keeps counting, so that the inspection's own lease is worth nothing from here on.
            Fence = reuse is not null ? reuse.Fence + 1 : leased ? 1 : 0,
            Attempts = leased ? 1 : 0,
            Copy = plan.Copy,
            Action = plan.Action,
            Duplicate = false,
            ReleasedAt = null,
            Stopped = halted,
            First = first,
            Last = last,
            Rules = lists.Json(plan.Rules),
            Approvers = lists.Json(plan.Approvers),
            Needed = approval ? Math.Max(1, plan.Terms.Needed) : 1,
            Deadline = approval && plan.Terms.Within is { } within ? now + (long)within.TotalMilliseconds : null,
            AtDeadline = approval ? plan.Terms.Then : AtDeadline.Wait,
            EscalateTo = approval ? lists.Json(plan.Terms.EscalateTo) : null,
        };
        if (reuse is not null)
        {
            transaction[s_planned]
                .Add((int)row.State).Add(row.Due).Add(row.NextAt).Add(row.Since).Add(row.HoldUntil).Add(row.LeaseOwner).Add(row.Fence).Add(row.Attempts)
                .Add((int)row.Copy).Add((int)row.Action).Add(row.Stopped).Add(row.First).Add(row.Last).Add(row.Rules).Add(row.Approvers)
                .Add(row.Needed).Add(row.Deadline).Add((int)row.AtDeadline).Add(row.EscalateTo).Add(row.Id).Run();
        }
        else
        {
            row = row with
            {
                Id = InsertDelivery(transaction, NewDelivery.Like(row, submission, row.LeaseOwner, first, last)),
            };
        }

        if (leased)
        {
            BeginAttempt(transaction, row.Id, 1, row.Fence, lease.Owner);
        }

        return row;
    }

    private static StoredRecipient[] InOrder(IReadOnlyList<int> ordinals, List<StoredRecipient> recipients)
    {
        var chosen = new StoredRecipient[ordinals.Count];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = recipients[ordinals[i]];
        }

        Array.Sort(chosen, static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return chosen;
    }

    private static (int First, int Last) Span(IReadOnlyList<int> ordinals)
    {
        var (first, last) = (int.MaxValue, int.MinValue);
        foreach (var ordinal in ordinals)
        {
            first = Math.Min(first, ordinal);
            last = Math.Max(last, ordinal);
        }

        return (first, last);
    }

    /// <summary>Law 1 and law 2 in one check: every recipient in exactly one plan, none forgotten, none twice, none from elsewhere.</summary>
    private static void CheckPlans(IReadOnlyList<DeliveryPlan> plans, int recipients)
    {
        var seen = new bool[recipients];
        var count = 0;
        foreach (var plan in plans)
        {
            if (plan.State is not (DeliveryState.Ready or DeliveryState.Held or DeliveryState.Approval or DeliveryState.Refused))
            {
                throw new ArgumentException($"a plan leads to Ready, Held, Approval or Refused, not {plan.State}", nameof(plans));
            }

            if (plan.Recipients.Count == 0 || (plan.Copy == CopyKind.Individual && plan.Recipients.Count > 1))
            {
                throw new ArgumentException($"a plan of a {plan.Copy} copy with {plan.Recipients.Count} recipients", nameof(plans));
            }

            foreach (var ordinal in plan.Recipients)
            {
                if (ordinal < 0 || ordinal >= recipients || seen[ordinal])
                {
                    throw new ArgumentException($"recipient {ordinal} stands in two plans or is none of the submission's", nameof(plans));
                }

                seen[ordinal] = true;
                count++;
            }
        }

        if (count != recipients)
        {
            throw new ArgumentException($"{recipients - count} recipients stand in no plan", nameof(plans));
        }
    }

    private static long PolicyKey(WriteTransaction transaction, InspectionRecord record)
    {
        if (transaction[s_policy].Add(record.PolicyVersion).Scalar() is { } known)
        {
            return known;
        }

        transaction[s_insertPolicy].Add(record.PolicyVersion).Add(transaction.Now).Add(record.PolicyText).Run();
        return transaction.Database.LastInsertRowId;
    }

    private static string InspectedDetail(InspectionRecord record, bool stopped) => Json(writer =>
    {
        writer.WriteString("policy", record.PolicyVersion);
        writer.WriteStartObject("findings");
        foreach (var rule in record.Findings.GroupBy(finding => finding.Rule, StringComparer.Ordinal))
        {
            writer.WriteNumber(rule.Key, rule.Count());
        }

        writer.WriteEndObject();
        writer.WriteStartObject("verdicts");
        foreach (var action in record.Plans.GroupBy(plan => plan.Action))
        {
            writer.WriteNumber(NameOf(action.Key), action.Sum(plan => plan.Recipients.Count));
        }

        writer.WriteEndObject();
        if (stopped)
        {
            writer.WriteBoolean("sender-stopped", true);
        }
    });

    /// <summary>One event for all that waits from now on, however many deliveries that is.</summary>
    private static void AuditHeld(WriteTransaction transaction, long submission, string id, InspectionRecord record, bool stopped)
    {
        var waiting = record.Plans.Where(plan => plan.State != DeliveryState.Ready || stopped).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        transaction.Audit("held", submission, id, null, "gateway", Json(writer =>
        {
            writer.WriteStartObject("deliveries");
            foreach (var state in waiting.GroupBy(plan => plan.State == DeliveryState.Ready ? DeliveryState.Held : plan.State))
            {
                writer.WriteNumber(NameOf(state.Key), state.Count());
            }

            writer.WriteEndObject();
            writer.WriteNumber("recipients", waiting.Sum(plan => plan.Recipients.Count));
            writer.WriteStartArray("rules");
            foreach (var rule in waiting.SelectMany(plan => plan.Rules).Distinct(StringComparer.Ordinal))
            {
                writer.WriteStringValue(rule);
            }

            writer.WriteEndArray();
            if (stopped)
            {
                writer.WriteBoolean("sender-stopped", true);
            }
        }));
    }

    private static IReadOnlyList<string> GravestRules(InspectionRecord record) =>
        record.Plans.Where(plan => plan.Rules.Count > 0).OrderByDescending(plan => plan.Action).FirstOrDefault()?.Rules ?? [RuleNames.DuplicateSend];

    private static string IdOf(SqliteDatabase database, long submission)
    {
        var row = database[s_id].Add(submission);
        if (!row.Step())
        {
            throw new StoreException($"sekisho.db is damaged: submission {submission} has no row");
        }

        var id = row.Text(0);
        row.Reset();
        return id;
    }

    // Spelled out: what stands in the audit trail must not change when an enum is renamed.
    private static string NameOf(PolicyAction action) => action switch
    {
        PolicyAction.Deliver => "deliver",
        PolicyAction.Individual => "individual",
        PolicyAction.Hold => "hold",
        PolicyAction.Approve => "approve",
        _ => "refuse",
    };

    private static string NameOf(DeliveryState state) => state switch
    {
        DeliveryState.Inspecting => "inspecting",
        DeliveryState.Ready => "ready",
        DeliveryState.Held => "held",
        DeliveryState.Approval => "approval",
        DeliveryState.Refused => "refused",
        _ => "done",
    };

    /// <summary>The same list of rules stands on thousands of copies: written out once.</summary>
    private sealed class ListCache
    {
        private readonly Dictionary<IReadOnlyList<string>, string?> _known = new(ReferenceEqualityComparer.Instance);

        public string? Json(IReadOnlyList<string> list)
        {
            if (list.Count == 0)
            {
                return null;
            }

            if (!_known.TryGetValue(list, out var json))
            {
                _known[list] = json = ListJson(list);
            }

            return json;
        }
    }
}
