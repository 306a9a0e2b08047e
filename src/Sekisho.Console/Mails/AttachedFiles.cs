using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Mails;

/// <summary>A file of a mail as listed; never opened.</summary>
/// <param name="Name">As the mail calls it; empty for a nameless one.</param>
/// <param name="Bytes">About how large it is once decoded.</param>
/// <param name="Persons">Persons whose data a finding counted in it, or null.</param>
public sealed record AttachedFile(string Name, string MediaType, long Bytes, int? Persons, bool IsMail);

/// <summary>The files of a mail, by its structure, and what the findings say of them.</summary>
public static class AttachedFiles
{
    /// <summary>Files listed; more are counted only.</summary>
    public const int Most = 50;

    /// <summary>Lists them: attachments, and mails inside the mail as one file each.</summary>
    /// <param name="findings">What was found; files are told apart by their names.</param>
    public static (IReadOnlyList<AttachedFile> Files, int More) Of(MimeMessage message, IReadOnlyList<Finding> findings)
    {
        var files = new List<AttachedFile>();
        var more = 0;
        var open = new Stack<MimeEntity>([message.Root]);
        while (open.TryPop(out var entity))
        {
            var isMail = entity.MediaType.StartsWith("message/", StringComparison.Ordinal) && entity.Children.Count > 0;
            if (!isMail && !entity.IsAttachment && !entity.IsTnef)
            {
                for (var i = entity.Children.Count - 1; i >= 0; i--)
                {
                    open.Push(entity.Children[i]);
                }
            }
            else if (files.Count == Most)
            {
                more++;
            }
            else
            {
                var name = entity.FileName ?? "";
                files.Add(new AttachedFile(name, entity.MediaType, Size(entity), Persons(name, findings), isMail));
            }
        }

        return (files, more);
    }

    /// <summary><c>12 kB</c>, <c>3.4 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1000} kB",
        _ => (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
    };

    /// <summary>What kind of file it claims to be, for people: by its ending, else by its type.</summary>
    public static string Kind(AttachedFile file, Tongue tongue) => Path.GetExtension(file.Name).ToLowerInvariant() switch
    {
        _ when file.IsMail => tongue["mail", "メール"],
        ".xlsx" or ".xls" or ".xlsm" or ".ods" or ".csv" or ".tsv" => tongue["table", "表"],
        ".docx" or ".doc" or ".odt" or ".rtf" or ".txt" => tongue["document", "文書"],
        ".pptx" or ".ppt" or ".odp" => tongue["slides", "スライド"],
        ".pdf" => "PDF",
        ".zip" or ".7z" or ".rar" or ".lzh" or ".tar" or ".gz" => tongue["archive", "圧縮ファイル"],
        ".eml" or ".msg" => tongue["mail", "メール"],
        ".exe" or ".js" or ".vbs" or ".bat" or ".cmd" or ".scr" or ".ps1" or ".lnk" => tongue["program", "プログラム"],
        ".ics" => tongue["invitation", "予定"],
        ".png" or ".jpg" or ".jpeg" or ".gif" or ".bmp" or ".webp" or ".svg" or ".heic" => tongue["picture", "画像"],
        _ when file.MediaType.StartsWith("image/", StringComparison.Ordinal) => tongue["picture", "画像"],
        _ => tongue["file", "ファイル"],
    };

    private static long Size(MimeEntity entity) => entity.Encoding switch
    {
        // 76 characters and a line break carry 57 bytes.
        TransferEncoding.Base64 => entity.Body.Length * 57L / 78,
        _ => entity.Body.Length,
    };

    /// <summary>Evidence names the file it was seen in first.</summary>
    private static int? Persons(string name, IReadOnlyList<Finding> findings)
        => name.Length == 0 ? null : findings.Where(f => f.Persons is > 0 && f.Evidence.Any(e => e.Contains(name, StringComparison.Ordinal))).Max(f => f.Persons);
}
