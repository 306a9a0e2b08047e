namespace Sekisho.Gateway.Notify;

/// <summary>The header every mail of the gateway's own begins with.</summary>
/// <param name="Id">The mail's own name.</param>
/// <param name="From">Address.</param>
/// <param name="To">Addresses.</param>
/// <param name="Subject">Free text.</param>
/// <param name="At">Date.</param>
/// <param name="About">Message-ID of the mail it answers, or null.</param>
/// <param name="Reply">It answers one mail (RFC 3834 section 5: auto-replied), or comes by itself (auto-generated).</param>
internal sealed record MailHeader(string Id, string From, IReadOnlyList<string> To, string Subject, DateTimeOffset At, string? About, bool Reply)
{
    /// <summary>Writes all but the Content fields; returns the Message-ID without brackets.</summary>
    public static string Write(MailWriter mail, MailHeader header)
    {
        var messageId = $"{SafeText.Word(header.Id)}@{MailWriter.DomainOf(header.From)}";
        mail.Field("Date", MailWriter.Date(header.At));
        mail.AddressField("From", "Sekisho", header.From);
        mail.AddressField("To", "", header.To);
        mail.TextField("Subject", header.Subject);
        mail.Field("Message-ID", $"<{messageId}>");
        if (IsMessageId(header.About))
        {
            mail.Field("In-Reply-To", $"<{header.About}>");
            mail.Field("References", $"<{header.About}>");
        }

        mail.Field("Auto-Submitted", header.Reply ? "auto-replied" : "auto-generated");
        mail.Field("X-Auto-Response-Suppress", "All");
        mail.Field("MIME-Version", "1.0");
        return messageId;
    }

    // A Message-ID is foreign text too; one that is none is left out rather than repaired.
    private static bool IsMessageId(string? id)
        => id is { Length: > 2 and <= 250 } && id.All(c => c is > ' ' and <= '~' and not ('<' or '>' or '(' or ')' or '"' or '\\' or ',' or ';')) && id.Contains('@', StringComparison.Ordinal);
}
