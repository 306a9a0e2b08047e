using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Notify;

public sealed class NoteComposerTests
{
    private static readonly DateTimeOffset s_now = new(2026, 4, 1, 9, 30, 0, TimeSpan.FromHours(9));
    private static readonly string[] s_fields = ["Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"];

    private static NoteFacts Facts => new()
    {
        NoteId = "01note",
        Reference = "01mail",
        Sender = "taro@home.example",
        Subject = "ご案内",
        MessageId = "abc@home.example",
        ReceivedAt = s_now.AddMinutes(-1),
        Findings =
        [
            new() { Rule = "keyword", Severity = Severity.Low, Summary = new("A word was seen.", "語が見えました。") },
            new() { Rule = "visible-recipients", Severity = Severity.High, Summary = new("3 people would see each other.", "3人に見えてしまいます。"), Evidence = ["To: a@one.example"] },
        ],
        Groups =
        [
            new(PolicyAction.Deliver, ["jiro@home.example"]),
            new(PolicyAction.Hold, ["a@one.example", "b@two.example"], s_now.AddMinutes(10)),
        ],
        PolicyNotes = [new("Ask the office.", "窓口に尋ねてください。")],
        RealCase = new("In 2005 a shop sent 486.", "2005年、ある店で486件。"),
    };

    private static WrittenMail Stopped(NoteFacts facts, string language = "both", string? url = null)
        => new(new NoteComposer(new NotifyConfig { Language = language, ConsoleUrl = url }).Stopped(facts, s_now));

    [Fact]
    public void A_stop_says_why_for_whom_and_what_to_do()
    {
        var mail = Stopped(Facts, "en", "https://gate.home.example");

        Assert.Equal(s_fields, mail.FieldNames);
        Assert.Equal("Not sent yet: ご案内", mail.Header("Subject"));
        Assert.Equal("Sekisho <sekisho@home.example>", mail.Header("From"));
        Assert.Equal("<taro@home.example>", mail.Header("To"));
        Assert.Equal("Wed, 01 Apr 2026 09:30:00 +0900", mail.Header("Date"));
        Assert.Equal(("auto-replied", "<abc@home.example>"), (mail.Header("Auto-Submitted"), mail.Header("In-Reply-To")));
        Assert.Equal(
            """
            Not sent yet

            Your mail "ご案内" of 2026-04-01 09:29 (+09:00):

            3 people would see each other.

            What was seen
              - To: a@one.example

            A word was seen.

            Ask the office.

            It has happened: In 2005 a shop sent 486.

            Waiting for your decision (2 recipients)
              - a@one.example
              - b@two.example

            It leaves by itself at 2026-04-01 09:40 (+09:00) unless you cancel it.

            Sent as it is (1 recipient)
              - jiro@home.example

            What you can do
              Look at it and decide in the browser
                  https://gate.home.example/held/01mail
              Send one mail to each:
                  sekisho held release 01mail --individually
              Send it as it is:
                  sekisho held release 01mail
              Do not send it:
                  sekisho held cancel 01mail

            Until then it stays where it is.


            """.ReplaceLineEndings("\r\n"), mail.Text);
        Assert.Contains("<a href=\"https://gate.home.example/held/01mail\"", mail.Html);
        Assert.All(["3 people would see each other.", "a@one.example", "sekisho held release 01mail --individually"], t => Assert.Contains(t, mail.Html));
    }

    [Fact]
    public void Both_languages_stand_one_after_the_other_and_each_alone_when_asked()
    {
        var both = Stopped(Facts);
        var japanese = Stopped(Facts, "ja");

        Assert.Equal("まだ送信していません / Not sent yet: ご案内", both.Header("Subject"));
        Assert.True(both.Text.IndexOf("3人に見えてしまいます。", StringComparison.Ordinal) < both.Text.IndexOf("3 people would", StringComparison.Ordinal));
        Assert.Contains("3人に見えてしまいます。", both.Html);
        Assert.Equal("まだ送信していません: ご案内", japanese.Header("Subject"));
        Assert.Contains("一通ずつ個別に送る", japanese.Text);
        Assert.DoesNotContain("people", japanese.Text);
        Assert.DoesNotContain("人に", Stopped(Facts, "en").Text);
    }

