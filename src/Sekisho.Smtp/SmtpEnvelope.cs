namespace Sekisho.Smtp;

/// <summary>MAIL FROM with its parameters (RFC 5321, 1870, 6152, 6531, 3461).</summary>
public sealed record SmtpMailFrom
{
    /// <summary>The reverse-path without angle brackets; empty for the null sender.</summary>
    public required string Address { get; init; }

    /// <summary>SIZE= in bytes, or null.</summary>
    public long? Size { get; init; }

    /// <summary>BODY=8BITMIME (or BINARYMIME, which we do not offer).</summary>
    public bool EightBit { get; init; }

    /// <summary>SMTPUTF8.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>RET=FULL or HDRS, or null.</summary>
    public string? Ret { get; init; }

    /// <summary>ENVID= decoded from xtext, or null.</summary>
    public string? EnvelopeId { get; init; }
}

/// <summary>RCPT TO with its parameters (RFC 5321, RFC 3461).</summary>
public sealed record SmtpRecipient
{
    /// <summary>The forward-path without angle brackets and source route.</summary>
    public required string Address { get; init; }

    /// <summary>NOTIFY= as given (<c>NEVER</c>, or a list of <c>SUCCESS,FAILURE,DELAY</c>), or null.</summary>
    public string? Notify { get; init; }

    /// <summary>ORCPT= as <c>type;address</c>, decoded from xtext, or null.</summary>
    public string? OriginalRecipient { get; init; }
}
