namespace Sekisho.Mime;

/// <summary>
/// One mail address: local part and domain (RFC 5322 section 3.4.1, RFC 6531). Two addresses are equal when <see cref="Key"/> is:
/// the local part without needless quotes and in lower case, the domain as lower-case A-labels.
/// </summary>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    private EmailAddress(string localPart, string domain, string key) => (LocalPart, Domain, Key) = (localPart, domain, key);

    /// <summary>The local part as written, unquoted.</summary>
    public string LocalPart { get; }

    /// <summary>The domain as lower-case A-labels (IDNA), or an address literal in brackets.</summary>
    public string Domain { get; }

    /// <summary>What the address is compared, stored and shown by: <c>local@domain</c>, lower case.</summary>
    public string Key { get; }

    /// <summary>Reads an addr-spec. The domain is what follows the last unquoted <c>@</c>. Returns false, never throws, on anything that is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EmailAddress? address)
        => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(EmailAddress? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Key;
}
