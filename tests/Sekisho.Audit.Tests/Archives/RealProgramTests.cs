using System.Text;
using Sekisho.Audit.Archives;
using Sekisho.Mime;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

/// <summary>Archives that other people's programs wrote. Thunderbird has no command that saves mail without its window; its two forms are in <see cref="FolderTests"/>, letter by letter.</summary>
public sealed class RealProgramTests : IDisposable
{
    private const string Nobody = "nobody";
    private const string Mail =
        "From: a@inside.example\nTo: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <b@outside.example>\nSubject: =?UTF-8?B?5pel5pys6Kqe?=\nDate: Mon, 6 Jul 2020 10:00:00 +0900\n"
        + "Message-ID: <1@inside.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello.\n\nFrom here on\n>From there\nFrom a@b.test Mon Jul  6 01:00:00 2020 we met\n";

    private readonly Temp _temp = new("real");

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("mbox")]
    [InlineData("MMDF")]
    [InlineData("MH")]
    [InlineData("Maildir")]
    public async Task What_mutt_keeps_of_sent_mail_is_read(string form)
    {
        var body = Mail[(Mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        var program = Need.Program("mutt");
        foreach (var subject in new[] { "first", "second" })
        {
            (await Programs.RunAsync(
                program,
                ["-n", "-F", "/dev/null", "-e", $"set mbox_type={form} sendmail={Need.Program("true")} record={_temp["sent"]} from=a@inside.example realname=A charset=utf-8", "-s", subject, "b@outside.example"],
                body,
                new Dictionary<string, string> { ["HOME"] = _temp.Path })).Succeeded();
        }

        using var archive = MailArchive.Open([_temp["sent"]]);
        Assert.Empty(archive.Broken);
        Assert.Equal(["first", "second"], Mails.Subjects(archive).Order());
        Assert.All(Mails.Texts(archive), t => Assert.EndsWith("\n\n" + body, t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_s_nail_keeps_of_sent_mail_is_read()
    {
        foreach (var subject in new[] { "first", "second" })
        {
            (await Programs.RunAsync(
                Need.Program("s-nail"),
                ["-:/", $"-Smta={Need.Program("true")}", $"-Srecord={_temp["sent"]}", "-s", subject, "-r", "a@inside.example", "b@outside.example"],
                "Hello.\n\nFrom here on\n")).Succeeded();
        }

        using var archive = MailArchive.Open([_temp["sent"]]);
        Assert.Empty(archive.Broken);
        Assert.Equal(["first", "second"], Mails.Subjects(archive).Order());
    }

    [Fact]
    public async Task What_procmail_and_formail_write_is_read()
    {
        await File.WriteAllTextAsync(_temp["rc"], $"MAILDIR={_temp.Path}\nDEFAULT={_temp["box"]}\nLOGFILE={_temp["log"]}\n:0c:\nbox\n\n:0c\nmaildir/\n\n:0\nmh/.\n");
        (await Programs.RunAsync(Need.Program("procmail"), ["-m", _temp["rc"]], Mail)).Succeeded();
        var split = (await Programs.RunAsync(Need.Program("formail"), [], Mail)).Succeeded().Output;
        await File.WriteAllTextAsync(_temp["formail"], split + split);
        using var archive = MailArchive.Open([_temp["box"], _temp["maildir"], _temp["mh"], _temp["formail"]]);
        Assert.Empty(archive.Broken);
        Assert.Equal(5, archive.Count);
        Assert.All(Mails.Texts(archive), t => Assert.EndsWith("From here on\n", t[..(t.IndexOf("here on", StringComparison.Ordinal) + 8)], StringComparison.Ordinal));
        Assert.Equal(2, archive.Files.Count(f => f.StartsWith(_temp["maildir"], StringComparison.Ordinal) || f.StartsWith(_temp["mh"], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("maildir:{0}/Maildir")]
    [InlineData("maildir:{0}/Maildir:LAYOUT=fs")]
    [InlineData("mbox:{0}/mbox:INBOX={0}/mbox/inbox")]
    public async Task What_Dovecot_keeps_is_read(string location)
    {
        Need.Root("Dovecot reads no mail as root, and only root can have it read as somebody else");
        var program = Need.Program("doveadm");
        var store = Directory.CreateDirectory(_temp["store"]).FullName;
        (await Programs.RunAsync(Need.Program("chown"), [Nobody, store])).Succeeded();
        var place = string.Format(System.Globalization.CultureInfo.InvariantCulture, location, store);
        await File.WriteAllTextAsync(
            _temp["dovecot.conf"],
            $"base_dir = {_temp["run"]}\nlog_path = /dev/stderr\nmail_location = {place}\nmail_uid = {Nobody}\nmail_gid = nogroup\nfirst_valid_uid = 1\nfirst_valid_gid = 1\nssl = no\nprotocols =\nnamespace inbox {{\n  inbox = yes\n}}\n");
        string[][] commands = [["mailbox", "create", "Sent"], ["save", "-m", "Sent"], ["save", "-m", "Sent"], ["save", "-m", "INBOX"]];
        foreach (var command in commands)
        {
            (await Programs.RunAsync(program, ["-c", _temp["dovecot.conf"], .. command], Mail, new Dictionary<string, string> { ["HOME"] = store, ["USER"] = Nobody })).Succeeded();
        }

        using var archive = MailArchive.Open([store]);
        Assert.Empty(archive.Broken);
        Assert.Equal(3, archive.Count);
        var body = Mail[(Mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        for (var i = 0; i < archive.Count; i++)
        {
            var message = MimeMessage.Parse(archive.Read(i));
            Assert.Equal("日本語", message.Headers.First("Subject")!.Decoded);
            Assert.Equal("山田", Assert.Single(message.Headers.Addresses("To").Mailboxes).DisplayName);
            Assert.EndsWith(body, Encoding.Latin1.GetString(archive.Read(i).Span).Replace("\r\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(new DateTimeOffset(2020, 7, 6, 10, 0, 0, TimeSpan.FromHours(9)), archive[i].At);
        }
    }

    [Theory]
    [InlineData("mbox")]
    [InlineData("Maildir")]
    [InlineData("MH")]
    [InlineData("MMDF")]
    public async Task What_Pythons_mailboxes_write_is_read(string form)
    {
        const string script = """
            import mailbox, sys
            box = getattr(mailbox, sys.argv[1])(sys.argv[2])
            mail = sys.stdin.buffer.read()
            box.lock()
            box.add(mail)
            box.add(mail)
            box.flush()
            box.unlock()
            """;
        (await Programs.RunAsync(Need.Program("python3"), ["-c", script, form, _temp["box"]], Mail)).Succeeded();
        using var archive = MailArchive.Open([_temp["box"]]);
        Assert.Empty(archive.Broken);
        Assert.Equal(2, archive.Count);
        Assert.All(Mails.Texts(archive), t => Assert.Contains("Hello.\n\nFrom here on\n", t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_mbox_tells_the_same_number_to_us_and_to_formail()
    {
        var mbox = string.Concat(Enumerable.Range(0, 50).Select(i => Mails.Separator + Mails.Plain($"{i}", body: "Hello.\n\n>From here on\n") + "\n"));
        await File.WriteAllTextAsync(_temp["box"], mbox);
        var counted = (await Programs.RunAsync(Need.Program("formail"), ["-s", Need.Program("echo"), "x"], mbox)).Output.Count(c => c == 'x');
        using var archive = MailArchive.Open([_temp["box"]]);
        Assert.Equal(counted, archive.Count);
    }
}