    [Fact]
    public void Who_may_not_release_is_not_told_how()
    {
        var mail = Stopped(Facts with { Groups = [new(PolicyAction.Approve, ["a@one.example"], null, ["boss@home.example"])] }, "en");

        Assert.DoesNotContain("release", mail.Text);
        Assert.Contains("sekisho held cancel 01mail", mail.Text);
        Assert.Contains("Decided by: boss@home.example", mail.Text);
    }

    [Fact]
    public void What_is_refused_offers_nothing_to_do()
    {
        var mail = Stopped(Facts with { Groups = [new(PolicyAction.Refuse, ["a@one.example"])] }, "en");

        Assert.Equal("Not sent: ご案内", mail.Header("Subject"));
        Assert.DoesNotContain("sekisho held", mail.Text);
    }

    [Fact]
    public void Approvers_are_asked_with_their_own_commands()
    {
        var facts = Facts with { Groups = [new(PolicyAction.Deliver, ["jiro@home.example"]), new(PolicyAction.Approve, ["a@one.example", "b@two.example"])] };
        var mail = new WrittenMail(new NoteComposer(new NotifyConfig { Language = "en", From = "gate@home.example" }).ApprovalWanted(facts, ["boss@home.example", "vice@home.example"], s_now));

        Assert.Equal(("auto-generated", "", "Sekisho <gate@home.example>"), (mail.Header("Auto-Submitted"), mail.Header("In-Reply-To"), mail.Header("From")));
        Assert.Contains("taro@home.example wants to send", mail.Text);
        Assert.Contains("It would go to 2 recipients", mail.Text);
        Assert.Contains("sekisho held approve 01mail", mail.Text);
        Assert.Contains("sekisho held reject 01mail", mail.Text);
        Assert.DoesNotContain("jiro", mail.Text);
    }

    [Fact]
    public void An_approver_hears_for_whom_he_stands_in_how_many_are_needed_and_until_when()
    {
        var facts = Facts with { Link = "https://gate.home.example/d/token", Asked = new ApprovalAsked("chief@home.example", 2, s_now.AddDays(1), AtDeadline.Return, PassedOn: true) };
        var english = new WrittenMail(new NoteComposer(new NotifyConfig { Language = "en" }).ApprovalWanted(facts, ["boss@home.example"], s_now)).Text;
        Assert.Contains("You stand in for chief@home.example.", english);
        Assert.Contains("2 people must approve it.", english);
        Assert.Contains("Please decide by 2026-04-02 09:30 (+09:00); after that it goes back to its sender.", english);
        Assert.Contains("Those who were asked before did not decide in time.", english);
        Assert.Contains("https://gate.home.example/d/token", english);
        var japanese = new WrittenMail(new NoteComposer(new NotifyConfig { Language = "ja" }).ApprovalWanted(facts, ["boss@home.example"], s_now)).Text;
        Assert.Contains("chief@home.example さんの代理としてお願いします。", japanese);
        Assert.Contains("2 人の承認が必要です。", japanese);
        Assert.Contains("過ぎると、送信者に差し戻します。", japanese);
    }

    [Fact]
    public void Individual_sending_is_told_with_its_reason()
    {
        var facts = Facts with { Groups = [new(PolicyAction.Individual, ["a@one.example"])] };
        var mail = new WrittenMail(new NoteComposer(new NotifyConfig { Language = "en" }).SentIndividually(facts, s_now));

        Assert.Equal("Sent to each individually: ご案内", mail.Header("Subject"));
        Assert.Contains("Each gets a copy of his own (1 recipient)", mail.Text);
        Assert.DoesNotContain("sekisho held", mail.Text);
    }

