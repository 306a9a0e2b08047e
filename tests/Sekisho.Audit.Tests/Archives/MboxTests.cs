using System.Text;
using Sekisho.Audit.Archives;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

public sealed class MboxTests : IDisposable
{
    private readonly Temp _temp = new("mbox");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Messages_come_in_date_order_and_equal_dates_in_the_files()
    {
        using var archive = Open(
            Mails.Separator + Mails.Plain("third", "Wed, 8 Jul 2020 10:00:00 +0900") + "\n"
            + Mails.Separator + Mails.Plain("first", "Mon, 6 Jul 2020 10:00:00 +0900") + "\n"
            + Mails.Separator + Mails.Plain("second", "Mon, 6 Jul 2020 01:00:00 +0000") + "\n");
        Assert.Equal(["first", "second", "third"], Mails.Subjects(archive));
        Assert.Equal(new DateTimeOffset(2020, 7, 6, 10, 0, 0, TimeSpan.FromHours(9)), archive[0].At);
        Assert.Equal(TimeSpan.FromHours(9), archive[0].At.Offset);
        Assert.Equal(0, archive.BrokenCount);
    }

    [Fact]
    public void A_message_is_named_by_its_file_and_byte()
    {
        using var archive = Open(Mails.Separator + Mails.Plain("a") + "\n" + Mails.Separator + Mails.Plain("b") + "\n");
        Assert.Equal($"{_temp["t.mbox"]}, byte {Mails.Separator.Length}", MailArchive.PlaceOf(archive, 0));
    }

    [Theory]
    [InlineData("From - Sat Jan 01 00:00:00 2005")]
    [InlineData("From 1713284556332471529@xxx Sat Jan 01 00:00:00 +0000 2005")]
    [InlineData("From alice@inside.example Sat Jan  1 00:00:00 2005")]
    [InlineData("From alice@inside.example  Sat Jan  1 00:00:00 2005 +0900")]
    [InlineData("From alice@inside.example Sat Jan  1 00:00 2005")]
    [InlineData("From alice@inside.example Sat Jan  1 00:00:00 JST 2005")]
    [InlineData("From alice@inside.example Sat, 01 Jan 2005 00:00:00 +0900")]
    [InlineData("From alice at inside.example  Sat Jan  1 00:00:00 2005")]
    [InlineData("From MAILER-DAEMON Sat Jan  1 00:00:00 2005")]
    [InlineData("From ???@??? Sat Jan 01 00:00:00 2005")]
    [InlineData("From \"Alice B\"@inside.example Sat Jan  1 00:00:00 2005")]
    [InlineData("From alice Sat Jan  1 00:00:00 2005 remote from host")]
    [InlineData("From -")]
    [InlineData("From ")]
    public void Separators_of_every_writer_are_known(string separator)
    {
        using var archive = Open($"{separator}\n{Mails.Plain("a")}\n{separator}\n{Mails.Plain("b")}\n");
        Assert.Equal([Mails.Plain("a"), Mails.Plain("b")], Mails.Texts(archive));
        Assert.Equal(0, archive.BrokenCount);
    }

    [Theory]
    [InlineData("From the beginning of 2005 it was clear: at 10:00 we met.")]
    [InlineData("From Monday Jan 5 10:00:00 2004 on we shall")]
    [InlineData("From: somebody")]
    [InlineData("From ")]
    [InlineData("From alice@inside.example")]
    [InlineData("From a to b Sat Jan  1 00:00:00 2005")]
    public void A_sentence_that_begins_with_From_is_text(string line)
    {
        var mail = Mails.Plain("a", body: $"Hello.\n\n{line}\nso it was.\n");
        using var archive = Open(Mails.Separator + mail + "\n" + Mails.Separator + Mails.Plain("b") + "\n");
        Assert.Equal([mail, Mails.Plain("b")], Mails.Texts(archive));
    }

    [Fact]
    public void A_separator_needs_no_empty_line_before_it()
    {
        using var archive = Open(Mails.Separator + Mails.Plain("a") + Mails.Separator + Mails.Plain("b"));
        Assert.Equal([Mails.Plain("a"), Mails.Plain("b")], Mails.Texts(archive));
    }

    [Fact]
    public void Line_breaks_of_two_bytes_stay()
    {
        var mail = Mails.Plain("a", body: "x\n\n>From here\n").Replace("\n", "\r\n", StringComparison.Ordinal);
        var mbox = (Mails.Separator.Replace("\n", "\r\n", StringComparison.Ordinal) + mail + "\r\n");
        using var archive = Open(mbox + mbox);
        var expected = mail.Replace(">From", "From", StringComparison.Ordinal);
        Assert.Equal([expected, expected], Mails.Texts(archive));
    }

    [Fact]
    public void Bare_carriage_returns_separate_lines_where_no_line_feed_does()
    {
        var mbox = (Mails.Separator + Mails.Plain("a") + "\n" + Mails.Separator + Mails.Plain("b") + "\n").Replace('\n', '\r');
        using var archive = Open(mbox);
        Assert.Equal([Mails.Plain("a"), Mails.Plain("b")], Mails.Texts(archive));
    }

