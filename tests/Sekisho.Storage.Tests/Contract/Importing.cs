using Sekisho.Inspection;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>Learning from archives, each lesson once.</summary>
public abstract class Importing<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private readonly IReadOnlyDictionary<string, ScoreCurve> _scores = new Dictionary<string, ScoreCurve> { ["rule"] = new([.. Enumerable.Range(0, 101).Select(i => (long)i)]) };

    [Fact]
    public async Task Lessons_that_are_given_again_count_once()
    {
        var lessons = Lessons(700);
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 0, lessons[..400], null), None);
        Assert.Equal(new ImportState(400, null), await Store.Imports.FindAsync("one", None));
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 0, lessons[..400], null), None);
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 300, lessons[300..], null), None);
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 700, [], _scores), None);
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 0, lessons, _scores), None);
        Assert.Equal(700, await MailsAsync());
        Assert.Equal(_scores["rule"].Bins, (await Store.CurveAsync("rule", None)).Bins);
        var state = await Store.Imports.FindAsync("one", None);
        Assert.Equal((700, true), (state!.Mails, state.FinishedAt is not null));
    }

    [Fact]
    public async Task Another_archive_is_another_matter()
    {
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 0, Lessons(10), _scores), None);
        Assert.Null(await Store.Imports.FindAsync("two", None));
        await Store.Imports.LearnAsync(new ArchiveLessons("two", 0, Lessons(10), _scores), None);
        Assert.Equal(20, await MailsAsync());
    }

    [Fact]
    public async Task Each_rule_has_a_curve_of_its_own_that_archives_and_the_gateways_mail_add_to()
    {
        var spread = ScoreCurve.Names.Select((rule, i) => (rule, i)).ToDictionary(r => r.rule, r => new ScoreCurve([.. Enumerable.Range(0, 101).Select(bin => bin == 9 * r.i ? 700L : 0)]));
        await Store.Imports.LearnAsync(new ArchiveLessons("one", 0, Lessons(10), spread), None);
        var delivery = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(delivery, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)) with { Scores = ScoreCurve.Names.ToDictionary(r => r, r => 990) });

        foreach (var (i, rule) in ScoreCurve.Names.Index())
        {
            var curve = await Store.CurveAsync(rule, None);
            Assert.Equal((701, 700, 1), (curve.Mails, curve.Bins[9 * i], curve.Bins[99]));
        }

        Assert.Equal(0, (await Store.CurveAsync(RuleNames.DuplicateSend, None)).Mails);
    }

    [Fact]
    public async Task A_gap_is_no_import()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Imports.LearnAsync(new ArchiveLessons("one", 5, Lessons(10), null), None));
        Assert.Null(await Store.Imports.FindAsync("one", None));
        Assert.Equal(0, await MailsAsync());
    }

    private static LearntMail[] Lessons(int count)
        => [.. Enumerable.Range(0, count).Select(i => new LearntMail($"s{i % 5}@home.example", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(i), [new LearntPerson($"p{i % 50}@firm.example", "firm.example", true)]))];

    private async Task<long> MailsAsync() => (await Store.LookAsync(new CorrespondenceQuestion("s1@home.example", [], DateTimeOffset.UnixEpoch), None)).Mails;
}
