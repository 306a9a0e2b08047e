using System.Text;

namespace Sekisho.Inspection;

/// <summary>Which program's document a compound file is: that stands in the names of its uppermost streams.</summary>
internal static class CompoundKind
{
    /// <summary>The kind by the uppermost streams; where the directory is damaged, by any stream's name in the file.</summary>
    public static FileType Of(ReadOnlyMemory<byte> bytes)
    {
        var names = TopNames(bytes);
        if (names.Count > 0)
        {
            return ByNames(names.Contains);
        }

        foreach (var name in (string[])["EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book", "__properties_version1.0"])
        {
            if (bytes.Span.IndexOf(Encoding.Unicode.GetBytes(name)) >= 0)
            {
                return ByNames(n => n == name);
            }
        }

        return new FileType(FileKind.Unknown, "compound file");
    }

    private static FileType ByNames(Func<string, bool> has)
        => has("EncryptedPackage") || has("EncryptionInfo") ? new FileType(FileKind.Encrypted, "Office")
        : has("WordDocument") ? new FileType(FileKind.Doc)
        : has("PowerPoint Document") || has("PP40") ? new FileType(FileKind.Ppt)
        : has("Workbook") || has("Book") || has("WORKBOOK") || has("BOOK") ? new FileType(FileKind.Xls)
        : has("__properties_version1.0") || has("__nameid_version1.0") ? new FileType(FileKind.OutlookMessage)
        : has("Catalog") ? new FileType(FileKind.Media, "Thumbs.db")
        : has("VisioDocument") ? new FileType(FileKind.Database, "Visio")
        : has("FileHeader") ? new FileType(FileKind.Database, "Hangul")
        : has("DocumentText") || has("DocumentTextPositionTable") ? new FileType(FileKind.Database, "Ichitaro")
        : has("Quill") ? new FileType(FileKind.Database, "Publisher")
        : has("\u0001\u0001CompObj") || has("\u4840\u3F3F\u4577\u446C\u3B6A\u45E4\u4824") || has("\u4840\u3B3F\u43F2\u4438\u45B1") ? new FileType(FileKind.Executable, "installer")
        : new FileType(FileKind.Unknown, "compound file");

    /// <summary>Names of the root's children; empty where the directory cannot be followed.</summary>
    private static ICollection<string> TopNames(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var file = CfbFile.Open(bytes);
            return file.Children(file.Root).Keys;
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
