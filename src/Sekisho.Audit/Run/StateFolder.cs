using System.Security.Cryptography;

namespace Sekisho.Audit.Run;

/// <summary>
/// Where a run that was stopped finds what it knew: one checkpoint (replaced by rename, with a digest over all of it, bound to archive, policies and program) and the lists of incidents.
/// One run at a time has it; the lock ends with the process however that ends.
/// </summary>
public sealed class StateFolder : IDisposable
{
    private const string CheckpointName = "checkpoint";
    private const string LessonsName = "lessons";
    private const string LockName = "lock";
    private const string WorkName = "unpacked";
    private const int DigestBytes = 32;

    /// <summary>Raised with every change of what is written.</summary>
    private const int Format = 1;

    private static ReadOnlySpan<byte> Magic => "sekisho audit\n"u8;

    private readonly FileStream _lock;
    private readonly bool _made;

    private StateFolder(string path, FileStream held, bool made) => (Path, _lock, _made) = (path, held, made);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>
    /// Takes the folder, making it where it is not there (for its owner alone: it holds addresses). Throws <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> where it cannot be made, and <see cref="StateInUseException"/> where another run has it.
    /// </summary>
    public static StateFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);

        // A lock that lies there is a killed run's, so it was one of ours that made the folder.
        var made = !Directory.Exists(full) || File.Exists(System.IO.Path.Combine(full, LockName));
        if (!made && Directory.EnumerateFileSystemEntries(full).Any())
        {
            // What a run leaves is removed by name, and a file or folder so called may be somebody's mail.
            throw new IOException("holds other files; name a folder that is new or empty");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var name = System.IO.Path.Combine(full, LockName);
        FileStream held;
        try
        {
            held = OwnerOnly(name, FileMode.OpenOrCreate);
        }
        catch (IOException e) when (File.Exists(name))
        {
            throw new StateInUseException($"{full}: another audit is at work with this state; wait for it, or give this one a state of its own (--state DIR)", e);
        }

        return new StateFolder(full, held, made);
    }

    /// <summary>Path of a list of incidents.</summary>
    public string IncidentsPath(int policy) => System.IO.Path.Combine(Path, $"incidents-{policy}.jsonl");

    /// <summary>Path of what was learnt.</summary>
    public string LessonsPath => System.IO.Path.Combine(Path, LessonsName);

    /// <summary>An empty folder to unpack archives in; what a killed run left there is removed.</summary>
    public string WorkPath()
    {
        var path = System.IO.Path.Combine(Path, WorkName);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.CreateDirectory(path).FullName;
    }

    /// <summary>Writes the checkpoint in place of the one before. Throws <see cref="IOException"/> when it cannot; then the one before still stands.</summary>
    public void Save(ReadOnlySpan<byte> binding, Action<BinaryWriter> write)
    {
        var temporary = System.IO.Path.Combine(Path, CheckpointName + ".new");
        using (var file = OwnerOnly(temporary, FileMode.Create))
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using (var hashed = new HashingStream(file, digest))
            using (var buffered = new BufferedStream(hashed, 128 * 1024))
            using (var writer = new BinaryWriter(buffered))
            {
                writer.Write(Magic);
                writer.Write(Format);
                writer.Write(binding);
                write(writer);
            }

            file.Write(digest.GetHashAndReset());
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, System.IO.Path.Combine(Path, CheckpointName), overwrite: true);
    }

    /// <summary>
    /// Reads the checkpoint by <paramref name="read"/>. False when there is none. Throws <see cref="InvalidDataException"/>, saying why, when it is damaged or belongs to another archive, policy
    /// or program.
    /// </summary>
    public bool TryLoad(ReadOnlySpan<byte> binding, Action<BinaryReader> read)
    {
        var path = System.IO.Path.Combine(Path, CheckpointName);
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024);
        var head = Magic.Length + sizeof(int) + DigestBytes;
        if (file.Length < head + DigestBytes || !IsWhole(file))
        {
            throw new InvalidDataException("it is damaged");
        }

        file.Position = 0;
        using var reader = new BinaryReader(file);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadInt32() != Format || !reader.ReadBytes(DigestBytes).AsSpan().SequenceEqual(binding))
        {
            throw new InvalidDataException("it belongs to other files, another policy or another version of the program");
        }

        try
        {
            read(reader);
            return file.Position == file.Length - DigestBytes ? true : throw new InvalidDataException("it is damaged");
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidDataException("it is damaged", e);
        }
    }

    /// <summary>Removes what a run left: it is finished, or begins anew.</summary>
    public void Clear()
    {
        foreach (var name in Directory.EnumerateFiles(Path).Select(System.IO.Path.GetFileName))
        {
            if (name is CheckpointName or CheckpointName + ".new" or LessonsName || (name!.StartsWith("incidents-", StringComparison.Ordinal) && name.EndsWith(".jsonl", StringComparison.Ordinal)))
            {
                File.Delete(System.IO.Path.Combine(Path, name));
            }
        }
    }

    /// <summary>Gives the folder back; one that is empty and was made here is removed.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(System.IO.Path.Combine(Path, WorkName)))
            {
                Directory.Delete(System.IO.Path.Combine(Path, WorkName), recursive: true);
            }

            // Before the lock is let go: a run that comes now either has the same file or makes a new one.
            if (Directory.EnumerateFileSystemEntries(Path).Take(2).Count() == 1)
            {
                File.Delete(System.IO.Path.Combine(Path, LockName));
                if (_made)
                {
                    Directory.Delete(Path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else put something there; it stays.
        }

        _lock.Dispose();
    }

    /// <summary>Opens a file that nobody else may read, whatever the folder it stands in allows.</summary>
    internal static FileStream OwnerOnly(string path, FileMode mode, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 128 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static bool IsWhole(FileStream file)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        for (var left = file.Length - DigestBytes; left > 0;)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                return false;
            }

            digest.AppendData(buffer, 0, read);
            left -= read;
        }

        Span<byte> stated = stackalloc byte[DigestBytes];
        return file.ReadAtLeast(stated, DigestBytes, throwOnEndOfStream: false) == DigestBytes && digest.GetHashAndReset().AsSpan().SequenceEqual(stated);
    }

    /// <summary>Writes through and digests.</summary>
    private sealed class HashingStream(Stream inner, IncrementalHash digest) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            digest.AppendData(buffer);
            inner.Write(buffer);
        }
    }
}

/// <summary>Another audit has the state folder.</summary>
public sealed class StateInUseException(string message, Exception inner) : Exception(message, inner);
