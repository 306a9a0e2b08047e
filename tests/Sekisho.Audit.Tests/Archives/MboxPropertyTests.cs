using System.Text;
using System.Text.RegularExpressions;
using Sekisho.Audit.Archives;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

/// <summary>Any mails, written as each kin of mbox writes them, come back byte for byte; any bytes at all are read without an error.</summary>
public sealed partial class MboxPropertyTests : IDisposable
{
    private const int Seed = 20200706;

    private static readonly string[] s_lines =
    [
        "", "", "text", "From here on", "From a@b.test Mon Jul  6 01:00:00 2020 we met", ">From there", ">>From afar", "> From quoted", "Subject: in the text", " indented", "From", "From:",
        "From nobody Mon Jul 32 01:00:00 2020", "x From a@inside.example Mon Jul  6 01:00:00 2020", "\u00e9\u0000\u00ff", "\u001b$B4X=j\u001b(B", ".", "Content-Length: 3", "-- ",
    ];

    private readonly Temp _temp = new("property");

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("mboxrd", "\n")]
    [InlineData("mboxrd", "\r\n")]
    [InlineData("mboxo", "\n")]
    [InlineData("mboxcl", "\n")]
    [InlineData("mboxcl", "\r\n")]
    [InlineData("mboxcl2", "\n")]
    [InlineData("mboxcl2", "\r\n")]
    [InlineData("thunderbird", "\r\n")]
    [InlineData("takeout", "\r\n")]
    [InlineData("unspaced", "\n")]
    public void Mails_come_back_byte_for_byte(string writer, string newline)
    {
        var random = new Random(Seed);
        var rounds = Tree.Long ? 3000 : 150;
        for (var round = 0; round < rounds; round++)
        {
            var mails = Enumerable.Range(0, random.Next(1, 12)).Select(i => Mail(random, writer, newline, first: i == 0)).ToArray();
            var mbox = string.Concat(mails.Select(m => Write(writer, newline, m)));
            using var archive = Mails.Open(_temp, $"{round % 8}.mbox", Mails.Bytes(mbox), new ArchiveOptions { ReadBytes = 1, Parallelism = 1 });
            Assert.Equal(mails, Mails.Texts(archive));
            Assert.Equal(0, archive.BrokenCount);
        }
    }

    [Fact]
    public void Any_bytes_are_read_without_an_error()
    {
        var random = new Random(Seed);
        string[] pieces =
        [
            "From ", "From a@b.test Mon Jul  6 01:00:00 2020\n", "From \n", "From -\r\n", "\n", "\r\n", "\r", "Subject: x\n", "Date: Mon, 6 Jul 2020 10:00:00 +0900\n", "Content-Length: 7\n", "Date:\n \n",
            "Received: x; y\n", ">From ", "\u0001\u0001\u0001\u0001\n", "\u00EF\u00BB\u00BF", "\0\0\0\0", "12\n", "text text\n", "PK\u0003\u0004", "\u001F\u008B\u0008", "\u00FD7zXZ\0", "(\u00B5/\u00FD", "BZh91AY&", "ustar",
        ];
        var rounds = Tree.Long ? 50_000 : 1500;
        for (var round = 0; round < rounds; round++)
        {
            var bytes = new List<byte>();
            for (var n = random.Next(30); n > 0; n--)
            {
                var piece = Mails.Bytes(pieces[random.Next(pieces.Length)]);
                if (random.Next(8) == 0)
                {
                    random.NextBytes(piece);
                }

                bytes.AddRange(piece);
            }

            var name = (round % 4) switch { 0 => "f.mbox", 1 => "f.eml", 2 => "f.emlx", _ => "cur/f" };
            Directory.CreateDirectory(_temp["new"]);
            using var archive = Mails.Open(_temp, name, [.. bytes], new ArchiveOptions { Parallelism = 1, WorkFolder = _temp["work"], KeepFreeBytes = 0 });
            for (var i = 0; i < archive.Count; i++)
            {
                _ = archive.Read(i);
            }
        }
    }

    [Fact]
    public void Archives_with_flipped_bytes_are_read_without_an_error()
    {
        var random = new Random(Seed);
        var zip = Packed();
        var rounds = Tree.Long ? 20_000 : 400;
        for (var round = 0; round < rounds; round++)
        {
            var damaged = zip.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            using var archive = Mails.Open(_temp, "t.zip", damaged, new ArchiveOptions { Parallelism = 1, WorkFolder = _temp["work"], KeepFreeBytes = 0, MaxUnpackedBytes = 1_000_000 });
            for (var i = 0; i < archive.Count; i++)
            {
                _ = archive.Read(i);
            }
        }
    }

    private static byte[] Packed()
    {
        var memory = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(memory, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var box = zip.CreateEntry("box.mbox").Open())
            {
                box.Write(Mails.Bytes(Mails.Separator + Mails.Plain("a") + "\n"));
            }

            using var tar = new System.Formats.Tar.TarWriter(zip.CreateEntry("mail.tar").Open());
            tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "cur/1") { DataStream = new MemoryStream(Mails.Bytes(Mails.Plain("b"))) });
        }

        return memory.ToArray();
    }

    /// <summary>A mail as it comes back: with the length its writer states, where it states one.</summary>
    private static string Mail(Random random, string writer, string newline, bool first)
    {
        var lines = Enumerable.Range(0, random.Next(14)).Select(_ => s_lines[random.Next(s_lines.Length)]).ToList();
        if (writer is "mboxo" or "unspaced")
        {
            // The older form cannot tell what it quoted from what was so already.
            lines.RemoveAll(l => l.StartsWith('>'));
        }

        if (writer == "unspaced")
        {
            // Without an empty line of its own a separator takes the mail's last one.
            lines.Add("end");
        }

        if (writer == "mboxcl2" && first)
        {
            // What shows that its writer does not quote.
            lines.Add("From here on");
        }

        var body = string.Concat(lines.Select(l => l + newline));
        var length = Quote(writer, body).Length;
        var header = $"From: a@inside.example{newline}Subject: {random.Next()}{newline}Date: Mon, 6 Jul 2020 10:00:00 +0900{newline}"
            + (writer.StartsWith("mboxcl", StringComparison.Ordinal) ? $"Content-Length: {length}{newline}" : "");
        return header + newline + body;
    }

    private static string Write(string writer, string newline, string mail)
    {
        var separator = writer switch
        {
            "thunderbird" => "From ",
            "takeout" => "From 1713284556332471529@xxx Mon Jul 06 01:00:00 +0000 2020",
            _ => "From a@inside.example Mon Jul  6 01:00:00 2020",
        };
        var body = mail.IndexOf(newline + newline, StringComparison.Ordinal) + (2 * newline.Length);
        return separator + newline + mail[..body] + Quote(writer, mail[body..]) + (writer == "unspaced" ? "" : newline);
    }

    private static string Quote(string writer, string body) => writer switch
    {
        "mboxcl2" => body,
        "mboxo" or "unspaced" => OldQuote().Replace(body, ">$0"),
        _ => NewQuote().Replace(body, ">$0"),
    };

    [GeneratedRegex("^From ", RegexOptions.Multiline)]
    private static partial Regex OldQuote();

    [GeneratedRegex("^>*From ", RegexOptions.Multiline)]
    private static partial Regex NewQuote();
}
