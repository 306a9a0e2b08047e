using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Storage;

/// <summary>
/// Law 2's last defence: binds an address to the envelope it came in with. Computed once at accept and stored with the recipient;
/// the sender checks it just before RCPT TO, so that a mixed-up row, index or list cannot send one message to another's recipient.
/// It guards against faults, not against somebody who can write the database.
/// </summary>
public static class RecipientSeal
{
    /// <summary>Bytes of a seal.</summary>
    public const int Size = 16;

    /// <summary>The first 16 bytes of SHA-256 over submission id, ordinal, address and message digest (each text with its length before it).</summary>
    public static byte[] Compute(string submissionId, int ordinal, string address, string messageDigest)
    {
        var most = 16 + ((submissionId.Length + address.Length + messageDigest.Length) * 3);
        var bytes = most <= 2048 ? stackalloc byte[2048] : new byte[most];
        BinaryPrimitives.WriteInt32BigEndian(bytes, ordinal);
        var length = 4;
        length += Field(bytes[length..], submissionId);
        length += Field(bytes[length..], address);
        length += Field(bytes[length..], messageDigest);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return hash[..Size].ToArray();
    }

    /// <summary>True when this recipient stood in this submission's envelope for this message. False for any other, and for a recipient that never came out of a store.</summary>
    public static bool Verify(Submission submission, StoredRecipient recipient) =>
        recipient.Seal.Span.SequenceEqual(Compute(submission.Id, recipient.Ordinal, recipient.Address, submission.Digest));

    private static int Field(Span<byte> destination, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, destination[4..]);
        BinaryPrimitives.WriteInt32BigEndian(destination, length);
        return 4 + length;
    }
}
