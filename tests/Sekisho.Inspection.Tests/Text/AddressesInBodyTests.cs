using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class AddressesInBodyTests
{
    private const string Rule = RuleNames.AddressesInBody;

    private static long Count(string mail, Look? look = null) => (look ?? new Look()).Finding(Rule, mail)?.Measures["addresses"] ?? 0;

    private static string List(int count) => string.Join('\n', Look.People(count));

    [Theory]
    [InlineData(1, Severity.Info)]
    [InlineData(4, Severity.Info)]
    [InlineData(5, Severity.High)]
    [InlineData(99, Severity.High)]
    [InlineData(100, Severity.Critical)]
    public void Severity_FollowsTheCount(int count, Severity severity)
    {
        var finding = new Look().Finding(Rule, Look.Plain(List(count)))!;
        Assert.Equal(severity, finding.Severity);
        Assert.Equal(count, finding.Measures["addresses"]);
        Assert.Equal(count, finding.Persons);
        Assert.Equal(["taro@client.example"], finding.Recipients);
    }

    [Fact]
    public void Sentences_AreRightInBothLanguages()
    {
        var one = new Look().Finding(Rule, Look.Plain(List(1)))!.Summary;
        Assert.Equal("The text shows an outside person's address to 1 recipient. Is that meant?", one.En);
        var many = new Look { To = ["taro@client.example", "jiro@client.example"] }.Finding(Rule, Look.Plain(List(1384)))!.Summary;
        Assert.Equal("The text shows 1,384 outside people's addresses to 2 recipients. Is that meant?", many.En);
        Assert.Equal("本文に社外の1,384人のメールアドレスが書かれており、2人の宛先に見えてしまいます。このまま送ってよいですか？", many.Ja);
    }

    [Theory]
    [InlineData("nothing here, only @mentions and 3 @ 5 each")]
    [InlineData("write to us: sales@home.example or SALES@HOME.EXAMPLE")]
    [InlineData("you are taro@client.example, are you not?")]
    [InlineData("your colleague hanako@client.example knows")]
    [InlineData("npm i left-pad@1.2.3 and icon@2x.png")]
    [InlineData("[cid:image001.png@01DABCDE.ABCDEFAB]")]
    [InlineData("unsubscribe: https://home.example/u?mail=taro@client.example&x=1 or ?m=taro%40client.example")]
    public void NothingForeign_NoFinding(string text) => Assert.Equal(0, Count(Look.Plain(text)));

    [Theory]
    [InlineData("hanako@other.example", "hanako@other.example")]
    [InlineData("Mail:hanako@other.example.", "hanako@other.example")]
    [InlineData("連絡先はhanako@other.exampleまで", "hanako@other.example")]
    [InlineData("ｈａｎａｋｏ＠ｏｔｈｅｒ．ｅｘａｍｐｌｅ", "hanako@other.example")]
    [InlineData("hanako＠other.example、よろしく", "hanako@other.example")]
    [InlineData("hana\u200Bko@other\u00AD.exam\u2060ple", "hanako@other.example")]
    [InlineData("<hanako@other.example>", "hanako@other.example")]
    [InlineData("hanako,hanako@other.example,03-0000-0000", "hanako@other.example")]
    [InlineData("山田\thanako@other.example\t東京都", "hanako@other.example")]
    [InlineData("\"hana ko\"@other.example", "\"hana ko\"@other.example")]
    [InlineData("h..anako.@docomo.ne.jp", "h..anako.@docomo.ne.jp")]
    [InlineData("hanako@日本.example", "hanako@xn--wgv71a.example")]
    [InlineData("link: https://x.example/?to=hanako%40other.example&a=b", "hanako@other.example")]
    [InlineData("email=hanako@other.example", "hanako@other.example")]
    [InlineData("'hanako@other.example'", "hanako@other.example")]
    [InlineData("hana\u0000ko\u0001@other.example", "hanako@other.example")]
    [InlineData("_hanako@other.example_", "_hanako@other.example")]
    [InlineData("hanako@other.example_2026", "hanako@other.example")]
    [InlineData("hanako@my_host.other.example", "hanako@my_host.other.example")]
    [InlineData("hanako@müller.example", "hanako@xn--mller-kva.example")]
    public void HoweverItIsWritten_ItIsFound(string text, string key)
    {
        var finding = new Look().Finding(Rule, Look.Plain(text));
        Assert.NotNull(finding);
        Assert.Equal([key], finding.Evidence);
    }

    [Theory]
    [InlineData("<p>hana<b></b>ko<i>@</i>other.example</p>")]
    [InlineData("<p>hanako&#64;other&period;example</p>")]
    [InlineData("<p>hanako&commat;other.example</p>")]
    [InlineData("<p>hanako&#x40;other.example</p>")]
    [InlineData("<p>hana&shy;ko&ZeroWidthSpace;@other.example</p>")]
    [InlineData("<a href=\"mailto:hanako@other.example?subject=x\">write</a>")]
    [InlineData("<a href='mailto:hanako%40other.example'>write</a>")]
    [InlineData("<a href=mailto:hanako&#64;other.example>write</a>")]
    [InlineData("<img src=x alt=\"hanako@other.example\">")]
    [InlineData("<!-- hanako@other.example -->")]
    [InlineData("<!-- hanako@other.example")]
    [InlineData("<style>/* hanako@other.example */</style>")]
    [InlineData("<script>var a = 'hanako@other.example'</script>")]
    [InlineData("<style>hanako@other.example")]
    [InlineData("<div style=\"display:none\">hanako@other.example</div>")]
    [InlineData("<input value=\"hanako@other.example")]
    [InlineData("<textarea>hanako@other.example</textarea>")]
    [InlineData("a < b hanako@other.example")]
    [InlineData("<p>Hanako <hanako@other.example></p>")]
    [InlineData("<p hanako@other.example class=x>Hanako</p>")]
    [InlineData("<p class=x hanako@other.example>Hanako</p>")]
    [InlineData("Hanako <p hanako@other.example")]
    [InlineData("<table><tr><td>Hanako</td><td>hanako@other.example</td></tr></table>")]
    public void HtmlHidesNothing(string html) => Assert.Equal(["hanako@other.example"], new Look().Finding(Rule, Look.Html(html))?.Evidence);

    [Theory]
    [InlineData("<img src=\"cid:image001.png@01DABCDE.ABCDEFAB\">")]
    [InlineData("<style>@media screen { a { } } @import 'x.css';</style>")]
    [InlineData("<div>hanako</div><div>@other.example</div>")]
    public void HtmlThatHoldsNone(string html) => Assert.Equal(0, Count(Look.Html(html)));

    [Theory]
    [InlineData("text/plain; charset=us-ascii", "utf-16")]
    [InlineData("text/plain; charset=us-ascii", "utf-32")]
    [InlineData("text/plain; charset=utf-16", "us-ascii")]
    [InlineData("text/plain; charset=ibm037", "us-ascii")]
    public void ACharsetThatLies_HidesNothing(string type, string written)
    {
        var body = Encoding.GetEncoding(written).GetBytes(List(5) + "\n");
        var mail = $"From: sender@home.example\nTo: taro@client.example\nMIME-Version: 1.0\nContent-Type: {type}\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(body)}\n";
        Assert.Equal(5, Count(mail));
    }

    [Fact]
    public void AFlowedText_IsReadAsOneLine()
    {
        Assert.Equal(5, Count(Look.Plain(List(5).Replace("@", "@ \n", StringComparison.Ordinal), type: "text/plain; format=flowed; delsp=yes")));
        Assert.Equal(0, Count(Look.Plain("> " + List(5).Replace("\n", " \n> ", StringComparison.Ordinal), type: "text/plain; format=flowed; delsp=yes")));
    }

    [Theory]
    [InlineData("Content-Type: text/plain\nContent-Type: application/pdf\n", true)]
    [InlineData("Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n", true)]
    [InlineData("Content-Type: text/plain\nContent-Type: text/plain\n", false)]
    public void ATypeThatStandsTwice_CannotBeLookedInto(string header, bool found)
        => Assert.Equal(found, new Look().Finding(RuleNames.Uninspectable, $"From: sender@home.example\nTo: taro@client.example\nMIME-Version: 1.0\n{header}\nhi\n") is not null);

    [Fact]
    public void EveryAlternative_IsRead()
    {
        const string Mail = """
            From: sender@home.example
            To: taro@client.example
            Subject: x
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            preamble hanako0@other.example
            --b
            Content-Type: text/plain

            plain hanako1@other.example
            --b
            Content-Type: text/html

            <p>html hanako2@other.example</p>
            --b
            Content-Type: text/enriched

            rich hanako3@other.example
            --b--
            epilogue hanako4@other.example
            """;
        Assert.Equal(5, Count(Mail));
    }

    [Theory]
    [InlineData("text/plain; name=list.txt", "inline; filename=list.txt", 3)]
    [InlineData("text/csv", "inline", 3)]
    [InlineData("text/csv", "attachment; filename=list.csv", 0)]
    public void TextFilesShownInline_AreText(string type, string disposition, int expected)
    {
        var mail = $"From: sender@home.example\nTo: taro@client.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n"
            + $"Content-Type: {type}\nContent-Disposition: {disposition}\n\n{List(3)}\n--b--\n";
        Assert.Equal(expected, Count(mail));
    }

    [Fact]
    public void WrappingForTransport_IsTakenOff()
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(List(7)), Base64FormattingOptions.InsertLineBreaks);
        Assert.Equal(7, Count($"From: sender@home.example\nTo: taro@client.example\nSubject: x\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\n{base64}\n"));
        Assert.Equal(1, Count("From: sender@home.example\nTo: taro@client.example\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\nhana=\nko=40other.example\n"));
    }

    [Fact]
    public void WhatTheHeaderShowsAnyway_IsNoNews()
    {
        var look = new Look { To = ["taro@client.example", "hanako@client.example"] };
        var mail = "From: sender@home.example\nTo: taro@client.example\nCc: hanako@client.example, office@home.example\nReply-To: invented.desk@gmail.com\nSubject: x\n\n"
            + "Taro <taro@client.example>, hanako@client.example, invented.desk@gmail.com\n";
        Assert.Equal(0, Count(mail, look));
    }

    [Fact]
    public void WhatIndividualCopiesHide_IsNewsInTheText()
    {
        var people = Look.People(30);
        Assert.Equal(30, Count(Look.Plain(string.Join('\n', people), $"To: {string.Join(",\n ", people)}\n"), new Look { To = people }));
    }

    [Fact]
    public void ABlindRecipientInTheText_IsNewsToTheOthers()
    {
        var people = Look.People(6);
        var finding = new Look { To = people }.Finding(Rule, Look.Plain(people[0], ""))!;
        Assert.Equal(1, finding.Measures["addresses"]);
        Assert.Equal(people.Skip(1), finding.Recipients);
    }

    [Fact]
    public void PeopleWhoMetAllRecipients_AreNoNews()
    {
        var known = new Gatherings(["taro@client.example", "hanako@other.example"]);
        Assert.Equal(0, Count(Look.Plain("hanako@other.example"), new Look { Correspondence = known }));
        var finding = new Look { To = ["taro@client.example", "new@third.example"], Correspondence = known }
            .Finding(Rule, Look.Plain("hanako@other.example", ""))!;
        Assert.Equal(1, finding.Measures["addresses"]);
        Assert.Equal(["new@third.example"], finding.Recipients);
    }

    [Fact]
    public void AFreemailSendersOwnSignature_IsNoNews()
        => Assert.Equal(0, Count("From: invented.me@gmail.com\nTo: taro@client.example\nSubject: x\n\n-- \nMe <Invented.Me@gmail.com>\n",
            new Look { Domains = [], From = "invented.me@gmail.com" }));

    [Theory]
    [InlineData("Thanks!\n\nOn Mon, 1 Apr 2026, Hanako <hanako@other.example> wrote:\n> Jiro (jiro@third.example) said so.\n")]
    [InlineData("ありがとうございます。\n\n2026年4月1日(水) 10:00 山田 花子 <hanako@other.example>:\n\n> 次郎さん jiro@third.example より\n")]
    [InlineData("承知しました。\n\n-----Original Message-----\nFrom: Hanako [mailto:hanako@other.example]\nSent: Monday\nTo: jiro@third.example\nSubject: x\n\ntext kumi@fourth.example\n")]
    [InlineData("承知しました。\n\n差出人: 山田 花子 <hanako@other.example>\n送信日時: 2026年4月1日 10:00\n宛先: jiro@third.example\n件名: 打ち合わせ\n\n本文\n")]
    [InlineData("FYI\n\n---------- Forwarded message ---------\nFrom: Hanako <hanako@other.example>\nDate: x\nSubject: y\nTo: jiro@third.example\n\ntext\n")]
    [InlineData("了解\n\n________________________________\nFrom: Hanako <hanako@other.example>\nSent: Monday\nTo: jiro@third.example\nSubject: y\n\ntext\n")]
    [InlineData("Thanks\n\nhanako@other.example on 06/08/2000 06:50:27 PM\nTo: jiro@third.example\ncc: kumi@fourth.example, a@fifth.example, \nb@sixth.example\n\nSubject: y\n\ntext\n")]
    [InlineData("了解\n\n\tHanako <hanako@other.example>\n\t11/16/2000 05:14 PM\n\t\t\n\t\tTo: jiro@third.example\n\t\tcc: \n\t\tSubject: y\n\ntext\n")]
    [InlineData("了解\n----- 元のメッセージ -----\n差出人: hanako@other.example\n")]
    public void TheQuotedThread_IsLeftOut(string text) => Assert.Null(new Look().Finding(Rule, Look.Plain(text)));

    [Fact]
    public void TheHtmlQuote_IsLeftOut()
        => Assert.Null(new Look().Finding(Rule, Look.Html(
            "<div>Thanks</div><div class=gmail_quote>On Monday Hanako &lt;<a href=\"mailto:hanako@other.example\">hanako@other.example</a>&gt; wrote:<br>"
            + "<blockquote>Jiro: <a href=\"mailto:jiro@third.example\">jiro</a><blockquote>kumi@fourth.example</blockquote></blockquote></div>")));

    [Fact]
    public void OwnWordsBelowAQuote_AreOwn()
        => Assert.Equal(["kumi@fourth.example"], new Look().Finding(Rule, Look.Plain("> ask jiro@third.example\n\nBetter kumi@fourth.example.\n"))?.Evidence);

    [Fact]
    public void AListMadeToLookLikeAQuote_CountsWhateverIsAnswered()
    {
        var quoted = string.Join('\n', Look.People(30).Select(p => "> " + p));
        Assert.Equal(30, Count(Look.Plain(quoted)));
        Assert.Equal(30, Count(Look.Plain(quoted, "To: taro@client.example\nIn-Reply-To: <1@client.example>\n")));
    }

    [Fact]
    public void AThreadsPeople_StandInTheHeadersOfItsMails()
    {
        var thread = string.Concat(Look.People(30).Chunk(6).Select(round => $"\n-----Original Message-----\nFrom: {round[0]}\nSent: Monday, March 30, 2026 10:00\nTo: {string.Join("; ", round[1..])}\nSubject: Plan\n\nFine.\n"));
        var reply = new Look().Finding(Rule, Look.Plain("Certainly.\n" + thread, "To: taro@client.example\nIn-Reply-To: <1@client.example>\n"))!;
        Assert.Equal((0, 30), (reply.Measures["addresses"], reply.Measures["quoted"]));
        Assert.Equal(Severity.Info, reply.Severity);
    }

    [Theory]
    [InlineData("Content-Type: text/plain; name=\"{0}.txt\"\nContent-Disposition: attachment; filename=\"{0}.txt\"")]
    [InlineData("Content-Type: application/pdf\nContent-Description: {0}")]
    [InlineData("Content-Type: application/pdf\nContent-Description: {0}", '＠')]
    public void AListInTheNameOfAFile_IsRead(string header, char at = '@')
        => Assert.Equal(6, Count("From: sender@home.example\nTo: taro@client.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n"
            + string.Format(null, header, string.Join(' ', Look.People(6)).Replace('@', at)) + "\n\nx\n--b--\n"));

    [Theory]
    [InlineData("X-GUEST;CN=guest:mailto:{0}")]
    [InlineData("REQUEST-STATUS:3.7;invalid;{0}")]
    public void AListInAnyLineOfACalendar_IsRead(string line)
        => Assert.Equal(6, Count("From: sender@home.example\nTo: taro@client.example\nSubject: x\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1@client.example\n"
            + string.Concat(Look.People(6).Select(p => string.Format(null, line, p) + "\n")) + "END:VEVENT\nEND:VCALENDAR\n"));

    [Fact]
    public void AForwardedMessage_IsAQuote()
    {
        var mail = "From: sender@home.example\nTo: taro@client.example\nSubject: Fwd\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nFYI\n--b\nContent-Type: message/rfc822\n\n"
            + "From: hanako@other.example\nTo: jiro@third.example\nSubject: y\n\nkumi@fourth.example\n--b--\n";
        Assert.Null(new Look().Finding(Rule, mail));
        Assert.Equal(40, Count(mail.Replace("kumi@fourth.example", List(38), StringComparison.Ordinal)));
    }

    [Fact]
    public void AHeaderThatFellIntoTheBody_IsNoQuote()
        => Assert.Equal(12, Count(Look.Plain($"From: hanako@other.example\nTo: x@third.example\nSubject: y\nBcc: {string.Join(",\n ", Look.People(10))}\n\ntext\n")));

    [Theory]
    [InlineData("To: hanako@other.example\nSubject: y\n\ntext")]
    [InlineData("06/08/2000 06:50 PM\n\n\n\n\n\nTo: hanako@other.example\nSubject: y")]
    [InlineData("From: hanako@other.example\nthat is all")]
    [InlineData("From: hanako@other.example\nis the address, Subject: y")]
    [InlineData("-----\nhanako@other.example\n-----")]
    [InlineData("Contact:\n\nhanako@other.example")]
    public void WhatOnlyResemblesAQuote_IsOwn(string text) => Assert.Equal(1, Count(Look.Plain(text)));

    [Fact]
    public void AProgramsSingleMails_AreARun()
    {
        var recent = new RecentMail();
        var people = Look.People(30);
        for (var i = 0; i < 20; i++)
        {
            var finding = new Look { To = [people[i]], Recent = recent, At = Look.Noon.AddSeconds(i) }
                .Finding(Rule, Look.Plain($"Your login: {people[i + 1]}", $"To: {people[i]}\n", $"Order no. {i}"))!;
            Assert.Equal(1, finding.Measures["addresses"]);
            Assert.Equal(i + 1, finding.Measures["run-addresses"]);
            Assert.Equal(i, finding.Measures["run-messages"]);
            Assert.Equal(1, finding.Measures["staged"]);
        }
    }

    [Fact]
    public void AReply_IsNoRun()
        => Assert.Equal(0, new Look().Finding(Rule, Look.Plain("ask hanako@other.example", "To: taro@client.example\nIn-Reply-To: <1@client.example>\n"))!.Measures["staged"]);

    [Fact]
    public void TheLargestListToTheMostRecipients_IsCounted()
    {
        var people = Look.People(16_280);
        var finding = new Look { To = people[..1365], Correspondence = new Gatherings(people.Take(4000).ToArray()) }
            .Finding(Rule, Look.Plain(string.Join('\n', people), ""))!;
        Assert.Equal(16_280 - 4_000, finding.Measures["addresses"] - finding.Measures["quoted"]);
        Assert.Equal(1365, finding.Recipients.Count);
    }

    [Fact]
    public void TextPastTheLimit_IsSaid()
    {
        var mail = Look.Plain(string.Concat(Enumerable.Repeat("0123456789abcdef\n", 600_000)) + "hanako@other.example");
        var finding = Assert.Single(new Look().Inspect(mail).Findings, f => f.Rule == RuleNames.Uninspectable);
        Assert.Equal(1, finding.Measures["limit"]);
    }

    [Theory]
    [InlineData(9, 4_000, 1)]
    [InlineData(9, 1_000, 3)]
    [InlineData(9, 300, 9)]
    [InlineData(14, 4_000, 1)]
    [InlineData(15, 4_000, 15)]
    public void AddressesStrewnOverALongText_AreNoList(int count, int apart, int together)
    {
        var article = string.Concat(Enumerable.Repeat("What the city said today. ", apart / 26));
        var finding = new Look().Finding(Rule, Look.Plain(string.Join('\n', Look.People(count).Select(a => $"{article}\n{a}"))))!;
        Assert.Equal(count, finding.Measures["addresses"]);
        Assert.Equal(together, finding.Measures["together"]);
        Assert.Equal(together >= 5, finding.Severity >= Severity.High);
    }

    [Fact]
    public void AListBelowTheArticlesThatNameItsAddresses_IsOne()
    {
        var article = string.Concat(Enumerable.Repeat("What the city said today. ", 200));
        var text = string.Join('\n', Look.People(9).Select(a => $"{article}\n{a}")) + "\n" + article + List(9);
        Assert.Equal(9, new Look().Finding(Rule, Look.Plain(text))!.Measures["together"]);
    }

    [Fact]
    public void TheSenderHimself_ReadsNothingNew_ButNoListLeavesTheHouse()
    {
        var memory = new CorrespondenceMemory();
        for (var i = 0; i < 5; i++)
        {
            memory.Learn(new LearntMail("ichiro.suzuki@home.example", Look.Noon.AddDays(-10 - i), [new LearntPerson("ichiro.suzuki@gmail.com", "ichiro.suzuki@gmail.com", true)]));
        }

        var look = new Look { From = "ichiro.suzuki@home.example", To = ["ichiro.suzuki@gmail.com"], Correspondence = memory };
        Assert.Null(look.Finding(Rule, Look.Plain(List(30), "To: ichiro.suzuki@gmail.com\n")));
        Assert.Equal(100, Count(Look.Plain(List(100), "To: ichiro.suzuki@gmail.com\n"), look));
        Assert.Equal(30, Count(Look.Plain(List(30), "To: ichiro.suzuki@gmail.com\n"), look with { To = ["ichiro.suzuki@gmail.com", "taro@client.example"] }));
        Assert.Equal(30, Count(Look.Plain(List(30), "To: ichiro.suzuki@gmail.com\n"), look with { Correspondence = new CorrespondenceMemory() }));
    }
}
