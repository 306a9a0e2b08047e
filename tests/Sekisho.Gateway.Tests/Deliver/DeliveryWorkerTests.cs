using Sekisho.Gateway.Deliver;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Deliver;

/// <summary>Laws 2, 5 and 8 at the last step before mail leaves.</summary>
public sealed class DeliveryWorkerTests
{
    private const string Mail = "From: me@inside.example\r\nTo: a@a.example\r\nSubject: x\r\n\r\nhello\r\n";

    [Fact]
    public async Task What_the_relay_takes_is_delivered_and_what_it_refuses_is_reported_to_the_sender()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example", "b@b.example");
        await RunAsync(bench, delivery, (_, to) => ScriptedOutgoing.Answer(to, a => a[0] == 'a' ? new SmtpReply(250, "2.1.5", "ok") : new SmtpReply(550, "5.1.1", "unknown")));
        var fates = await bench.FatesAsync(delivery.Submission.Id);
        Assert.Equal([Outcome.Delivered, Outcome.Bounced], fates.Select(f => f.Outcome));
        Assert.Contains("5.1.1", fates[1].LastReply);
        var report = Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("", report.Submission.MailFrom);
        Assert.Equal("me@inside.example", Assert.Single(report.Recipients).Address);
        Assert.Contains("Final-Recipient: rfc822;b@b.example", System.Text.Encoding.UTF8.GetString(report.Submission.Body.Inline.Span).Replace("; ", ";", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deferral_is_tried_again_later_and_nobody_is_told_yet()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        await RunAsync(bench, delivery, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(451, "4.3.0", "later")));
        Assert.Equal(Outcome.Pending, (await bench.FatesAsync(delivery.Submission.Id))[0].Outcome);
        var due = await bench.Store.NextDueAsync(CancellationToken.None);
        Assert.True(due > TimeProvider.System.GetUtcNow().AddSeconds(30));
        Assert.Equal(1, (await bench.Store.CountsAsync(CancellationToken.None)).Submissions);
    }

