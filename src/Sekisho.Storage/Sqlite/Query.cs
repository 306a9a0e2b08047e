namespace Sekisho.Storage.Sqlite;

/// <summary>One SQL text. Its index is where a connection keeps the statement prepared from it, so that a lookup costs an array read.</summary>
internal sealed class Query(string sql)
{
    private static int s_count = -1;

    public string Sql { get; } = sql;

    public int Index { get; } = Interlocked.Increment(ref s_count);
}
