using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Sekisho.Audit.Archives;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

public sealed class PackedTests : IDisposable
{
    private readonly Temp _temp = new("packed");

    public void Dispose() => _temp.Dispose();

    private ArchiveOptions Options => new() { WorkFolder = _temp["work"], KeepFreeBytes = 0 };

    [Fact]
    public void A_zip_of_Google_Takeout_is_read_and_its_mailbox_named()
    {
        const string separator = "From 1713284556332471529@xxx Mon Jul 06 01:00:00 +0000 2020\r\n";
        var mail = ("X-GM-THRID: 1713284556332471529\nX-Gmail-Labels: Sent\n" + Mails.Plain("takeout")).Replace("\n", "\r\n", StringComparison.Ordinal);
        Zip("takeout.zip", ("Takeout/Mail/All mail Including Spam and Trash.mbox", separator + mail + "\r\n" + separator + mail + "\r\n"), ("Takeout/archive_browser.html", "<html></html>"));
        using var archive = MailArchive.Open([_temp["takeout.zip"]], Options);
        Assert.Equal([mail, mail], Mails.Texts(archive));
        Assert.Equal($"{_temp["takeout.zip"]}: Takeout/Mail/All mail Including Spam and Trash.mbox", Assert.Single(archive.Files.Skip(1)));
        Assert.Empty(archive.Broken);
    }

