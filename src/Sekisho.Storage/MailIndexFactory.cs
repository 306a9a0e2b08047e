using Sekisho.Storage.Search;

namespace Sekisho.Storage;

/// <summary>The index of a data directory.</summary>
public static class MailIndex
{
    /// <summary>Opens or makes <c>search.db</c> beside the embedded store in a directory, and begins to follow it. A damaged or outdated one is made anew. Does not wait until it is up to date.</summary>
    /// <param name="say">Takes one line for the administrator.</param>
    public static IMailIndex Open(string directory, TimeProvider time, Action<string> say) => SearchIndex.Open(directory, time, say);
}
