namespace Sekisho.Storage.Tests.Contract;

/// <summary>Law 6: the trail says what happened and fits together.</summary>
public abstract class AuditTrail<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task An_empty_trail_is_whole()
    {
        var verification = await Store.VerifyAuditAsync(null, None);
        Assert.Equal((0, null, null), (verification.Events, verification.BrokenAt, verification.Problem));
    }

    [Fact]
    public async Task A_trail_of_several_processes_and_restarts_is_whole()
    {
        var other = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? Store : other).AcceptAsync(Mail.New(Time), null, default, None)));
        await RestartAsync();
        await Store.AppendAuditAsync("gateway-started", "gateway", """{"version":"1 «新»"}""", None);

        var seen = new List<long>();
        var verification = await Store.VerifyAuditAsync(new Progress(seen), None);

        Assert.Equal((51, null), (verification.Events, verification.BrokenAt));
        Assert.Equal(64, verification.HeadHash.Length);
        Assert.Equal(51, seen[^1]);
    }

    [Fact]
    public async Task Events_of_a_submission_are_its_own_in_order()
    {
        var one = await Store.AcceptAsync(Mail.New(Time) with { User = "alice" });
        var other = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(other, Mail.Record(Mail.Plan(DeliveryState.Held, 0)));
        await Store.InspectAsync(one, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)));

        var events = (await DetailAsync(one.Submission.Id)).Events;
        Assert.Equal(["accepted", "inspected"], events.Select(e => e.Kind));
        Assert.All(events, e => Assert.Equal(one.Submission.Id, e.Submission));
        Assert.Equal(("alice", Time.Now, 1), (events[0].By, events[0].At, events[0].Number));
        Assert.Contains(one.Submission.Digest, events[0].DetailJson, StringComparison.Ordinal);
        Assert.Equal(["accepted", "inspected", "held"], await EventsAsync(other.Submission.Id));
    }

    [Fact]
    public async Task A_submission_is_found_by_a_unique_beginning_of_its_name()
    {
        var first = Mail.New(Time) with { Id = "01aaaaaaaaaaaaaaaaaaaaaaaa" };
        var second = Mail.New(Time) with { Id = "01aaaaaaaaaaaaaaaaaaaaaabb" };
        await Store.AcceptAsync(first);
        await Store.AcceptAsync(second);

        Assert.Equal(second.Id, (await Store.FindSubmissionAsync("01aaaaaaaaaaaaaaaaaaaaaab", None))?.Submission.Id);
        Assert.Equal(first.Id, (await Store.FindSubmissionAsync(first.Id.ToUpperInvariant(), None))?.Submission.Id);
        Assert.Null(await Store.FindSubmissionAsync("01aaa", None));
        Assert.Null(await Store.FindSubmissionAsync("02", None));
        Assert.Null(await Store.FindSubmissionAsync("", None));
        Assert.Null(await Store.FindSubmissionAsync("%", None));
    }

    [Fact]
    public async Task An_envelope_and_a_deliverys_submission_are_known_whatever_their_state()
    {
        var submission = Mail.New(Time, recipients: 12);
        var accepted = await Store.AcceptAsync(submission);
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Refused, [.. Enumerable.Range(0, 12).Reverse()])));

        Assert.Equal(submission.Recipients.Select(recipient => recipient.Address), await Store.EnvelopeAsync(submission.Id, None));
        Assert.Equal(submission.Id, await Store.SubmissionOfAsync(accepted.Id, None));
        Assert.Empty(await Store.EnvelopeAsync("01unknown", None));
        Assert.Null(await Store.SubmissionOfAsync(accepted.Id + 1, None));
    }

    private sealed class Progress(List<long> seen) : IProgress<long>
    {
        public void Report(long value) => seen.Add(value);
    }
}
