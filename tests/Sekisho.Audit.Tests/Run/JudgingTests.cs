using Sekisho.Audit.Run;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Tests.Run;

public sealed class JudgingTests : IDisposable
{
    private const string Us = "hanako@one.example";

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_mail_that_showed_many_strangers_to_each_other_is_an_incident()
    {
        var (report, incidents) = await _desk.RunAsync(new MailPile().Add(Us, MailPile.Firms(1, 12), subject: "Moving to a new office"));
        Assert.Equal((1, 1, 1), (report.Messages, report.Outside, report.Policies[0].IncidentCount));
        var incident = Assert.Single(incidents);
        Assert.Equal((PolicyAction.Individual, 12L, 12, "m0@one.example", Us), (incident.Verdict, incident.Exposed, incident.Organisations, incident.MessageId, incident.Sender));
        Assert.Equal("Moving to a new office", incident.Subject);
        Assert.Contains(incident.Findings, f => f.Rule == RuleNames.VisibleRecipients);
        Assert.Equal(12, report.MostExposed.Count(p => p is { Mails: 1, Viewers: 11 }));
    }

    [Fact]
    public async Task Few_strangers_were_sent_as_they_are_so_the_next_mail_to_them_is_none()
    {
        var (report, incidents) = await _desk.RunAsync(new MailPile().Add(Us, MailPile.Firms(1, 3)).Add(Us, MailPile.Firms(1, 3), subject: "The other matter", text: "Something else."));
        Assert.Equal(1, report.Policies[0].Interrupted);
        Assert.Equal("m0@one.example", Assert.Single(incidents).MessageId);
    }

    [Fact]
    public async Task An_accident_nobody_was_asked_about_does_not_teach_the_gateway_that_its_people_belong_together()
    {
        var pupil = new ResumeTests.Pupil();
        await _desk.RunAsync(new MailPile().Add(Us, MailPile.Firms(1, 3)).Add(Us, MailPile.Firms(1, 3), subject: "The other matter", text: "Something else."), learner: pupil);
        Assert.Equal([false, true], pupil.Learnt.Select(m => m.People.Any(p => p.Visible)));
        Assert.All(pupil.Learnt, m => Assert.Equal(3, m.People.Count));
    }

    [Fact]
    public async Task An_announcement_to_many_teaches_nothing()
    {
        var (_, incidents) = await _desk.RunAsync(new MailPile().Add(Us, MailPile.Firms(1, 12)).Add(Us, MailPile.Firms(1, 12), subject: "The other matter", text: "Something else."));
        Assert.Equal(2, incidents.Count);
    }

    [Fact]
    public async Task Each_mail_is_judged_with_the_history_there_was_then()
    {
        // The same two mails, the other way round: what comes later in time cannot excuse what came before.
        var (report, incidents) = await _desk.RunAsync(new MailPile().Add(Us, MailPile.Firms(1, 2)).Add("p1@firm1.example", $"{Us}, p2@firm2.example", id: "in@firm1.example"));
        Assert.Equal((1, 1), (report.Incoming, incidents.Count));
        using var other = new Desk();
        (report, incidents) = await other.RunAsync(new MailPile().Add("p1@firm1.example", $"{Us}, p2@firm2.example", id: "in@firm1.example").Add(Us, MailPile.Firms(1, 2)));
        Assert.Equal((1, 0), (report.Incoming, incidents.Count));
    }

    [Fact]
    public async Task What_many_organisations_could_see_is_listed_even_where_all_are_acquainted()
    {
        var (report, incidents) = await _desk.RunAsync(new MailPile()
            .Add(Us, MailPile.Firms(1, 9)).Add(Us, MailPile.Firms(2, 10), subject: "The other matter", text: "Something else.")
            .Add(Us, "p1@firm1.example, p10@firm10.example", subject: "A third", text: "You two.").Add(Us, MailPile.Firms(1, 10), subject: "A fourth", text: "All of you."));
        var last = incidents[^1];
        Assert.Equal((4, "m3@one.example", PolicyAction.Deliver, true, 10L), (incidents.Count, last.MessageId, last.Verdict, last.ByCount, last.Exposed));
        Assert.Equal(3, report.Policies[0].Interrupted);
    }

