namespace Sekisho.Smtp;

/// <summary>
/// Thrown by a receiver or sink that has no room left; the session answers 452 4.3.1 (RFC 3463 section 3.4) instead of 451 4.3.0, so that the
/// sender's log names the true cause.
/// </summary>
public sealed class SmtpStorageFullException : IOException
{
    /// <summary>With a standard text.</summary>
    public SmtpStorageFullException() : base("Storage is full.") { }

    /// <summary>With a text for the log; it is not shown to the peer.</summary>
    public SmtpStorageFullException(string message) : base(message) { }

    /// <summary>With a text for the log and the cause.</summary>
    public SmtpStorageFullException(string message, Exception inner) : base(message, inner) { }
}
