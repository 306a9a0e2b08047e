using System.Text;
using Sekisho.Audit.Archives;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

public sealed class FolderTests : IDisposable
{
    private readonly Temp _temp = new("folders");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_Maildir_with_its_subfolders_is_read_but_what_was_being_written()
    {
        Write("cur/1594000001.M1P1.host:2,S", Mails.Plain("cur"));
        Write("new/1594000002.M1P1.host", Mails.Plain("new"));
        Write("tmp/1594000003.M1P1.host", Mails.Plain("tmp"));
        Write(".Sent/cur/1594000004.M1P1.host:2,S", Mails.Plain("sent"));
        Write(".Sent/new/.hidden", Mails.Plain("hidden"));
        Write(".Sent/tmp/x", Mails.Plain("tmp"));
        Write(".Sent/maildirfolder", "");
        Write("dovecot-uidlist", "3 V1594000000 N4 G1\n1 :1594000001.M1P1.host\n");
        Write("dovecot.index.log", "From: x\nTo: y\nSubject: no\n\n");
        Write("subscriptions", "From: x\nTo: y\nSubject: no\n\n");
        Check(["cur", "new", "sent"]);
    }

    [Fact]
    public void Every_file_of_a_Maildir_is_a_mail_or_broken()
    {
        Write("cur/1", "\nno header at all\n");
        Write("cur/2", "");
        Write("cur/3", "X-Odd: 1\n\nbody\n");
        Write("cur/4", Mails.Plain("a"));
        Directory.CreateDirectory(_temp["new"]);
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal(2, archive.Count);
        Assert.Equal(2, archive.BrokenCount);
        Assert.Contains(archive.Broken, b => b.Place.EndsWith("cur/2", StringComparison.Ordinal) && b.Why == "empty");
    }

    [Fact]
    public void Numbered_files_are_read_in_the_order_of_their_numbers()
    {
        Write("inbox/2", Mails.Plain("two"));
        Write("inbox/10", Mails.Plain("ten"));
        Write("inbox/1", Mails.Plain("one"));
        Write("inbox/.mh_sequences", "cur: 1\n");
        Write("inbox/work/3", Mails.Plain("three"));
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal(["one", "two", "ten", "three"], Mails.Subjects(archive));
    }

    [Fact]
    public void Trees_of_saved_mails_are_read_and_other_files_passed_over()
    {
        Write("a/1.eml", Mails.Plain("lower"));
        Write("a/b/2.EML", Mails.Plain("upper"));
        Write("a/b/note.txt", "To: buy milk\nand bread\n");
        Write("a/b/page.html", "<html></html>");
        Write("a/b/report.pdf", "%PDF-1.4");
        Write("a/saved", Mails.Plain("unnamed"));
        Check(["lower", "unnamed", "upper"]);
    }

    [Fact]
    public void A_file_that_calls_itself_a_mail_and_is_none_is_broken()
    {
        Write("1.eml", "%PDF-1.4 this is none");
        Write("2.eml", "");
        Write("3.eml", Mails.Plain("a"));
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal(["a"], Mails.Subjects(archive));
        Assert.Equal(2, archive.BrokenCount);
    }

    [Fact]
    public void A_saved_mail_may_begin_with_a_separator_or_a_mark_of_its_encoding()
    {
        Write("1.eml", Mails.Separator + Mails.Plain("a"));
        Write("2.eml", "\u00EF\u00BB\u00BF" + Mails.Plain("b"));
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal([Mails.Plain("a"), Mails.Plain("b")], Mails.Texts(archive));
    }

    [Fact]
    public void Apple_Mails_files_have_their_length_before_and_a_list_behind()
    {
        var mail = Mails.Plain("apple");
        Write("V2/INBOX.mbox/Messages/12.emlx", $"{mail.Length}       \n{mail}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist/>\n");
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal([mail], Mails.Texts(archive));
    }

    [Fact]
    public void Mailboxes_lie_in_trees_of_folders_as_Thunderbird_keeps_them()
    {
        // The exact form that Thunderbird writes: bare separators since 2023, dated ones before; its index beside each mailbox.
        Write("Mail/Local Folders/Sent", "From \r\n" + Crlf(Mails.Plain("bare")) + "\r\nFrom \r\n" + Crlf(Mails.Plain("bare2")) + "\r\n");
        Write("Mail/Local Folders/Sent.msf", "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n");
        Write("Mail/Local Folders/Sent.sbd/2019", "From - Mon Jul 06 10:00:00 2020\r\nX-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\n" + Crlf(Mails.Plain("dated")) + "\r\n");
        Write("Mail/Local Folders/Trash", "");
        Write("Mail/Local Folders/msgFilterRules.dat", "version=\"9\"\n");
        Write("prefs.js", "// Mozilla User Preferences\n");
        Write("global-messages-db.sqlite", "SQLite format 3\0");
        Check(["bare", "bare2", "dated"]);
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        Write("a/1.eml", Mails.Plain("a"));
        Directory.CreateSymbolicLink(_temp["a/up"], _temp.Path);
        Directory.CreateSymbolicLink(_temp["b"], _temp["a"]);
        File.CreateSymbolicLink(_temp["self"], _temp["self"]);
        File.CreateSymbolicLink(_temp["nowhere"], _temp["nothing"]);
        Check(["a"]);
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        await Programs.RunAsync(Need.Program("mkfifo"), [_temp["pipe"], _temp["pipe.eml"]]);
        Directory.CreateDirectory(_temp["new"]);
        Directory.CreateDirectory(_temp["cur"]);
        await Programs.RunAsync(Need.Program("mkfifo"), [_temp["cur/1"]]);
        Write("x/1.eml", Mails.Plain("a"));
        using var archive = MailArchive.Open([_temp.Path, _temp["pipe"]]);
        Assert.Equal(1, archive.Count);
    }

