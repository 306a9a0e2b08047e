namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Configurations put in force from the console.
    private const string Configurations = """
        SELECT 1;
        """;
}
