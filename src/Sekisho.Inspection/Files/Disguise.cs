using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>
/// Names that hide what a file is. The everyday mismatches are none: a list saved as <c>.xls</c> that is HTML or CSV, a <c>.doc</c> that is RTF, a
/// <c>.jpg</c> that is PNG, a script sent as <c>.txt</c>, anything under <c>.dat</c>.
/// </summary>
internal static class Disguise
{
    private static readonly FrozenSet<string> _harmless = Set("txt", "text", "log", "md", "csv", "tsv", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "svg",
        "ico", "mp3", "mp4", "mov", "avi", "wav", "wmv", "pdf", "htm", "html", "ics", "vcf", "ttf", "otf");

    private static readonly FrozenSet<string> _documents = Set("txt", "csv", "jpg", "jpeg", "png", "gif", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf", "html", "htm",
        "mp3", "mp4", "zip", "odt", "ods", "odp", "xlsm", "docm");

    private static readonly FrozenSet<string> _programs = Set("exe", "scr", "com", "pif", "bat", "cmd", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "ps1", "lnk", "cpl", "msi",
        "jar", "dll");

    /// <summary>What is odd about a name, for people; null where nothing is.</summary>
    public static string? Of(string name, FileType type)
    {
        if (name.AsSpan().ContainsAny('\u202E', '\u202D'))
        {
            return "characters that turn the name around";
        }

        var extension = Extension(name, out var before);
        if (_programs.Contains(extension) && _documents.Contains(Extension(before.TrimEnd(), out _)))
        {
            return "a program under the name of a document";
        }

        return type.Kind switch
        {
            FileKind.Executable when type.Label != TextKind.Script && (_harmless.Contains(extension) || _documents.Contains(extension)) => "a program under the name of a document",
            FileKind.Zip or FileKind.OtherArchive or FileKind.Tar or FileKind.Gzip or FileKind.Xlsx or FileKind.Xls or FileKind.Ods or FileKind.Docx or FileKind.Doc or FileKind.Odt
                or FileKind.Pptx or FileKind.Ppt or FileKind.Odp or FileKind.OutlookMessage or FileKind.Database
                when _harmless.Contains(extension) && !(extension is "csv" or "tsv") => $"{type.Kind} under the name .{extension}",
            _ => null,
        };
    }

    /// <summary>The extension in lower case without its point; empty where there is none.</summary>
    public static string Extension(string name, out string before)
    {
        var dot = name.LastIndexOf('.');
        before = dot < 0 ? name : name[..dot];
        var extension = dot < 0 ? "" : name[(dot + 1)..].Trim();
        return extension.Length is > 0 and <= 10 ? extension.ToLowerInvariant() : "";
    }

    /// <summary>The extension in lower case without its point; empty where there is none.</summary>
    public static string Extension(string name) => Extension(name, out _);

    private static FrozenSet<string> Set(params string[] all) => all.ToFrozenSet(StringComparer.Ordinal);
}