    [Fact]
    public void Mail_that_went_is_told_of_with_its_reason()
    {
        var facts = Facts with { Groups = [new(PolicyAction.Deliver, ["a@one.example"])] };
        var mail = new WrittenMail(new NoteComposer(new NotifyConfig { Language = "en" }).SentNoted(facts, s_now));

        Assert.Equal("Sent, but please look again: ご案内", mail.Header("Subject"));
        Assert.Contains(facts.Findings[0].Summary.En, mail.Text);
        Assert.Contains("a@one.example", mail.Text);
        Assert.DoesNotContain("sekisho held", mail.Text);
    }

    [Theory]
    [InlineData(DecisionKind.Approve, "Approved and on its way")]
    [InlineData(DecisionKind.Reject, "Not approved, not sent")]
    [InlineData(DecisionKind.Cancel, "Cancelled, not sent")]
    [InlineData(DecisionKind.Release, "Released and on its way")]
    [InlineData(DecisionKind.ReleaseIndividually, "Released, sent to each individually")]
    [InlineData(DecisionKind.TimerRelease, "Released, the waiting time is over")]
    [InlineData(DecisionKind.DeadlineReturn, "Not approved in time, not sent")]
    public void Every_decision_has_its_words(DecisionKind kind, string words)
    {
        var mail = new WrittenMail(new NoteComposer(new NotifyConfig { Language = "en" }).Decided(Facts, kind, "boss@home.example", "not now\r\nBcc: x", s_now));

        Assert.StartsWith(words + ":", mail.Header("Subject"));
        Assert.Equal(kind is not (DecisionKind.TimerRelease or DecisionKind.DeadlineReturn), mail.Text.Contains("Decided by: boss@home.example"));
        Assert.Contains("Reason: not now Bcc: x\r\n", mail.Text);
        Assert.Contains("For 3 recipients", mail.Text);
    }

    [Fact]
    public void Long_lists_are_counted_not_written_out()
    {
        var recipients = Enumerable.Range(0, 485).Select(i => $"user{i}@org{i}.example").ToArray();
        var mail = Stopped(Facts with { Groups = [new(PolicyAction.Hold, recipients)] });

        Assert.Contains("user19@", mail.Text);
        Assert.DoesNotContain("user20@", mail.Text + mail.Html);
        Assert.Contains("and 465 more", mail.Text);
        Assert.Contains("ほか 465 件", mail.Text);
        Assert.Contains("and 465 more", mail.Html);
        Assert.Contains("485 recipients", mail.Text);
    }

    [Theory]
    [InlineData("x\r\nBcc: evil@evil.test")]
    [InlineData("x\nBcc: evil@evil.test\n\nbody")]
    [InlineData("x\rBcc: evil@evil.test")]
    [InlineData("x\u2028Bcc: evil@evil.test")]
    [InlineData("x\u0085Bcc: evil@evil.test\0")]
    [InlineData("=?UTF-8?B?DQpCY2M6IGV2aWxAZXZpbC50ZXN0?=")]
    [InlineData("x\r\n--=_01note--\r\n")]
    public void No_subject_begins_a_field_a_line_or_a_part(string evil)
    {
        var mail = Stopped(Facts with { Subject = evil, RealCase = new(evil, evil), PolicyNotes = [new(evil, evil)] });

        Assert.Equal(s_fields, mail.FieldNames);
        Assert.Equal(2, mail.Parts.Count);
        Assert.DoesNotContain("\nBcc", mail.Raw.Replace('\r', '\n') + mail.Text.Replace('\r', '\n'), StringComparison.OrdinalIgnoreCase);
        Assert.All(mail.Text.Split("\r\n"), l => Assert.DoesNotContain(l, c => char.IsControl(c)));
        Assert.DoesNotContain('\u2028', mail.Text + mail.Html + mail.Header("Subject"));
    }

