using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Pages.Rehearse;

/// <summary>A recipient field of a mail: how many addresses it shows, and the first of them.</summary>
public sealed record ShownField(string Name, int Count, IReadOnlyList<string> First);

/// <summary>A mail as a page shows it: bounded, whatever its size. Texts are as decoded, not yet made harmless.</summary>
/// <param name="Text">The beginning of its text.</param>
/// <param name="Files">Names and sizes in bytes.</param>
public sealed record ShownMail(string From, string Subject, IReadOnlyList<ShownField> Fields, int Envelope, IReadOnlyList<string> EnvelopeFirst, string Text, IReadOnlyList<(string Name, long Size)> Files, long Size);

/// <summary>A copy for one recipient in the place of the original.</summary>
public sealed record ShownCopy(string Recipient, IReadOnlyList<ShownField> Fields);

/// <summary>What came of playing one reading of an incident through the engine. Nothing was sent.</summary>
public sealed record Rehearsed
{
    /// <summary>Mails of this reading, and recipients over all of them.</summary>
    public required int Messages { get; init; }

    /// <summary>Recipients over all its mails.</summary>
    public required long Recipients { get; init; }

    /// <summary>Mails that were looked at; the first ones where there are more than a page's worth.</summary>
    public required int Looked { get; init; }

    /// <summary>Recipients of those.</summary>
    public required long LookedRecipients { get; init; }

    /// <summary>The first faulty mail that was stopped; else the first faulty one.</summary>
    public required ShownMail Mail { get; init; }

    /// <summary>What was found in it.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Over all mails looked at: recipients by what the policy says of them.</summary>
    public required IReadOnlyDictionary<PolicyAction, long> Actions { get; init; }

    /// <summary>Over all mails looked at: in how many each rule stopped something.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>The first individual copy of the mail, or null when there is none.</summary>
    public ShownCopy? Copy { get; init; }

    /// <summary>Copies that would leave at once, without anybody's decision.</summary>
    public required long Copies { get; init; }

    /// <summary>Persons exposed by those: this must be 0.</summary>
    public required int Exposed { get; init; }

    /// <summary>Persons the same mails would have exposed with no gateway before them.</summary>
    public required int ExposedWithout { get; init; }

    /// <summary>Copies a faulty carrier would have taken to somebody else, each refused by the delivery seal; 0 where that is not the incident.</summary>
    public long Sealed { get; init; }

    /// <summary>Copies that should not have left at all, yet would.</summary>
    public required int Forbidden { get; init; }

    /// <summary>False when time ran out before every copy was counted.</summary>
    public required bool Complete { get; init; }

    /// <summary>The policy that decided.</summary>
    public required string PolicyVersion { get; init; }
}
