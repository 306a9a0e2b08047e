using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Search;

/// <summary>A store, driven through its public methods, and the index beside it.</summary>
public abstract class IndexTest : IAsyncLifetime
{
    private readonly TestDirectory _directory = new();

    protected static CancellationToken None => CancellationToken.None;

    protected ManualTime Time { get; } = new();

    protected string DataDirectory => _directory.Path;

    protected string IndexPath => Path.Combine(DataDirectory, "search.db");

    protected IStore Store { get; private set; } = null!;

    protected IMailIndex Index { get; private set; } = null!;

    /// <summary>What the index told the administrator.</summary>
    protected List<string> Said { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Store = await SqliteStore.OpenAsync(DataDirectory, Time, None);
        OpenIndex();
    }

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        await Store.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void OpenIndex() => Index = MailIndex.Open(DataDirectory, Time, Said.Add);

    protected async Task ReopenIndexAsync()
    {
        await Index.DisposeAsync();
        OpenIndex();
    }

    protected async Task ReopenStoreAsync(Action between)
    {
        await Store.DisposeAsync();
        between();
        Store = await SqliteStore.OpenAsync(DataDirectory, Time, None);
    }

    /// <summary>Searches when everything written so far is taken in, with all the time it needs.</summary>
    protected async Task<MailPage> SearchAsync(MailQuery query)
    {
        await Index.CatchUpAsync(null, None);
        return await Index.SearchAsync(query with { Patience = TimeSpan.FromSeconds(5) }, None);
    }

    protected async Task<IEnumerable<string>> IdsAsync(MailQuery query) => (await SearchAsync(query)).Rows.Select(row => row.Id);

    /// <summary>A mail that is looked at: its plans lead where the states say, one recipient each.</summary>
    protected async Task<(string Id, IReadOnlyList<Delivery> Ready)> MailAsync(string from, string subject, IReadOnlyList<string> to, DeliveryState state = DeliveryState.Ready, params string[] rules)
    {
        var mail = Mail.New(Time, from: from) with { Recipients = [.. to.Select((address, i) => new StoredRecipient(i, address, null, null))] };
        var delivery = await Store.AcceptAsync(mail);
        var plan = Mail.Plan(state, [.. Enumerable.Range(0, to.Count)]) with { Rules = state == DeliveryState.Ready ? [] : rules };
        var ready = await Store.InspectAsync(delivery, Mail.Record(plan) with { Subject = subject, Findings = [.. rules.Select(rule => Mail.Finding(rule))] });
        return (mail.Id, ready);
    }
}
