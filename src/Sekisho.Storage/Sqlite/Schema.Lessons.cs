namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // What a mail teaches that has not left yet: it may still be taken back. As JSON, gone as soon as it is taught or taken back, or with the mail's body where it never left.
    private const string Lessons = """
        CREATE TABLE lesson(
          submission INTEGER PRIMARY KEY REFERENCES submission(n),
          mail TEXT NOT NULL) STRICT;
        """;
}
