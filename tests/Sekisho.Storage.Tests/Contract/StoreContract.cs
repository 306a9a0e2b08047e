namespace Sekisho.Storage.Tests.Contract;

/// <summary>
/// What every database must do. A database joins by deriving from <see cref="StoreContract"/> classes with a factory; <see cref="OpenAsync"/>
/// may be called again on the same place, as a second process beside the first or after a restart.
/// </summary>
public abstract class StoreContract : IAsyncLifetime
{
    private readonly List<IStore> _opened = [];

    protected static CancellationToken None => CancellationToken.None;

    protected ManualTime Time { get; } = new();

    protected IStore Store { get; private set; } = null!;

    /// <summary>Opens the place this test has to itself.</summary>
    protected abstract Task<IStore> OpenPlaceAsync(TimeProvider time);

    protected async Task<IStore> OpenAsync()
    {
        var store = await OpenPlaceAsync(Time);
        _opened.Add(store);
        return store;
    }

    protected async Task<IStore> RestartAsync()
    {
        await Store.DisposeAsync();
        return Store = await OpenAsync();
    }

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
