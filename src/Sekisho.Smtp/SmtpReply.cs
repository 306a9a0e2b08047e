namespace Sekisho.Smtp;

/// <summary>
/// A reply (RFC 5321 section 4.2) with its enhanced status code (RFC 3463). One line of text here; the writer splits what does not fit.
/// Any internal failure answers 4xx (law 1).
/// </summary>
/// <param name="Code">Three digits.</param>
/// <param name="EnhancedCode">e.g. <c>5.6.11</c>; null where the standard has none (greeting, EHLO, 354).</param>
/// <param name="Text">What a person reads; may hold <c>\n</c> for a multi-line reply. Never CR, never a control character.</param>
public sealed record SmtpReply(int Code, string? EnhancedCode, string Text)
{
    /// <summary>2xx.</summary>
    public bool IsSuccess => Code is >= 200 and < 300;

    /// <summary>4xx: try again later.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>5xx: do not try again.</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>The reply as one line for logs and reports, e.g. <c>550 5.1.1 unknown user</c>.</summary>
    public override string ToString() => EnhancedCode is null ? $"{Code} {Line}" : $"{Code} {EnhancedCode} {Line}";

    private string Line => Text.Replace('\n', ' ');
}