    [Fact]
    public async Task A_lost_reply_is_unknown_tried_again_and_shown_as_possible_duplicate()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        await RunAsync(bench, delivery, (_, to) => new SmtpSendResult(SmtpSendStage.ReplyLost, new SmtpReply?[to.Count], FinalReply: null, "connection reset"));
        var fate = (await bench.FatesAsync(delivery.Submission.Id))[0];
        Assert.Equal(Outcome.Unknown, fate.Outcome);
        Assert.True(fate.PossibleDuplicate);
        Assert.Equal(DeliveryState.Ready, fate.State);
    }

    [Fact]
    public async Task An_address_that_is_not_in_the_envelope_gets_nothing()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        var wrong = delivery with { Recipients = [delivery.Recipients[0] with { Address = "stranger@elsewhere.example" }] };
        var outgoing = await RunAsync(bench, wrong, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(250, null, "ok")));
        Assert.Empty(outgoing.Sent);
        Assert.Equal(Outcome.Pending, (await bench.FatesAsync(delivery.Submission.Id))[0].Outcome);
        Assert.Contains(bench.Said, s => s.Contains("not in the envelope", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_is_not_the_one_accepted_does_not_leave()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        var altered = delivery with { Submission = delivery.Submission with { Body = new StoredBody(System.Text.Encoding.UTF8.GetBytes(Mail.Replace("hello", "jello", StringComparison.Ordinal)), SpoolName: null) } };
        var outgoing = await RunAsync(bench, altered, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(250, null, "ok")));
        Assert.Empty(outgoing.Sent);
        Assert.Contains(bench.Said, s => s.Contains("not the one that was accepted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_of_a_stopped_sender_does_not_leave_even_when_it_was_already_taken_up()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        await bench.Store.StopAsync("Me@inside.example", "administrator", CancellationToken.None);
        var outgoing = await RunAsync(bench, delivery, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(250, null, "ok")));
        Assert.Empty(outgoing.Sent);
        Assert.True(Assert.Single(await bench.Store.HeldAsync(CancellationToken.None)).Stopped);
    }

    [Fact]
    public async Task Mail_released_while_its_sender_is_stopped_leaves()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        await bench.Store.StopAsync("me@inside.example", "administrator", CancellationToken.None);
        await bench.Store.ReturnAsync(delivery.Lease!, CancellationToken.None);
        var held = Assert.Single(await bench.Store.HeldAsync(CancellationToken.None));
        await bench.Store.DecideAsync(new Decision(held.Id, DecisionKind.Release, "me@inside.example", held.DecisionDigest, null, [], null, []), CancellationToken.None);
        var again = Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(5), CancellationToken.None));
        var outgoing = await RunAsync(bench, again, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(250, null, "ok")));
        Assert.Single(outgoing.Sent);
        Assert.Equal(Outcome.Delivered, (await bench.FatesAsync(delivery.Submission.Id))[0].Outcome);
    }

    [Fact]
    public async Task More_recipients_than_a_transaction_takes_go_in_several()
    {
        await using var bench = await Workbench.CreateAsync(c => c with { Relay = c.Relay with { MaxRecipients = 2 } });
        var delivery = await bench.ReadyAsync(Mail, "a@a.example", "b@a.example", "c@a.example");
        var outgoing = await RunAsync(bench, delivery, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(250, null, "ok")));
        Assert.Equal([2, 1], outgoing.Sent.Select(s => s.To.Length));
        Assert.All(await bench.FatesAsync(delivery.Submission.Id), f => Assert.Equal(Outcome.Delivered, f.Outcome));
    }

    [Fact]
    public async Task What_is_too_old_expires_and_is_reported()
    {
        await using var bench = await Workbench.CreateAsync(c => c with { Relay = c.Relay with { Expire = TimeSpan.Zero } });
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        await RunAsync(bench, delivery, (_, to) => ScriptedOutgoing.Answer(to, _ => new SmtpReply(451, "4.3.0", "later")));
        Assert.Equal(Outcome.Expired, (await bench.FatesAsync(delivery.Submission.Id))[0].Outcome);
        Assert.Equal(2, (await bench.Store.CountsAsync(CancellationToken.None)).Submissions);
    }

    [Fact]
    public async Task The_outbox_holds_message_and_envelope()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.ReadyAsync(Mail, "a@a.example");
        using (var outbox = new OutboxOutgoing(bench.Directory))
        {
            await RunAsync(bench, delivery, outbox);
        }

        var stem = Path.Combine(bench.Directory, "outbox", delivery.Id.ToString());
        Assert.Equal(Mail, await File.ReadAllTextAsync(stem + ".eml"));
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(stem + ".json"));
        Assert.Equal("me@inside.example", json.RootElement.GetProperty("from").GetString());
        Assert.Equal("a@a.example", json.RootElement.GetProperty("to")[0].GetString());
        Assert.Equal(delivery.Submission.Id, json.RootElement.GetProperty("submission").GetString());
        Assert.Empty(Directory.GetFiles(Path.Combine(bench.Directory, "outbox"), "*.tmp"));
    }

    private static async Task<ScriptedOutgoing> RunAsync(Workbench bench, Delivery delivery, Func<Delivery, IReadOnlyList<StoredRecipient>, SmtpSendResult> answer)
    {
        var outgoing = new ScriptedOutgoing(answer);
        await RunAsync(bench, delivery, outgoing);
        return outgoing;
    }

    private static async Task RunAsync(Workbench bench, Delivery delivery, IOutgoing outgoing)
    {
        using var worker = new DeliveryWorker(bench.Store, outgoing, bench.Live, TimeProvider.System, "test.example", bench.Said.Add);
        using var stop = new CancellationTokenSource();
        var running = worker.RunAsync(stop.Token);
        worker.Enqueue([delivery], envelope: null);
        await Workbench.UntilAsync(() => Task.FromResult(worker.Waiting == 0));
        await stop.CancelAsync();
        await running;
    }
}
