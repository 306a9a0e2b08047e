namespace Sekisho.Inspection;

/// <summary>One mail's files being walked, in order, each before those inside it.</summary>
internal sealed class FileWalk(InspectionServices services, ExpansionLease lease, CancellationToken cancel)
{
    private readonly List<InspectedFile> _files = [];

    public FileBudget Budget { get; } = new(services.Limits, lease);

    public CancellationToken Cancel { get; } = cancel;

    public int Count => _files.Count;

    public IReadOnlyList<InspectedFile> Files => _files;

    public void Add(InspectedFile file) => _files.Add(file);

    /// <summary>Reads one file and everything inside it. Throws only for cancellation.</summary>
    /// <param name="name">Its own name.</param>
    /// <param name="path">The way to it.</param>
    /// <param name="bytes">Its bytes, or as many as could be had.</param>
    /// <param name="depth">Containers around it.</param>
    /// <param name="charset">What the mail declares, or null.</param>
    /// <param name="trouble">A trouble known before: <see cref="FileTroubles.Broken"/> or <see cref="FileTroubles.Limit"/> for bytes that are not all.</param>
    public void Take(string name, string path, ReadOnlyMemory<byte> bytes, int depth, string? charset, string? trouble = null)
    {
        Cancel.ThrowIfCancellationRequested();
        var index = _files.Count;
        var type = FileKindDetector.Detect(name, bytes);
        var file = new InspectedFile { Name = name, Path = path, Kind = type.Kind, Size = bytes.Length, TopLevel = depth == 0 };
        _files.Add(file);
        var harvest = new FileHarvest(this, path, depth, bytes);
        if (trouble is not null)
        {
            harvest.AddTrouble(trouble, trouble == FileTroubles.Limit ? "size" : "its container is damaged");
        }

        if (Disguise.Of(name, type) is { } disguise)
        {
            harvest.AddTrouble(FileTroubles.Disguised, disguise);
        }

        Read(new FileSource { Name = name, Path = path, Kind = type.Kind, Bytes = bytes, Services = services, Charset = charset, Cancel = Cancel }, type, harvest);
        if (harvest.Contents.Count > 0 || harvest.Troubles.Count > 0)
        {
            _files[index] = file with { Contents = harvest.Contents, Troubles = harvest.Troubles };
        }
    }

    private void Read(FileSource file, FileType type, FileHarvest harvest)
    {
        var working = WorkingMemory(type.Kind, file.Bytes.Length);
        Budget.Hold(working);
        try
        {
            if (FileFormats.For(type.Kind) is { } format)
            {
                format.Read(file, harvest);
                ReadWithin(file, type, harvest);
                return;
            }

            if (type.Kind == FileKind.Media)
            {
                Rest.Take(Rest.Behind(file.Bytes), harvest);
            }

            if (type.Kind == FileKind.Media && ZipDirectory.EndsAsArchive(file.Bytes.Span))
            {
                // Every picture viewer shows the picture, every unpacker finds the archive at its end.
                harvest.AddTrouble(FileTroubles.Disguised, "an archive behind a picture");
                FileFormats.For(FileKind.Zip)!.Read(file, harvest);
            }
        }
        catch (OperationCanceledException) when (file.Cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            // The name of the error only: its message may quote what the file says.
            harvest.AddTrouble(error is OutOfMemoryException or InsufficientExecutionStackException ? FileTroubles.Limit : FileTroubles.Broken, error.GetType().Name);
            return;
        }
        finally
        {
            Budget.Release(working);
        }

        NoteUnread(type, harvest);
    }

    /// <summary>What stands in the midst of a text, and archives behind what is none.</summary>
    private static void ReadWithin(FileSource file, FileType type, FileHarvest harvest)
    {
        if (type.Kind == FileKind.Executable && type.Label != TextKind.Script)
        {
            SelfExtracting.Read(file, harvest);
            return;
        }

        if (type.Kind is FileKind.Pdf or FileKind.Gzip && ZipDirectory.EndsAsArchive(file.Bytes.Span))
        {
            FileFormats.For(FileKind.Zip)!.Read(file, harvest);
            return;
        }

        if (type.Kind is not (FileKind.Text or FileKind.Html or FileKind.Xml or FileKind.Json or FileKind.Delimited or FileKind.Calendar or FileKind.VCard)
            && (type.Kind != FileKind.Executable || type.Label != TextKind.Script))
        {
            return;
        }

        if (!InlineFiles.MayBeIn(file.Bytes.Span))
        {
            return;
        }

        foreach (var (name, bytes) in InlineFiles.Of(file.Bytes))
        {
            if (!harvest.AddFile(name, bytes))
            {
                break;
            }
        }

        if (InlineFiles.HasPgp(file.Bytes.Span))
        {
            harvest.AddTrouble(FileTroubles.Encrypted, "PGP");
        }

        if (InlineFiles.OldCoding(file.Bytes.Span) is { } coding)
        {
            harvest.AddTrouble(FileTroubles.Unread, coding);
        }
    }

    /// <summary>What a reader needs besides what it harvests: decoded text, unpacked parts. Containers hold only what they unpack, which is counted by itself.</summary>
    private static long WorkingMemory(FileKind kind, int size) => kind switch
    {
        FileKind.Empty or FileKind.Unknown or FileKind.Media or FileKind.Database or FileKind.Encrypted
            or FileKind.Zip or FileKind.Tar or FileKind.Gzip or FileKind.OtherArchive => 0,
        _ => 3L * size,
    };

    private static void NoteUnread(FileType type, FileHarvest harvest)
    {
        switch (type.Kind)
        {
            case FileKind.Empty or FileKind.Media or FileKind.Executable:
                break;
            case FileKind.Unknown:
                harvest.AddTrouble(FileTroubles.Unknown, type.Label);
                break;
            case FileKind.Encrypted:
                harvest.AddTrouble(FileTroubles.Encrypted, type.Label);
                break;
            default:
                harvest.AddTrouble(FileTroubles.Unread, type.Label.Length > 0 ? type.Label : type.Kind.ToString());
                break;
        }
    }
}