    [Fact]
    public void A_zip_within_a_zip_is_read_and_one_more_is_named()
    {
        var inner = Zip("inner.zip", ("1.eml", Mails.Plain("inner")));
        var middle = Zip("middle.zip", ("inner.zip", Encoding.Latin1.GetString(inner)), ("2.eml", Mails.Plain("middle")));
        Zip("outer.zip", ("middle.zip", Encoding.Latin1.GetString(middle)), ("3.eml", Mails.Plain("outer")));
        using var archive = MailArchive.Open([_temp["outer.zip"]], Options);
        Assert.Equal(["middle", "outer"], Mails.Subjects(archive).Order());
        Assert.Contains("inner.zip", Assert.Single(archive.Broken).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tar_is_read_where_it_lies()
    {
        Tar("mail.tar", ("Maildir/cur/1:2,S", Mails.Plain("a")), ("Maildir/tmp/2", Mails.Plain("no")), ("box", Mails.Separator + Mails.Plain("b") + "\n"), ("x/dovecot.index", "zzz"));
        using var archive = MailArchive.Open([_temp["mail.tar"]], Options);
        Assert.Equal(["a", "b"], Mails.Subjects(archive));
        Assert.False(Directory.Exists(_temp["work"]));
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("xz")]
    [InlineData("zst")]
    [InlineData("bz2")]
    public async Task Compressed_mailboxes_and_tars_are_read(string form)
    {
        File.WriteAllBytes(_temp["sent.mbox"], Mails.Bytes(Mails.Separator + Mails.Plain("mbox") + "\n"));
        Tar("mail.tar", ("cur/1:2,S", Mails.Plain("tar")));
        var program = Need.Program(form switch { "gz" => "gzip", "xz" => "xz", "zst" => "zstd", _ => "bzip2" });
        foreach (var file in new[] { "sent.mbox", "mail.tar" })
        {
            (await Programs.RunAsync(program, ["-k", "-q", _temp[file]])).Succeeded();
            File.Delete(_temp[file]);
        }

        using var archive = MailArchive.Open([_temp.Path], Options);
        Assert.Equal(["mbox", "tar"], Mails.Subjects(archive).Order());
        Assert.Empty(archive.Broken);
        Assert.Contains(archive.Files, f => f == $"{_temp[$"sent.mbox.{form}"]}: sent.mbox");
    }

    [Fact]
    public void What_came_before_the_damage_is_read_and_the_damage_named()
    {
        var mbox = string.Concat(Enumerable.Range(0, 2000).Select(i => Mails.Separator + Mails.Plain($"{i}", body: Guid.NewGuid() + "\n") + "\n"));
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Mails.Bytes(mbox));
        }

        File.WriteAllBytes(_temp["cut.mbox.gz"], packed.ToArray()[..^5000]);
        File.WriteAllBytes(_temp["whole.eml"], Mails.Bytes(Mails.Plain("whole")));
        using var archive = MailArchive.Open([_temp.Path], Options);
        Assert.InRange(archive.Count, 100, 2000);
        Assert.Contains("whole", Mails.Subjects(archive));
        Assert.Contains("cut off", Assert.Single(archive.Broken).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_files_put_end_to_end_are_whole()
    {
        File.WriteAllBytes(_temp["a"], Mails.Bytes(Mails.Separator + Mails.Plain("a") + "\n"));
        File.WriteAllBytes(_temp["b"], Mails.Bytes(Mails.Separator + Mails.Plain("b") + "\n"));
        (await Programs.RunAsync(Need.Program("sh"), ["-c", "gzip -c a > all.mbox.gz && gzip -c b >> all.mbox.gz && rm a b"], folder: _temp.Path)).Succeeded();
        using var archive = MailArchive.Open([_temp.Path], Options);
        Assert.Equal(["a", "b"], Mails.Subjects(archive));
        Assert.Empty(archive.Broken);
    }

    [Fact]
    public void What_unpacks_to_more_than_is_allowed_is_cut_and_named()
    {
        Zip("bomb.zip", ("1.eml", Mails.Plain("first")), ("2.eml", Mails.Plain("bomb", body: new string('x', 10_000_000))), ("3.eml", Mails.Plain("third")));
        using var archive = MailArchive.Open([_temp["bomb.zip"]], Options with { MaxUnpackedBytes = 1_000_000 });
        Assert.Contains("first", Mails.Subjects(archive));
        Assert.Contains("more than the 1,000,000 bytes", Assert.Single(archive.Broken).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_without_room_is_an_error_that_says_where()
    {
        Zip("a.zip", ("1.eml", Mails.Plain("a")));
        var e = Assert.Throws<ArchiveException>(() => MailArchive.Open([_temp["a.zip"]], Options with { KeepFreeBytes = long.MaxValue }));
        Assert.Contains(_temp["work"], e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_temp["work"]));
    }

    [Fact]
    public void What_was_unpacked_is_private_and_goes_with_the_archive_and_so_do_left_overs_of_killed_runs()
    {
        Zip("a.zip", ("1.eml", Mails.Plain("a")));
        Directory.CreateDirectory(_temp["work/sekisho-archive-dead"]);
        File.WriteAllText(_temp["work/sekisho-archive-dead/lock"], "");
        File.WriteAllText(_temp["work/sekisho-archive-dead/1"], "left");
        using var alive = MailArchive.Open([_temp["a.zip"]], Options);
        var folder = Assert.Single(Directory.GetDirectories(_temp["work"]));
        Assert.DoesNotContain("dead", folder, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        using (var second = MailArchive.Open([_temp["a.zip"]], Options))
        {
            Assert.Equal(["a"], Mails.Subjects(second));
        }

        Assert.Equal(["a"], Mails.Subjects(alive));
        alive.Dispose();
        Assert.Empty(Directory.GetDirectories(_temp["work"]));
    }

    [Fact]
    public void An_archive_that_is_none_and_one_that_is_cut_are_named_and_the_rest_is_read()
    {
        var zip = Zip("good.zip", ("1.eml", Mails.Plain("a")));
        File.WriteAllBytes(_temp["cut.zip"], zip[..^30]);
        File.WriteAllBytes(_temp["odd.tar.gz"], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4]);
        using var archive = MailArchive.Open([_temp.Path], Options);
        Assert.Equal(["a"], Mails.Subjects(archive));
        Assert.Equal(2, archive.BrokenCount);
    }

    [Fact]
    public async Task A_zip_with_a_password_is_named()
    {
        File.WriteAllText(_temp["1.eml"], Mails.Plain("a"));
        (await Programs.RunAsync(Need.Program("7z"), ["a", "-tzip", "-psecret", _temp["locked.zip"], _temp["1.eml"]])).Succeeded();
        using var archive = MailArchive.Open([_temp["locked.zip"]], Options);
        Assert.Equal(0, archive.Count);
        Assert.Contains("password", Assert.Single(archive.Broken).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_reaches_its_total()
    {
        Zip("a.zip", ("1.eml", Mails.Plain("a")), ("box", Mails.Separator + Mails.Plain("b") + "\n"));
        var seen = new Seen();
        using var archive = MailArchive.Open([_temp["a.zip"]], Options, seen);
        var last = seen.All.Last();
        Assert.Equal(ArchivePhase.Indexing, last.Phase);
        Assert.Equal(last.Total, last.Done);
        Assert.Equal(2, last.Messages);
        Assert.Contains(seen.All, p => p.Phase == ArchivePhase.Unpacking);
    }

    [Fact]
    public void A_cancelled_opening_leaves_nothing()
    {
        Zip("a.zip", ("1.eml", Mails.Plain("a")));
        using var cancel = new CancellationTokenSource();
        var seen = new Seen(p =>
        {
            if (p.Phase == ArchivePhase.Unpacking)
            {
                cancel.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => MailArchive.Open([_temp["a.zip"]], Options, seen, cancel.Token));
        Assert.True(!Directory.Exists(_temp["work"]) || Directory.GetDirectories(_temp["work"]).Length == 0);
    }

    private byte[] Zip(string name, params (string Name, string Content)[] entries)
    {
        using (var zip = new ZipArchive(File.Create(_temp[name]), ZipArchiveMode.Create))
        {
            foreach (var (entry, content) in entries)
            {
                using var stream = zip.CreateEntry(entry).Open();
                stream.Write(Encoding.Latin1.GetBytes(content));
            }
        }

        return File.ReadAllBytes(_temp[name]);
    }

    private void Tar(string name, params (string Name, string Content)[] entries)
    {
        using var tar = new TarWriter(File.Create(_temp[name]));
        foreach (var (entry, content) in entries)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(Encoding.Latin1.GetBytes(content)) });
        }
    }

    private sealed class Seen(Action<ArchiveProgress>? also = null) : IProgress<ArchiveProgress>
    {
        private readonly Lock _lock = new();

        public List<ArchiveProgress> All { get; } = [];

        public void Report(ArchiveProgress value)
        {
            lock (_lock)
            {
                All.Add(value);
            }

            also?.Invoke(value);
        }
    }
}
