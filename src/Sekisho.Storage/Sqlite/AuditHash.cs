using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// The chain's link: SHA-256 over the link before, the number, the time (both 64-bit, big-endian) and each field with its length
/// before it, so that no two different events spell the same bytes. An absent field is length -1.
/// </summary>
internal static class AuditHash
{
    /// <summary>Computes the link after <paramref name="previous"/> (32 zero bytes for the first) into <paramref name="destination"/>, which may be the same memory.</summary>
    public static void Next(ReadOnlySpan<byte> previous, long number, long at, string kind, string? submission, long? delivery, string by, string detail, Span<byte> destination)
    {
        var fields = (kind.Length + (submission?.Length ?? 0) + by.Length + detail.Length) * 3;
        var size = 32 + 8 + 8 + 8 + (5 * 4) + fields;
        var bytes = size <= 4096 ? stackalloc byte[4096] : new byte[size];
        previous.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[32..], number);
        BinaryPrimitives.WriteInt64BigEndian(bytes[40..], at);
        var length = 48;
        length += Field(bytes[length..], kind);
        length += Field(bytes[length..], submission);
        BinaryPrimitives.WriteInt32BigEndian(bytes[length..], delivery is null ? -1 : 8);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(length + 4)..], delivery ?? 0);
        length += 12;
        length += Field(bytes[length..], by);
        length += Field(bytes[length..], detail);
        SHA256.HashData(bytes[..length], destination);
    }

    private static int Field(Span<byte> destination, string? value)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetBytes(value, destination[4..]);
        BinaryPrimitives.WriteInt32BigEndian(destination, length);
        return 4 + Math.Max(length, 0);
    }
}
