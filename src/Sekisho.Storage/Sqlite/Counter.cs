namespace Sekisho.Storage.Sqlite;

/// <summary>Numbers kept up to date inside the transactions, because counting a million rows for a status page is too slow. The values are stored: never renumber.</summary>
internal enum Counter
{
    /// <summary>Transactions that changed something, of every process.</summary>
    Commits = 0,
    Submissions = 1,
    Delivered = 2,
    Bounced = 3,
    Cancelled = 4,
    Refused = 5,
    Expired = 6,
    PossibleDuplicates = 7,
    Gatherings = 8,

    /// <summary>Events of the audit trail; the chain alone cannot show that its end was cut off.</summary>
    AuditEvents = 9,

    /// <summary>Mails learnt from, of the whole organisation.</summary>
    LearntMails = 10,
}
