namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_insertSubmission = new("""
        INSERT INTO submission(id, origin, received_at, mail_from, sender, size, digest, eight_bit, smtp_utf8, ret, envelope_id, client, user, about, subject, spool)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """);

    private static readonly Query s_insertBody = new("INSERT INTO body(submission, bytes) VALUES(?,?)");

    private static readonly Query s_insertRecipient = new("""
        INSERT INTO recipient(submission, ordinal, address, notify, original, seal, delivery, action, outcome, duplicate) VALUES(?,?,?,?,?,?,?,0,0,0)
        """);

    private static readonly Query s_insertDelivery = new("""
        INSERT INTO delivery(submission, state, due, next_at, since, hold_until, lease_owner, fence, attempts, copy, action, stopped, first, last, rules, approvers,
          needed, deadline, at_deadline, escalate_to)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """);

    public Task<Delivery> AcceptAsync(NewSubmission submission, string? leaseOwner, TimeSpan leaseFor, CancellationToken cancel)
    {
        Check(submission);
        return WriteAsync(
            transaction =>
            {
                var accepted = Accept(transaction, submission, leaseOwner, leaseFor);
                Failpoints.Hit("store.accept.in-tx");
                return accepted;
            },
            cancel);
    }

    /// <summary>What the database cannot check by itself. Throws <see cref="ArgumentException"/> for a caller's mistake, <see cref="StoreException"/> for a body that is not there.</summary>
    private void Check(NewSubmission submission)
    {
        if (submission.Recipients.Count == 0)
        {
            throw new ArgumentException("a submission needs a recipient", nameof(submission));
        }

        for (var i = 0; i < submission.Recipients.Count; i++)
        {
            if (submission.Recipients[i].Ordinal != i)
            {
                throw new ArgumentException("recipients are numbered from 0 in the envelope's order", nameof(submission));
            }
        }

        if (submission.Body.SpoolName is not { } name)
        {
            if (submission.Body.Inline.Length != submission.Size)
            {
                throw new ArgumentException($"the body has {submission.Body.Inline.Length} bytes, the submission says {submission.Size}", nameof(submission));
            }
        }
        else if (!_spool.Holds(name, submission.Size))
        {
            throw new StoreException($"spool file {name} is missing or has not the {submission.Size} bytes it should have");
        }
    }

    private static Delivery Accept(WriteTransaction transaction, NewSubmission submission, string? leaseOwner, TimeSpan leaseFor)
    {
        var now = transaction.Now;
        var own = submission.Origin == SubmissionOrigin.Gateway;
        var spool = submission.Body.SpoolName;
        transaction[s_insertSubmission]
            .Add(submission.Id).Add((int)submission.Origin).Add(Milliseconds(submission.ReceivedAt)).Add(submission.MailFrom).Add(Fold(submission.MailFrom))
            .Add(submission.Size).Add(submission.Digest).Add(submission.EightBit).Add(submission.SmtpUtf8).Add(submission.Ret).Add(submission.EnvelopeId)
            .Add(submission.Client).Add(submission.User).Add(submission.About).Add(submission.Subject).Add(spool).Run();
        var key = transaction.Database.LastInsertRowId;
        if (spool is null)
        {
            transaction[s_insertBody].Add(key).Add(submission.Body.Inline.Span).Run();
        }

        var state = own ? DeliveryState.Ready : DeliveryState.Inspecting;
        var leased = leaseOwner is not null;
        var due = leased ? now + (long)leaseFor.TotalMilliseconds : now;
        var attempts = leased && own ? 1 : 0;
        var id = InsertDelivery(transaction, new NewDelivery(key, state, due, now, leaseOwner, attempts, CopyKind.Original, 0, submission.Recipients.Count - 1));
        if (attempts > 0)
        {
            BeginAttempt(transaction, id, attempts, 1, leaseOwner!);
        }

        var recipients = new StoredRecipient[submission.Recipients.Count];
        for (var i = 0; i < recipients.Length; i++)
        {
            var recipient = submission.Recipients[i];
            var seal = RecipientSeal.Compute(submission.Id, i, recipient.Address, submission.Digest);
            transaction[s_insertRecipient].Add(key).Add(i).Add(recipient.Address).Add(recipient.Notify).Add(recipient.OriginalRecipient).Add(seal).Add(id).Run();
            recipients[i] = recipient with { Seal = seal };
        }

        transaction.Count(Counter.Submissions);
        transaction.Audit("accepted", key, submission.Id, id, own ? "gateway" : submission.User ?? submission.MailFrom, AcceptedDetail(submission));
        return new Delivery
        {
            Id = id,
            Submission = AsStored(submission),
            State = state,
            Copy = CopyKind.Original,
            Recipients = recipients,
            Attempts = attempts,
            Lease = leased ? new Lease(id, leaseOwner!, 1) : null,
        };
    }

    /// <summary>Few recipients are named in the event; of many, how many and the digest of the list, so that one event stays one event.</summary>
    private static string AcceptedDetail(NewSubmission submission) => Json(writer =>
    {
        writer.WriteString("from", submission.MailFrom);
        writer.WriteNumber("size", submission.Size);
        writer.WriteString("digest", submission.Digest);
        writer.WriteString("client", submission.Client);
        if (submission.About is { } about)
        {
            writer.WriteString("about", about);
        }

        WriteAddresses(writer, submission.Recipients.Count, submission.Recipients.Select(recipient => recipient.Address));
    });

    private static Submission AsStored(NewSubmission submission) => new()
    {
        Id = submission.Id,
        Origin = submission.Origin,
        ReceivedAt = submission.ReceivedAt,
        MailFrom = submission.MailFrom,
        Body = submission.Body,
        Size = submission.Size,
        Digest = submission.Digest,
        EightBit = submission.EightBit,
        SmtpUtf8 = submission.SmtpUtf8,
        Ret = submission.Ret,
        EnvelopeId = submission.EnvelopeId,
        Client = submission.Client,
        User = submission.User,
        About = submission.About,
        Subject = submission.Subject,
    };

    /// <summary>The form of a sender's address that stop orders compare.</summary>
    private static string Fold(string address) => address.ToLowerInvariant();

    private static long InsertDelivery(WriteTransaction transaction, NewDelivery delivery)
    {
        transaction[s_insertDelivery]
            .Add(delivery.Submission).Add((int)delivery.State).Add(delivery.Due).Add(delivery.NextAt).Add(transaction.Now).Add(delivery.HoldUntil)
            .Add(delivery.LeaseOwner).Add(delivery.LeaseOwner is null ? 0L : 1L).Add(delivery.Attempts).Add((int)delivery.Copy).Add((int)delivery.Action)
            .Add(delivery.Stopped).Add(delivery.First).Add(delivery.Last).Add(delivery.Rules).Add(delivery.Approvers)
            .Add(delivery.Needed).Add(delivery.Deadline).Add((int)delivery.AtDeadline).Add(delivery.EscalateTo).Run();
        return transaction.Database.LastInsertRowId;
    }

    /// <summary>A delivery's row to be. Leased ones begin with fence 1.</summary>
    private sealed record NewDelivery(long Submission, DeliveryState State, long Due, long NextAt, string? LeaseOwner, int Attempts, CopyKind Copy, int First, int Last)
    {
        public Sekisho.Policy.PolicyAction Action { get; init; }
        public long? HoldUntil { get; init; }
        public bool Stopped { get; init; }
        public string? Rules { get; init; }
        public string? Approvers { get; init; }
        public int Needed { get; init; } = 1;
        public long? Deadline { get; init; }
        public AtDeadline AtDeadline { get; init; }
        public string? EscalateTo { get; init; }

        /// <summary>One that waits for the same, on the same terms, for other recipients.</summary>
        public static NewDelivery Like(DeliveryRow row, long submission, string? leaseOwner, int first, int last) => new(submission, row.State, row.Due, row.NextAt, leaseOwner, row.Attempts, row.Copy, first, last)
        {
            Action = row.Action,
            HoldUntil = row.HoldUntil,
            Stopped = row.Stopped,
            Rules = row.Rules,
            Approvers = row.Approvers,
            Needed = row.Needed,
            Deadline = row.Deadline,
            AtDeadline = row.AtDeadline,
            EscalateTo = row.EscalateTo,
        };
    }
}
