using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>
/// Unpacks one packed file: what in it is mail goes into one spool, the rest is passed over. A plain tar is read where it lies. Archives within archives are followed one
/// level, compressions a few more.
/// </summary>
internal sealed class Unpacker : IDisposable
{
    private const int MaxContainers = 2;
    private const int MaxLayers = 4;
    private const int BatchFiles = 2048;
    private const long BatchBytes = 256L * 1024 * 1024;

    private readonly string _path;
    private readonly string _name;
    private readonly Func<WorkFolder> _folder;
    private readonly UnpackBudget _budget;
    private readonly Action<long> _read;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _temporary = [];
    private readonly int _into;
    private DateTimeOffset _changed;
    private Spool? _spool;

    /// <summary>Of one file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="rooted">The part of its path that is the same on every machine.</param>
    /// <param name="folder">Gives the folder to unpack to, made when first asked for.</param>
    /// <param name="budget">What may be unpacked.</param>
    /// <param name="read">Told how many packed bytes were read.</param>
    /// <param name="cancellation">Ends it.</param>
    public Unpacker(byte[] path, byte[] rooted, Func<WorkFolder> folder, UnpackBudget budget, Action<long> read, CancellationToken cancellation)
    {
        _path = FileNames.Managed(path) ?? throw new IOException("its name is not in UTF-8: rename it");
        (_name, _folder, _budget, _read, _cancellation) = (FileNames.Display(path), folder, budget, read, cancellation);
        byte[] within = [.. path, .. ": "u8];
        _into = Files.AddFolder(within, path.Length - rooted.Length);
        Outcome = new FileOutcome(_ => _name);
    }

    /// <summary>The members that are mail.</summary>
    public FileTable Files { get; } = new();

    /// <summary>They in batches.</summary>
    public List<FileBatch> Batches { get; } = [];

    /// <summary>What could not be unpacked.</summary>
    public FileOutcome Outcome { get; }

