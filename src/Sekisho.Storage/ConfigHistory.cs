namespace Sekisho.Storage;

/// <summary>A configuration that was put in force from the console: the editable part of the file as text, by whom and why.</summary>
public sealed record ConfigVersion(long Number, DateTimeOffset At, string By, string Text, string PolicyVersion, string Note);

/// <summary>What was in force when; for looking back and rolling back.</summary>
public interface IConfigHistory
{
    /// <summary>Adds one, with an event of the audit trail; returns its number.</summary>
    Task<long> AddAsync(ConfigVersion version, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ConfigVersion>> ListAsync(int max, CancellationToken cancel);

    /// <summary>One, or null.</summary>
    Task<ConfigVersion?> FindAsync(long number, CancellationToken cancel);
}
