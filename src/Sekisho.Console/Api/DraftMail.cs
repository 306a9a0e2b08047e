using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Sekisho.Gateway.Notify;
using Sekisho.Mime;

namespace Sekisho.Pages.Api;

/// <summary>A file of a draft.</summary>
internal sealed record DraftFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Media type.</summary>
    [Description("Media type; application/octet-stream without it.")]
    public string? Type { get; init; }

    /// <summary>Its bytes.</summary>
    [Description("Its bytes in base64.")]
    public required byte[] Content { get; init; }
}

/// <summary>A draft as a mail client holds it.</summary>
internal sealed record DraftBody
{
    /// <summary>Author.</summary>
    [Description("Who sends it: name@example.com or Name <name@example.com>.")]
    public string? From { get; init; }

    /// <summary>To.</summary>
    public IReadOnlyList<string>? To { get; init; }

    /// <summary>Cc.</summary>
    public IReadOnlyList<string>? Cc { get; init; }

    /// <summary>Bcc.</summary>
    [Description("Recipients nobody else sees.")]
    public IReadOnlyList<string>? Bcc { get; init; }

    /// <summary>Subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Plain text.</summary>
    public string? Text { get; init; }

    /// <summary>HTML.</summary>
    public string? Html { get; init; }

    /// <summary>Files.</summary>
    public IReadOnlyList<DraftFile>? Attachments { get; init; }

    /// <summary>Message.</summary>
    [Description("Instead of subject, text, html and attachments: the whole message in base64. Its envelope is from, to, cc and bcc here, or what its header says.")]
    public byte[]? Message { get; init; }
}

/// <summary>Writes a draft down as the message a mail client would send.</summary>
internal static class DraftMail
{
    private const int MostFiles = 500;
    private static readonly SearchValues<char> s_special = SearchValues.Create("\"<>,;:()\\ ");

    /// <summary>The message, and its envelope where the draft names one. Throws <see cref="Refusal"/> for what no mail could say.</summary>
    public static (ReadOnlyMemory<byte> Bytes, string? Sender, IReadOnlyList<string> Recipients) Compose(DraftBody draft)
    {
        var from = draft.From is { Length: > 0 } given ? Read(given, "body $.from") : ((string Name, string Address)?)null;
        var to = All(draft.To, "to");
        var cc = All(draft.Cc, "cc");
        IReadOnlyList<string> recipients = [.. to.Concat(cc).Concat(All(draft.Bcc, "bcc")).Select(r => r.Address)];
        if (draft.Message is { } message)
        {
            return draft.Subject is null && draft.Text is null && draft.Html is null && draft.Attachments is null
                ? (message, from?.Address, recipients)
                : throw Refusal.Bad("body $.message", "the draft is given both whole and in parts", "give 'message' alone, or subject, text, html and attachments");
        }

        if (from is null)
        {
            throw Refusal.Bad("body $.from", "the draft has no author", "give 'from'");
        }

        var mail = new StringBuilder();
        Addresses(mail, "From", [from.Value]);
        Addresses(mail, "To", to);
        Addresses(mail, "Cc", cc);
        mail.Append("Subject: ").Append(Encoded(OneLine(draft.Subject ?? "", "body $.subject"))).Append("\r\nMIME-Version: 1.0\r\n");
        Body(mail, draft);
        return (Encoding.UTF8.GetBytes(mail.ToString()), from.Value.Address, recipients);
    }

    // Base64 has no '-', so no line of a part can be taken for a boundary.
    private static void Body(StringBuilder mail, DraftBody draft)
    {
        var files = draft.Attachments ?? [];
        if (files.Count > MostFiles)
        {
            throw Refusal.Bad("body $.attachments", $"there are {files.Count:N0} of them", $"give at most {MostFiles}");
        }

        if (files.Count > 0)
        {
            mail.Append("Content-Type: multipart/mixed; boundary=\"-files\"\r\n\r\n---files\r\n");
        }

        if (draft.Text is not null && draft.Html is not null)
        {
            mail.Append("Content-Type: multipart/alternative; boundary=\"-text\"\r\n\r\n---text\r\n");
            Part(mail, "text/plain; charset=utf-8", null, Encoding.UTF8.GetBytes(draft.Text));
            mail.Append("---text\r\n");
            Part(mail, "text/html; charset=utf-8", null, Encoding.UTF8.GetBytes(draft.Html));
            mail.Append("---text--\r\n");
        }
        else
        {
            Part(mail, draft.Html is null ? "text/plain; charset=utf-8" : "text/html; charset=utf-8", null, Encoding.UTF8.GetBytes(draft.Html ?? draft.Text ?? ""));
        }

        for (var i = 0; i < files.Count; i++)
        {
            mail.Append("---files\r\n");
            var where = string.Create(CultureInfo.InvariantCulture, $"body $.attachments[{i}]");
            Part(mail, MediaType(files[i].Type, where), OneLine(files[i].Name, $"{where}.name"), files[i].Content);
        }

        if (files.Count > 0)
        {
            mail.Append("---files--\r\n");
        }
    }

    private static void Part(StringBuilder mail, string type, string? fileName, byte[] content)
    {
        mail.Append("Content-Type: ").Append(type).Append("\r\nContent-Transfer-Encoding: base64\r\n");
        if (fileName is not null)
        {
            mail.Append("Content-Disposition: attachment; filename*=utf-8''").Append(Uri.EscapeDataString(fileName)).Append("\r\n");
        }

        mail.Append("\r\n").Append(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    private static string MediaType(string? given, string where)
        => given is not { Length: > 0 } ? "application/octet-stream"
            : given.Length <= 127 && given.Count(c => c == '/') == 1 && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_') ? given
            : throw Refusal.Bad($"{where}.type", "it is no media type", "give one like application/pdf, or leave it out");

    private static List<(string Name, string Address)> All(IReadOnlyList<string>? given, string field)
        => given is null ? [] : [.. given.Select((g, i) => Read(g, string.Create(CultureInfo.InvariantCulture, $"body $.{field}[{i}]")))];

    private static (string Name, string Address) Read(string? given, string where)
    {
        var text = OneLine(given ?? "", where).Trim();
        var open = text.EndsWith('>') ? text.LastIndexOf('<') : -1;
        var (name, address) = open < 0 ? ("", text) : (text[..open].Trim().Trim('"'), text[(open + 1)..^1].Trim());
        // An address of strange characters could say more than an address in a header; those in quotes are not worth the risk here.
        return EmailAddress.TryParse(address, out _) && !address.AsSpan().ContainsAny(s_special) ? (name, address)
            : throw Refusal.Bad(where, "it is no mail address", "give name@example.com or Name <name@example.com>");
    }

    private static string OneLine(string text, string where)
        => text.Any(char.IsControl) ? throw Refusal.Bad(where, "it has a line break or another control character", "give it as one line") : text;

    private static void Addresses(StringBuilder mail, string field, List<(string Name, string Address)> mailboxes)
    {
        if (mailboxes.Count > 0)
        {
            mail.Append(field).Append(": ").AppendJoin(",\r\n ", mailboxes.Select(m => m.Name.Length == 0 ? m.Address : $"{Encoded(m.Name)} <{m.Address}>")).Append("\r\n");
        }
    }

    /// <summary>As encoded words (RFC 2047), whatever it is: nothing in it can end the field.</summary>
    private static string Encoded(string text)
    {
        if (text.Length == 0 || (text.Length < 60 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ')))
        {
            return text;
        }

        return EncodedWords.Of(text);
    }
}
