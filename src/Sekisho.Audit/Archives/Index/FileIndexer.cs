namespace Sekisho.Audit.Archives;

/// <summary>Finds the messages of files: each file's own form, then the dates of what belongs together. Safe to use from several threads.</summary>
internal sealed class FileIndexer(FileTable files, VolumeHandles volumes, ArchiveOptions options, Action<long, long>? progress)
{
    private const int HeadSight = 64 * 1024;
    private const int LeastWindow = 128 * 1024;

    /// <summary>Reads files that stand one after another in the table and in one folder.</summary>
    public FileOutcome Index(FileBatch batch, CancellationToken cancellation)
    {
        if (batch.Outcome is { } known)
        {
            return known;
        }

        var file = batch.First;
        var outcome = new FileOutcome(offset => Place(file, offset));
        var changed = DateTimeOffset.MinValue;
        for (; file <= batch.Last; file++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var written = Index(file, batch, outcome, cancellation);
                changed = written > changed ? written : changed;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                outcome.Break(files[file], $"cannot be read: {e.Message}");
            }
        }

        DateRepair.Settle(outcome.Entries, changed, Witness);
        outcome.Entries.Trim();
        return outcome;
    }

    /// <summary>Where something is, as a person finds it.</summary>
    public string Place(int file, long offset) => offset == 0 ? files[file] : FormattableString.Invariant($"{files[file]}, byte {offset:N0}");

    private DateTimeOffset Index(int file, FileBatch batch, FileOutcome outcome, CancellationToken cancellation)
    {
        using var open = OpenFile.Open(files, file, volumes);
        var length = open.Length;
        var size = (int)Math.Clamp(length, FileKinds.Sight, Math.Max(LeastWindow, options.ReadBytes));
        var before = outcome.Entries.Count;
        var told = 0L;
        var telling = new Lock();
        var window = Window(bareCr: false);
        try
        {
            var head = window.From(0, FileKinds.Sight);
            var kind = FileKinds.Of(head, files.Name(file));
            var marks = EntryMarks.None;
            if (FileKinds.HasBareCr(head))
            {
                window.Dispose();
                marks = EntryMarks.BareCr;
                window = Window(bareCr: true);
            }

            Read(kind, window, () => Window(marks != EntryMarks.None), file, marks, batch, outcome, cancellation);
        }
        finally
        {
            window.Dispose();
        }

        progress?.Invoke(length - told, outcome.Entries.Count - before);
        return open.Owned ? File.GetLastWriteTimeUtc(open.Handle) : batch.Changed;

        ContentWindow Window(bool bareCr) => new(open.Handle, open.Start, length, size, bareCr, Tell);

        void Tell(long bytes)
        {
            lock (telling)
            {
                // What is read twice, or not at all, must not leave the sum above or below the file's size.
                bytes = Math.Min(bytes, length - told);
                told += bytes;
            }

            progress?.Invoke(bytes, 0);
        }
    }

    private void Read(FileKind kind, ContentWindow window, Func<ContentWindow> another, int file, EntryMarks marks, FileBatch batch, FileOutcome outcome, CancellationToken cancellation)
    {
        switch (kind)
        {
            case FileKind.Mbox:
                Mbox(window, another, file, marks, outcome, cancellation);
                break;
            case FileKind.Mmdf:
                new MmdfScanner(window, file, options.MaxMessageBytes, marks, outcome).Run(cancellation);
                break;
            case FileKind.Emlx:
                var start = FileKinds.AppleHeader(window.From(0, FileKinds.Sight), out var length);
                Single(window, file, start, Math.Min(length, window.Length - start), marks, outcome);
                break;
            case FileKind.Message:
                var skip = window.From(0, FileKinds.Sight).StartsWith("\uFEFF"u8) ? 3 : 0;
                Single(window, file, skip, window.Length - skip, marks, outcome);
                break;
            case FileKind.Empty:
                if (batch.IsMail)
                {
                    outcome.Break(0, "empty");
                }

                break;
            case FileKind.Foreign:
                outcome.Break(0, KnownForms.Advice(window.From(0, FileKinds.Sight), files.Name(file)) ?? "");
                break;
            case FileKind.Other when batch.IsMail && HeaderScan.Read(window.From(0, HeadSight)).Fields > 0:
                Single(window, file, 0, window.Length, marks, outcome);
                break;
            default:
                // Whoever named it takes it for a mailbox: there may be one behind what its beginning lost.
                Mbox(window, another, file, marks, outcome, cancellation);
                break;
        }
    }

    private void Mbox(ContentWindow window, Func<ContentWindow> another, int file, EntryMarks marks, FileOutcome outcome, CancellationToken cancellation)
    {
        var parts = (int)Math.Min(options.Degree, window.Length / Math.Max(1, options.PartBytes));
        if (parts < 2)
        {
            Scanner(window, outcome).Run(cancellation);
        }
        else
        {
            new MboxParts(another, Scanner).Run(Scanner(window, outcome), window.Length, parts, outcome, cancellation);
        }

        MboxScanner Scanner(ContentWindow through, FileOutcome into) => new(through, file, options.MaxMessageBytes, marks, into);
    }

    private void Single(ContentWindow window, int file, long start, long length, EntryMarks marks, FileOutcome outcome)
    {
        if (length > options.MaxMessageBytes)
        {
            outcome.Break(0, FormattableString.Invariant($"{length:N0} bytes long: more than the {options.MaxMessageBytes:N0} a message may have"));
            return;
        }

        var header = HeaderScan.Read(window.From(start, (int)Math.Min(HeadSight, length)));
        outcome.Add(new Entry(file, start, (int)length, marks), MessageDates.Read(header, stamped: null));
    }

    /// <summary>What a message's separator or its topmost Received says, read again: so few are asked that keeping it for all would be waste.</summary>
    private DateTimeOffset? Witness(Entry entry)
    {
        try
        {
            using var open = OpenFile.Open(files, entry.File, volumes);
            using var window = new ContentWindow(open.Handle, open.Start, open.Length, LeastWindow, (entry.Marks & EntryMarks.BareCr) != 0);
            var before = (int)Math.Min(entry.Offset, Separator.MaxLength);
            var sight = window.From(entry.Offset - before, before + HeadSight);
            var line = sight[..Math.Min(before, sight.Length)].TrimEnd("\r\n"u8);
            line = line[(line.LastIndexOf((byte)'\n') + 1)..];
            _ = Separator.TryRead(line, out var stamped);
            return MessageDates.Witness(HeaderScan.Read(sight[Math.Min(before, sight.Length)..]), stamped);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
