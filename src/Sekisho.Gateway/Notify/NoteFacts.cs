using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Notify;

/// <summary>What a note is about; plain values, so that it can be written before anything is stored.</summary>
public sealed record NoteFacts
{
    /// <summary>Name of the note itself (<see cref="Storage.SubmissionId"/>); becomes its Message-ID.</summary>
    public required string NoteId { get; init; }

    /// <summary>What <c>sekisho held</c> and the console know the waiting mail by.</summary>
    public required string Reference { get; init; }

    /// <summary>Envelope sender of the mail the note is about.</summary>
    public required string Sender { get; init; }

    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Its Message-ID without brackets, or null; mail clients then show the note beside it.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it was received; shown in that offset.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Why; the gravest is shown first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Its recipients by what happens to them, inside ones included.</summary>
    public required IReadOnlyList<NoteGroup> Groups { get; init; }

    /// <summary>The notes of the policy rules that matched.</summary>
    public IReadOnlyList<Summary> PolicyNotes { get; init; } = [];

    /// <summary>Where this reader looks at it and decides, or null.</summary>
    public string? Link { get; init; }

    /// <summary>To an approver: what he is asked; else null.</summary>
    public ApprovalAsked? Asked { get; init; }

    /// <summary>A real case of the same mistake, in one sentence, or null.</summary>
    public Summary? RealCase { get; init; }
}

/// <summary>What an approver is asked.</summary>
/// <param name="StandsFor">The approver he stands in for, or null.</param>
/// <param name="Needed">How many must approve.</param>
/// <param name="Deadline">Until when, in the zone it is shown in; or null.</param>
/// <param name="Then">What happens then.</param>
/// <param name="PassedOn">The time of those who were asked before is over.</param>
public sealed record ApprovalAsked(string? StandsFor, int Needed, DateTimeOffset? Deadline, Storage.AtDeadline Then, bool PassedOn);

/// <summary>Recipients who share a fate.
/// <param name="Action">What happens to them.</param>
/// <param name="Recipients">As given in the envelope.</param>
/// <param name="Until">With hold: leaves by itself then; else null.</param>
/// <param name="Approvers">With approve: who decides; empty = the administrators.</param>
public sealed record NoteGroup(PolicyAction Action, IReadOnlyList<string> Recipients, DateTimeOffset? Until = null, IReadOnlyList<string>? Approvers = null);