    [Fact]
    public async Task Mail_among_ourselves_interrupts_nobody()
    {
        var (report, incidents) = await _desk.RunAsync(new MailPile().Add(Us, "taro@one.example, jiro@one.example"));
        Assert.Equal((1, 0, 0), (report.Messages, report.Outside, report.Policies[0].InterruptedInside));
        Assert.Empty(incidents);
    }

    [Fact]
    public async Task Two_mails_of_one_Message_ID_and_moment_are_both_judged_where_they_show_other_people()
    {
        var at = TimeSpan.Zero;
        var (report, incidents) = await _desk.RunAsync(new MailPile().Add(Us, "p1@firm1.example", id: "fixed@one.example").Add(Us, MailPile.Firms(1, 12), id: "fixed@one.example", after: at)
            .Add(Us, MailPile.Firms(1, 12), id: "fixed@one.example", after: at));
        Assert.Equal((3, 1), (report.Messages, report.Repeated));
        Assert.Equal(12, Assert.Single(incidents).Exposed);
    }

    [Fact]
    public async Task Copies_of_a_mail_count_once()
    {
        var pile = new MailPile().Add(Us, MailPile.Firms(1, 2), id: "same@one.example").Add(Us, MailPile.Firms(1, 2), id: "same@one.example", after: TimeSpan.Zero);
        var text = $"Subject: no id\nFrom: {Us}\nTo: {MailPile.Firms(5, 6)}\n\nHello\n";
        pile.AddRaw(text, pile.At(1).AddDays(1)).AddRaw(text, pile.At(1).AddDays(1)).AddRaw(text.Replace("Hello", "Other"), pile.At(1).AddDays(1));
        var (report, _) = await _desk.RunAsync(pile);
        Assert.Equal((5, 2, 3), (report.Messages, report.Repeated, report.Outside));
    }

    [Fact]
    public async Task Who_got_it_blind_got_it()
    {
        var (report, _) = await _desk.RunAsync(new MailPile().Add(Us, "taro@one.example", more: "Bcc: p1@firm1.example\n").Add(Us, "taro@one.example", more: "Cc: jiro@one.example\nBcc: jiro@one.example\n"));
        Assert.Equal(1, report.Outside);
    }

