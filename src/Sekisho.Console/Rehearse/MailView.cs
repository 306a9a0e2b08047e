using Sekisho.Mime;

namespace Sekisho.Pages.Rehearse;

/// <summary>Takes from a mail the little a page shows of it.</summary>
internal static class MailView
{
    /// <summary>Addresses shown of a field; the number of all stands beside them.</summary>
    public const int MaxAddresses = 20;

    private const int MaxText = 700;
    private const int MaxFiles = 20;

    public static ShownMail Of(MimeMessage message, IReadOnlyList<string> envelope)
    {
        var files = message.Entities().Where(e => e.IsAttachment).Take(MaxFiles).Select(e => (e.FileName ?? e.MediaType, SizeOf(e))).ToList();
        var text = message.Entities().FirstOrDefault(e => e.IsBodyText)?.ReadText(MaxText).Text ?? "";
        return new ShownMail(message.Headers.First("From")?.Decoded ?? "", message.Headers.First("Subject")?.Decoded ?? "", Fields(message), envelope.Count, [.. envelope.Take(MaxAddresses)], text, files, message.Bytes.Length);
    }

    public static IReadOnlyList<ShownField> Fields(MimeMessage message)
        => [.. new[] { "To", "Cc", "Bcc" }.Where(f => message.Headers.First(f) is not null).Select(f =>
        {
            var mailboxes = message.Headers.Addresses(f).Mailboxes;
            return new ShownField(f, mailboxes.Count, [.. mailboxes.Take(MaxAddresses).Select(m => m.DisplayName.Length > 0 ? $"{m.DisplayName} <{m.Address}>" : $"{m.Address}")]);
        })];

    private static long SizeOf(MimeEntity entity)
    {
        using var stream = entity.OpenDecoded();
        var buffer = new byte[32 * 1024];
        var size = 0L;
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            size += n;
        }

        return size;
    }
}
