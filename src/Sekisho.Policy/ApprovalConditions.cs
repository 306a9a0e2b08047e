namespace Sekisho.Policy;

/// <summary>What happens when the time for approving is over; never a release.</summary>
public enum DeadlineAction
{
    /// <summary>It goes on waiting.</summary>
    Wait,

    /// <summary>Others may decide too.</summary>
    Escalate,

    /// <summary>It is turned down and its sender is told.</summary>
    Return,
}

/// <summary>On what conditions a mail is approved.</summary>
/// <param name="Needed">How many must approve, at least 1.</param>
/// <param name="Deadline">How long there is for it; null = no end.</param>
/// <param name="Then">What happens then.</param>
/// <param name="EscalateTo">Who may decide too from then on; empty = the administrators.</param>
public sealed record ApprovalConditions(int Needed, TimeSpan? Deadline, DeadlineAction Then, IReadOnlyList<string> EscalateTo)
{
    /// <summary>One approver, no end.</summary>
    public static ApprovalConditions One { get; } = new(1, Deadline: null, DeadlineAction.Wait, []);

    /// <summary>Equal by what it says.</summary>
    public bool Equals(ApprovalConditions? other)
        => other is not null && Needed == other.Needed && Deadline == other.Deadline && Then == other.Then && EscalateTo.SequenceEqual(other.EscalateTo, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Needed, Deadline, Then, EscalateTo.Count);

    /// <summary>
    /// What satisfies several rules at once: as many approvers as the strictest asks for; of those that do something when the time is over, the one whose
    /// time is over first (of two at once the graver), else the first deadline there is.
    /// </summary>
    internal static ApprovalConditions Strictest(IReadOnlyList<ApprovalConditions> rules)
    {
        if (rules.Count == 0)
        {
            return One;
        }

        var first = rules.Where(r => r.Deadline is not null).OrderBy(r => r.Then == DeadlineAction.Wait).ThenBy(r => r.Deadline).ThenByDescending(r => r.Then).FirstOrDefault() ?? One;
        return first with { Needed = rules.Max(r => r.Needed) };
    }
}

/// <summary>Conditions as a rule or the organisation gives them; what is null is left to whoever stands behind.</summary>
public sealed record ApprovalSettings
{
    /// <summary>How many must approve.</summary>
    public int? Needed { get; init; }

    /// <summary>How long there is for it.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What happens then.</summary>
    public DeadlineAction? Then { get; init; }

    /// <summary>Who may decide too from then on: addresses, <c>superior</c>, <c>group:NAME</c>.</summary>
    public IReadOnlyList<string>? EscalateTo { get; init; }

    /// <summary>Nothing is said.</summary>
    public static ApprovalSettings None { get; } = new();

    /// <summary>These, and what they leave open from <paramref name="otherwise"/>.</summary>
    public ApprovalSettings Over(ApprovalSettings otherwise) => new()
    {
        Needed = Needed ?? otherwise.Needed,
        Deadline = Deadline ?? otherwise.Deadline,
        Then = Then ?? otherwise.Then,
        EscalateTo = EscalateTo ?? otherwise.EscalateTo,
    };
}

/// <summary>Names of approvers as the file has them: an address, <c>superior</c> (the sender's own), or <c>group:NAME</c>.</summary>
public static class ApproverNames
{
    /// <summary>The sender's superior by the directory.</summary>
    public const string Superior = "superior";

    /// <summary>What a group's name stands behind.</summary>
    public const string GroupPrefix = "group:";

    /// <summary>
    /// The addresses behind the names. A superior nobody knows, or who wrote the mail himself, is left out: the caller then falls back to the organisation's
    /// approvers, never to nobody.
    /// </summary>
    /// <param name="senders">Who sent it, the most certain first: envelope sender, who handed it in, author.</param>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> names, PeopleDirectory people, IReadOnlyList<string> senders)
    {
        var found = new List<string>();
        foreach (var name in names)
        {
            if (name == Superior)
            {
                var superior = senders.Select(people.SuperiorOf).FirstOrDefault(s => s is not null);
                if (superior is not null && !senders.Contains(superior, StringComparer.OrdinalIgnoreCase))
                {
                    found.Add(superior);
                }
            }
            else if (name.StartsWith(GroupPrefix, StringComparison.Ordinal))
            {
                found.AddRange(people.MembersOf(name[GroupPrefix.Length..]));
            }
            else
            {
                found.Add(name);
            }
        }

        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
