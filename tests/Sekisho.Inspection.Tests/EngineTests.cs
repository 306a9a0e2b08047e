using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class EngineTests
{
    private sealed class Rule(string name, Func<InspectionContext, CancellationToken, IEnumerable<Finding>> look) : IInspector
    {
        string IInspector.Rule => name;

        public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel) => look(context, cancel);
    }

    private static Finding Note(string name, params string[] evidence)
        => new() { Rule = name, Severity = Severity.Info, Summary = new("en", "ja"), Evidence = evidence, Recipients = ["taro@client.example"] };

    private static Look With(params IInspector[] rules) => new() { Engine = new InspectionEngine(rules) };

    [SuppressMessage("Usage", "MA0012", Justification = "the worst a rule can do")]
    private static IEnumerable<Finding> Half()
    {
        yield return Note("half");
        throw new InvalidOperationException("secret detail hanako@other.example");
    }

    [Fact]
    public void ARuleThatThrows_IsAFindingForEverybodyOutside_AndTheOthersGoOn()
    {
        var look = With(new Rule("half", (_, _) => Half()), new Rule("next", (_, _) => [Note("next")])) with
        {
            To = ["Taro@client.example", "a@home.example", "hanako@other.example"],
        };
        var findings = look.Inspect(Look.Plain("x")).Findings;
        Assert.Equal([RuleNames.Uninspectable, "next"], findings.Select(f => f.Rule));
        Assert.Equal(Severity.High, findings[0].Severity);
        Assert.Equal(["taro@client.example", "hanako@other.example"], findings[0].Recipients);
        Assert.Contains("half", findings[0].Evidence);
        Assert.DoesNotContain(findings[0].Evidence, e => e.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void TimeThatRunsOut_IsOneFindingThatNamesWhatIsMissing()
    {
        using var cancel = new CancellationTokenSource();
        var look = With(
            new Rule("first", (_, _) => [Note("first")]),
            new Rule("slow", (_, c) =>
            {
                cancel.Cancel();
                c.ThrowIfCancellationRequested();
                return [];
            }),
            new Rule("last", (_, _) => [Note("last")]));
        var findings = look.Inspect(Look.Plain("x"), cancel.Token).Findings;
        Assert.Equal(["first", RuleNames.Uninspectable], findings.Select(f => f.Rule));
        Assert.Equal(["slow", "last", "time limit"], findings[1].Evidence);
        Assert.Equal(2, findings[1].Measures["late"]);
    }

    [Fact]
    public void NoTimeAtAll_IsAFinding()
    {
        var findings = new Look().Inspect(Look.Plain("x"), new CancellationToken(true)).Findings;
        Assert.Equal(RuleNames.Uninspectable, Assert.Single(findings).Rule);
    }

    private sealed class Broken : ICorrespondence, IRecentMail
    {
        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => throw new IOException("disk");

        public RecentMailAnswer Note(RecentMailNote note) => throw new IOException("disk");
    }

    [Fact]
    public void AHistoryThatFails_NeverLetsMailOutSilently()
    {
        var people = Look.People(20);
        var findings = new Look { To = people, Correspondence = new Broken(), Recent = new Broken() }
            .Inspect(Look.Plain("x", $"To: {string.Join(", ", people)}\n")).Findings;
        Assert.Contains(findings, f => f.Rule == RuleNames.Uninspectable && f.Evidence.Contains(RuleNames.VisibleRecipients));
        Assert.Contains(findings, f => f.Rule == RuleNames.Uninspectable && f.Evidence.Contains(RuleNames.DuplicateSend));
        Assert.All(findings, f => Assert.Equal(people, f.Recipients));
    }

    [Fact]
    public void OrdinaryMail_HasNoFindings()
    {
        var correspondence = new Gatherings();
        var look = new Look { Correspondence = correspondence };
        Assert.Empty(look.Inspect(Look.Plain("いつもお世話になっております。\n\n添付の件、よろしくお願いします。\n\n-- \n送信者 <sender@home.example>")).Findings);
        Assert.Equal(0, correspondence.Asked);
    }

    [Fact]
    public void Evidence_IsShortAndSafeToShow()
    {
        var look = With(new Rule("x", (_, _) => [Note("x", [.. Enumerable.Repeat("a\u001b[31m\u202Ered\r\nb\0" + new string('あ', 500), 40)])]));
        var evidence = look.Inspect(Look.Plain("x")).Findings[0].Evidence;
        Assert.Equal(20, evidence.Count);
        Assert.All(evidence, e =>
        {
            Assert.True(e.Length <= 200);
            Assert.StartsWith("a[31mred bあ", e, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void TheSameMailTwice_GivesTheSameFindings()
    {
        var people = Look.People(40);
        var mail = Look.Plain(string.Join('\n', Look.People(30, 100)), $"To: {string.Join(", ", people)}\nCc: broken@\n", "Recall: hanako@other.example");
        static string Say(InspectionResult r) => string.Join('\n', r.Findings.Select(f => $"{f.Rule}|{f.Severity}|{f.Summary}|{string.Join(',', f.Evidence)}|"
            + $"{string.Join(',', f.Recipients)}|{f.Persons}|{string.Join(',', f.Measures.OrderBy(m => m.Key).Select(m => $"{m.Key}={m.Value}"))}"));
        var look = new Look { To = people };
        var first = Say((look with { Recent = new RecentMail() }).Inspect(mail));
        Assert.Equal(first, Say((look with { Recent = new RecentMail() }).Inspect(mail)));
        Assert.Equal(5, first.Split('\n').Length);
    }

    [Fact]
    public void EverySentence_IsSaidInBothLanguages_OnOneLine()
    {
        var people = Look.People(466);
        string[] mails =
        [
            Look.Plain(string.Join('\n', people), $"To: {string.Join(",\n ", people)}\nCc: x@\nBcc: a@b.example,\nc@d.example\n", "Recall: hanako@other.example secret"),
            "From: invented@gmail.com\nTo: news@home.example\nTo: x@\nSubject: hanako@other.example\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx\n",
            Look.Plain("先ほどのメールは削除してください。"),
        ];
        var settings = new RuleSettings { MassMailers = ["x@home.example"], Keywords = [new("k", ["secret"])] };
        var findings = mails.SelectMany(m => new Look { To = people, Settings = settings, User = "sender@home.example" }.Inspect(m).Findings).ToList();
        Assert.True(findings.Select(f => f.Rule).Distinct().Count() >= 9, string.Join(' ', findings.Select(f => f.Rule).Distinct()));
        Assert.All(findings, f =>
        {
            Assert.EndsWith(f.Summary.En[^1] == '?' ? "?" : ".", f.Summary.En, StringComparison.Ordinal);
            Assert.Contains(f.Summary.Ja[^1], "。？");
            Assert.DoesNotContain(f.Summary.En + f.Summary.Ja, char.IsControl);
            Assert.All(f.Measures.Keys, k => Assert.Equal(k.ToLowerInvariant(), k));
            Assert.NotEmpty(f.Recipients);
        });
    }

    private const string Marks = "\r\n<>@\"\0:;,&=-%\u001b ";

    [Fact]
    public void NoInput_MakesItThrow_AndNothingSlipsPastAThrowingRule()
    {
        var seeds = new[]
        {
            Look.Plain(string.Join('\n', Look.People(8)), "To: a@b.example, c@d.example\nCc: Friends: x@y.example;\n"),
            Look.Html("<p>a&#64;b.example<a href='mailto:x@y.example'>z</a><!-- c --><blockquote>q</blockquote></p>"),
            "From: a@home.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar\n\nATTENDEE:mailto:a@b.example\n--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\n\nz\n--b--\n",
        }.Select(Look.Bytes).ToArray();
        var random = new Random(20260401);
        var rounds = Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? 300_000 : 3_000;
        for (var i = 0; i < rounds; i++)
        {
            var mail = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (var n = random.Next(12); n >= 0; n--)
            {
                mail[random.Next(mail.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)Marks[random.Next(Marks.Length)];
            }

            var result = new Look { To = ["taro@client.example", "hanako@other.example"] }.Inspect(mail);
            Assert.DoesNotContain(result.Findings, f => f.Measures.ContainsKey("failed"));
        }
    }

    [Theory]
    [InlineData("@", 3_000_000)]
    [InlineData("a@", 1_500_000)]
    [InlineData("a@b.", 700_000)]
    [InlineData("<", 3_000_000)]
    [InlineData("<a b=\"", 500_000)]
    [InlineData("<style>", 400_000)]
    [InlineData("<script></", 300_000)]
    [InlineData("<!--", 700_000)]
    [InlineData("<blockquote>x", 200_000)]
    [InlineData("&", 3_000_000)]
    [InlineData("&#", 1_000_000)]
    [InlineData("\">\n", 700_000)]
    [InlineData("From: \n", 400_000)]
    [InlineData(">\n", 1_000_000)]
    [InlineData("On a:\n", 400_000)]
    [InlineData("\"@", 1_000_000)]
    [InlineData("%40", 900_000)]
    [InlineData("先ほどの", 500_000)]
    public void HostileText_IsReadToItsEnd(string unit, int times)
    {
        times = Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? times : times / 10;
        var text = new StringBuilder().Insert(0, unit, times).Append("\nhanako@other.example\n").ToString();
        foreach (var type in new[] { "text/plain", "text/html" })
        {
            var result = new Look().Inspect(Look.Plain(text, type: type + "; charset=utf-8"));
            Assert.DoesNotContain(result.Findings, f => f.Measures.ContainsKey("failed"));
        }
    }

    [Fact]
    public void DeepNesting_IsSaid()
    {
        var mail = new StringBuilder("From: a@home.example\nTo: taro@client.example\n");
        for (var i = 0; i < 300; i++)
        {
            mail.Append($"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        }

        mail.Append("\nhanako@other.example\n");
        Assert.Contains(new Look().Inspect(mail.ToString()).Findings, f => f.Rule == RuleNames.Uninspectable && f.Measures.ContainsKey("limit"));
    }

    [Theory]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "encrypted")]
    [InlineData("application/pkcs7-mime; smime-type=signed-data", "signed")]
    [InlineData("multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"", "encrypted")]
    [InlineData("message/partial; id=x; number=1; total=2", "partial")]
    public void WhatNobodyCanLookInto_IsSaid(string type, string measure)
    {
        var finding = new Look().Finding(RuleNames.Uninspectable, Look.Plain("--b\n\nx\n--b--", type: type))!;
        Assert.Equal(1, finding.Measures[measure]);
    }
}
