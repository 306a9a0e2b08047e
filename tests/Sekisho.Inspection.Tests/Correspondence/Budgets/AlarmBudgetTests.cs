namespace Sekisho.Inspection.Tests;

/// <summary>What asking at a score costs, and that a budget is kept.</summary>
public sealed class AlarmBudgetTests
{
    private const string Rule = RuleNames.FirstTimeRecipient;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 7)]
    [InlineData(5, 11)]
    [InlineData(10, 1)]
    [InlineData(10, 40)]
    public void A_budget_is_kept_however_coarse_the_scores_are_and_used_where_they_can_be_told_apart(int budget, int seed)
    {
        // Scores of many kinds, of six, and of one alone: where none can be told from another, nobody is asked rather than everybody.
        (Func<Random, int> Draw, int LeastUsed)[] kinds = [(d => d.Next(10, 1001), 60), (d => 100 * d.Next(1, 7), 0), (_ => 700, 0)];
        foreach (var (draw, least) in kinds)
        {
            var (asked, mails) = (0, 0);
            for (var round = 0; round < 10; round++)
            {
                var dice = new Random((seed * 100) + round);
                var memory = new CorrespondenceMemory();
                for (var i = 0; i < 5000; i++, mails++)
                {
                    asked += Judge(memory, dice.Next(20) == 0 ? draw(dice) : 0) <= budget ? 1 : 0;
                }
            }

            Assert.InRange(100.0 * asked / (budget * mails / 1000.0), least, 100);
        }
    }

    [Fact]
    public void Like_mails_in_a_row_use_a_budget_up_and_leave_the_greater_ones()
    {
        var memory = new CorrespondenceMemory();
        for (var i = 0; i < 5000; i++)
        {
            memory.AddScore(Rule, i % 500 == 0 ? 900 : 0);
        }

        // By the curve they are rare until a hundred have come; but two of 1,000 in all may be asked about within a budget of two.
        int[] alarms = [.. Enumerable.Range(0, 60).Select(_ => Judge(memory, 1000))];

        Assert.Equal(alarms.Order(), alarms);
        Assert.Equal(5, alarms.Count(a => a <= 1));
        Assert.Equal(10, alarms.Count(a => a <= 2));
        Assert.Equal(50, alarms.Count(a => a <= 10));
    }

    /// <summary>What a rule does with a mail: weighs it, and the scores are counted.</summary>
    private static int Judge(CorrespondenceMemory memory, int score)
    {
        var context = Look.Context(memory);
        context.Scores[Rule] = score;
        var alarms = score == 0 ? AlarmBudget.Every : new AlarmBudget(context, Rule).AlarmsAt(score);
        foreach (var (name, one) in context.Scores)
        {
            memory.AddScore(name, one);
        }

        return alarms;
    }

    [Fact]
    public void Equal_scores_are_all_within_a_budget_or_none()
    {
        var memory = new CorrespondenceMemory();
        for (var i = 0; i < 10_000; i++)
        {
            memory.AddScore(Rule, i % 400 == 0 ? 900 : i % 200 == 0 ? 500 : 0);
        }

        var budget = new AlarmBudget(Look.Context(memory), Rule);
        Assert.Equal((1, 3, 5, 1000), (budget.AlarmsAt(950), budget.AlarmsAt(900), budget.AlarmsAt(500), budget.AlarmsAt(0)));
        Assert.Equal(budget.AlarmsAt(900), budget.AlarmsAt(909));
    }

    [Fact]
    public void The_reference_stands_in_until_enough_mail_is_known()
    {
        var memory = new CorrespondenceMemory();
        for (var i = 1; i < ScoreCurve.Enough; i++)
        {
            memory.AddScore(Rule, 1000);
        }

        Assert.Equal(ReferenceCurves.Of(Rule).AlarmsPerThousand(600), new AlarmBudget(Look.Context(memory), Rule).AlarmsAt(600));
        memory.AddScore(Rule, 1000);
        Assert.Equal(1000, new AlarmBudget(Look.Context(memory), Rule).AlarmsAt(600));
    }

    [Fact]
    public void Every_rule_that_weighs_has_a_reference_of_enough_mail_on_which_each_budget_has_a_score()
    {
        foreach (var rule in RuleNames.Weighing)
        {
            var curve = ReferenceCurves.Of(rule);
            int[] alarms = [.. Enumerable.Range(0, 101).Select(bin => curve.AlarmsPerThousand(bin * 10)!.Value)];

            Assert.True(curve.Mails >= ScoreCurve.Enough, rule);
            Assert.Equal(alarms.OrderDescending(), alarms);
            Assert.Equal(1000, alarms[0]);
            Assert.All((int[])[1, 2, 5, 10], budget => Assert.Contains(alarms, a => a <= budget && a > budget / 3));
        }
    }

    [Fact]
    public void Curves_are_read_as_they_were_written()
    {
        KeyValuePair<string, ScoreCurve>[] curves = [KeyValuePair.Create("one", new ScoreCurve([.. Enumerable.Range(0, 101).Select(i => (long)i * i)])), KeyValuePair.Create("two", ScoreCurve.Empty)];

        var read = ReferenceCurves.Read(ReferenceCurves.Describe(["made of nothing", "by a test"], curves));

        Assert.Equal(["one", "two"], read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(curves[0].Value.Bins, read["one"].Bins);
        Assert.Throws<InvalidDataException>(() => ReferenceCurves.Read("one 1 2 3\n"));
        Assert.Throws<InvalidDataException>(() => ReferenceCurves.Read("one " + string.Join(' ', Enumerable.Repeat("-1", 101))));
    }
}
