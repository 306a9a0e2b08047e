namespace Sekisho.Storage;

/// <summary>A configuration that was put in force from the console: the editable part of the file as text, by whom and why.</summary>
public sealed record ConfigVersion(long Number, DateTimeOffset At, string By, string Text, string PolicyVersion, string Note);

/// <summary>What somebody is about to put in force: one for each person, on which he works over days if he likes.</summary>
/// <param name="Author">Whose.</param>
/// <param name="BaseDigest">Digest of the file it was begun from: when the file is another one by then, somebody else was faster.</param>
/// <param name="Text">The editable part as he wants it; may still hold errors.</param>
/// <param name="LookedAt">Digest of the text that <paramref name="ResultJson"/> is about, or null: its effect was not looked at yet.</param>
/// <param name="ResultJson">What it would have changed, or null.</param>
public sealed record ConfigDraft(string Author, DateTimeOffset At, string BaseDigest, string Text, string? LookedAt, string? ResultJson);

/// <summary>What was in force when; for looking back and rolling back.</summary>
public interface IConfigHistory
{
    /// <summary>Adds one, with an event of the audit trail; returns its number.</summary>
    Task<long> AddAsync(ConfigVersion version, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ConfigVersion>> ListAsync(int max, CancellationToken cancel);

    /// <summary>One, or null.</summary>
    Task<ConfigVersion?> FindAsync(long number, CancellationToken cancel);

    /// <summary>Keeps a draft in place of the author's last one.</summary>
    Task SaveDraftAsync(ConfigDraft draft, CancellationToken cancel);

    /// <summary>Notes what his draft would change. False when the draft is another one by now (nothing happens).</summary>
    Task<bool> NoteResultAsync(string author, string baseDigest, string text, string lookedAt, string resultJson, CancellationToken cancel);

    /// <summary>His draft, or null.</summary>
    Task<ConfigDraft?> FindDraftAsync(string author, CancellationToken cancel);

    /// <summary>Throws his draft away. False when there was none.</summary>
    Task<bool> RemoveDraftAsync(string author, CancellationToken cancel);
}
