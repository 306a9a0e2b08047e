using System.Security.Cryptography;
using System.Text;
using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Law4;

/// <summary>A gateway with the house's people, and mail put straight into every state.</summary>
internal sealed class Court : IAsyncDisposable
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly Dictionary<(Waiting, bool), HeldDelivery> _standing = [];

    private Court(ConsoleRig rig, LinkSigner signer) => (Rig, Signer) = (rig, signer);

    public ConsoleRig Rig { get; }

    public LinkSigner Signer { get; }

    public DecisionDesk Desk => Rig.Gateway.Desk;

    public static async Task<Court> OpenAsync()
    {
        var rig = await ConsoleRig.StartAsync(People.Yaml);
        var today = rig.Gateway.Config.Today;
        foreach (var (approver, substitute, from, until, by) in new[]
        {
            ("boss@inside.example", "deputy@inside.example", today, today, "boss@inside.example"),
            ("boss@inside.example", "late@inside.example", today.AddDays(-3), today.AddDays(-1), "boss@inside.example"),
            ("boss@inside.example", "late@inside.example", today.AddDays(1), today.AddDays(3), "boss@inside.example"),
            ("deputy@inside.example", "chain@inside.example", today, today, "deputy@inside.example"),
            ("me@inside.example", "friend@inside.example", today, today, "admin@inside.example"),
            ("armed-me@inside.example", "friend@inside.example", today, today, "admin@inside.example"),
            ("boss@inside.example", "ally@inside.example", today, today, "me@inside.example"),
            ("boss@inside.example", "armed-ally@inside.example", today, today, "armed-me@inside.example"),
            ("boss@inside.example", "armed-me@inside.example", today, today, "boss@inside.example"),
            ("boss@inside.example", "armed-clerk@inside.example", today, today, "boss@inside.example"),
            ("boss@inside.example", "armed-author@inside.example", today, today, "boss@inside.example"),
            ("boss@inside.example", "armed-field@inside.example", today, today, "boss@inside.example"),
        })
        {
            await rig.Store.Deputies.AddDeputyAsync(new Deputy(0, approver, substitute, from, until, by), s_none);
        }

        return new Court(rig, await LinkSigner.OpenAsync(rig.Store.Accounts, s_none));
    }

    /// <summary>A mail that stands so: the one from before where nobody has moved it.</summary>
    public async Task<HeldDelivery> StandAsync(Waiting waiting, bool armed = false)
    {
        if (_standing.TryGetValue((waiting, armed), out var before) && (await Rig.Store.FindHeldAsync(before.Id, s_none) is { Votes.Count: 0 } now && now.DecisionDigest == before.DecisionDigest) == (waiting != Waiting.Done))
        {
            return before;
        }

        return _standing[(waiting, armed)] = await NewAsync(waiting, armed);
    }

    /// <summary>A new mail to three outside people that stands so.</summary>
    public async Task<HeldDelivery> NewAsync(Waiting waiting, bool armed = false, ApprovalTerms? terms = null)
    {
        string Own(Who who) => People.AddressOf(who, armed);
        var body = Encoding.UTF8.GetBytes($"From: {Own(Who.Author)}\r\nSender: {Own(Who.FieldSender)}\r\nTo: a@one.example, b@two.example, c@three.example\r\nSubject: law {Guid.NewGuid()}\r\n\r\nHello\r\n");
        var now = TimeProvider.System.GetUtcNow();
        var accepted = await Rig.Store.AcceptAsync(
            new NewSubmission
            {
                Id = SubmissionId.New(now),
                Origin = SubmissionOrigin.Smtp,
                ReceivedAt = now,
                MailFrom = Own(Who.Sender),
                User = Own(Who.Submitter),
                Recipients = [new(0, "a@one.example", null, null), new(1, "b@two.example", null, null), new(2, "c@three.example", null, null)],
                Body = new StoredBody(body, null),
                Size = body.Length,
                Digest = Convert.ToHexStringLower(SHA256.HashData(body)),
            },
            "court", TimeSpan.FromMinutes(5), s_none);
        var state = waiting switch
        {
            Waiting.Approval => DeliveryState.Approval,
            Waiting.Refused => DeliveryState.Refused,
            _ => DeliveryState.Held,
        };
        string[] named = ["boss@inside.example", Own(Who.Sender), Own(Who.Submitter), Own(Who.Author), Own(Who.FieldSender), Own(Who.TaggedSender)];
        var record = new InspectionRecord
        {
            Subject = "law",
            PolicyVersion = "0123456789abcdef",
            PolicyText = "policy: []",

            // Half of the mails come from a store that did not keep authors: the desk reads them from the message then.
            Authors = armed ? [Own(Who.Author), Own(Who.FieldSender)] : null,
            Findings = [new Finding { Rule = RuleNames.PersonalData, Severity = Severity.High, Summary = new Summary("x", "x"), Recipients = ["a@one.example"] }],
            Plans =
            [
                new DeliveryPlan
                {
                    Recipients = [0, 1, 2],
                    State = state,
                    Copy = CopyKind.Original,
                    Action = state == DeliveryState.Approval ? PolicyAction.Approve : state == DeliveryState.Refused ? PolicyAction.Refuse : PolicyAction.Hold,
                    Rules = [RuleNames.PersonalData],
                    Approvers = state == DeliveryState.Approval ? named : [],
                    Terms = terms ?? ApprovalTerms.One,
                },
            ],
        };
        await Rig.Store.RecordInspectionAsync(accepted.Lease!, record, TimeSpan.FromMinutes(5), s_none);
        var held = (await Rig.Store.FindHeldAsync(accepted.Id, s_none))!;
        if (waiting == Waiting.Done)
        {
            await Rig.Store.DecideAsync(new Decision(held.Id, DecisionKind.Cancel, "court", held.DecisionDigest, null, [], null, []), s_none);
        }

        return held;
    }

    /// <summary>Everything about a mail that a decision could change.</summary>
    public async Task<string> FateAsync(HeldDelivery held)
    {
        var detail = (await Rig.Store.FindSubmissionAsync(held.Submission, s_none))!;
        var decisions = detail.Events.Count(e => e.Kind is "decided" or "approval-counted" or "escalated");
        var left = await Rig.Store.FindHeldAsync(held.Id, s_none);
        return $"{decisions} decisions, {(left is null ? "not waiting" : $"waiting for {left.Action}, {left.Votes.Count} votes, {left.Recipients.Count} recipients")}";
    }

    public static DecisionKind KindOf(string kind) => kind switch
    {
        "release" => DecisionKind.Release,
        "release-individually" => DecisionKind.ReleaseIndividually,
        "cancel" => DecisionKind.Cancel,
        "approve" => DecisionKind.Approve,
        "reject" => DecisionKind.Reject,
        "timer-release" => DecisionKind.TimerRelease,
        "deadline-return" => DecisionKind.DeadlineReturn,
        _ => DecisionKind.DeadlineEscalate,
    };

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
