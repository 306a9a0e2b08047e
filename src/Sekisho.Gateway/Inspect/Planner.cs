using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Inspect;

/// <summary>Turns verdicts, one a recipient, into the fewest deliveries: who shares a verdict shares a copy, individual copies stand alone.</summary>
internal static class Planner
{
    /// <summary>Plans for the recipients of a delivery, in the order of the verdicts (one a recipient).</summary>
    public static IReadOnlyList<DeliveryPlan> Plan(IReadOnlyList<StoredRecipient> recipients, IReadOnlyList<Verdict> verdicts, DateTimeOffset now)
    {
        var plans = new List<DeliveryPlan>();
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var firsts = new List<(string Key, Verdict Verdict)>();
        for (var i = 0; i < recipients.Count; i++)
        {
            var verdict = verdicts[i];
            if (verdict.Action == PolicyAction.Individual)
            {
                plans.Add(PlanOf(verdict, [recipients[i].Ordinal], now));
                continue;
            }

            var key = $"{(int)verdict.Action}|{verdict.Wait.Ticks}|{verdict.ReleaseAfter?.Ticks}|{string.Join(',', verdict.Rules)}|{string.Join(',', verdict.Approvers)}|{verdict.Approval.Needed}|{verdict.Approval.Deadline?.Ticks}|{(int)verdict.Approval.Then}|{string.Join(',', verdict.Approval.EscalateTo)}";
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = []);
                firsts.Add((key, verdict));
            }

            group.Add(recipients[i].Ordinal);
        }

        foreach (var (key, verdict) in firsts)
        {
            plans.Add(PlanOf(verdict, groups[key], now));
        }

        return plans;
    }

    private static DeliveryPlan PlanOf(Verdict verdict, IReadOnlyList<int> ordinals, DateTimeOffset now) => new()
    {
        Recipients = ordinals,
        State = verdict.Action switch
        {
            PolicyAction.Deliver or PolicyAction.Individual => DeliveryState.Ready,
            PolicyAction.Hold => DeliveryState.Held,
            PolicyAction.Approve => DeliveryState.Approval,
            PolicyAction.Refuse => DeliveryState.Refused,
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        },
        Copy = verdict.Action == PolicyAction.Individual ? CopyKind.Individual : CopyKind.Original,
        Action = verdict.Action,
        Rules = verdict.Rules,
        Approvers = verdict.Approvers,
        Terms = verdict.Action == PolicyAction.Approve ? TermsOf(verdict.Approval) : ApprovalTerms.One,
        NotBefore = verdict.Action switch
        {
            PolicyAction.Deliver or PolicyAction.Individual when verdict.Wait > TimeSpan.Zero => now + verdict.Wait,
            PolicyAction.Hold when verdict.ReleaseAfter is { } after => now + after,
            _ => null,
        },
    };

    /// <summary>The policy's conditions as the store keeps them.</summary>
    public static ApprovalTerms TermsOf(ApprovalConditions conditions) => new(
        conditions.Needed,
        conditions.Deadline,
        conditions.Then switch
        {
            DeadlineAction.Escalate => AtDeadline.Escalate,
            DeadlineAction.Return => AtDeadline.Return,
            _ => AtDeadline.Wait,
        },
        conditions.EscalateTo);

    /// <summary>
    /// What a message teaches, when nothing but notes was found and everybody got it; a mail that was itself a finding teaches nothing. Where it goes to each alone, nobody outside saw
    /// another: then only that they were written to.
    /// </summary>
    public static LearntMail? LearntFrom(MessageFacts facts, IReadOnlyList<Finding> findings, IReadOnlyList<Verdict> verdicts, IOrganisation organisation, DateTimeOffset at)
    {
        if (findings.Any(f => f.Severity > Severity.Low) || verdicts.Any(v => v.Action is not (PolicyAction.Deliver or PolicyAction.Individual)))
        {
            return null;
        }

        var lesson = Lesson.Of(facts, organisation, at);
        return lesson is not null && verdicts.Any(v => v.Action == PolicyAction.Individual) ? Lesson.Apart(lesson) : lesson;
    }
}
