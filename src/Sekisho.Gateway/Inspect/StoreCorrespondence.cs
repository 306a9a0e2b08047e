using Sekisho.Inspection;
using Sekisho.Storage;

namespace Sekisho.Gateway.Inspect;

/// <summary>The store's correspondence as the rules ask for it.</summary>
/// <remarks>Rules are plain functions on a thread of their own (the inspection's), so waiting for the embedded store here holds up nobody else.</remarks>
public sealed class StoreCorrespondence(IStore store) : ICorrespondence
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => Wait(store.GatheringsOfAsync(addressKeys, CancellationToken.None));

    /// <inheritdoc/>
    public CorrespondenceView Look(CorrespondenceQuestion question) => Wait(store.LookAsync(question, CancellationToken.None));

    /// <inheritdoc/>
    public IReadOnlyList<Contact> Alike(AlikeQuestion question) => Wait(store.AlikeAsync(question, CancellationToken.None));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> RoundsOf(IReadOnlyCollection<string> keys) => Wait(store.RoundsOfAsync(keys, CancellationToken.None));

    /// <inheritdoc/>
    public ScoreCurve Curve(string rule) => Wait(store.CurveAsync(rule, CancellationToken.None));

#pragma warning disable VSTHRD002 // see the remark
    private static T Wait<T>(Task<T> answer) => answer.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}

/// <summary>Nobody knows anybody; for <c>check</c> without a store.</summary>
public sealed class EmptyCorrespondence : ICorrespondence
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
        => new Dictionary<string, IReadOnlyList<long>>();
}
