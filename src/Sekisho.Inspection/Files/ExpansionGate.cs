namespace Sekisho.Inspection;

/// <summary>
/// Bounds what looking into files holds in memory over all mails looked at together. A mail that holds little goes on freely; beyond
/// <see cref="Small"/> it needs one of a few places, beyond <see cref="Large"/> the one place for giants besides. The places are always taken in
/// this order and the one who has the last waits for nobody, so that no two mails can wait for each other.
/// </summary>
internal sealed class ExpansionGate(int places = 4) : IDisposable
{
    /// <summary>Bytes a mail may hold without asking.</summary>
    public const long Small = 4L * 1024 * 1024;

    /// <summary>Bytes a mail may hold with a place among the few.</summary>
    public const long Large = 64L * 1024 * 1024;

    /// <summary>The gate of the process: 4 × 64 MB, and one mail more than that at a time.</summary>
    public static ExpansionGate Shared { get; } = new();

    internal SemaphoreSlim Few { get; } = new(places, places);

    internal SemaphoreSlim One { get; } = new(1, 1);

    /// <summary>What one mail holds; to be disposed when its contents are no longer needed.</summary>
    public ExpansionLease Open(CancellationToken cancel) => new(this, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        Few.Dispose();
        One.Dispose();
    }
}

/// <summary>What one mail holds of the gate. Not for several threads at once.</summary>
internal sealed class ExpansionLease(ExpansionGate gate, CancellationToken cancel) : IDisposable
{
    private bool _few;
    private bool _one;

    /// <summary>Bytes held now.</summary>
    public long Held { get; private set; }

    /// <summary>Holds more; waits for a place where it needs one.</summary>
    /// <exception cref="OperationCanceledException">Time ran out while waiting.</exception>
    public void Grow(long bytes)
    {
        var held = Held + bytes;
        if (held > ExpansionGate.Small && !_few)
        {
            gate.Few.Wait(cancel);
            _few = true;
        }

        if (held > ExpansionGate.Large && !_one)
        {
            gate.One.Wait(cancel);
            _one = true;
        }

        Held = held;
    }

    /// <summary>Holds less.</summary>
    public void Shrink(long bytes)
    {
        Held = Math.Max(0, Held - bytes);
        if (_one && Held <= ExpansionGate.Large)
        {
            _one = false;
            gate.One.Release();
        }

        if (_few && !_one && Held <= ExpansionGate.Small)
        {
            _few = false;
            gate.Few.Release();
        }
    }

    /// <summary>Gives everything back.</summary>
    public void Dispose() => Shrink(Held);
}
