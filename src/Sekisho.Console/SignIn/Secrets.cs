using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Pages.SignIn;

/// <summary>Secrets that others hold: cookies, keys. We keep their digest alone.</summary>
public static class Secrets
{
    /// <summary>What an API key begins with, so that people and scanners of leaked secrets know one when they see it.</summary>
    public const string KeyPrefix = "sekisho_";

    /// <summary>32 random bytes in base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new API key.</summary>
    public static string NewKey() => KeyPrefix + New();

    /// <summary>SHA-256 of the text as it is sent, in lower-case hex.</summary>
    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
