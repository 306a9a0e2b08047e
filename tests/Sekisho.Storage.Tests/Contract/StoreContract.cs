namespace Sekisho.Storage.Tests.Contract;

/// <summary>A place one test has to itself: a directory, a database. Opening it again is a second process beside the first, or a restart.</summary>
public interface IStorePlace : IDisposable
{
    Task<IStore> OpenAsync(TimeProvider time);
}

/// <summary>
/// What every database must do. A database joins by a place of its own and one line for each class here
/// (<c>public sealed class SqliteMainRoad : MainRoad&lt;SqlitePlace&gt;;</c>).
/// </summary>
public abstract class StoreContract<TPlace> : IAsyncLifetime
    where TPlace : IStorePlace, new()
{
    private readonly List<IStore> _opened = [];

    protected static CancellationToken None => CancellationToken.None;

    protected TPlace Place { get; } = new();

    protected ManualTime Time { get; } = new();

    protected IStore Store { get; private set; } = null!;

    /// <summary>Opens the place once more beside what is open already.</summary>
    protected async Task<IStore> OpenAsync()
    {
        var store = await Place.OpenAsync(Time);
        _opened.Add(store);
        return store;
    }

    protected async Task<IStore> RestartAsync()
    {
        await Store.DisposeAsync();
        return Store = await OpenAsync();
    }

    protected async Task<SubmissionDetail> DetailAsync(string submission) => (await Store.FindSubmissionAsync(submission, None))!;

    protected async Task<IEnumerable<string>> EventsAsync(string submission) => (await DetailAsync(submission)).Events.Select(one => one.Kind);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }

        Place.Dispose();
        GC.SuppressFinalize(this);
    }
}
