using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Search;

/// <summary>What the index answers, against the plainest possible answer from the store itself, over random mail.</summary>
public sealed class OracleTests : IndexTest
{
    private const int Steps = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_search_finds_what_a_look_at_all_mail_finds_page_by_page(int seed)
    {
        var world = await LiveAsync(seed);
        var mails = new List<SubmissionDetail>();
        foreach (var id in Enumerable.Reverse(world.Ids))
        {
            mails.Add((await Store.FindSubmissionAsync(id, None))!);
        }

        var matches = 0;
        for (var i = 0; i < 300; i++)
        {
            var query = Query(world, mails);
            var expected = mails.Where(mail => Fits(mail, query)).ToList();
            var found = await AllPagesAsync(query);
            Assert.Equal(expected.Select(mail => mail.Submission.Id), found.Select(row => row.Id));
            foreach (var (row, mail) in found.Zip(expected))
            {
                Assert.Equal((StateOf(mail), mail.Recipients.Count, mail.Recipients.Max(one => one.Action), mail.Submission.Subject), (row.State, row.Recipients, row.Action, row.Subject));
                Assert.Equal(mail.Findings.Select(finding => finding.Rule).Distinct(), row.Rules);
            }

            matches += expected.Count;
        }

        Assert.True(matches > 1000);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_figures_are_what_counting_all_mail_and_decisions_gives(int seed)
    {
        var (from, hour) = (Time.Now, TimeSpan.FromHours(1));
        var world = await LiveAsync(seed);
        var until = Time.Now + hour;
        var figures = await Index.FiguresAsync(from, until, None);

        var mails = new List<SubmissionDetail>();
        foreach (var id in world.Ids)
        {
            mails.Add((await Store.FindSubmissionAsync(id, None))!);
        }

        var counted = mails.Where(mail => mail.Submission.Origin == SubmissionOrigin.Smtp)
            .GroupBy(mail => new DateTimeOffset(mail.Submission.ReceivedAt.Ticks / hour.Ticks * hour.Ticks, TimeSpan.Zero))
            .Select(group => new HourFigures(
                group.Key, group.Count(), Having(group, PolicyAction.Individual), Having(group, PolicyAction.Hold), Having(group, PolicyAction.Approve), Having(group, PolicyAction.Refuse),
                group.Count(mail => StateOf(mail) == MailState.Delivered), group.Count(mail => StateOf(mail) == MailState.Failed)));
        Assert.Equal(counted.OrderBy(one => one.Hour), figures.Hours.Where(one => one.Received > 0));

        var rules = await world.RulesAsync();
        long Count(string rule, RuleCount what) => rules.GetValueOrDefault((rule, what));
        Assert.Equal(rules.Keys.Select(key => key.Rule).Distinct().Order(), figures.Rules.Select(rule => rule.Rule).Order());
        foreach (var rule in figures.Rules)
        {
            Assert.Equal(
                new RuleFigures(rule.Rule, Count(rule.Rule, RuleCount.Found), Count(rule.Rule, RuleCount.Stopped), Count(rule.Rule, RuleCount.Overruled), Count(rule.Rule, RuleCount.Individually), Count(rule.Rule, RuleCount.Cancelled), Count(rule.Rule, RuleCount.Approved), Count(rule.Rule, RuleCount.Rejected), Count(rule.Rule, RuleCount.Waiting)),
                rule);
        }

        Assert.Equal(Median(world.Waits), figures.Waiting.MedianSeconds, 3);
        Assert.All(figures.Waiting.UpTo, one => Assert.Equal(world.Waits.Count(seconds => seconds <= one.Seconds), one.Count));
        Assert.Equal(world.Waits.Count(seconds => seconds > figures.Waiting.UpTo[^1].Seconds), figures.Waiting.Longer);
        Assert.Equal(
            world.Approvals.GroupBy(one => one.By).Select(group => new ApproverFigures(group.Key, group.Count(one => one.Approved), group.Count(one => !one.Approved), Median(group.Select(one => one.Seconds)), group.Count(one => one.Seconds <= 10))).OrderBy(one => one.Approver, StringComparer.Ordinal),
            figures.Approvers.OrderBy(one => one.Approver, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_index_made_anew_says_the_same_as_one_that_followed()
    {
        var from = Time.Now;
        await LiveAsync(6);
        var followed = (await AllPagesAsync(new MailQuery { WithOwn = true }), await Index.FiguresAsync(from, Time.Now, None));
        await Index.DisposeAsync();
        File.Delete(IndexPath);
        OpenIndex();
        await Index.CatchUpAsync(null, None);
        var anew = (await AllPagesAsync(new MailQuery { WithOwn = true }), await Index.FiguresAsync(from, Time.Now, None));

        Assert.Equivalent(followed, anew, strict: true);
    }

    /// <summary>Random life, with the index looking in at random moments.</summary>
    private async Task<World> LiveAsync(int seed)
    {
        var world = new World(Store, Time, seed);
        for (var i = 0; i < Steps; i++)
        {
            await world.StepAsync();
            if (world.Next(20) == 0)
            {
                await Index.CatchUpAsync(null, None);
            }
        }

        await Index.CatchUpAsync(null, None);
        return world;
    }

    private async Task<List<MailRow>> AllPagesAsync(MailQuery query)
    {
        var rows = new List<MailRow>();
        string? after = null;
        do
        {
            var page = await Index.SearchAsync(query with { After = after, Patience = TimeSpan.FromSeconds(5) }, None);
            Assert.True(page.Rows.Count <= query.Max);
            rows.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);
        return rows;
    }

    private static MailQuery Query(World world, List<SubmissionDetail> mails)
    {
        bool Often(int one) => world.Next(one) == 0;
        var mail = mails[world.Next(mails.Count)];
        string Part(string text) => text.Length == 0 ? text : text[world.Next(text.Length)..] is { Length: > 3 } long_ ? long_[..(1 + world.Next(3))] : text;
        return new MailQuery
        {
            Text = Often(2) ? (Often(2) ? world.Word() : Part(mail.Submission.Subject) + " " + Part(mail.Recipients[^1].Address)) : "",
            Sender = Often(6) ? Part(mail.Submission.MailFrom) : null,
            Recipient = Often(6) ? Part(mail.Recipients[world.Next(mail.Recipients.Count)].Address).ToUpperInvariant() : null,
            Subject = Often(6) ? world.Word() : null,
            Rule = Often(5) ? (Often(5) ? "no-such-rule" : world.Rule()) : null,
            State = Often(5) ? (MailState)world.Next(8) : null,
            From = Often(5) ? mail.Submission.ReceivedAt : null,
            Until = Often(5) ? mails[world.Next(mails.Count)].Submission.ReceivedAt : null,
            OnlySenders = Often(5) ? [world.Sender(), "@dep.house.EXAMPLE"] : Often(6) ? [world.Sender()] : [],
            WithOwn = Often(3),
            Max = 1 + world.Next(60),
        };
    }

    private static bool Fits(SubmissionDetail mail, MailQuery query)
    {
        var (sender, subject, recipients) = (Fold(mail.Submission.MailFrom), Fold(mail.Submission.Subject), mail.Recipients.Select(one => Fold(one.Address)).ToList());
        bool Has(string field, string? part) => field.Contains(Fold(part ?? ""), StringComparison.Ordinal);
        return (query.WithOwn || mail.Submission.Origin == SubmissionOrigin.Smtp)
            && Fold(query.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Has(sender, word) || Has(subject, word) || recipients.Any(one => Has(one, word)))
            && Has(sender, query.Sender) && Has(subject, query.Subject) && recipients.Any(one => Has(one, query.Recipient))
            && (query.Rule is null || mail.Findings.Any(finding => finding.Rule == query.Rule))
            && (query.State is null || StateOf(mail) == query.State)
            && (query.From is null || mail.Submission.ReceivedAt >= query.From) && (query.Until is null || mail.Submission.ReceivedAt < query.Until)
            && (query.OnlySenders.Count == 0 || query.OnlySenders.Any(one => one.StartsWith('@') ? sender.EndsWith(Fold(one), StringComparison.Ordinal) : sender == Fold(one)));
    }

    /// <summary>Enough for the words of <see cref="World"/>: lower case, full-width letters as ASCII.</summary>
    private static string Fold(string text) => string.Concat(text.Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c)).ToLowerInvariant().Trim();

    private static MailState StateOf(SubmissionDetail mail)
    {
        var states = mail.Recipients.Select(one => one.State).ToHashSet();
        var outcomes = mail.Recipients.Select(one => one.Outcome).ToHashSet();
        return states.Contains(DeliveryState.Inspecting) ? MailState.Inspecting
            : states.Contains(DeliveryState.Refused) ? MailState.Refused
            : states.Contains(DeliveryState.Approval) ? MailState.Approval
            : states.Contains(DeliveryState.Held) ? MailState.Held
            : states.Contains(DeliveryState.Ready) ? MailState.OnTheWay
            : outcomes.Overlaps([Outcome.Bounced, Outcome.Expired]) ? MailState.Failed
            : outcomes.Contains(Outcome.Delivered) ? MailState.Delivered : MailState.Cancelled;
    }

    private static long Having(IEnumerable<SubmissionDetail> mails, PolicyAction action) =>
        mails.Count(mail => mail.Submission.PolicyVersion is not null && mail.Recipients.Max(one => one.Action) == action);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
