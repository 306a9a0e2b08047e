namespace Sekisho.Audit.Archives;

/// <summary>Forms of mail that are known but not read, and what somebody who has one can do.</summary>
internal static class KnownForms
{
    private const string Outlook = "an Outlook data file: turn it into mbox files first (readpst -o FOLDER FILE, Debian's pst-utils) and audit those";
    private const string Express = "an Outlook Express folder: turn it into an mbox first (undbx or readdbx) and audit that";
    private const string Exchange = "an Exchange database: export its mailboxes to .pst or .eml and audit those";
    private const string Notes = "a Notes database: export its mails as .eml or mbox and audit those";
    private const string Item = "an Outlook item: save it as .eml and audit that";
    private const string Mac = "an Outlook for Mac archive: unpack it as a zip and export its mails as .eml or mbox";
    private const string Mbx = "a mailbox in the MBX form of UW-IMAP: turn it into an mbox (mailutil copy) and audit that";
    private const string Babyl = "a Babyl file: turn it into an mbox (Emacs: M-x unrmail) and audit that";
    private const string Dbox = "a dbox of Dovecot: turn it into a Maildir (doveadm backup) and audit that";
    private const string SevenZip = "a 7z archive: unpack it and audit what was in it";
    private const string Rar = "a RAR archive: unpack it and audit what was in it";

    /// <summary>What to do about a file of such a form; null for any other.</summary>
    public static string? Advice(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) => head switch
    {
        [(byte)'!', (byte)'B', (byte)'D', (byte)'N', ..] => Outlook,
        [0xcf, 0xad, 0x12, 0xfe, ..] => Express,
        [_, _, _, _, 0xef, 0xcd, 0xab, 0x89, ..] when FileKinds.EndsWith(name, ".edb"u8) || FileKinds.EndsWith(name, ".stm"u8) => Exchange,
        [0x1a, 0, 0, 4, 0, 0, ..] => Notes,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] when FileKinds.EndsWith(name, ".msg"u8) => Item,
        [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => SevenZip,
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, ..] => Rar,
        _ when head.StartsWith("*mbx*\r\n"u8) => Mbx,
        _ when head.StartsWith("BABYL OPTIONS:"u8) => Babyl,
        _ when FileKinds.EndsWith(name, ".olm"u8) => Mac,
        _ when head.StartsWith("2 M"u8) && (name.StartsWith("u."u8) || name.StartsWith("m."u8)) => Dbox,
        _ => null,
    };
}
