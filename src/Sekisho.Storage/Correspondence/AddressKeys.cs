using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Storage.Correspondence;

/// <summary>How a person is found: his domain, and his local part in clear or the keyed hash of the whole address.</summary>
internal readonly record struct StoredKey(string Domain, string? Local, byte[]? Hash)
{
    /// <summary>One who stands for an organisation.</summary>
    public bool IsOrganisation => Local is { Length: 0 };
}

/// <summary>Turns addresses into what is stored of them.</summary>
/// <param name="secret">The key of the hashes, or null where addresses stand in clear.</param>
/// <param name="changing">Some still stand in clear, although new ones are hashed.</param>
internal sealed class AddressKeys(byte[]? secret, bool changing)
{
    /// <summary>Bytes of a stored hash.</summary>
    public const int HashSize = 16;

    /// <summary>Letters after which a mail program offers contacts.</summary>
    private const int Offered = 3;

    public static AddressKeys Clear { get; } = new(null, false);

    public bool Hashed => secret is not null;

    public bool Changing => changing;

    public StoredKey Of(string key)
    {
        var at = key.LastIndexOf('@');
        var (local, domain) = at < 0 ? (key, "") : (key[..at], key[(at + 1)..]);
        return secret is null || local.Length == 0 ? new(domain, local, null) : new(domain, null, Hash(key));
    }

    /// <summary>The same as it stood before hashing began.</summary>
    public static StoredKey InClear(string key) => Clear.Of(key);

    /// <summary>The letters by which a writer's people are found; empty for hashes and organisations.</summary>
    public string Head(string key) => Hashed || key.StartsWith('@') ? "" : key[..Math.Min(Offered, key.Length)];

    /// <summary>By code points, so that an end of it is a beginning of this.</summary>
    public static string Reversed(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        Array.Reverse(runes);
        return string.Concat(runes);
    }

    /// <summary>Eight bytes by which a mail, a topic or a name is known again.</summary>
    public static long HashOf(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BitConverter.ToInt64(digest);
    }

    private byte[] Hash(string key) => HMACSHA256.HashData(secret!, Encoding.UTF8.GetBytes(key))[..HashSize];
}
