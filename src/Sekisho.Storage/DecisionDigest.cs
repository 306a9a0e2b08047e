using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Storage;

/// <summary>What a decision is bound to (law 4): which message, as which copy, to exactly whom.</summary>
public static class DecisionDigest
{
    /// <summary>SHA-256, lower-case hex, over message digest, delivery id, copy (0 original, 1 individual) and the addresses in the envelope's order, joined by line feeds.</summary>
    public static string Compute(string messageDigest, long deliveryId, CopyKind copy, IEnumerable<string> addresses)
    {
        var text = new StringBuilder(messageDigest).Append('\n').Append(deliveryId).Append('\n').Append((int)copy);
        foreach (var address in addresses)
        {
            text.Append('\n').Append(address);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