    [Fact]
    public async Task Names_that_are_not_UTF8_are_read_and_shown()
    {
        Write("a.eml", Mails.Plain("latin"));
        Write("d/x.mbox", Mails.Separator + Mails.Plain("within") + "\n");
        var shell = Need.Program("sh");
        (await Programs.RunAsync(shell, ["-c", "mv a.eml \"$(printf 'caf\\351.eml')\" && mv d \"$(printf '\\222m.d')\""], folder: _temp.Path)).Succeeded();
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal(["latin", "within"], Mails.Subjects(archive).Order());
        Assert.Contains($"{_temp.Path}/caf%E9.eml", archive.Files);
        Assert.Contains($"{_temp.Path}/%92m.d/x.mbox", archive.Files);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_named()
    {
        Assert.SkipWhen(Programs.IsRoot, "needs not to be root: root may open everything");
        Write("1.eml", Mails.Plain("a"));
        Write("2.eml", Mails.Plain("b"));
        Write("shut/3.eml", Mails.Plain("c"));
        File.SetUnixFileMode(_temp["1.eml"], UnixFileMode.None);
        File.SetUnixFileMode(_temp["shut"], UnixFileMode.None);
        using var archive = MailArchive.Open([_temp.Path]);
        File.SetUnixFileMode(_temp["shut"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(["b"], Mails.Subjects(archive));
        Assert.Equal(2, archive.BrokenCount);
    }

    [Fact]
    public void A_file_that_vanished_is_named_when_read()
    {
        Write("1.eml", Mails.Plain("a"));
        using var archive = MailArchive.Open([_temp.Path]);
        File.Delete(_temp["1.eml"]);
        Assert.Contains("1.eml", Assert.Throws<IOException>(() => archive.Read(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_paths_that_are_not_there_are_said_at_once()
    {
        var e = Assert.Throws<ArchiveException>(() => MailArchive.Open([_temp["one"], _temp.Path, _temp["two"]]));
        Assert.Contains(_temp["one"], e.Message, StringComparison.Ordinal);
        Assert.Contains(_temp["two"], e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("archive.pst", "!BDN\u0001\u0002", "readpst")]
    [InlineData("mac.olm", "PK\u0003\u0004", "Outlook for Mac")]
    [InlineData("old.7z", "7z\u00BC\u00AF\u0027\u001C", "unpack it")]
    [InlineData("Inbox.dbx", "\u00CF\u00AD\u0012\u00FE\u0001", "mbox")]
    [InlineData("inbox.mbx", "*mbx*\r\n", "mailutil")]
    [InlineData("RMAIL", "BABYL OPTIONS:\n", "unrmail")]
    public void Forms_that_are_not_read_are_named_with_what_to_do(string name, string content, string advice)
    {
        Write(name, content);
        Write("1.eml", Mails.Plain("a"));
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal(1, archive.Count);
        var broken = Assert.Single(archive.Broken);
        Assert.Contains(name, broken.Place, StringComparison.Ordinal);
        Assert.Contains(advice, broken.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_openings_and_any_number_of_threads_give_the_same()
    {
        for (var i = 0; i < 3000; i++)
        {
            Write($"{i % 7}/{i}.eml", Mails.Plain($"{i}", $"{1 + (i % 28)} Jul 2020 10:00:00 +0900"));
        }

        Write("box", string.Concat(Enumerable.Range(0, 500).Select(i => Mails.Separator + Mails.Plain($"m{i}", $"{1 + (i % 28)} Jul 2020 10:00:00 +0900") + "\n")));
        using var one = MailArchive.Open([_temp.Path], new ArchiveOptions { Parallelism = 1 });
        using var many = MailArchive.Open([_temp.Path], new ArchiveOptions { Parallelism = 8 });
        Assert.Equal(3500, one.Count);
        Assert.Equal(one.Fingerprint, many.Fingerprint);
        Assert.Equal(Mails.Subjects(one), Mails.Subjects(many));
        Parallel.For(0, one.Count, i => Assert.Equal(one[i].Length, one.Read(i).Length));
    }

    private static string Crlf(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[name])!);
        File.WriteAllBytes(_temp[name], Encoding.Latin1.GetBytes(content));
    }

    private void Check(string[] subjects)
    {
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Empty(archive.Broken);
        Assert.Equal(subjects, Mails.Subjects(archive).Order(StringComparer.Ordinal));
    }
}