    [Theory]
    [InlineData("a@one.example\r\nBcc: evil@evil.test")]
    [InlineData("\"a\r\nBcc: evil@evil.test\"@one.example")]
    [InlineData("a@one.example>, <evil@evil.test")]
    [InlineData("a,b;c:d@one.example")]
    [InlineData("a@one.example\r\n.\r\n")]
    public void No_sender_address_becomes_two_or_begins_a_field(string evil)
    {
        var bytes = new NoteComposer(new NotifyConfig()).Stopped(Facts with { Sender = evil }, s_now).Bytes;
        var message = Sekisho.Mime.MimeMessage.Parse(bytes);

        Assert.Equal(s_fields, message.Headers.Select(h => h.Name));
        Assert.Single(message.Headers.All("To").SelectMany(f => f.Decoded.Split('\n')));
        var to = Assert.Single(message.Headers.Addresses("To").Mailboxes);
        Assert.True(to.Address is null || to.Address.Domain.Contains('?', StringComparison.Ordinal) || to.Address.Domain == evil[(evil.LastIndexOf('@') + 1)..]);
        Assert.Single(message.Headers.Addresses("From").Mailboxes);
        Assert.Equal(2, message.Root.Children.Count);
    }

    [Theory]
    [InlineData("abc@home.example>\r\nBcc: <evil@evil.test")]
    [InlineData("no at sign")]
    [InlineData("a@b c")]
    [InlineData("日本@home.example")]
    public void A_message_id_that_is_none_is_left_out(string id)
    {
        var mail = Stopped(Facts with { MessageId = id });

        Assert.Equal(s_fields.Except(["In-Reply-To", "References"]), mail.FieldNames);
    }

    [Fact]
    public void What_turns_the_reading_direction_or_hides_is_shown_as_a_mark()
    {
        var evil = "invoice\u202Efdp.exe\u2066\u200F\u061C\u200B\uFEFF\u00AD\U000E0041";
        var mail = Stopped(Facts with
        {
            Subject = evil,
            Findings = [new() { Rule = "x", Severity = Severity.High, Summary = new(evil, evil), Evidence = [evil] }],
            Groups = [new(PolicyAction.Hold, [$"{evil}@one.example"])],
        });

        Assert.DoesNotContain(mail.Text + mail.Html + mail.Header("Subject"), c => c is '\u202E' or '\u2066' or '\u200F' or '\u061C' or '\u200B' or '\uFEFF' or '\u00AD' or '\uDB40');
        Assert.Contains("invoice\uFFFDfdp.exe", mail.Text);
    }

    [Fact]
    public void Ordinary_writing_is_not_harmed()
    {
        const string Fine = "家族👨‍👩‍👧 می‌خواهم naïve ｶﾅ 髙﨑";

        Assert.EndsWith(Fine, Stopped(Facts with { Subject = Fine }).Header("Subject"));
    }

    [Fact]
    public void Nothing_foreign_is_markup_and_nothing_is_loaded()
    {
        const string Evil = "<script>alert(1)</script>\"'><img src=http://evil.test/x onerror=x>&amp;<a href=javascript:x>";
        var html = Stopped(Facts with
        {
            Subject = Evil,
            Reference = "id\"><script>",
            Findings = [new() { Rule = "x", Severity = Severity.High, Summary = new(Evil, Evil), Evidence = [Evil] }],
            Groups = [new(PolicyAction.Hold, [Evil])],
            PolicyNotes = [new(Evil, Evil)],
            RealCase = new(Evil, Evil),
        }, url: "https://gate.home.example").Html;

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.Equal(2, html.Split("<a ").Length - 1);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;", html);
        Assert.Contains("/held/idscript\"", html);
    }

