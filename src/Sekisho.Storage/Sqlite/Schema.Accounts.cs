namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Who may sign in. Of secrets that others hold (cookies, keys, recovery codes) only digests are kept; `secret` holds the console's own.
    private const string Accounts = """
        CREATE TABLE account(
          n INTEGER PRIMARY KEY,
          address TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          roles TEXT,
          scopes TEXT,
          password TEXT,
          totp TEXT,
          totp_step INTEGER NOT NULL,
          language TEXT,
          disabled INTEGER NOT NULL,
          failures INTEGER NOT NULL,
          locked_until INTEGER,
          created_at INTEGER NOT NULL,
          last_sign_in INTEGER) STRICT;

        CREATE TABLE recovery_code(
          account INTEGER NOT NULL REFERENCES account(n),
          digest TEXT NOT NULL,
          PRIMARY KEY(account, digest)) STRICT, WITHOUT ROWID;

        CREATE TABLE session(
          digest TEXT PRIMARY KEY,
          account INTEGER NOT NULL REFERENCES account(n),
          created_at INTEGER NOT NULL,
          seen_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          client TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX session_account ON session(account, created_at);
        CREATE INDEX session_end ON session(expires_at);

        CREATE TABLE token(
          n INTEGER PRIMARY KEY AUTOINCREMENT,
          digest TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          account INTEGER NOT NULL REFERENCES account(n),
          scopes TEXT,
          created_at INTEGER NOT NULL,
          expires_at INTEGER,
          last_used INTEGER) STRICT;
        CREATE INDEX token_account ON token(account);

        CREATE TABLE secret(
          name TEXT PRIMARY KEY,
          bytes BLOB NOT NULL) STRICT;

        CREATE TABLE account_change(
          id INTEGER PRIMARY KEY CHECK(id = 1),
          number INTEGER NOT NULL) STRICT;
        INSERT INTO account_change(id, number) VALUES(1, 0);
        """;
}
