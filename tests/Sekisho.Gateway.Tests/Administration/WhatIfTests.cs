using System.Security.Cryptography;
using System.Text;
using Sekisho.Gateway.Administration;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Administration;

/// <summary>What a changed policy would have made of stored mail, against the engine run anew under that policy.</summary>
public sealed class WhatIfTests : IAsyncLifetime
{
    private const string Base = "organization:\n  domains: [inside.example]\n";

    private static readonly (string[] To, string Subject, string Body)[] s_mails =
    [
        (["a@one.example"], "Hello", "Nothing special."),
        (["a@one.example", "b@two.example"], "Offer", "To both of you."),
        ([.. Enumerable.Range(0, 12).Select(i => $"p{i}@house{i}.example")], "News", "To many."),
        (["a@one.example"], "Secret plan", "Do not tell."),
        (["a@one.example", "colleague@inside.example"], "Minutes", "The secret is in the text."),
        (["colleague@inside.example"], "Inside", "secret"),
        (["c@three.example"], "List", "x1@a.example x2@b.example x3@c.example x4@d.example x5@e.example x6@f.example"),
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("sekisho-whatif-").FullName;
    private IStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory, TimeProvider.System, CancellationToken.None);
        foreach (var mail in s_mails)
        {
            await FillAsync(_store, mail, Config(Base));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static EffectiveConfig Config(string yaml)
    {
        var config = SekishoConfig.Parse(yaml, "f.yaml", out var errors);
        Assert.Empty(errors);
        return new(config!, TimeProvider.System);
    }

    private static (byte[] Bytes, InspectionResult Result, InspectionInput Input) Inspect((string[] To, string Subject, string Body) mail, EffectiveConfig config, InspectionRoom room, string id)
    {
        var bytes = Encoding.UTF8.GetBytes($"From: me@inside.example\r\nTo: {string.Join(", ", mail.To)}\r\nSubject: {mail.Subject}\r\n\r\n{mail.Body}\r\n");
        var input = new InspectionInput { Id = id, Message = MimeMessage.Parse(bytes), MailFrom = "me@inside.example", Recipients = mail.To, ReceivedAt = DateTimeOffset.UtcNow };
        return (bytes, room.Engine.Inspect(input, config.Organisation, new EmptyCorrespondence(), new RecentMail(), config.Config.Policy.Settings, CancellationToken.None), input);
    }

    private static async Task<PolicyDecision> FillAsync(IStore store, (string[] To, string Subject, string Body) mail, EffectiveConfig config)
    {
        using var room = new InspectionRoom(config.Config, TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        var id = SubmissionId.New(now);
        var (bytes, result, input) = Inspect(mail, config, room, id);
        var accepted = await store.AcceptAsync(
            new NewSubmission
            {
                Id = id, Origin = SubmissionOrigin.Smtp, ReceivedAt = now, MailFrom = "me@inside.example", Recipients = [.. mail.To.Select((r, i) => new StoredRecipient(i, r, null, null))],
                Body = new StoredBody(bytes, null), Size = bytes.Length, Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            },
            "t", TimeSpan.FromMinutes(5), CancellationToken.None);
        var decision = config.Config.Policy.Decide(result, input);
        await store.RecordInspectionAsync(
            accepted.Lease!,
            new InspectionRecord
            {
                Subject = mail.Subject, PolicyVersion = decision.PolicyVersion, PolicyText = config.Config.Policy.CanonicalText, Findings = result.Findings,
                Plans = Planner.Plan(accepted.Recipients, decision.Verdicts, now),
                // Delivered mail teaches acquaintances: a fresh inspection of the same mail would see none of the strangers.
                Learnt = new LearntMail("me@inside.example", now, [.. mail.To.Where(t => !t.EndsWith("@inside.example", StringComparison.Ordinal)).Select(t => new LearntPerson(t, null, true))]),
            },
            TimeSpan.FromMinutes(5), CancellationToken.None);
        return decision;
    }

    private async Task<WhatIfResult> RunAsync(string yaml, string? before = null, Func<bool>? busy = null)
    {
        var config = Config(before ?? Base);
        using var room = new InspectionRoom(config.Config, TimeProvider.System);
        return await new WhatIf(_store, room, TimeProvider.System, busy ?? (() => false)).RunAsync(config, Config(yaml), TimeSpan.FromDays(1), null, CancellationToken.None);
    }

    [Theory]
    [InlineData("policy:\n  - name: strangers-few\n    then: deliver\n")]
    [InlineData("policy:\n  - name: strangers-many\n    when: { finding: visible-recipients, groups: \">= 2\" }\n  - name: strangers-few\n    enabled: false\n")]
    [InlineData("policy:\n  - name: plans\n    when: { keyword: [secret] }\n    then: approve\n")]
    [InlineData("policy:\n  - name: one\n    when: { recipient: \"@one.example\" }\n    then: hold\n  - name: address-list-in-body\n    then: deliver\n")]
    [InlineData("policy:\n  - name: many\n    when: { recipients: \">= 2\" }\n    then: refuse\n")]
    [InlineData("undo: 10s\n")]
    public async Task It_says_what_the_gateway_does_when_the_same_mail_comes_to_it_anew(string change)
    {
        var result = await RunAsync(Base + change);

        long newly = 0, noLonger = 0, otherwise = 0, stopped = 0;
        var directory = Directory.CreateTempSubdirectory("sekisho-oracle-").FullName;
        var (a, b) = (await SqliteStore.OpenAsync(directory, TimeProvider.System, CancellationToken.None), Config(Base));
        try
        {
            foreach (var mail in s_mails)
            {
                var (now, then) = (await FillAsync(a, mail, b), await FillAsync(a, mail, Config(Base + change)));
                var (was, would) = (now.Verdicts.Max(v => v.Action), then.Verdicts.Max(v => v.Action));
                stopped += would >= PolicyAction.Hold ? 1 : 0;
                newly += was < PolicyAction.Hold && would >= PolicyAction.Hold ? 1 : 0;
                noLonger += was >= PolicyAction.Hold && would < PolicyAction.Hold ? 1 : 0;
                otherwise += was >= PolicyAction.Hold == would >= PolicyAction.Hold && !now.Verdicts.Select(v => (v.Action, v.Wait)).SequenceEqual(then.Verdicts.Select(v => (v.Action, v.Wait))) ? 1 : 0;
            }
        }
        finally
        {
            await a.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        }

        Assert.Equal((s_mails.Length, newly, noLonger, otherwise, stopped), (result.Mails, result.Newly, result.NoLonger, result.Otherwise, result.StoppedAfter));
        Assert.True(newly + noLonger + otherwise > 0);
        Assert.Equal((0, 0), (result.Bodiless, result.NotJudged));
    }

    [Fact]
    public async Task The_same_policy_changes_nothing_though_everybody_is_acquainted_by_now()
    {
        var result = await RunAsync(Base);
        Assert.Equal((s_mails.Length, 0, 0, 0), (result.Mails, result.Newly, result.NoLonger, result.Otherwise));
        Assert.True(result.StoppedBefore >= 2);
    }

    [Fact]
    public async Task The_rule_that_makes_the_difference_is_named()
    {
        var result = await RunAsync(Base + "policy:\n  - name: plans\n    when: { keyword: [secret] }\n    then: hold\n  - name: strangers-few\n    enabled: false\n");
        Assert.Equal([("plans", 2L, 0L), ("strangers-few", 0L, 1L)], result.Rules.Select(r => (r.Rule, r.Newly, r.NoLonger)));
        Assert.Equal(2, result.NewlyMails.Count);
        Assert.Equal("Offer", (await _store.FindSubmissionAsync(Assert.Single(result.NoLongerMails).Submission, CancellationToken.None))!.Submission.Subject);
    }

    [Fact]
    public async Task What_cannot_be_judged_is_said_and_not_guessed()
    {
        var inside = await RunAsync("organization:\n  domains: [inside.example, one.example]\n");
        Assert.Equal((4, s_mails.Length - 4), (inside.NotJudged, inside.Mails));
        var partners = await RunAsync("organization:\n  domains: [inside.example]\n  partners: [[one.example, two.example]]\n");
        Assert.Equal(1, partners.NotJudged);
    }

    [Fact]
    public async Task It_waits_while_the_gateway_has_work_and_can_be_called_off()
    {
        var asked = 0;
        var result = await RunAsync(Base, busy: () => ++asked <= 3);
        Assert.True(asked > 3);
        Assert.Equal(s_mails.Length, result.Mails);
        using var room = new InspectionRoom(SekishoConfig.Default, TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new WhatIf(_store, room, TimeProvider.System, () => true).RunAsync(Config(Base), Config(Base), TimeSpan.FromDays(1), null, cancel.Token));
    }
}
