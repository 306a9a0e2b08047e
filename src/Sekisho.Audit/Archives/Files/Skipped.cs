namespace Sekisho.Audit.Archives;

/// <summary>What mail programs keep beside their mail: indexes, notes, locks. Never mail, whatever it looks like.</summary>
internal static class Skipped
{
    private static readonly string[] s_names =
    [
        "subscriptions", "maildirfolder", "maildirsize", "uidvalidity", ".mh_sequences", ".xmhcache", ".mh_profile", ".ds_store", "thumbs.db", ".uidvalidity", ".subscriptions",
        "popstate.dat", "msgfilterrules.dat", "filterlog.html", "archive_browser.html", "courierpop3dsizelist", "courierimapuiddb", "courierimapsubscribed", ".keywords",
    ];

    private static readonly string[] s_beginnings = ["dovecot", "dovecot.", ".nfs", "cyrus."];

    private static readonly string[] s_endings = [".msf", ".lock", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".toc", ".ind", ".idx", ".ibex.index", ".ibex.index.data", ".cmeta", ".ev-summary"];

    /// <summary>True for such a file's name.</summary>
    public static bool IsSkipped(ReadOnlySpan<byte> name)
    {
        foreach (var known in s_names)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, known))
            {
                return true;
            }
        }

        foreach (var beginning in s_beginnings)
        {
            if (name.Length >= beginning.Length && System.Text.Ascii.Equals(name[..beginning.Length], beginning))
            {
                return true;
            }
        }

        foreach (var ending in s_endings)
        {
            if (name.Length > ending.Length && System.Text.Ascii.EqualsIgnoreCase(name[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }
}
