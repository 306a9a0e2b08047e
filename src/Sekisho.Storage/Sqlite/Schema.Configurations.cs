namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Configurations put in force from the console, and what somebody is about to put in force.
    private const string Configurations = """
        CREATE TABLE configuration(
          n INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          by TEXT NOT NULL,
          text TEXT NOT NULL,
          policy TEXT NOT NULL,
          note TEXT NOT NULL) STRICT;

        CREATE TABLE configuration_draft(
          author TEXT PRIMARY KEY,
          at INTEGER NOT NULL,
          base TEXT NOT NULL,
          text TEXT NOT NULL,
          looked_at TEXT,
          result TEXT) STRICT;
        """;
}
