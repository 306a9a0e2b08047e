using Sekisho.Policy;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    /// <summary>Columns <see cref="DeliveryColumns"/> names; what a query adds comes behind them.</summary>
    private const int DeliveryWidth = 24;

    private const string DeliveryColumns = """
        d.n, d.submission, d.state, d.due, d.next_at, d.since, d.hold_until, d.lease_owner, d.fence, d.attempts, d.copy, d.action,
        d.duplicate, d.released_at, d.stopped, d.first, d.last, d.rules, d.approvers, d.needed, d.deadline, d.at_deadline, d.escalate_to, d.escalated
        """;

    private static readonly Query s_submission = new("""
        SELECT s.id, s.origin, s.received_at, s.mail_from, s.size, s.digest, s.eight_bit, s.smtp_utf8, s.ret, s.envelope_id, s.client, s.user, s.about,
          s.subject, s.spool, p.version, b.bytes
        FROM submission s LEFT JOIN policy p ON p.n = s.policy LEFT JOIN body b ON b.submission = s.n WHERE s.n = ?
        """);

    private static readonly Query s_pendingRecipients = new("""
        SELECT ordinal, address, notify, original, seal FROM recipient
        WHERE submission = ? AND ordinal BETWEEN ? AND ? AND delivery = ? AND outcome IN (0, 6) ORDER BY ordinal
        """);

    private static readonly Query s_delivery = new($"SELECT {DeliveryColumns} FROM delivery d WHERE d.n = ?");

    private static DeliveryRow? FindDelivery(SqliteDatabase database, long id)
    {
        var row = database[s_delivery].Add(id);
        if (!row.Step())
        {
            return null;
        }

        var delivery = ReadDelivery(row);
        row.Reset();
        return delivery;
    }

    private static DeliveryRow ReadDelivery(Statement row) => new()
    {
        Id = row.Int64(0),
        Submission = row.Int64(1),
        State = (DeliveryState)row.Int32(2),
        Due = row.Int64(3),
        NextAt = row.Int64(4),
        Since = row.Int64(5),
        HoldUntil = row.NullableInt64(6),
        LeaseOwner = row.NullableText(7),
        Fence = row.Int64(8),
        Attempts = row.Int32(9),
        Copy = (CopyKind)row.Int32(10),
        Action = (PolicyAction)row.Int32(11),
        Duplicate = row.Bool(12),
        ReleasedAt = row.NullableInt64(13),
        Stopped = row.Bool(14),
        First = row.Int32(15),
        Last = row.Int32(16),
        Rules = row.NullableText(17),
        Approvers = row.NullableText(18),
        Needed = row.Int32(19),
        Deadline = row.NullableInt64(20),
        AtDeadline = (AtDeadline)row.Int32(21),
        EscalateTo = row.NullableText(22),
        Escalated = row.Bool(23),
    };

    private static Submission ReadSubmission(SqliteDatabase database, long key)
    {
        var row = database[s_submission].Add(key);
        if (!row.Step())
        {
            throw new StoreException($"sekisho.db is damaged: submission {key} has no row");
        }

        var submission = new Submission
        {
            Id = row.Text(0),
            Origin = (SubmissionOrigin)row.Int32(1),
            ReceivedAt = row.Time(2),
            MailFrom = row.Text(3),
            Size = row.Int64(4),
            Digest = row.Text(5),
            EightBit = row.Bool(6),
            SmtpUtf8 = row.Bool(7),
            Ret = row.NullableText(8),
            EnvelopeId = row.NullableText(9),
            Client = row.Text(10),
            User = row.NullableText(11),
            About = row.NullableText(12),
            Subject = row.Text(13),
            PolicyVersion = row.NullableText(15),
            Body = new StoredBody(row.Bytes(16).ToArray(), row.NullableText(14)),
        };
        row.Reset();
        return submission;
    }

    private static List<StoredRecipient> PendingRecipients(SqliteDatabase database, DeliveryRow delivery)
    {
        var recipients = new List<StoredRecipient>(delivery.First == delivery.Last ? 1 : 4);
        var row = database[s_pendingRecipients].Add(delivery.Submission).Add(delivery.First).Add(delivery.Last).Add(delivery.Id);
        while (row.Step())
        {
            recipients.Add(new StoredRecipient(row.Int32(0), row.Text(1), row.NullableText(2), row.NullableText(3)) { Seal = row.Bytes(4).ToArray() });
        }

        return recipients;
    }

    private static Delivery AsDelivery(DeliveryRow row, Submission submission, IReadOnlyList<StoredRecipient> recipients) => new()
    {
        Id = row.Id,
        Submission = submission,
        State = row.State,
        Copy = row.Copy,
        Recipients = recipients,
        Attempts = row.Attempts,
        PossibleDuplicate = row.Duplicate,
        ReleasedAt = row.ReleasedAt is { } released ? DateTimeOffset.FromUnixTimeMilliseconds(released) : null,
        Lease = row.LeaseOwner is { } owner ? new Lease(row.Id, owner, row.Fence) : null,
    };

    /// <summary>A delivery's row as it stands.</summary>
    private sealed record DeliveryRow
    {
        public required long Id { get; init; }
        public required long Submission { get; init; }
        public required DeliveryState State { get; init; }
        public required long Due { get; init; }
        public required long NextAt { get; init; }
        public required long Since { get; init; }
        public required long? HoldUntil { get; init; }
        public required string? LeaseOwner { get; init; }
        public required long Fence { get; init; }
        public required int Attempts { get; init; }
        public required CopyKind Copy { get; init; }
        public required PolicyAction Action { get; init; }
        public required bool Duplicate { get; init; }
        public required long? ReleasedAt { get; init; }
        public required bool Stopped { get; init; }
        public required int First { get; init; }
        public required int Last { get; init; }
        public required string? Rules { get; init; }
        public required string? Approvers { get; init; }
        public int Needed { get; init; } = 1;
        public long? Deadline { get; init; }
        public AtDeadline AtDeadline { get; init; }
        public string? EscalateTo { get; init; }
        public bool Escalated { get; init; }

        public bool IsHeldBy(Lease lease) => Fence == lease.Fence && string.Equals(LeaseOwner, lease.Owner, StringComparison.Ordinal);
    }
}
