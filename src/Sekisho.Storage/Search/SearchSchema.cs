using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>
/// The tables of <c>search.db</c>. Nothing in it is kept nowhere else, so there are no migrations: a file of another version is made anew.
/// Mail is numbered as in the store (<c>n</c> grows with acceptance).
/// </summary>
internal static class SearchSchema
{
    /// <summary>"SKSX": tells a file of ours from any other SQLite file.</summary>
    public const int ApplicationId = 0x534B5358;

    /// <summary>Raised with every change of the tables or of what is put into them.</summary>
    public const int Version = 1;

    // `block` and `text` hold 256 mails a row, so that a search reads a few thousand rows and not a million. `share` is what a mail adds to the
    // figures: when it changes, the old share is taken off and the new one added, in the transaction that moves the cursor.
    private const string Tables = """
        CREATE TABLE cursor(one INTEGER PRIMARY KEY CHECK(one = 1), number INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;

        CREATE TABLE mail(
          n INTEGER PRIMARY KEY,
          id TEXT NOT NULL,
          at INTEGER NOT NULL,
          own INTEGER NOT NULL,
          sender TEXT NOT NULL,
          subject TEXT NOT NULL,
          size INTEGER NOT NULL,
          recipients INTEGER NOT NULL,
          first TEXT NOT NULL,
          state INTEGER NOT NULL,
          action INTEGER NOT NULL,
          inspected INTEGER NOT NULL,
          rules TEXT NOT NULL,
          seen INTEGER NOT NULL,
          waits_since INTEGER,
          halted INTEGER NOT NULL,
          share BLOB NOT NULL) STRICT;

        CREATE TABLE block(b INTEGER PRIMARY KEY, slots BLOB NOT NULL) STRICT;
        CREATE TABLE text(b INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE more(n INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(n, part)) STRICT;
        CREATE TABLE rule(k INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE sender(k INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, domain TEXT NOT NULL) STRICT;
        CREATE INDEX sender_domain ON sender(domain);

        CREATE TABLE hour(
          hour INTEGER PRIMARY KEY,
          first INTEGER NOT NULL,
          last INTEGER NOT NULL,
          received INTEGER NOT NULL,
          individual INTEGER NOT NULL,
          held INTEGER NOT NULL,
          approval INTEGER NOT NULL,
          refused INTEGER NOT NULL,
          delivered INTEGER NOT NULL,
          failed INTEGER NOT NULL) STRICT;

        CREATE TABLE rule_hour(
          hour INTEGER NOT NULL,
          rule INTEGER NOT NULL,
          found INTEGER NOT NULL,
          stopped INTEGER NOT NULL,
          overruled INTEGER NOT NULL,
          individually INTEGER NOT NULL,
          cancelled INTEGER NOT NULL,
          approved INTEGER NOT NULL,
          rejected INTEGER NOT NULL,
          waiting INTEGER NOT NULL,
          PRIMARY KEY(hour, rule)) STRICT, WITHOUT ROWID;

        CREATE TABLE decision(
          number INTEGER PRIMARY KEY,
          n INTEGER NOT NULL,
          delivery INTEGER NOT NULL,
          at INTEGER NOT NULL,
          kind TEXT NOT NULL,
          by TEXT NOT NULL,
          waited INTEGER) STRICT;
        CREATE INDEX decision_mail ON decision(n, delivery, kind);
        CREATE INDEX decision_at ON decision(at, kind, by, waited);

        CREATE TABLE mark(what TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY(what, page)) STRICT, WITHOUT ROWID;

        INSERT INTO cursor VALUES(1, 0, zeroblob(32));
        """;

    /// <summary>True when the file is one of ours and of this version; false when it is empty. Throws <see cref="SqliteError"/> when it is damaged.</summary>
    public static bool? Fits(SqliteDatabase database)
    {
        if (database.ScalarOnce("SELECT count(*) FROM sqlite_schema") == 0)
        {
            return null;
        }

        return database.ScalarOnce("PRAGMA application_id") == ApplicationId && database.ScalarOnce("PRAGMA user_version") == Version;
    }

    public static void Create(SqliteDatabase database) =>
        database.Execute($"BEGIN IMMEDIATE; {Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; COMMIT");
}
