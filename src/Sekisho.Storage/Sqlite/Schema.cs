using Sekisho.Storage.Correspondence;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// The tables, as a list of steps: step N brings a database of version N-1 to version N (<c>PRAGMA user_version</c>).
/// A step that has been released is never edited; a change is a new step.
/// Everything is keyed by integers that only grow, so that writing appends; the 26-character name stands in the submission's row alone.
/// </summary>
internal static partial class Schema
{
    /// <summary>"SKSH": tells a file of ours from any other SQLite file.</summary>
    public const int ApplicationId = 0x534B5348;

    /// <summary>The steps in order.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [First, Accounts, Approvals, Configurations, Correspondence, Imports, Lessons];

    // Times are unix milliseconds. In delivery, `due` is the moment the row becomes available to whoever asks: its next attempt
    // when nobody holds it, the end of the lease when somebody does. One partial index over it answers all work queues, and
    // leaves out what is done, so that a million finished mails cost nothing.
    private const string First = """
        CREATE TABLE counter(
          id INTEGER PRIMARY KEY,
          value INTEGER NOT NULL) STRICT;

        CREATE TABLE policy(
          n INTEGER PRIMARY KEY,
          version TEXT NOT NULL UNIQUE,
          at INTEGER NOT NULL,
          text TEXT NOT NULL) STRICT;

        CREATE TABLE submission(
          n INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          origin INTEGER NOT NULL,
          received_at INTEGER NOT NULL,
          mail_from TEXT NOT NULL,
          sender TEXT NOT NULL,
          size INTEGER NOT NULL,
          digest TEXT NOT NULL,
          eight_bit INTEGER NOT NULL,
          smtp_utf8 INTEGER NOT NULL,
          ret TEXT,
          envelope_id TEXT,
          client TEXT NOT NULL,
          user TEXT,
          about TEXT,
          subject TEXT NOT NULL,
          message_id TEXT,
          policy INTEGER REFERENCES policy(n),
          inspected_at INTEGER,
          spool TEXT,
          purged_at INTEGER) STRICT;
        CREATE INDEX submission_spool ON submission(spool) WHERE spool IS NOT NULL;
        CREATE INDEX submission_large ON submission(n) WHERE spool IS NOT NULL;

        CREATE TABLE body(
          submission INTEGER PRIMARY KEY REFERENCES submission(n),
          bytes BLOB NOT NULL) STRICT;

        CREATE TABLE finding(
          submission INTEGER PRIMARY KEY REFERENCES submission(n),
          json TEXT NOT NULL) STRICT;

        CREATE TABLE delivery(
          n INTEGER PRIMARY KEY,
          submission INTEGER NOT NULL REFERENCES submission(n),
          state INTEGER NOT NULL,
          due INTEGER NOT NULL,
          next_at INTEGER NOT NULL,
          since INTEGER NOT NULL,
          hold_until INTEGER,
          lease_owner TEXT,
          fence INTEGER NOT NULL DEFAULT 0,
          attempts INTEGER NOT NULL DEFAULT 0,
          copy INTEGER NOT NULL,
          action INTEGER NOT NULL,
          duplicate INTEGER NOT NULL DEFAULT 0,
          released_at INTEGER,
          stopped INTEGER NOT NULL DEFAULT 0,
          first INTEGER NOT NULL,
          last INTEGER NOT NULL,
          rules TEXT,
          approvers TEXT) STRICT;
        CREATE INDEX delivery_work ON delivery(state, due) WHERE state < 5;
        CREATE INDEX delivery_timer ON delivery(hold_until) WHERE state = 2 AND hold_until IS NOT NULL AND stopped = 0;

        CREATE TABLE recipient(
          submission INTEGER NOT NULL REFERENCES submission(n),
          ordinal INTEGER NOT NULL,
          address TEXT NOT NULL,
          notify TEXT,
          original TEXT,
          seal BLOB NOT NULL,
          delivery INTEGER NOT NULL,
          action INTEGER NOT NULL,
          outcome INTEGER NOT NULL,
          duplicate INTEGER NOT NULL,
          reply TEXT,
          PRIMARY KEY(submission, ordinal)) STRICT, WITHOUT ROWID;

        CREATE TABLE attempt(
          delivery INTEGER NOT NULL REFERENCES delivery(n),
          number INTEGER NOT NULL,
          fence INTEGER NOT NULL,
          owner TEXT NOT NULL,
          begun_at INTEGER NOT NULL,
          ended_at INTEGER,
          result TEXT,
          PRIMARY KEY(delivery, number)) STRICT, WITHOUT ROWID;

        CREATE TABLE decision(
          n INTEGER PRIMARY KEY,
          delivery INTEGER NOT NULL REFERENCES delivery(n),
          at INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          by TEXT NOT NULL,
          digest TEXT NOT NULL,
          reason TEXT,
          individually TEXT) STRICT;
        CREATE INDEX decision_delivery ON decision(delivery);

        CREATE TABLE stop_order(
          sender TEXT PRIMARY KEY,
          by TEXT NOT NULL,
          since INTEGER NOT NULL) STRICT;

        CREATE TABLE recent(
          submission INTEGER PRIMARY KEY REFERENCES submission(n),
          at INTEGER NOT NULL,
          sender TEXT NOT NULL,
          template TEXT NOT NULL,
          json TEXT NOT NULL) STRICT;
        CREATE INDEX recent_at ON recent(at);

        CREATE TABLE address(
          n INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE gathering(
          n INTEGER PRIMARY KEY,
          digest BLOB NOT NULL UNIQUE,
          first_at INTEGER NOT NULL,
          last_at INTEGER NOT NULL,
          times INTEGER NOT NULL,
          size INTEGER NOT NULL) STRICT;

        CREATE TABLE member(
          address INTEGER NOT NULL REFERENCES address(n),
          gathering INTEGER NOT NULL REFERENCES gathering(n),
          PRIMARY KEY(address, gathering)) STRICT, WITHOUT ROWID;

        CREATE TABLE audit(
          number INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          kind TEXT NOT NULL,
          submission INTEGER REFERENCES submission(n),
          delivery INTEGER,
          by TEXT NOT NULL,
          detail TEXT NOT NULL,
          hash BLOB NOT NULL) STRICT;
        CREATE INDEX audit_submission ON audit(submission) WHERE submission IS NOT NULL;
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        """;

