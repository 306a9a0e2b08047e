using Sekisho.Inspection;
using Sekisho.Storage;

namespace Sekisho.Gateway.Inspect;

/// <summary>The store's gatherings as the rules ask for them.</summary>
public sealed class StoreCorrespondence(IStore store) : ICorrespondence
{
    /// <inheritdoc/>
    /// <remarks>Rules are plain functions on a thread of their own (the inspection's), so waiting for the embedded store here holds up nobody else.</remarks>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
#pragma warning disable VSTHRD002 // see the remark
        => store.GatheringsOfAsync(addressKeys, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}

/// <summary>Nobody knows anybody; for <c>check</c> without a store.</summary>
public sealed class EmptyCorrespondence : ICorrespondence
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
        => new Dictionary<string, IReadOnlyList<long>>();
}
