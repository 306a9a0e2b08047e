using Sekisho.Inspection;
using Sekisho.Inspection.Tests;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>What every correspondence answers, answered from a store's file.</summary>
public sealed class PlainCorrespondence : CorrespondenceContract
{
    protected override ICorrespondenceBook Open() => new StoredBook(AddressForm.Plain);
}

/// <summary>The same where addresses stand hashed.</summary>
public sealed class HashedCorrespondence : CorrespondenceContract
{
    protected override bool NamesPeople => false;

    protected override ICorrespondenceBook Open() => new StoredBook(AddressForm.Hashed);
}

/// <summary>A store in a directory of its own, asked as the rules ask.</summary>
internal sealed class StoredBook : ICorrespondenceBook, ICorrespondence
{
    private readonly TestDirectory _directory = new();
    private readonly IStore _store;

    public StoredBook(AddressForm form)
    {
        _store = Wait(SqliteStore.OpenAsync(_directory.Path, TimeProvider.System, CancellationToken.None));
        while (Wait(_store.KeepAddressesAsync(form, CancellationToken.None)))
        {
        }
    }

    public IStore Store => _store;

    public ICorrespondence Asked => this;

    public void Learn(params IReadOnlyList<LearntMail> mails) => Wait(_store.LearnAsync(mails, CancellationToken.None));

    public void AddScore(string rule, int score)
    {
        var bins = new long[ScoreCurve.Empty.Bins.Count];
        bins[ScoreCurve.BinOf(score)] = 1;
        Wait(_store.AddScoresAsync(new Dictionary<string, ScoreCurve> { [rule] = new(bins) }, CancellationToken.None));
    }

    public int Forget(string addressOrDomain) => Wait(_store.ForgetAsync(addressOrDomain, "admin", CancellationToken.None));

    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => Wait(_store.GatheringsOfAsync(addressKeys, CancellationToken.None));

    public CorrespondenceView Look(CorrespondenceQuestion question) => Wait(_store.LookAsync(question, CancellationToken.None));

    public IReadOnlyList<Contact> Alike(AlikeQuestion question) => Wait(_store.AlikeAsync(question, CancellationToken.None));

    public IReadOnlyDictionary<string, int> RoundsOf(IReadOnlyCollection<string> keys) => Wait(_store.RoundsOfAsync(keys, CancellationToken.None));

    public ScoreCurve Curve(string rule) => Wait(_store.CurveAsync(rule, CancellationToken.None));

    public void Dispose()
    {
        Wait(_store.DisposeAsync().AsTask());
        _directory.Dispose();
    }

#pragma warning disable VSTHRD002, xUnit1031 // the contract asks as the rules do: on a thread of their own
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002, xUnit1031
}