    /// <summary>Unpacks. Throws <see cref="ArchiveException"/> when there is no room.</summary>
    public void Run()
    {
        try
        {
            _changed = File.GetLastWriteTimeUtc(_path);
            var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 256 * 1024, FileOptions.SequentialScan);
            using var source = new WatchedStream(file, bytes => _read(bytes.Length));
            Feed(source, "", 0, 0, whole: true);
            _spool?.Flush();
        }
        catch (ArchiveException)
        {
            throw;
        }
        catch (Exception e) when (IsDamage(e))
        {
            Outcome.Break(_name, Reason(e));
        }
    }

    public void Dispose()
    {
        _spool?.Dispose();
        foreach (var file in _temporary)
        {
            File.Delete(file);
        }
    }

    private static bool IsDamage(Exception e) =>
        e is IOException or InvalidDataException or UnauthorizedAccessException or FormatException or ArgumentException or NotSupportedException or OverflowException or EndOfStreamException;

    private static string Reason(Exception e) => e is UnpackLimitException ? e.Message : $"cannot be unpacked, or not to its end: {e.Message}";

    /// <summary>Follows one stream by what it is.</summary>
    /// <param name="content">Its bytes; may be sought only when <paramref name="whole"/>.</param>
    /// <param name="name">Its name within the packed file; empty for that itself.</param>
    /// <param name="layers">Compressions around it.</param>
    /// <param name="containers">Archives around it.</param>
    /// <param name="whole">True for the packed file itself.</param>
    private void Feed(Stream content, string name, int layers, int containers, bool whole)
    {
        _cancellation.ThrowIfCancellationRequested();
        var head = new HeadStream(content);
        var leaf = Encoding.UTF8.GetBytes(name[(name.LastIndexOf('/') + 1)..]);
        switch (FileKinds.Of(head.Head, leaf))
        {
            case FileKind.Gzip when layers < MaxLayers:
                Gunzip(head, name, layers, containers, whole);
                break;
            case FileKind.Xz when layers < MaxLayers:
                Decode("xz", "xz-utils", head, name, layers, containers);
                break;
            case FileKind.Zstandard when layers < MaxLayers:
                Decode("zstd", "zstd", head, name, layers, containers);
                break;
            case FileKind.Bzip2 when layers < MaxLayers:
                Decode("bzip2", "bzip2", head, name, layers, containers);
                break;
            case FileKind.Zip when containers < MaxContainers:
                Zip(whole ? content : null, head, name, containers);
                break;
            case FileKind.Tar when containers < MaxContainers:
                Tar(whole ? content : null, head, name, containers);
                break;
            case FileKind.Gzip or FileKind.Xz or FileKind.Zstandard or FileKind.Bzip2 or FileKind.Zip or FileKind.Tar:
                Outcome.Break(Within(name), "packed too often: unpack it and audit what was in it");
                break;
            case FileKind.Foreign:
                Outcome.Break(Within(name), KnownForms.Advice(head.Head, leaf)!);
                break;
            case var kind when IsWanted(kind, name, leaf):
                _spool ??= new Spool(_folder(), _budget);
                var start = _spool.Length;
                try
                {
                    _spool.Append(head, _cancellation);
                }
                finally
                {
                    // What came before the damage is still mail.
                    if (_spool.Length > start)
                    {
                        AddMember(name, kind, _spool.Path, start, _spool.Length - start);
                    }
                }

                break;
        }
    }

    /// <summary>Mail, or what stands where mail stands; not a mail program's notes, nor what a Maildir was still writing.</summary>
    private static bool IsWanted(FileKind kind, string name, ReadOnlySpan<byte> leaf)
    {
        if (kind == FileKind.Empty || Skipped.IsSkipped(leaf) || leaf.StartsWith("._"u8))
        {
            return false;
        }

        var folder = name.LastIndexOf('/') is > 0 and var slash ? name[..slash] : "";
        folder = folder[(folder.LastIndexOf('/') + 1)..];
        return kind switch
        {
            FileKind.Mbox or FileKind.Mmdf or FileKind.Emlx => true,
            FileKind.Message => folder != "tmp",
            _ => folder is "cur" or "new" || FileKinds.IsNamedMessage(leaf) || FileKinds.EndsWith(leaf, ".mbox"u8),
        };
    }

    private void Gunzip(HeadStream content, string name, int layers, int containers, bool whole)
    {
        using var gzip = new GzipEnd(content);
        Feed(gzip.Plain, Bare(name), layers + 1, containers, whole: false);
        if (!gzip.IsInDoubt())
        {
            return;
        }

        // Several files put end to end look the same; the program that made them can tell.
        if (whole && ProgramStream.Check("gzip", ["-t", "-q", "--", _path]) is var sound and not null)
        {
            if (!sound.Value)
            {
                Outcome.Break(Within(name), "cut off or damaged: only what came before was read");
            }
        }
        else
        {
            Outcome.Break(Within(name), "perhaps cut off: its length is not what its end says");
        }
    }

    private void Decode(string program, string package, HeadStream content, string name, int layers, int containers)
    {
        using var plain = ProgramStream.Start(program, content);
        if (plain is null)
        {
            Outcome.Break(Within(name), $"{program} is needed to unpack it: install {package}, or unpack it yourself");
            return;
        }

        Feed(plain, Bare(name), layers + 1, containers, whole: false);
    }

    private void Zip(Stream? seekable, HeadStream head, string name, int containers)
    {
        var source = seekable ?? Copy(head);
        using var zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: seekable is not null);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/') || entry.Length == 0)
            {
                continue;
            }

            var within = Inner(name, entry.FullName);
            if (entry.IsEncrypted)
            {
                Outcome.Break(Within(within), "encrypted: unpack it with its password and audit what was in it");
                continue;
            }

            Member(within, () =>
            {
                using var content = entry.Open();
                Feed(content, within, 0, containers + 1, whole: false);
            });
        }
    }

    private void Tar(Stream? seekable, HeadStream head, string name, int containers)
    {
        if (seekable is not null)
        {
            seekable.Position = 0;
        }

        using var tar = new TarReader(seekable ?? (Stream)head, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile) || entry.DataStream is not { } content)
            {
                continue;
            }

            var within = Inner(name, entry.Name);
            Member(within, () =>
            {
                if (seekable is not null && TryInPlace(entry, content, within))
                {
                    return;
                }

                Feed(content, within, 0, containers + 1, whole: false);
            });
        }
    }

    /// <summary>A member of a plain tar lies in it as it is: its place is enough.</summary>
    private bool TryInPlace(TarEntry entry, Stream content, string name)
    {
        var at = entry.DataOffset;
        if (at < 0)
        {
            return false;
        }

        var leaf = Encoding.UTF8.GetBytes(name[(name.LastIndexOf('/') + 1)..]);
        var kind = FileKinds.Of(new HeadStream(content).Head, leaf);
        if (IsWanted(kind, name, leaf))
        {
            AddMember(name, kind, _path, at, entry.Length);
            return true;
        }

        content.Position = 0;
        return false;
    }

    /// <summary>One member; what is wrong with it is not the others' fault, but there may be no way past it.</summary>
    private void Member(string name, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (IsDamage(e) && e is not (ArchiveException or UnpackLimitException))
        {
            Outcome.Break(Within(name), Reason(e));
        }
    }

    private FileStream Copy(Stream content)
    {
        using var copy = new Spool(_folder(), _budget);
        _temporary.Add(copy.Path);
        copy.Append(content, _cancellation);
        copy.Flush();
        return new FileStream(copy.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private void AddMember(string name, FileKind kind, string volume, long start, long length)
    {
        var shown = name.Length == 0 ? Path.GetFileNameWithoutExtension(_path) : name;
        var file = Files.AddMember(_into, Encoding.UTF8.GetBytes(shown), volume, start, length);
        var mailbox = kind is FileKind.Mbox or FileKind.Mmdf;
        var last = Batches.Count > 0 ? Batches[^1] : default;
        if (!mailbox && last.Folder == _into && last.Last - last.First < BatchFiles && last.Bytes < BatchBytes)
        {
            Batches[^1] = last with { Last = file, Bytes = last.Bytes + length };
        }
        else
        {
            Batches.Add(new FileBatch(file, file, IsMail: true, length) { Folder = mailbox ? 0 : _into, Changed = _changed });
        }
    }

    private string Within(string name) => name.Length == 0 ? _name : $"{_name}: {name}";

    private static string Inner(string outer, string name) => outer.Length == 0 ? name : $"{outer}: {name}";

    /// <summary>A name without the ending its compression gave it.</summary>
    private static string Bare(string name) => name.Length == 0 ? name : Path.ChangeExtension(name, null);
}
