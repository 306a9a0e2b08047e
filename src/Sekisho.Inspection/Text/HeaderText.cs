using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// What people write into a message's margins: subject, comments, keywords, descriptions and names of its parts, and names of recipients so long that
/// they are no names. Addresses are not among it: they are judged where they stand.
/// </summary>
internal static class HeaderText
{
    private const int MaxChars = 256 * 1024;

    /// <summary>Longer than any person's name with company and post.</summary>
    private const int LongName = 80;

    /// <summary>The words, a field or a name a line; at most 256 Ki characters. Never throws.</summary>
    public static string Read(MimeMessage message, string subject)
    {
        var text = new StringBuilder(subject).Append('\n');
        foreach (var field in message.Headers)
        {
            if (text.Length > MaxChars)
            {
                break;
            }

            if (field.Is("Comments") || field.Is("Keywords") || IsWritten(field))
            {
                text.Append(field.Decoded).Append('\n');
            }
            else if (field.Is("To") || field.Is("Cc"))
            {
                foreach (var entry in AddressList.Parse(field).Mailboxes.Where(m => m.DisplayName is { Length: > LongName }))
                {
                    text.Append(entry.DisplayName).Append('\n');
                }
            }
        }

        foreach (var entity in message.Entities())
        {
            if (text.Length > MaxChars)
            {
                break;
            }

            foreach (var field in entity.Parent is null ? [] : entity.Headers.Where(f => f.Is("Content-Description")))
            {
                text.Append(field.Decoded).Append('\n');
            }

            if (entity.FileName is { Length: > 0 } name)
            {
                var dot = name.LastIndexOf('.');
                text.Append((dot > 0 ? name[..dot] : name).Replace('_', ' ')).Append('\n');
            }
        }

        var all = text.Length > MaxChars ? text.ToString(0, MaxChars) : text.ToString();
        return string.IsNullOrWhiteSpace(all) ? "" : TextFolding.StripInvisible(all).ReplaceLineEndings("\n");
    }

    /// <summary>Programs write their own fields in ASCII; one with other letters holds what somebody wrote.</summary>
    private static bool IsWritten(HeaderField field)
        => field.Name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) && !FactsReader.NamesRecipients(field) && !field.ReadsAsWritten && !System.Text.Ascii.IsValid(field.Decoded);
}
