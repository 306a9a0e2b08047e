namespace Sekisho.Inspection.Tests;

/// <summary>A history of two circles, and mails to one of them with somebody of the other.</summary>
public sealed class UnlikelyRecipientTests
{
    private const string Me = "sender@home.example";
    private static readonly string[] _team = ["ichiro.suzuki@client.example", "taro.tanaka@client.example", "kenji.sato@client.example"];
    private static readonly string[] _others = ["ichika.suzuki@supplier.example", "yumi.kato@supplier.example"];

    private static CorrespondenceMemory History(int weeks = 80)
    {
        var memory = new CorrespondenceMemory();
        for (var week = 0; week < weeks; week++)
        {
            var at = Look.Noon.AddDays(7 * (week - weeks));
            Learn(memory, at, "Bridge works " + week, _team);
            Learn(memory, at.AddHours(3), "Bridge works " + week, _team);
            Learn(memory, at.AddDays(1), "Screws " + week, _others);
        }

        return memory;
    }

    private static void Learn(CorrespondenceMemory memory, DateTimeOffset at, string subject, params string[] to)
        => memory.Learn(new LearntMail(Me, at, [.. to.Select(t => new LearntPerson(t, t[(t.IndexOf('@', StringComparison.Ordinal) + 1)..], Visible: true))]) { Topic = Topic.Of(subject) });

    private static InspectionResult See(ICorrespondence history, string text, params string[] to)
        => new Look { To = to, Correspondence = history }.Inspect(Look.Plain(text, $"To: {string.Join(", ", to)}\n", "Bridge works, next steps"));

    private static Finding? Found(InspectionResult result) => result.Findings.SingleOrDefault(f => f.Rule == RuleNames.UnlikelyRecipient);

    [Fact]
    public void Somebody_of_another_circle_among_the_usual_ones_is_named_with_the_counts_that_speak_against_him()
    {
        var finding = Found(See(History(), "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team[1], _team[2], _others[0]));

        Assert.NotNull(finding);
        Assert.Equal([_others[0]], finding.Recipients);
        Assert.Contains("on none of your 160 mails to the other recipients", finding.Summary.En, StringComparison.Ordinal);
        Assert.Contains("160通のどれにも入っていません", finding.Summary.Ja, StringComparison.Ordinal);
        Assert.Contains("with the others: 0 of 160 mails", finding.Evidence);
        Assert.Equal(240, finding.Measures["mails"]);
        Assert.InRange(finding.Measures["alarms"], 1, 20);
    }

    [Fact]
    public void The_one_of_a_like_address_who_is_always_with_them_is_named_as_perhaps_meant()
    {
        var finding = Found(See(History(), "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team[1], _team[2], _others[0]));

        Assert.NotNull(finding);
        Assert.Contains("ichiro.suzuki@client.example was on 160 mails with them", finding.Summary.En, StringComparison.Ordinal);
        Assert.Contains("perhaps meant: ichiro.suzuki@client.example", finding.Evidence);
    }

    [Fact]
    public void The_usual_ones_are_no_finding_and_score_less()
    {
        var usual = See(History(), "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team);
        var leak = See(History(), "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team[1], _team[2], _others[0]);

        Assert.Null(Found(usual));
        Assert.True(usual.Scores[RuleNames.UnlikelyRecipient] < leak.Scores[RuleNames.UnlikelyRecipient]);
    }

    [Fact]
    public void One_alone_is_out_of_place_among_nobody() => Assert.DoesNotContain(RuleNames.UnlikelyRecipient, See(History(), "Hello.", _others[0]).Scores.Keys);

    [Fact]
    public void Of_a_sender_with_little_history_nothing_is_said()
    {
        var result = See(History(weeks: 10), "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team[1], _team[2], _others[0]);

        Assert.Null(Found(result));
        Assert.DoesNotContain(RuleNames.UnlikelyRecipient, result.Scores.Keys);
    }

    [Fact]
    public void A_mail_that_stays_inside_is_not_weighed()
    {
        var result = See(History(), "Hello.", "colleague@home.example", "boss@home.example");

        Assert.Empty(result.Findings);
        Assert.Empty(result.Scores);
    }

    [Fact]
    public void Once_enough_mail_is_known_the_alarms_are_counted_on_the_organisations_own()
    {
        var strict = History();
        var lax = History();
        for (var i = 0; i < 2000; i++)
        {
            strict.AddScore(RuleNames.UnlikelyRecipient, 1000);
            lax.AddScore(RuleNames.UnlikelyRecipient, 0);
        }

        Assert.Null(Found(See(strict, "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team[1], _team[2], _others[0])));
        var finding = Found(See(lax, "Tanaka-san, Sato-san,\n\nthe drawings are ready.", _team[1], _team[2], _others[0]));
        Assert.Equal(0, finding!.Measures["alarms"]);
        Assert.Equal(Severity.Medium, finding.Severity);
    }

    [Fact]
    public void A_mail_to_more_than_one_question_takes_is_looked_at_in_parts()
    {
        string[] many = [.. Enumerable.Range(0, 100).Select(i => $"person{i}@firm{i}.example")];
        var history = History();
        for (var i = 0; i < 60; i++)
        {
            Learn(history, Look.Noon.AddDays(-60 + i), "Circular " + i, many);
        }

        var result = See(history, "To all.", [.. many, _others[0]]);

        Assert.True(result.Scores[RuleNames.UnlikelyRecipient] > See(history, "To all.", many).Scores[RuleNames.UnlikelyRecipient]);
    }

    [Fact]
    public void The_shipped_model_fits_the_program_and_its_scores_rise_with_its_figures()
    {
        var model = BelongingModel.Shipped;

        Assert.Equal(BelongingFeatures.Names.Count, model.Trees.Features);
        Assert.Equal(BelongingFeatures.Names.Count, BelongingFeatures.Names.Distinct(StringComparer.Ordinal).Count());
        Assert.True(model.Reference.Mails >= ScoreCurve.Enough);
        int[] scores = [.. Enumerable.Range(-100, 300).Select(i => model.ScoreOf(i / 10.0))];
        Assert.Equal(scores.Order(), scores);
        Assert.Equal(0, scores[0]);
        Assert.Equal(1000, scores[^1]);
        Assert.Equal(0, model.ScoreOf(double.NegativeInfinity));
    }
}
