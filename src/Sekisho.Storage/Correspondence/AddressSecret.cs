using System.Security.Cryptography;
using Sekisho.Storage.Spooling;

namespace Sekisho.Storage.Correspondence;

/// <summary>The key under which addresses are hashed: a file of the data directory that its owner alone can read, never the database, so that a copy of the one without the other names nobody.</summary>
internal sealed class AddressSecret(string directory)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "correspondence.key";

    private const int Size = 32;

    private volatile byte[]? _bytes;

    private string FilePath => Path.Combine(directory, FileName);

    /// <summary>The key whose check stands in the database. Throws <see cref="StoreException"/> where the file is gone, or is another.</summary>
    public byte[] Read(ReadOnlySpan<byte> check)
    {
        var bytes = _bytes ??= Load();
        if (bytes is null || !CheckOf(bytes).AsSpan().SequenceEqual(check))
        {
            _bytes = null;
            throw new StoreException($"{FilePath} is {(bytes is null ? "missing or broken" : "not the one")}: the addresses of the correspondence are hashed with another key. Put that file back (it belongs into the backup beside the database)"
                + ", or set 'correspondence: addresses: plain' to forget what is hashed and begin anew");
        }

        return bytes;
    }

    /// <summary>The key, made and synced when there is none.</summary>
    public byte[] ReadOrCreate()
    {
        if (Load() is { } known)
        {
            return _bytes = known;
        }

        if (File.Exists(FilePath))
        {
            throw new StoreException($"{FilePath} holds no key of {Size} bytes: put the right file back, or remove it");
        }

        var made = RandomNumberGenerator.GetBytes(Size);
        using (var file = DurableFile.Prepare(FilePath, made))
        {
            file.Commit();
        }

        return _bytes = made;
    }

    /// <summary>Tells one key from another without telling anything about it.</summary>
    public static byte[] CheckOf(byte[] secret) => HMACSHA256.HashData(secret, "sekisho correspondence"u8)[..8];

    private byte[]? Load()
    {
        try
        {
            return File.ReadAllBytes(FilePath) is { Length: Size } bytes ? bytes : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{FilePath} cannot be read: {error.Message}", error);
        }
    }
}