    [Fact]
    public void A_stated_length_is_believed_where_it_leads_to_a_separator()
    {
        var body = $"A mailbox to look at:\n\n{Mails.Separator}Subject: inner\n\ntext\n";
        var mail = Mails.Plain("a", body: body).Replace("\n\n", $"\nContent-Length: {body.Length}\n\n", StringComparison.Ordinal);
        var first = mail[..(mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)] + body;
        using var archive = Open(Mails.Separator + first + "\n" + Mails.Separator + Mails.Plain("b") + "\n");
        Assert.Equal([first, Mails.Plain("b")], Mails.Texts(archive));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    [InlineData(-5)]
    public void A_stated_length_that_leads_nowhere_is_not(int length)
    {
        var mail = Mails.Plain("a").Replace("Date:", $"Content-Length: {length}\nDate:", StringComparison.Ordinal);
        using var archive = Open(Mails.Separator + mail + "\n" + Mails.Separator + Mails.Plain("b") + "\n");
        Assert.Equal([mail, Mails.Plain("b")], Mails.Texts(archive));
    }

    [Fact]
    public void Quoting_is_undone_but_not_where_the_writer_counts_bytes_instead()
    {
        var quoted = Mails.Plain("a", body: ">From here\n>>From there\n> From quoted\nx >From y\n");
        using (var archive = Open(Mails.Separator + quoted + "\n"))
        {
            Assert.True(archive[0].Quoted);
            Assert.Equal(Mails.Plain("a", body: "From here\n>From there\n> From quoted\nx >From y\n"), Mails.Texts(archive)[0]);
        }

        var body = "From here\n>From there\n";
        var counted = Mails.Plain("b").Replace("Hello.\n", body, StringComparison.Ordinal).Replace("Date:", $"Content-Length: {body.Length}\nDate:", StringComparison.Ordinal);
        using (var archive = Open(Mails.Separator + counted + "\n" + Mails.Separator + counted + "\n"))
        {
            Assert.False(archive[0].Quoted);
            Assert.Equal([counted, counted], Mails.Texts(archive));
        }
    }

    [Fact]
    public void The_servers_own_message_is_none()
    {
        var note = "From MAILER-DAEMON Mon Jul  6 01:00:00 2020\nDate: Mon, 06 Jul 2020 01:00:00 +0900\nFrom: Mail System Internal Data <MAILER-DAEMON@host.test>\n"
            + "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1594000000 0000000001\nStatus: RO\n\nThis text is part of the internal format.\n\n";
        using var archive = Open(note + Mails.Separator + Mails.Plain("a") + "\n");
        Assert.Equal([Mails.Plain("a")], Mails.Texts(archive));
        Assert.Equal(0, archive.BrokenCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void A_mailbox_without_mail_is_no_error(string text)
    {
        using var archive = Mails.Open(_temp, "t.mbox", Encoding.UTF8.GetBytes(text));
        Assert.Equal(0, archive.Count);
    }

    [Fact]
    public void A_byte_order_mark_and_blank_lines_may_come_first()
    {
        using var archive = Mails.Open(_temp, "t.mbox", Encoding.UTF8.GetBytes("\uFEFF\n\n" + Mails.Separator + Mails.Plain("a") + "\n"));
        Assert.Equal([Mails.Plain("a")], Mails.Texts(archive));
        Assert.Equal(0, archive.BrokenCount);
    }

    [Fact]
    public void What_is_no_message_is_counted_and_named_and_the_rest_is_read()
    {
        using var archive = Open("junk\njunk\n\n" + Mails.Separator + Mails.Plain("a") + "\n" + Mails.Separator + "\n" + Mails.Separator + Mails.Plain("b") + "\n");
        Assert.Equal([Mails.Plain("a"), Mails.Plain("b")], Mails.Texts(archive));
        Assert.Equal(1 + 1, archive.BrokenCount);
        Assert.Contains("t.mbox", archive.Broken[0].Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_past_the_limit_is_named_and_left_out()
    {
        var options = new ArchiveOptions { MaxMessageBytes = 2000 };
        using var archive = Mails.Open(_temp, "t.mbox", Mails.Bytes(Mails.Separator + Mails.Plain("a", body: new string('x', 3000) + "\n") + "\n" + Mails.Separator + Mails.Plain("b") + "\n"), options);
        Assert.Equal([Mails.Plain("b")], Mails.Texts(archive));
        Assert.Contains("more than the 2,000", Assert.Single(archive.Broken).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_longer_than_the_readers_window_are_whole()
    {
        var options = new ArchiveOptions { ReadBytes = 1 };
        string[] mails = [.. Enumerable.Range(0, 40).Select(i => Mails.Plain($"m{i}", body: string.Concat(Enumerable.Repeat("line of text From here\n", 1 + (i * 997)))))];
        using var archive = Mails.Open(_temp, "t.mbox", Mails.Bytes(string.Concat(mails.Select(m => Mails.Separator + m + "\n"))), options);
        Assert.Equal(mails, Mails.Texts(archive));
    }

    [Fact]
    public void A_path_that_is_not_there_is_said()
    {
        var e = Assert.Throws<ArchiveException>(() => MailArchive.Open([_temp["none.mbox"]]));
        Assert.Contains(_temp["none.mbox"], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_afterwards_is_named_when_read()
    {
        using var archive = Open(Mails.Separator + Mails.Plain("a") + "\n");
        File.WriteAllText(_temp["t.mbox"], "");
        var e = Assert.Throws<IOException>(() => archive.Read(0));
        Assert.Contains("t.mbox", e.Message, StringComparison.Ordinal);
    }

    private IMailArchive Open(string mbox) => Mails.Open(_temp, "t.mbox", Mails.Bytes(mbox));
}
