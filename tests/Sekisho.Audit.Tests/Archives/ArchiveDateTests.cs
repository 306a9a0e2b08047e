using Sekisho.Audit.Archives;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

public sealed class ArchiveDateTests : IDisposable
{
    private readonly Temp _temp = new("dates");

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("Thu, 1 Jan 1970 00:00:00 +0000")]
    [InlineData("Mon, 31 Dec 1979 16:00:00 -0800")]
    [InlineData("Sun, 6 Nov 2099 10:00:00 +0900")]
    [InlineData("whenever")]
    [InlineData("")]
    public void A_date_that_cannot_be_gives_way_to_the_separator(string date)
    {
        using var archive = Open(("From a@inside.example Mon Jul  6 01:02:03 2020\n", Mails.Plain("a", date)));
        Assert.Equal(new DateTimeOffset(2020, 7, 6, 1, 2, 3, TimeSpan.Zero), archive[0].At);
    }

    [Fact]
    public void Without_a_separators_date_the_topmost_Received_counts()
    {
        const string received = "Received: from a.test (a.test [192.0.2.1])\n\tby b.test with ESMTP id 1;\n\tMon, 6 Jul 2020 10:00:00 +0900\n"
            + "Received: from c.test by a.test; Mon, 6 Jul 2020 09:00:00 +0900\n";
        using var archive = Open(("From \n", received + Mails.Plain("a", "nonsense")));
        Assert.Equal(new DateTimeOffset(2020, 7, 6, 10, 0, 0, TimeSpan.FromHours(9)), archive[0].At);
    }

    [Fact]
    public void With_nothing_to_go_by_the_message_before_counts_or_the_first_after()
    {
        using var archive = Open(
            ("From \n", Mails.Plain("first", "nonsense")),
            ("From \n", Mails.Plain("second", "Mon, 6 Jul 2020 10:00:00 +0900")),
            ("From \n", Mails.Plain("third", "")),
            ("From \n", Mails.Plain("fourth", "Tue, 7 Jul 2020 10:00:00 +0900")));
        Assert.Equal(["first", "second", "third", "fourth"], Mails.Subjects(archive));
        Assert.Equal(archive[1].At, archive[0].At);
        Assert.Equal(archive[1].At, archive[2].At);
    }

    [Theory]
    [InlineData("Tue, 7 Jul 2037 10:00:00 +0900")]
    [InlineData("Tue, 1 Jan 1980 10:00:00 +0900")]
    [InlineData("Tue, 4 Jan 1983 10:00:00 +0900")]
    public void A_mail_does_not_leave_its_files_span_by_a_broken_clock(string date)
    {
        var mails = Enumerable.Range(1, 20).Select(i => ($"From a@inside.example Mon Jul {i,2} 01:00:00 2020\n", Mails.Plain($"{i}", i == 10 ? date : $"{i} Jul 2020 10:00:00 +0900"))).ToArray();
        using var archive = Open(mails);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}"), Mails.Subjects(archive));
    }

    [Fact]
    public void A_few_old_mails_at_the_head_of_a_mailbox_stay_old()
    {
        var old = Enumerable.Range(1, 3).Select(i => ("From \n", Mails.Plain($"old{i}", $"{i} Jul 1997 10:00:00 +0900")));
        var late = Enumerable.Range(1, 300).Select(i => ("From \n", Mails.Plain($"{i}", $"{1 + (i % 28)} Jul 2020 10:00:00 +0900")));
        using var archive = Open([.. old, .. late]);
        Assert.Equal(1997, archive[0].At.Year);
        Assert.Equal(1997, archive[2].At.Year);
        Assert.Equal(2020, archive[3].At.Year);
    }

    [Fact]
    public void No_mail_is_later_than_the_file_it_lies_in()
    {
        var path = _temp["t.mbox"];
        File.WriteAllText(path, string.Concat(Enumerable.Range(1, 3).Select(i => $"{Mails.Separator}{Mails.Plain($"{i}", i == 2 ? "6 Jul 2035 10:00:00 +0900" : "6 Jul 2020 10:00:00 +0900")}\n")));
        File.SetLastWriteTimeUtc(path, new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using var archive = MailArchive.Open([path]);
        Assert.Equal(2020, archive[2].At.Year);
    }

    [Fact]
    public void A_files_own_time_is_not_believed_against_most_of_its_mail()
    {
        var path = _temp["t.mbox"];
        File.WriteAllText(path, string.Concat(Enumerable.Range(1, 3).Select(i => $"{Mails.Separator}{Mails.Plain($"{i}", $"{i} Jul 2020 10:00:00 +0900")}\n")));
        File.SetLastWriteTimeUtc(path, new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using var archive = MailArchive.Open([path]);
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(i => archive[i].At.Day));
    }

    [Fact]
    public void The_fingerprint_is_that_of_the_files_wherever_they_are()
    {
        var mbox = Mails.Separator + Mails.Plain("a") + "\n";
        string Of(string name, string text)
        {
            using var archive = Mails.Open(_temp, name, Mails.Bytes(text));
            return archive.Fingerprint;
        }

        var first = Of("x/t.mbox", mbox);
        Assert.Equal(first, Of("x/t.mbox", mbox));
        Assert.Equal(first, Of("y/t.mbox", mbox));
        Assert.NotEqual(first, Of("y/u.mbox", mbox));
        Assert.NotEqual(first, Of("y/t.mbox", mbox + mbox));
        Assert.NotEqual(first, Of("y/t.mbox", mbox.Replace("6 Jul", "7 Jul", StringComparison.Ordinal)));
    }

    private IMailArchive Open(params (string Separator, string Mail)[] mails) =>
        Mails.Open(_temp, "t.mbox", Mails.Bytes(string.Concat(mails.Select(m => $"{m.Separator}{m.Mail}\n"))));
}