    /// <summary>
    /// Brings the database up to the last of <paramref name="migrations"/>, each step in a transaction of its own. Throws
    /// <see cref="StoreException"/> for a database of a newer version or of another program.
    /// </summary>
    public static void Migrate(SqliteDatabase database, IReadOnlyList<string> migrations)
    {
        while (true)
        {
            // Asked under the write lock: another process may be migrating at this very moment.
            database.Execute("BEGIN IMMEDIATE");
            try
            {
                var version = Version(database);
                if (version > migrations.Count)
                {
                    throw new StoreException($"sekisho.db has schema version {version}, this program knows up to {migrations.Count}: use the newer program, or restore a copy from before the upgrade");
                }

                if (version == 0 && database.ScalarOnce("SELECT count(*) FROM sqlite_schema") > 0)
                {
                    throw new StoreException("sekisho.db is a database of another program: move it away or choose another data directory");
                }

                if (version == migrations.Count)
                {
                    database.Execute("ROLLBACK");
                    return;
                }

                database.Execute(migrations[version]);
                if (ReferenceEquals(migrations[version], Correspondence))
                {
                    CarriedOver.Take(database);
                }

                database.Execute($"PRAGMA application_id={ApplicationId}; PRAGMA user_version={version + 1}");
                database.Execute("COMMIT");
            }
            catch
            {
                if (database.InTransaction)
                {
                    database.Execute("ROLLBACK");
                }

                throw;
            }
        }
    }

    /// <summary>The database's schema version; 0 for a new file.</summary>
    public static int Version(SqliteDatabase database) => (int)(database.ScalarOnce("PRAGMA user_version") ?? 0);
}
