using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Storage;

namespace Sekisho.Gateway.Notify;

/// <summary>What a signed link says.</summary>
/// <param name="Submission">The mail it is for.</param>
/// <param name="Address">The person it was made for.</param>
/// <param name="Expires">Until when it holds.</param>
public sealed record SignedLink(string Submission, string Address, DateTimeOffset Expires);

/// <summary>
/// Signs and reads the links in notes: base64url of version (1 byte), expiry (8 bytes, Unix seconds, big-endian), length of the submission's name (1 byte), that name, the address, and HMAC-SHA-256 over
/// all of it. Whoever holds the link is taken for the person it was made for, for that one mail.
/// </summary>
public sealed class LinkSigner(ReadOnlyMemory<byte> secret)
{
    /// <summary>The name of the store's secret that links are signed with.</summary>
    public const string SecretName = "links";

    private const byte Version = 1;
    private const int Header = 10;
    private const int Longest = 700;

    /// <summary>A signer with the store's own secret.</summary>
    public static async Task<LinkSigner> OpenAsync(IAccountStore accounts, CancellationToken cancel) => new(await accounts.SecretAsync(SecretName, cancel).ConfigureAwait(false));

    /// <summary>The token of a link. Throws <see cref="ArgumentException"/> for a name or address that is too long to be one.</summary>
    public string Sign(string submission, string address, DateTimeOffset expires)
    {
        var (name, who) = (Encoding.UTF8.GetBytes(submission), Encoding.UTF8.GetBytes(address));
        if (name.Length is 0 or > 64 || who.Length is 0 or > 320)
        {
            throw new ArgumentException("a link needs a submission's name of at most 64 bytes and an address of at most 320", nameof(submission));
        }

        var bytes = new byte[Header + name.Length + who.Length + HMACSHA256.HashSizeInBytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), expires.ToUnixTimeSeconds());
        bytes[9] = (byte)name.Length;
        name.CopyTo(bytes, Header);
        who.CopyTo(bytes, Header + name.Length);
        var signed = bytes.AsSpan(0, bytes.Length - HMACSHA256.HashSizeInBytes);
        HMACSHA256.HashData(secret.Span, signed, bytes.AsSpan(signed.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What a token says, when it is one of ours, also when it has run out: compare <see cref="SignedLink.Expires"/>. Null for anything else.</summary>
    public SignedLink? Read(string? token)
    {
        if (token is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var length = bytes.Length - HMACSHA256.HashSizeInBytes;
        if (length <= Header || bytes[0] != Version)
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Span, bytes.AsSpan(0, length), expected);
        // One spelling only: base64's unused last bits must not make a second token of the same link.
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(length)) || Base64Url.EncodeToString(bytes) != token)
        {
            return null;
        }

        int name = bytes[9];
        return Header + name >= length ? null : new SignedLink(
            Encoding.UTF8.GetString(bytes, Header, name),
            Encoding.UTF8.GetString(bytes, Header + name, length - Header - name),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1))));
    }
}
