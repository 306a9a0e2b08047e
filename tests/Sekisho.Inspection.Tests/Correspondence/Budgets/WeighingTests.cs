namespace Sekisho.Inspection.Tests;

/// <summary>Rules that weigh give each mail that goes outside a score, and their findings say what asking at it would cost.</summary>
public sealed class WeighingTests
{
    private static readonly string[] _always = [RuleNames.VisibleRecipients, RuleNames.LookalikeRecipient, RuleNames.FirstTimeRecipient, RuleNames.NewInThread];

    private static InspectionResult Send(History history, params string[] to)
        => new Look { To = to, Correspondence = history.Memory }.Inspect(Look.Plain("Hello", header: $"To: {string.Join(", ", to)}\n"));

    [Fact]
    public void An_ordinary_mail_scores_nothing_under_each()
        => Assert.All(_always, rule => Assert.Equal(0, Send(new History().Grown().Wrote(5, "known@client.example"), "known@client.example").Scores[rule]));

    [Fact]
    public void A_mail_that_stays_inside_is_not_weighed() => Assert.Empty(Send(new History().Grown(), "colleague@home.example").Scores);

    [Fact]
    public void Of_a_young_history_the_curve_learns_nothing_that_only_age_can_tell()
    {
        var result = Send(new History().Grown(299), "new@fresh.example", "other@elsewhere.example");

        Assert.Equal([RuleNames.LookalikeRecipient, RuleNames.NewInThread], result.Scores.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(AlarmBudget.Every, result.Findings.Single(f => f.Rule == RuleNames.VisibleRecipients).Measures["alarms"]);
    }

    [Fact]
    public void Every_finding_says_its_score_and_its_alarms_and_the_mail_has_the_highest()
    {
        // A stranger, somebody silent for long, a slip and a known address under a known name; strangers to each other.
        var history = new History().Grown().Wrote(30, "Suzuki Ichiro <suzuki@client.example>").Wrote("sender@home.example", 3, 500, "old@silent.example").Wrote(4, "Tanaka Taro <tanaka@other.example>");
        string[] to = ["new@fresh.example", "old@silent.example", "szuuki@client.example", "tanaka@other.example"];
        var result = new Look { To = to, Correspondence = history.Memory }
            .Inspect(Look.Plain("Hello", header: "To: new@fresh.example, old@silent.example, szuuki@client.example, Suzuki Ichiro <tanaka@other.example>\n"));

        foreach (var rule in (string[])[RuleNames.VisibleRecipients, RuleNames.LookalikeRecipient, RuleNames.FirstTimeRecipient])
        {
            var findings = result.Findings.Where(f => f.Rule == rule).ToList();
            Assert.NotEmpty(findings);
            Assert.All(findings, f => Assert.InRange(f.Measures["score"], Bits.Least, 1000));
            Assert.All(findings, f => Assert.InRange(f.Measures["alarms"], 1, 1000));
            Assert.Equal(findings.Max(f => f.Measures["score"]), result.Scores[rule]);
            Assert.Equal(findings.MaxBy(f => f.Measures["score"]), findings.MinBy(f => f.Measures["alarms"]));
        }

        Assert.Equal(2, result.Findings.Count(f => f.Rule == RuleNames.FirstTimeRecipient));
        Assert.Equal(2, result.Findings.Count(f => f.Rule == RuleNames.LookalikeRecipient));
    }

    [Fact]
    public void A_rule_without_a_finding_does_not_ask_for_its_curve()
    {
        var history = new History().Grown().Wrote(5, "known@client.example");
        var asked = new Curves(history.Memory);

        new Look { To = ["known@client.example"], Correspondence = asked }.Inspect(Look.Plain("Hello", header: "To: known@client.example\n"));
        Assert.Empty(asked.Asked);

        new Look { To = ["new@fresh.example"], Correspondence = asked }.Inspect(Look.Plain("Hello", header: "To: new@fresh.example\n"));
        Assert.All(asked.Asked, name => Assert.StartsWith(RuleNames.FirstTimeRecipient, name, StringComparison.Ordinal));
        Assert.InRange(asked.Asked.Count, 1, 2);
    }

    /// <summary>Notes whose curves are asked for.</summary>
    private sealed class Curves(ICorrespondence history) : ICorrespondence
    {
        public List<string> Asked { get; } = [];

        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => history.GatheringsOf(addressKeys);

        public CorrespondenceView Look(CorrespondenceQuestion question) => history.Look(question);

        public IReadOnlyList<Contact> Alike(AlikeQuestion question) => history.Alike(question);

        public IReadOnlyDictionary<string, int> RoundsOf(IReadOnlyCollection<string> keys) => history.RoundsOf(keys);

        public ScoreCurve Curve(string rule)
        {
            Asked.Add(rule);
            return history.Curve(rule);
        }
    }
}
