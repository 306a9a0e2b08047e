namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Who may sign in.
    private const string Accounts = """
        SELECT 1;
        """;
}