    [Fact]
    public void Long_subjects_are_cut_and_folded_into_short_encoded_words()
    {
        var mail = Stopped(Facts with { Subject = string.Concat(Enumerable.Repeat("長い件名🚧", 200)) });

        Assert.EndsWith("…", mail.Header("Subject"));
        var lines = mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 78));
        Assert.All(lines.SelectMany(l => l.Split(' ')).Where(w => w.StartsWith("=?", StringComparison.Ordinal)), w => Assert.InRange(w.Length, 1, 75));
        Assert.DoesNotContain('\uFFFD', mail.Header("Subject"));
    }

    [Fact]
    public void The_same_facts_give_the_same_bytes_and_another_note_another_id()
    {
        var composer = new NoteComposer(new NotifyConfig());

        Assert.Equal(composer.Stopped(Facts, s_now).Bytes.ToArray(), composer.Stopped(Facts, s_now).Bytes.ToArray());
        Assert.NotEqual(composer.Stopped(Facts, s_now).MessageId, composer.Stopped(Facts with { NoteId = "01other" }, s_now).MessageId);
    }

    [Theory]
    [InlineData("taro@例え.jp", "taro@xn--r8jz45g.jp", false)]
    [InlineData("\"taro yamada\"@home.example", "\"taro yamada\"@home.example", false)]
    [InlineData("\"a\\\"b\"@home.example", "\"a\\\"b\"@home.example", false)]
    [InlineData(".taro..x.@home.example", "\".taro..x.\"@home.example", false)]
    [InlineData("太郎@home.example", "太郎@home.example", true)]
    [InlineData("a@[192.0.2.1]", "a@[192.0.2.1]", false)]
    public void Addresses_of_every_kind_are_written_so_that_they_read_back(string sender, string written, bool needsUtf8)
    {
        var mail = new NoteComposer(new NotifyConfig()).Stopped(Facts with { Sender = sender }, s_now);
        var message = Sekisho.Mime.MimeMessage.Parse(mail.Bytes);

        Assert.Equal($"<{written}>", message.Headers.First("To")!.Unfolded);
        Assert.NotNull(Assert.Single(message.Headers.Addresses("To").Mailboxes).Address);
        Assert.Equal((needsUtf8, needsUtf8), (mail.SmtpUtf8, mail.EightBit));
    }

    [Fact]
    public void Any_text_anywhere_leaves_the_form_of_the_mail_alone()
    {
        var random = new Random(3);
        const string Pieces = "\r\n\0\t \"<>@,;:\\()[]=?-_.aA0é日🚧\u202E\u2028\u0085\uFEFF\u200D&'#%";
        string Any() => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(30) == 0 ? "\r\n--=_01note\r\nBcc: x@y.test\r\n\r\n" : Pieces[random.Next(Pieces.Length)].ToString()));
        var cases = Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? 50_000 : 300;
        for (var i = 0; i < cases; i++)
        {
            var facts = new NoteFacts
            {
                NoteId = "01note", Reference = Any(), Sender = Any(), Subject = Any(), MessageId = Any(), ReceivedAt = s_now,
                Findings = [new() { Rule = Any(), Severity = Severity.High, Summary = new(Any(), Any()), Evidence = [Any(), Any()] }],
                Groups = [new(PolicyAction.Approve, [Any(), Any()], null, [Any()]), new(PolicyAction.Hold, [Any()])],
                PolicyNotes = [new(Any(), Any())],
                RealCase = new(Any(), Any()),
            };
            var bytes = new NoteComposer(new NotifyConfig()).Stopped(facts, s_now).Bytes;
            var message = Sekisho.Mime.MimeMessage.Parse(bytes);

            Assert.Empty(message.Headers.Select(h => h.Name).Except(s_fields));
            Assert.Equal(2, message.Root.Children.Count);
            Assert.DoesNotContain(message.Root.Children[0].ReadText().Text, c => char.IsControl(c) && c is not ('\r' or '\n'));
            Assert.DoesNotContain("\nBcc", message.Root.Children[0].ReadText().Text);
            Assert.DoesNotContain('\u202E', message.Root.Children[1].ReadText().Text);
        }
    }
}
