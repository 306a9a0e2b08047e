namespace Sekisho.Gateway.Notify;

/// <summary>What a delivery report says of a recipient (RFC 3464 section 2.3.3).</summary>
public enum ReportAction
{
    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Not yet; it is tried again.</summary>
    Delayed,

    /// <summary>Delivered into the mailbox.</summary>
    Delivered,

    /// <summary>Handed to a server that gives no reports.</summary>
    Relayed,
}

/// <summary>What a delivery report is about.</summary>
public sealed record ReportFacts
{
    /// <summary>Name of the report itself (<see cref="Storage.SubmissionId"/>); becomes its Message-ID.</summary>
    public required string ReportId { get; init; }

    /// <summary>Envelope sender of the mail; empty = null sender, who gets no report.</summary>
    public required string Sender { get; init; }

    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Its Message-ID without brackets, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>ENVID, decoded, or null.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>RET: <c>FULL</c>, <c>HDRS</c> or null.</summary>
    public string? Ret { get; init; }

    /// <summary>Name of the machine that reports.</summary>
    public required string ReportingHost { get; init; }

    /// <summary>The mail as received.</summary>
    public required ReadOnlyMemory<byte> Original { get; init; }

    /// <summary>Recipients something is to be said of.</summary>
    public required IReadOnlyList<ReportedRecipient> Recipients { get; init; }
}

/// <summary>One recipient of a report.</summary>
/// <param name="Address">As given in RCPT TO.</param>
/// <param name="Action">What became of him.</param>
/// <param name="Reply">The peer's last reply (<c>550 5.1.1 …</c>), or the error in words.</param>
/// <param name="Notify">NOTIFY as given, or null.</param>
/// <param name="OriginalRecipient">ORCPT as <c>type;address</c>, decoded, or null.</param>
/// <param name="RemoteHost">Who replied, or null.</param>
/// <param name="LastAttempt">When it was tried last, or null.</param>
/// <param name="RetriedUntil">With delayed: when it is given up, or null.</param>
/// <param name="Expired">With failed: given up because time ran out, not because the peer said no.</param>
public sealed record ReportedRecipient(string Address, ReportAction Action, string Reply, string? Notify = null, string? OriginalRecipient = null,
    string? RemoteHost = null, DateTimeOffset? LastAttempt = null, DateTimeOffset? RetriedUntil = null, bool Expired = false);
