namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Several approvers, deadlines, deputies.
    private const string Approvals = """
        SELECT 1;
        """;
}
