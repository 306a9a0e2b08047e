namespace Sekisho.Storage.Spooling;

/// <summary>One body on its way to disk.</summary>
internal sealed class SpoolWriter : ISpoolWriter
{
    private readonly Spool _spool;
    private readonly string _name;
    private readonly string _temporary;
    private readonly FileStream _file;
    private bool _closed;
    private bool _committed;

    public SpoolWriter(Spool spool, string name, string temporary)
    {
        _spool = spool;
        _name = name;
        _temporary = temporary;
        _file = Posix.CreateFile(temporary, FileMode.CreateNew);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            await _file.WriteAsync(bytes, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Spool.Failure("cannot write the spool file", error);
        }
    }

    public Task<string> CommitAsync(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return Task.Run(Commit, cancel);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        if (!_committed)
        {
            Spool.TryDelete(_temporary);
        }

        return ValueTask.CompletedTask;
    }

    private string Commit()
    {
        var path = _spool.PathOf(_name);
        try
        {
            Failpoints.Hit("spool.before-sync");

            // Content before name: after the rename is synced, nobody may find the file without its bytes.
            _file.Flush(flushToDisk: true);
            Close();
            Failpoints.Hit("spool.after-sync");
            _spool.EnsureDirectoryOf(path);
            File.Move(_temporary, path, overwrite: true); // with overwrite it is one rename(2); without, a link and an unlink
            Failpoints.Hit("spool.after-rename");
            Posix.SyncDirectory(Path.GetDirectoryName(path)!);
            Failpoints.Hit("spool.after-dirsync");
            _committed = true;
            return _name;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Spool.TryDelete(path);
            throw Spool.Failure("cannot sync the spool file", error);
        }
    }

    private void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _file.Dispose();
        }
    }
}
