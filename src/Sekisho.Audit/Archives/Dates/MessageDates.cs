using System.Text;
using Sekisho.Mime;

namespace Sekisho.Audit.Archives;

/// <summary>What a message's own header says about when it was written.</summary>
internal static class MessageDates
{
    /// <summary>Before this nobody wrote mail with a Date in this form; clocks without a battery say 1 January 1970 or 1980, in any zone.</summary>
    public static readonly DateTimeOffset Earliest = new(1980, 1, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No archive is of so late a time; which dates of a file are too late is judged by the file (<see cref="DateRepair"/>).</summary>
    public static readonly DateTimeOffset Latest = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The Date, or else the separator's, or else the topmost Received's; null when none is a possible time.</summary>
    public static DateTimeOffset? Read(in HeaderScan header, DateTimeOffset? stamped) => Written(header) ?? Witness(header, stamped);

    /// <summary>What others than the writer say: the separator, or else the topmost Received.</summary>
    public static DateTimeOffset? Witness(in HeaderScan header, DateTimeOffset? stamped) =>
        stamped is { } at && IsPossible(at) ? at : AfterSemicolon(header.Received);

    /// <summary>True for a time that mail can be of.</summary>
    public static bool IsPossible(DateTimeOffset at) => at >= Earliest && at <= Latest;

    private static DateTimeOffset? Written(in HeaderScan header)
    {
        if (MailDate.TryParse(header.Date, out var at))
        {
            return IsPossible(at) ? at : null;
        }

        // The reader of whole messages understands more: encoded words, raw bytes. Seldom needed, so it may be slow.
        return !header.Date.IsEmpty && MailDate.TryParse(Encoding.UTF8.GetBytes(Decoded(header.Date)), out at) && IsPossible(at) ? at : null;
    }

    private static string Decoded(ReadOnlySpan<byte> value)
    {
        byte[] field = [.. "Date: "u8, .. value, .. "\n\n"u8];
        return MimeMessage.Parse(field).Headers.First("Date")?.Decoded ?? "";
    }

    private static DateTimeOffset? AfterSemicolon(ReadOnlySpan<byte> received) =>
        received.LastIndexOf((byte)';') is >= 0 and var at && MailDate.TryParse(received[(at + 1)..], out var read) && IsPossible(read) ? read : null;
}
