namespace Sekisho.Policy;

/// <summary>Where the malware scanner is.</summary>
public sealed record MalwareConfig
{
    /// <summary>Look for clamd at its usual places when the gateway starts; without one there, mail is not scanned.</summary>
    public bool Auto { get; init; } = true;

    /// <summary>The path of clamd's Unix socket, or null.</summary>
    public string? Socket { get; init; }

    /// <summary>clamd over TCP, or null.</summary>
    public HostPort? Address { get; init; }

    /// <summary>Mail of plain text only is scanned too; else only mail that carries something else.</summary>
    public bool ScanAll { get; init; }
}

/// <summary>External programs that read files.</summary>
public sealed record ToolsConfig
{
    /// <summary>Where a program is, by its name; empty: it is not used. What is not here is looked for on PATH.</summary>
    public IReadOnlyDictionary<string, string> Programs { get; init; } = new Dictionary<string, string>();
}
