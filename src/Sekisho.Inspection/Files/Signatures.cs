namespace Sekisho.Inspection;

/// <summary>The bytes by which files that are no text are known.</summary>
internal static class Signatures
{
    private static readonly (int At, byte[] Bytes, FileKind Kind, string Label)[] _all =
    [
        // Begins as a font does, so that it stands first.
        At(14, [0xC0, 0x48, 0x42, 0x41, 0x4D], FileKind.Database, "FileMaker"),

        At(0, [0x78, 0x9F, 0x3E, 0x22], FileKind.Tnef),
        At(0, "{\\rtf", FileKind.Rtf),
        At(0, [0x1F, 0x8B], FileKind.Gzip),
        At(0, "BZh", FileKind.OtherArchive, "bzip2"),
        At(0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], FileKind.OtherArchive, "xz"),
        At(0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], FileKind.OtherArchive, "7z"),
        At(0, "Rar!\u001A\a", FileKind.OtherArchive, "rar"),
        At(0, "MSCF", FileKind.OtherArchive, "cab"),
        At(0, "!<arch>\n", FileKind.OtherArchive, "ar"),
        At(0, "07070", FileKind.OtherArchive, "cpio"),
        At(0, [0x28, 0xB5, 0x2F, 0xFD], FileKind.OtherArchive, "zstd"),
        At(0, [0x04, 0x22, 0x4D, 0x18], FileKind.OtherArchive, "lz4"),
        At(0, "LZIP", FileKind.OtherArchive, "lzip"),
        At(0, [0x1F, 0x9D], FileKind.OtherArchive, "compress"),
        At(0, "xar!", FileKind.OtherArchive, "xar"),
        At(0x8001, "CD001", FileKind.OtherArchive, "iso"),

        At(0, [0x89, 0x50, 0x4E, 0x47], FileKind.Media),
        At(0, [0xFF, 0xD8, 0xFF], FileKind.Media),
        At(0, "GIF8", FileKind.Media),
        At(0, "II*\0", FileKind.Media),
        At(0, "MM\0*", FileKind.Media),
        At(0, "8BPS", FileKind.Media),
        At(0, "ID3", FileKind.Media),
        At(0, "OggS", FileKind.Media),
        At(0, "fLaC", FileKind.Media),
        At(0, "MThd", FileKind.Media),
        At(0, [0x1A, 0x45, 0xDF, 0xA3], FileKind.Media),
        At(0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], FileKind.Media),
        At(0, "FLV\u0001", FileKind.Media),
        At(0, "#!AMR", FileKind.Media),
        At(0, "OTTO\0", FileKind.Media),
        At(0, [0x00, 0x01, 0x00, 0x00, 0x00], FileKind.Media),
        At(0, "wOFF", FileKind.Media),
        At(0, "wOF2", FileKind.Media),
        At(0, "ttcf", FileKind.Media),
        At(0, [0xD7, 0xCD, 0xC6, 0x9A], FileKind.Media),
        At(40, " EMF", FileKind.Media),
        At(0, "AC10", FileKind.Media, "DWG"),
        At(0, "JwwData.", FileKind.Media, "JWW"),
        At(0, [0x06, 0x06, 0xED, 0xF5, 0xD8, 0x1D, 0x46, 0xE5], FileKind.Media),
        At(0, [0xC5, 0xD0, 0xD3, 0xC6], FileKind.Media),
        At(0, "gimp xcf", FileKind.Media),
        At(0, "FWS", FileKind.Media),
        At(0, "CWS", FileKind.Media),
        At(0, [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], FileKind.Media),
        At(0, [0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], FileKind.Media),
        At(0, [0xFF, 0x0A], FileKind.Media),
        At(4, "ftyp", FileKind.Media),
        At(4, "moov", FileKind.Media),
        At(4, "mdat", FileKind.Media),
        At(0, "\0\0\u0001\0", FileKind.Media),
        At(0, "\0\0\u0002\0", FileKind.Media),

        // What systems leave beside files: icons, folder views, resource forks.
        At(0, [0x00, 0x00, 0x00, 0x01, 0x42, 0x75, 0x64, 0x31], FileKind.Media),
        At(0, [0x00, 0x05, 0x16, 0x07], FileKind.Media),

        At(0, "MZ", FileKind.Executable),
        At(0, [0x7F, 0x45, 0x4C, 0x46], FileKind.Executable),
        At(0, [0xFE, 0xED, 0xFA, 0xCE], FileKind.Executable),
        At(0, [0xFE, 0xED, 0xFA, 0xCF], FileKind.Executable),
        At(0, [0xCF, 0xFA, 0xED, 0xFE], FileKind.Executable),
        At(0, [0xCE, 0xFA, 0xED, 0xFE], FileKind.Executable),
        At(0, [0xCA, 0xFE, 0xBA, 0xBE], FileKind.Executable),
        At(0, [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], FileKind.Executable, "link"),
        At(0, "\0asm", FileKind.Executable),

        At(0, "SQLite format 3\0", FileKind.Database, "SQLite"),
        At(4, "Standard Jet DB", FileKind.Database, "Access"),
        At(4, "Standard ACE DB", FileKind.Database, "Access"),
        At(0, "!BDN", FileKind.Database, "Outlook store"),
        At(0, [0xCF, 0xAD, 0x12, 0xFE], FileKind.Database, "Outlook Express store"),
        At(0, [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D], FileKind.Database, "OneNote"),
        At(0, "PAR1", FileKind.Database, "Parquet"),
        At(0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], FileKind.Database, "HDF5"),
        At(128, "DICM", FileKind.Database, "DICOM"),
        At(0, [0x60, 0x0E, 0x82], FileKind.Database, "DocuWorks"),
        At(0, "HWP Document File", FileKind.Database, "Hangul"),
        At(0, [0x1A, 0x00, 0x00, 0x04, 0x00, 0x00], FileKind.Database, "Notes"),
        At(0, [0x00, 0x00, 0x1A, 0x00], FileKind.Database, "Lotus 1-2-3"),

        At(0, "-----BEGIN PGP MESSAGE-----", FileKind.Encrypted, "PGP"),
        At(0, "Salted__", FileKind.Encrypted, "OpenSSL"),
        At(0, "age-encryption.org/", FileKind.Encrypted, "age"),
        At(0, [0x03, 0xD9, 0xA2, 0x9A], FileKind.Encrypted, "KeePass"),
        At(0, "LUKS\u00BA\u00BE", FileKind.Encrypted, "LUKS"),
        At(4, "_AttacheCaseData", FileKind.Encrypted, "AttacheCase"),
        At(4, "_Atc_Encrypted_Data", FileKind.Encrypted, "AttacheCase"),
    ];

    /// <summary>The kind by a signature, or null.</summary>
    public static FileType? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (at, signature, kind, label) in _all)
        {
            if (bytes.Length >= at + signature.Length && bytes[at] == signature[0] && bytes[at..].StartsWith(signature))
            {
                return kind is not (FileKind.Rtf or FileKind.Encrypted) && IsByChance(bytes, signature) ? null : new FileType(kind, label);
            }
        }

        // Producers put a line of their own before it; readers look this far.
        if (bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return new FileType(FileKind.Pdf);
        }

        if (bytes.Length > 12 && bytes.StartsWith("RIFF"u8))
        {
            return new FileType(FileKind.Media);
        }

        if (bytes.Length > 26 && bytes.StartsWith("BM"u8) && BitConverter.ToInt32(bytes[6..]) == 0 && bytes[14..26].Contains((byte)0))
        {
            return new FileType(FileKind.Media);
        }

        if (bytes.Length > 6 && bytes[2] == '-' && bytes[3] == 'l' && bytes[4] is (byte)'h' or (byte)'z' && bytes[6] == '-')
        {
            return new FileType(FileKind.OtherArchive, "lzh");
        }

        if (TarReader.IsOne(bytes))
        {
            return new FileType(FileKind.Tar);
        }

        return Der(bytes);
    }

    /// <summary>Kinds whose bytes tell too little by themselves.</summary>
    public static FileType? ByName(ReadOnlySpan<byte> bytes, string extension) => extension switch
    {
        "pgp" or "gpg" or "asc" or "sig" when bytes[0] >= 0x80 => IsEncryptedPacket(bytes[0]) ? new FileType(FileKind.Encrypted, "PGP") : new FileType(FileKind.Media, "PGP key or signature"),
        "p12" or "pfx" when bytes[0] == 0x30 => new FileType(FileKind.Encrypted, "PKCS #12"),
        "cer" or "crt" or "der" or "crl" or "p7b" or "p7s" when bytes[0] == 0x30 => new FileType(FileKind.Media),
        "mp3" or "aac" when bytes[0] == 0xFF => new FileType(FileKind.Media),
        "mpg" or "mpeg" or "vob" when bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 1]) => new FileType(FileKind.Media),
        "dbf" when bytes.Length > 32 && (bytes[0] & 7) is 2 or 3 or 5 => new FileType(FileKind.Database, "dBase"),
        "jtd" or "jtt" or "jtdc" or "xdw" or "xbd" or "nsf" or "mdf" or "fmp12" or "fp7" or "wk1" or "wk3" or "wk4" or "123" or "sas7bdat" or "sav" or "dta"
            => new FileType(FileKind.Database, "." + extension),
        _ => null,
    };

    /// <summary>The first packet's type (RFC 9580 section 5): session keys and encrypted data, not keys and signatures one gives away.</summary>
    private static bool IsEncryptedPacket(byte tag) => ((tag & 0x40) != 0 ? tag & 0x3F : (tag >> 2) & 0xF) is 1 or 3 or 5 or 7 or 9 or 18 or 20;

    /// <summary>A few letters may as well begin a text: a list whose first number is 07070 is no cpio archive.</summary>
    private static bool IsByChance(ReadOnlySpan<byte> bytes, byte[] signature)
        => signature.Length < 8 && !signature.AsSpan().ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) && Mime.PlainText.LooksLikeText(bytes);

    /// <summary>PKCS #7 in DER (RFC 5652): what is enveloped is encrypted, what is signed hides nothing but is not opened here.</summary>
    private static FileType? Der(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 24 || bytes[0] != 0x30)
        {
            return null;
        }

        var at = bytes[..24].IndexOf((ReadOnlySpan<byte>)[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]);
        if (at < 0 || at + 10 >= bytes.Length)
        {
            return null;
        }

        return bytes[at + 10] == 2 ? new FileType(FileKind.Database, "signed (PKCS #7)") : new FileType(FileKind.Encrypted, "S/MIME");
    }

    private static (int At, byte[] Bytes, FileKind Kind, string Label) At(int at, byte[] bytes, FileKind kind, string label = "") => (at, bytes, kind, label);

    private static (int At, byte[] Bytes, FileKind Kind, string Label) At(int at, string bytes, FileKind kind, string label = "")
        => (at, System.Text.Encoding.Latin1.GetBytes(bytes), kind, label);
}
