using Sekisho.Storage.Tests.Contract;

namespace Sekisho.Storage.Tests;

public sealed class SqliteMainRoad : MainRoad
{
    private readonly TestDirectory _directory = new();

    protected override Task<IStore> OpenPlaceAsync(TimeProvider time) => SqliteStore.OpenAsync(_directory.Path, time, None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }
}
