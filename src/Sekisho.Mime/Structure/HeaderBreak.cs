namespace Sekisho.Mime;

/// <summary>Finds headers that a line break tore apart inside a list of recipients, so that the rest of the list lands in the text.</summary>
internal static class HeaderBreak
{
    public static IEnumerable<MimeDefect> Find(MimeMessage message)
    {
        foreach (var field in message.Headers)
        {
            if (!field.IsField && !HeaderReader.IsPostmark(field) && field.ValueBytes.Contains((byte)'@')
                && AddressList.Parse(field).Mailboxes.Any(m => m.Address is not null))
            {
                yield return new MimeDefect(MimeDefectKind.BreakInAddress, field.Raw.Offset, "a header line without a field name holds addresses");
            }
        }
    }
}
