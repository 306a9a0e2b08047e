using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>What an inspection leaves behind: evidence, deliveries, notes.</summary>
public abstract class Inspecting<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task Findings_come_back_as_they_were_written()
    {
        var finding = Mail.Finding();
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Findings = [finding, finding with { Rule = RuleNames.AddressesInBody, Persons = null }] });
        await RestartAsync();

        var held = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal([RuleNames.VisibleRecipients, RuleNames.AddressesInBody], held.Findings.Select(one => one.Rule));
        var back = held.Findings[0];
        Assert.Equal((finding.Severity, finding.Summary, finding.Persons), (back.Severity, back.Summary, back.Persons));
        Assert.Equal(finding.Evidence, back.Evidence);
        Assert.Equal(finding.Recipients, back.Recipients);
        Assert.Equal(finding.Measures, back.Measures);
        Assert.Null(held.Findings[1].Persons);
        Assert.Equal(2, (await DetailAsync(accepted.Submission.Id)).Findings.Count);
    }

    [Fact]
    public async Task A_waiting_mail_shows_what_a_person_needs_to_decide()
    {
        var submission = Mail.New(Time, recipients: 2);
        var accepted = await Store.AcceptAsync(submission);
        await Store.InspectAsync(accepted, Mail.Record(
            Mail.Plan(DeliveryState.Approval, 0, 1) with { Rules = ["credentials", "my-number"], Approvers = ["boss@example.com"] }) with { Subject = "給与" });

        var held = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal((accepted.Id, submission.Id, submission.MailFrom, "給与", submission.Digest), (held.Id, held.Submission, held.Sender, held.Subject, held.MessageDigest));
        Assert.Equal(["person0@example.net", "person1@example.net"], held.Recipients);
        Assert.Equal((PolicyAction.Approve, Time.Now, null, false), (held.Action, held.Since, held.Until, held.Stopped));
        Assert.Equal(["credentials", "my-number"], held.Rules);
        Assert.Equal(["boss@example.com"], held.Approvers);
        Assert.Equal(DecisionDigest.Compute(submission.Digest, held.Id, CopyKind.Original, held.Recipients), held.DecisionDigest);
    }

    [Fact]
    public async Task The_policy_that_judged_stands_with_the_submission()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));
        Assert.Equal("0123456789abcdef", (await DetailAsync(accepted.Submission.Id)).Submission.PolicyVersion);
    }

    [Theory]
    [MemberData(nameof(WrongPlans.Of3), MemberType = typeof(WrongPlans))]
    public async Task A_recipient_forgotten_or_planned_twice_is_refused_and_nothing_happened(int[][] plans)
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 3));
        var record = Mail.Record([.. plans.Select(plan => Mail.Plan(DeliveryState.Ready, plan))]);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.RecordInspectionAsync(accepted.Lease!, record, Mail.Minute, None));

        Assert.Equal(["accepted"], await EventsAsync(accepted.Submission.Id));
        Assert.Single(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0, 1, 2))));
    }

    [Fact]
    public async Task An_individual_copy_has_one_recipient()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 2));
        var record = Mail.Record(Mail.Plan(DeliveryState.Ready, 0, 1) with { Copy = CopyKind.Individual });
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.RecordInspectionAsync(accepted.Lease!, record, Mail.Minute, None));
    }

    [Fact]
    public async Task Mail_in_its_undo_window_is_not_leased_before_its_time()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        Assert.Empty(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0) with { NotBefore = Time.Now + TimeSpan.FromSeconds(30) })));
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Attempts);
    }

    [Fact]
    public async Task Notes_are_accepted_with_the_inspection()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        var note = Mail.New(Time, from: "", origin: SubmissionOrigin.Gateway) with { About = accepted.Submission.Id };
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Notes = [note] });

        var ready = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Equal((note.Id, accepted.Submission.Id), (ready.Submission.Id, ready.Submission.About));
    }

    [Fact]
    public async Task A_note_that_cannot_be_taken_undoes_the_inspection()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        var note = Mail.New(Time, origin: SubmissionOrigin.Gateway) with { Id = accepted.Submission.Id };
        await Assert.ThrowsAsync<StoreException>(() => Store.RecordInspectionAsync(
            accepted.Lease!, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Notes = [note] }, Mail.Minute, None));

        Assert.Empty(await Store.HeldAsync(None));
        Assert.Single(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
    }

    [Fact]
    public async Task What_was_sent_lately_survives_a_restart()
    {
        var note = new RecentMailNote("id", "sender@example.com", "content", "template", ["a@example.net"], ["b@example.org"], true);
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)) with { Recent = note });
        await RestartAsync();

        var (at, back) = Assert.Single(await Store.RecentNotesAsync(Time.Now - Mail.Minute, None));
        Assert.Equal(Time.Now, at);
        Assert.Equal((note.Id, note.Sender, note.ContentKey, note.TemplateKey, note.HasAttachment), (back.Id, back.Sender, back.ContentKey, back.TemplateKey, back.HasAttachment));
        Assert.Equal(note.OutsideRecipients, back.OutsideRecipients);
        Assert.Equal(note.ForeignAddresses, back.ForeignAddresses);
        Assert.Empty(await Store.RecentNotesAsync(Time.Now + Mail.Minute, None));
    }

    [Fact]
    public async Task A_run_that_proves_a_mistake_takes_what_has_not_left_with_it()
    {
        async Task<Delivery> One(string template, string sender, DateTimeOffset? notBefore, string? stopRun = null)
        {
            var accepted = await Store.AcceptAsync(Mail.New(Time, from: sender));
            await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(stopRun is null ? DeliveryState.Ready : DeliveryState.Held, 0) with { NotBefore = notBefore, Rules = stopRun is null ? [] : [RuleNames.DuplicateSend] })
                with
            {
                Recent = new RecentMailNote(accepted.Submission.Id, sender, "c", template, [], [], false),
                StopRunTemplate = stopRun,
            });
            return accepted;
        }

        var later = Time.Now + Mail.Minute;
        var sameRun = await One("invoice", "sender@example.com", later);
        var leased = await One("invoice", "sender@example.com", null);
        var otherRun = await One("newsletter", "sender@example.com", later);
        var otherSender = await One("invoice", "colleague@example.com", later);
        var mistake = await One("invoice", "sender@example.com", null, stopRun: "invoice");

        var held = await Store.HeldAsync(None);
        Assert.Equal(new[] { sameRun.Id, mistake.Id }.Order(), held.Select(one => one.Id).Order());
        Assert.Contains(RuleNames.DuplicateSend, held.Single(one => one.Id == sameRun.Id).Rules);
        Assert.False(held.Single(one => one.Id == sameRun.Id).Stopped);
        Assert.Equal(["accepted", "inspected", "held"], await EventsAsync(sameRun.Submission.Id));
        Time.Advance(Mail.Minute * 2);
        Assert.Equal(new[] { leased.Id, otherRun.Id, otherSender.Id }.Order(), (await Store.LeaseAsync(DeliveryState.Ready)).Select(one => one.Id).Order());
    }

    [Fact]
    public async Task What_a_person_released_is_not_held_again_by_its_run()
    {
        var submission = Mail.New(Time);
        var accepted = await Store.AcceptAsync(submission);
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Recent = new RecentMailNote(submission.Id, submission.MailFrom, "c", "t", [], [], false) });
        await Store.DecideAsync((await Store.HeldAsync(None)).Single().Decide(DecisionKind.Release));

        var second = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(second, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Recent = new RecentMailNote(second.Submission.Id, submission.MailFrom, "c", "t", [], [], false), StopRunTemplate = "t" });

        Assert.Equal(accepted.Id, Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Id);
    }

    [Fact]
    public async Task A_seal_fits_its_own_recipient_and_no_other()
    {
        var one = await Store.AcceptAsync(Mail.New(Time, recipients: 2));
        var other = await Store.AcceptAsync(Mail.New(Time, recipients: 2, text: "another"));

        Assert.True(RecipientSeal.Verify(one.Submission, one.Recipients[1]));
        Assert.False(RecipientSeal.Verify(other.Submission, one.Recipients[1]));
        Assert.False(RecipientSeal.Verify(one.Submission, one.Recipients[1] with { Address = "person0@example.net" }));
        Assert.False(RecipientSeal.Verify(one.Submission, one.Recipients[1] with { Ordinal = 0 }));
        Assert.False(RecipientSeal.Verify(one.Submission, one.Recipients[1] with { Seal = default }));
    }
}

/// <summary>Plans for three recipients that forget one, name one twice or name a stranger.</summary>
public static class WrongPlans
{
    public static TheoryData<int[][]> Of3 => new(
        [[0, 1]],
        [[0, 1], [1, 2]],
        [[0, 1, 2], [3]],
        [[0, 1, 2, -1]],
        [[0, 1, 2], []],
        [[0, 0, 1, 2]],
        []);
}
