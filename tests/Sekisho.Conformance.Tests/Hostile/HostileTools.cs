using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests.Hostile;

/// <summary>Archives that only another program makes: bsdtar's 7z, xz, bzip2, zstd, cpio and iso.</summary>
internal static class HostileTools
{
    /// <summary>The files; none where bsdtar is not installed.</summary>
    public static async Task<IReadOnlyList<HostileFile>> AllAsync(string folder)
    {
        if (Programs.Find("bsdtar") is not { } bsdtar)
        {
            return [];
        }

        var bomb = Directory.CreateDirectory(Path.Combine(folder, "bomb")).FullName;
        await using (var zeros = File.Create(Path.Combine(bomb, "zeros.txt")))
        {
            zeros.SetLength(400L * 1024 * 1024);
        }

        var links = Directory.CreateDirectory(Path.Combine(folder, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "passwd.txt"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(links, "root"), "/");
        var many = Directory.CreateDirectory(Path.Combine(folder, "many")).FullName;
        for (var i = 0; i < 6000; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(many, $"{i}.txt"), "x");
        }

        (string Name, string[] Options)[] kinds = [("7z", ["--format=7zip"]), ("tar.xz", ["--xz"]), ("tar.bz2", ["--bzip2"]), ("tar.zst", ["--zstd"]), ("cpio", ["--format=newc"]), ("iso", ["--format=iso9660"])];
        var files = new List<HostileFile>();
        foreach (var (name, options) in kinds)
        {
            var packed = name is not ("cpio" or "iso");
            foreach (var (tree, stops) in new[] { (bomb, true), (links, false), (many, true) })
            {
                if (tree == bomb && !packed)
                {
                    continue;
                }

                var archive = Path.Combine(folder, "archive");
                await Programs.RunAsync(bsdtar, ["-c", "-f", archive, .. options, "-C", tree, "."]);
                var bytes = await File.ReadAllBytesAsync(archive);
                files.Add(new($"{Path.GetFileName(tree)}.{name}", bytes, stops));
                if (tree == many)
                {
                    files.Add(new($"truncated.{name}", bytes[..(bytes.Length / 2)]));
                }
            }
        }

        return files;
    }

    /// <summary>A mail that carries the file.</summary>
    public static byte[] Mail(HostileFile file) => Encoding.ASCII.GetBytes(
        "From: Hanako <hanako@corp.example>\r\nTo: sato@partner.example\r\nSubject: files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/plain\r\n\r\nPlease find it attached.\r\n--b\r\nContent-Type: application/octet-stream\r\n"
        + $"Content-Disposition: attachment; filename=\"{file.Name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Convert.ToBase64String(file.Bytes, Base64FormattingOptions.InsertLineBreaks) + "\r\n--b--\r\n");
}
