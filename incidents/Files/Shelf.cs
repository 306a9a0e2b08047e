namespace Sekisho.Incidents;

/// <summary>A file that several mails of a run carry: built when it is first asked for, given up again when memory is short.</summary>
internal sealed class Shelf(Func<MailFile> build)
{
    private readonly Lock _gate = new();
    private readonly WeakReference<MailFile?> _file = new(null);

    /// <summary>The file; the same bytes each time.</summary>
    public MailFile Take()
    {
        lock (_gate)
        {
            if (!_file.TryGetTarget(out var file))
            {
                _file.SetTarget(file = build());
            }

            return file;
        }
    }
}
