namespace Sekisho.Storage;

/// <summary>Which events of the audit trail; all that is given must hold.</summary>
public sealed record AuditQuery
{
    /// <summary>One kind, or all.</summary>
    public string? Kind { get; init; }

    /// <summary>Whoever did it, compared without case; or anybody.</summary>
    public string? By { get; init; }

    /// <summary>Only below this number; null: from the end.</summary>
    public long? Before { get; init; }

    /// <summary>Oldest first, above this number (0: from the beginning). Null: newest first.</summary>
    public long? After { get; init; }

    /// <summary>Events wanted, at least 1.</summary>
    public int Max { get; init; } = 50;
}

/// <summary>An event and whose mail it is about (reverse-path; null where it is about none).</summary>
public sealed record AuditLine(AuditEvent Event, string? Sender);

/// <summary>Events in the order asked for. <paramref name="Next"/>: where to go on (as <c>Before</c> or <c>After</c>), null at the end; a page may be short and still have a next one, since only so many events are looked through at a time.</summary>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);
