using System.Text;
using Sekisho.Audit.Archives;

namespace Sekisho.Audit.Tests.Archives;

/// <summary>Small archives made by hand.</summary>
internal static class Mails
{
    /// <summary>Bytes of text, each character one.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A plain mail, LF.</summary>
    public static string Plain(string subject, string date = "Mon, 6 Jul 2020 10:00:00 +0900", string body = "Hello.\n") =>
        $"From: a@inside.example\nTo: b@outside.example\nSubject: {subject}\nDate: {date}\n\n{body}";

    /// <summary>A plain separator.</summary>
    public const string Separator = "From a@inside.example Mon Jul  6 01:00:00 2020\n";

    /// <summary>Opens one file with that content, and holds to it that several readers of its parts find the same.</summary>
    public static IMailArchive Open(Rig.Temp temp, string name, byte[] content, ArchiveOptions? options = null)
    {
        var path = temp[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        var archive = MailArchive.Open([path], options);
        for (var parts = 2; parts <= 7; parts += 5)
        {
            using var beside = MailArchive.Open([path], (options ?? ArchiveOptions.Default) with { Parallelism = parts, PartBytes = 1 });
            Assert.Equal((archive.Count, archive.BrokenCount, archive.Fingerprint), (beside.Count, beside.BrokenCount, beside.Fingerprint));
            Assert.Equal(archive.Broken, beside.Broken);
            Assert.Equal(Enumerable.Range(0, archive.Count).Select(i => archive[i]), Enumerable.Range(0, beside.Count).Select(i => beside[i]));
        }

        return archive;
    }

    /// <summary>Each message's bytes as text, in date order.</summary>
    public static string[] Texts(IMailArchive archive) => [.. Enumerable.Range(0, archive.Count).Select(i => Encoding.Latin1.GetString(archive.Read(i).Span))];

    /// <summary>Each message's subject as it stands, in date order.</summary>
    public static string[] Subjects(IMailArchive archive) => [.. Texts(archive).Select(t => t.Split('\n').First(l => l.StartsWith("Subject:", StringComparison.Ordinal))[8..].Trim())];
}
