namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Archives of past mail that were learnt from: how many of each one's lessons are in, so that none counts twice.
    private const string Imports = """
        CREATE TABLE import(
          archive TEXT PRIMARY KEY,
          mails INTEGER NOT NULL,
          finished_at INTEGER) STRICT, WITHOUT ROWID;
        """;
}
