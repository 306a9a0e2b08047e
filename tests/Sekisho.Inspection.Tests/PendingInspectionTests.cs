using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class PendingInspectionTests
{
    private static readonly string[] _people = Look.People(20);

    /// <summary>Mails that between them give every rule something to look at.</summary>
    private static readonly string[] _mails =
    [
        Look.Plain(string.Join('\n', Look.People(30, 100)), $"To: {string.Join(", ", _people)}\n", "Recall: hanako@other.example"),
        Look.Plain("鈴木一郎様\n\nお世話になっております。\nログインID: hanako@other.example\nパスワード: Xk39-aB7q\n\n社外秘 4111 1111 1111 1111 株式会社別会社御中 添付します。\n先ほどのメールは削除してください。secret"),
        "From: a@home.example\nTo: taro@client.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar\n\n"
            + "BEGIN:VCALENDAR\nATTENDEE:mailto:a@b.example\nATTENDEE:mailto:c@d.example\nEND:VCALENDAR\n--b\nContent-Type: text/csv; name=\"list.csv\"\nContent-Disposition: attachment; filename=\"list.csv\"\n\n"
            + "氏名,電話,会社\n山田太郎,03-1234-5678,甲社\n鈴木花子,03-1234-5679,乙社\n--b--\n",
    ];

    private static readonly RuleSettings _settings = new()
    {
        Keywords = [new("k", ["secret"])],
        MassMailers = ["x@home.example"],
        FileNames = [new("f", ["*.csv"])],
        Companies = [new(["別会社"], ["other.example"])],
    };

    private static InspectionInput Input(string mail, params string[] to)
        => new() { Message = MimeMessage.Parse(Look.Bytes(mail)), MailFrom = "sender@home.example", Recipients = to.Length > 0 ? to : _people, ReceivedAt = Look.Noon };

    private static PendingInspection Begin(InspectionInput input)
        => InspectionEngine.CreateDefault().Begin(input, new Organisation(["home.example"]), _settings, TestContext.Current.CancellationToken);

    private sealed class Untouchable : ICorrespondence, IRecentMail
    {
        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => throw new InvalidOperationException("touched");

        public CorrespondenceView Look(CorrespondenceQuestion question) => throw new InvalidOperationException("touched");

        public IReadOnlyList<Contact> Alike(AlikeQuestion question) => throw new InvalidOperationException("touched");

        public ScoreCurve Curve(string rule) => throw new InvalidOperationException("touched");

        public RecentMailAnswer Note(RecentMailNote note) => throw new InvalidOperationException("touched");
    }

    [Fact]
    public void OnlyRulesThatSaySo_TouchHistory()
    {
        var touched = new HashSet<string>();
        foreach (var mail in _mails)
        {
            foreach (var input in (InspectionInput[])[Input(mail), Input(mail, "taro@client.example"), Input(mail, "hanako@other.example", "taro@client.example")])
            {
                var findings = Begin(input).Finish(new Untouchable(), new Untouchable(), TestContext.Current.CancellationToken).Findings;
                touched.UnionWith(findings.Where(f => f.Measures.ContainsKey("failed")).SelectMany(f => f.Evidence));
            }
        }

        touched.RemoveWhere(e => !typeof(RuleNames).GetFields().Any(f => (string?)f.GetRawConstantValue() == e));
        var marked = InspectionEngine.CreateDefault().Rules.OfType<IHistoryInspector>().Select(r => r.Rule).ToHashSet();
        Assert.Superset(touched, marked);

        // The mails are rich enough to tell: most of the rules with the mark did touch it.
        Assert.True(touched.Count >= 5, string.Join(' ', touched));
    }

    [Fact]
    public void BegunSideBySide_AndFinishedInOrder_EachIsJudgedAsAlone()
    {
        var inputs = Enumerable.Range(0, 12).Select(i => Input(_mails[i % 3], i % 2 == 0 ? _people : ["taro@client.example"]) with { Id = $"{i}" }).ToList();
        var alone = new RecentMail();
        var engine = InspectionEngine.CreateDefault();
        var expected = inputs.ConvertAll(i => Say(engine.Inspect(i, new Organisation(["home.example"]), new Gatherings(_people), alone, _settings, TestContext.Current.CancellationToken)));
        var begun = inputs.AsParallel().AsOrdered().Select(Begin).ToList();
        var together = new RecentMail();
        Assert.Equal(expected, begun.ConvertAll(b => Say(b.Finish(new Gatherings(_people), together, TestContext.Current.CancellationToken))));
        Assert.Contains(expected, e => e.Contains(RuleNames.DuplicateSend, StringComparison.Ordinal));

        static string Say(InspectionResult result) => string.Join('\n', result.Findings.Select(f => $"{f.Rule} {f.Severity} {string.Join(',', f.Evidence)} {string.Join(',', f.Recipients)}")) + result.Recent?.ContentKey;
    }

    [Fact]
    public void FindingsStandInTheOrderOfTheRules()
    {
        var rules = InspectionEngine.CreateDefault().Rules.Select(r => r.Rule).ToList();
        var found = Begin(Input(_mails[0])).Finish(new Gatherings(), new RecentMail(), TestContext.Current.CancellationToken).Findings.Select(f => rules.IndexOf(f.Rule)).ToList();
        Assert.True(found.Distinct().Count() >= 3);
        Assert.Equal(found.Order(), found);
    }

    [Fact]
    public void TimeThatRunsOutBetween_NamesTheRulesThatNeedHistory()
    {
        var findings = Begin(Input(_mails[0])).Finish(new Gatherings(), new RecentMail(), new CancellationToken(true)).Findings;
        var late = Assert.Single(findings, f => f.Measures.ContainsKey("late"));
        Assert.Contains(RuleNames.VisibleRecipients, late.Evidence);
        Assert.DoesNotContain(RuleNames.HeaderInjection, late.Evidence);
    }

    [Fact]
    public void AnInspectionIsFinishedOnce()
    {
        var pending = Begin(Input(_mails[0]));
        pending.Finish(new Gatherings(), new RecentMail(), TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => pending.Finish(new Gatherings(), new RecentMail(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void TheCorrespondenceIsAskedOnce_ForAllPeopleAndTheirOrganisations()
    {
        var asked = new Counting();
        var rule = new Asking();
        var engine = new InspectionEngine([rule, rule]);
        var mail = "From: sender@home.example\nTo: taro@client.example, x@gmail.com\nCc: boss@home.example\nSubject: Re: Delivery of the parts\nIn-Reply-To: <1@client.example>\n\nx\n";
        engine.Inspect(Input(mail, "taro@client.example", "boss@home.example"), new Organisation(["home.example"]), asked, new RecentMail(), _settings, TestContext.Current.CancellationToken);
        var question = Assert.Single(asked.Questions);
        Assert.Equal(("sender@home.example", Look.Noon, "delivery of the parts"), (question.Sender, question.At, question.Topic));
        Assert.Equal(["taro@client.example", "@client.example", "x@gmail.com", "boss@home.example"], question.People);
        Assert.Equal(["1@client.example"], question.References);
    }

    private sealed class Asking : IHistoryInspector
    {
        public string Rule => "asking";

        public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
        {
            context.Analysis.Correspondence(cancel);
            return [];
        }
    }

    private sealed class Counting : ICorrespondence
    {
        public List<CorrespondenceQuestion> Questions { get; } = [];

        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => new Dictionary<string, IReadOnlyList<long>>();

        public CorrespondenceView Look(CorrespondenceQuestion question)
        {
            Questions.Add(question);
            return CorrespondenceView.Nothing;
        }
    }
}
