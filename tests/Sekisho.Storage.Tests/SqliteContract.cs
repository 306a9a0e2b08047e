using Sekisho.Storage.Tests.Contract;

namespace Sekisho.Storage.Tests;

/// <summary>A directory with an embedded store in it.</summary>
public sealed class SqlitePlace : IStorePlace
{
    private readonly TestDirectory _directory = new();

    public string Directory => _directory.Path;

    public Task<IStore> OpenAsync(TimeProvider time) => SqliteStore.OpenAsync(_directory.Path, time, CancellationToken.None);

    public void Dispose() => _directory.Dispose();
}

public sealed class SqliteMainRoad : MainRoad<SqlitePlace>;

public sealed class SqliteLeasing : Leasing<SqlitePlace>;

public sealed class SqliteInspecting : Inspecting<SqlitePlace>;

public sealed class SqliteAttempting : Attempting<SqlitePlace>;

public sealed class SqliteDeciding : Deciding<SqlitePlace>;

public sealed class SqliteApproving : Approving<SqlitePlace>;

public sealed class SqliteStopping : Stopping<SqlitePlace>;

public sealed class SqliteConfiguring : Configuring<SqlitePlace>;

public sealed class SqlitePaging : Paging<SqlitePlace>;

public sealed class SqliteAuditTrail : AuditTrail<SqlitePlace>;

public sealed class SqliteRemembering : Remembering<SqlitePlace>;

public sealed class SqliteImporting : Importing<SqlitePlace>;

public sealed class SqliteBodies : Bodies<SqlitePlace>;

public sealed class SqliteManyAtOnce : ManyAtOnce<SqlitePlace>;

public sealed class SqliteTwoProcesses : TwoProcesses<SqlitePlace>;

public sealed class SqliteAccounts : Accounts<SqlitePlace>
{
    protected override Task<IReadOnlyList<string>> WrittenAsync()
    {
        using var database = Storage.Sqlite.SqliteDatabase.OpenReader(Path.Combine(Place.Directory, "sekisho.db"));
        var rows = database[new Storage.Sqlite.Query("SELECT kind || ' ' || by || ' ' || detail FROM audit")];
        var details = new List<string>();
        while (rows.Step())
        {
            details.Add(rows.Text(0));
        }

        return Task.FromResult<IReadOnlyList<string>>(details);
    }
}

public sealed class SqliteHeldPages : HeldPages<SqlitePlace>;
