namespace Sekisho.Policy;

/// <summary>How the gateway's own lines are written.</summary>
public enum LogFormat
{
    /// <summary>For people: time and sentence.</summary>
    Text,

    /// <summary>For programs: one JSON object a line, every accepted, judged, sent and decided mail among them; numbers and names of submissions, no personal data.</summary>
    Json,
}

/// <summary>The HTTP API (<c>api</c> of the file).</summary>
public sealed record ApiConfig
{
    /// <summary>Requests a minute of one key, all at once or spread.</summary>
    public int Rate { get; init; } = 1200;

    /// <summary>Largest draft that is checked, bytes of the message.</summary>
    public long CheckSize { get; init; } = 10 * 1024 * 1024;
}

/// <summary>What is kept of who writes with whom (<c>correspondence</c> of the file).</summary>
public sealed record CorrespondenceConfig
{
    /// <summary>Addresses stand as keyed hashes, names not at all.</summary>
    public bool Hashed { get; init; }

    /// <summary>People, gatherings and threads unseen for this long are forgotten, by whole months.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(3 * 365);
}

/// <summary>Figures for monitors (<c>metrics</c> of the file).</summary>
public sealed record MetricsConfig
{
    /// <summary>An OpenTelemetry collector (OTLP over HTTP), or null.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Programs of the same machine may read <c>/metrics</c> without a key.</summary>
    public bool Local { get; init; }
}
