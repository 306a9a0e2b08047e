namespace Sekisho.Mime;

/// <summary>What a message and all messages embedded in it share: the limits, and what is left of them.</summary>
internal sealed class ReaderBudget(MimeLimits limits)
{
    /// <summary>Deeper nesting than this would not fit the reader's own stack, whatever is configured.</summary>
    private const int DeepestPossible = 500;

    public MimeLimits Limits { get; } = limits;

    public int MaxDepth { get; } = Math.Min(limits.MaxDepth, DeepestPossible);

    public int EntitiesLeft { get; set; } = limits.MaxEntities;

    public long EmbeddedBytesLeft { get; set; } = limits.MaxEmbeddedBytes;

    public bool LimitNoted { get; set; }
}