    [Fact]
    public async Task What_is_no_mail_is_counted_and_named()
    {
        var pile = new MailPile().Add(Us, "p1@firm1.example");
        pile.AddRaw("no header at all", pile.At(0)).AddRaw("", pile.At(0));
        var (report, _) = await _desk.RunAsync(pile);
        Assert.Equal((1, 2), (report.Messages, report.Broken));
        Assert.Equal("no mail header", report.BrokenPlaces[0].Why);
        Assert.Contains("pile.mbox", report.BrokenPlaces[0].Place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shortened_line_ends_of_an_archive_are_no_fault_of_the_mail()
    {
        var (_, incidents) = await _desk.RunAsync(new MailPile().Add(Us, "p1@firm1.example"));
        Assert.Empty(incidents);
    }

    [Fact]
    public async Task Policies_are_counted_side_by_side_over_one_history()
    {
        var lax = _desk.Policy("lax", "policy:\n  - name: strangers-few\n    then: deliver\n  - name: strangers-many\n    then: deliver\n");
        var words = _desk.Policy("words", "policy:\n  - name: figures\n    when: { keyword: [quarter] }\n    then: approve\n");
        var pile = new MailPile().Add(Us, MailPile.Firms(1, 12)).Add(Us, MailPile.Firms(20, 21)).Add(Us, "p1@firm1.example", subject: "Lunch", text: "At noon?");
        var (report, _) = await _desk.RunAsync(pile, Desk.Plan(2, new AuditPolicy("shipped", PolicySet.Shipped), lax, words));
        Assert.Equal([1, 0, 2], report.Policies.Select(p => p.Interrupted));
        Assert.Equal(["shipped", "lax", "words"], report.Policies.Select(p => p.Name));
        Assert.Equal(2, report.Policies[2].ByVerdict[PolicyAction.Approve]);
        Assert.Equal(2, report.Policies[2].ByRule.Single(r => r.Rule == "figures" || r.Rule == RuleNames.Keyword).Interrupted);
    }

    [Fact]
    public async Task An_alarm_budget_is_kept_and_used_on_the_organisations_own_mail()
    {
        // Every tenth mail is the first to somebody: alone, at a firm that is known or not, or amid people who are known.
        var dice = new Random(11);
        var pile = new MailPile();
        for (var i = 0; i < 4000; i++)
        {
            var known = dice.Next(40);
            var strange = dice.Next(4) switch { 0 => $"new{i}@firm{known}.example", 1 => $"new{i}@gmail.com", _ => $"new{i}@fresh{i}.example" };
            var to = dice.Next(10) > 0 ? $"p{known}@firm{known}.example" : dice.Next(5) > 0 ? strange : $"p{known}@firm{known}.example, {strange}";
            pile.Add($"staff{dice.Next(4)}@one.example", to, subject: $"Matter {i}", text: $"About number {i}.", after: TimeSpan.FromMinutes(20));
        }

        int[] budgets = [5, 10, 50];
        var plan = Desk.Plan(2, [new AuditPolicy("shipped", PolicySet.Shipped), .. budgets.Select(b => _desk.Policy($"b{b}", Budget(b)))]);
        var (report, _) = await _desk.RunAsync(pile, plan);

        foreach (var (budget, policy) in budgets.Zip(report.Policies.Skip(1)))
        {
            // Half as much again, since for a quarter of the mails other people's mail has to tell what is rare.
            Assert.InRange(policy.Interrupted * 1000 / report.Outside, budget / 3, budget * 3 / 2);
        }

        static string Budget(int alarms) => $"policy:\n  - {{ name: strangers-many, enabled: false }}\n  - {{ name: strangers-few, enabled: false }}\n  - {{ name: budget, when: {{ finding: first-time-recipient, alarms: \"<= {alarms}\" }}, then: hold }}\n";
    }

    [Fact]
    public async Task The_report_is_the_same_whatever_the_number_of_workers()
    {
        var pile = Many();
        var one = await _desk.JsonAsync(pile, Desk.Plan(1));
        Assert.Equal(one, await _desk.JsonAsync(pile, Desk.Plan(7)));
        Assert.Equal(one, await _desk.JsonAsync(pile, Desk.Plan(7)));
    }

    [Fact]
    public void Whose_mail_it_is_follows_from_its_senders_freemail_aside()
    {
        var pile = new MailPile().Add("a@gmail.com", "b@gmail.com").Add("a@gmail.com", "b@gmail.com").Add("a@gmail.com", "b@gmail.com")
            .Add("x@mine.example", "p1@firm1.example").Add("y@mine.example", "p1@firm1.example").Add("z@other.example", "p1@firm1.example");
        Assert.Equal(["mine.example", "*.mine.example"], InsideGuess.Domains(pile, TestContext.Current.CancellationToken));
        Assert.Empty(InsideGuess.Domains(new MailPile().Add("a@gmail.com", "b@gmail.com"), TestContext.Current.CancellationToken));
    }

    /// <summary>A few hundred mails of several people to changing circles, with duplicates, answers and incoming mail among them.</summary>
    internal static MailPile Many(int mails = 300)
    {
        var dice = new Random(7);
        var pile = new MailPile();
        for (var i = 0; i < mails; i++)
        {
            var first = dice.Next(1, 30);
            var to = MailPile.Firms(first, first + dice.Next(0, dice.Next(1, 14)));
            var us = $"staff{dice.Next(1, 6)}@one.example";
            _ = dice.Next(5) == 0
                ? pile.Add($"p{first}@firm{first}.example", $"{us}, {to}", subject: $"Matter {dice.Next(40)}", id: $"in{i}@firm.example", after: TimeSpan.FromMinutes(dice.Next(0, 90)))
                : pile.Add(us, to, subject: $"Matter {dice.Next(40)}", text: $"About number {dice.Next(30)}.", after: TimeSpan.FromMinutes(dice.Next(0, 90)));
        }

        return pile;
    }
}
