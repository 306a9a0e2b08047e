using System.Security.Cryptography;
using System.Text.Json;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Bench.Console;

/// <summary>
/// Fills a store that the store itself has made with mail of thirty days, past the store's own methods, because a million syncs would take an hour. The
/// bodies are gone already, as after their time. The audit trail is chained as the store chains it, and verified at the end.
/// </summary>
internal sealed class Seeder(SqliteDatabase database, int mails, int waiting)
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Length = TimeSpan.FromDays(30);

    private static readonly Query s_submission = new("""
        INSERT INTO submission(n, id, origin, received_at, mail_from, sender, size, digest, eight_bit, smtp_utf8, client, subject, policy, inspected_at, purged_at)
        VALUES(?,?,?,?,?,?,?,?,0,0,'192.0.2.1',?,1,?,1)
        """);

    private static readonly Query s_delivery = new("""
        INSERT INTO delivery(n, submission, state, due, next_at, since, copy, action, first, last, rules, approvers, released_at) VALUES(?,?,?,?,?,?,0,?,?,?,?,?,?)
        """);

    private static readonly Query s_recipient = new("INSERT INTO recipient(submission, ordinal, address, seal, delivery, action, outcome, duplicate) VALUES(?,?,?,zeroblob(32),?,?,?,0)");
    private static readonly Query s_finding = new("INSERT INTO finding(submission, json) VALUES(?,?)");
    private static readonly Query s_audit = new("INSERT INTO audit(number, at, kind, submission, delivery, by, detail, hash) VALUES(?,?,?,?,?,?,?,?)");
    private static readonly Query s_counter = new("INSERT INTO counter(id, value) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET value = excluded.value");

    private readonly Random _random = new(1);
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private long _events;
    private long _at;

    public void Run(Action<int> progress)
    {
        database.Execute("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN");
        database.Execute("INSERT INTO policy VALUES(1, '0123456789abcdef', 0, 'policy: []')");
        var words = new Words(_random);
        for (var n = 1; n <= mails; n++)
        {
            Mail(n, words);
            if (n % 50_000 == 0)
            {
                database.Execute("COMMIT");
                progress(n);
                database.Execute("BEGIN");
            }
        }

        database[s_counter].Add((int)Counter.Submissions).Add(mails).Run();
        database[s_counter].Add((int)Counter.AuditEvents).Add(_events).Run();
        database.Execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void Mail(int n, Words words)
    {
        _at = Begin.ToUnixTimeMilliseconds() + (long)(Length.TotalMilliseconds * n / (mails + 1));
        var received = _at;
        var own = n % 50 == 49;
        var id = SubmissionId.New(DateTimeOffset.FromUnixTimeMilliseconds(_at));
        var from = own ? "" : words.Sender();
        var (rule, action, state, outcome, decision) = own ? (null, PolicyAction.Deliver, DeliveryState.Done, Outcome.Delivered, null) : Fate(n);
        var recipients = RecipientsOf(n);
        database[s_submission].Add(n).Add(id).Add(own ? 1L : 0L).Add(_at).Add(from).Add(from).Add(_random.Next(2_000, 200_000)).Add("00").Add(own ? "お知らせ: 送信を保留しました" : words.Subject(n)).Add(_at + 20).Run();
        var rules = action > PolicyAction.Deliver ? $"[\"{rule}\"]" : null;
        var approvers = action == PolicyAction.Approve ? $"[\"{Words.Sender(n % 40)}\"]" : null;
        database[s_delivery].Add(n).Add(n).Add((int)state).Add(_at).Add(_at).Add(_at + 20).Add((int)action).Add(0).Add(recipients - 1).Add(rules).Add(approvers).Add(decision is null ? null : _at).Run();
        for (var i = 0; i < recipients; i++)
        {
            database[s_recipient].Add(n).Add(i).Add(recipients > 300 ? Words.Recipient(i) : words.Recipient()).Add(n).Add((int)action).Add((int)outcome).Run();
        }

        Event("accepted", n, id, from.Length == 0 ? "gateway" : from, $$"""{"from":"{{from}}","size":4000,"digest":"00","client":"192.0.2.1","recipients":{{recipients}}}""");
        if (own)
        {
            Event("delivered", n, id, "gateway", """{"attempt":1,"recipients":1,"results":[[0,"delivered","250 ok"]]}""");
            return;
        }

        _at += 20;
        if (rule is not null)
        {
            database[s_finding].Add(n).Add(Findings(rule)).Run();
        }

        Event("inspected", n, id, "gateway", """{"policy":"0123456789abcdef","findings":{},"verdicts":{"deliver":1}}""");
        if (action >= PolicyAction.Hold)
        {
            Event("held", n, id, "gateway", $$"""{"deliveries":{"held":1},"recipients":{{recipients}},"rules":["{{rule}}"]}""");
        }

        if (decision is not null)
        {
            _at += (long)(1000 * Math.Exp(_random.NextDouble() * 11));
            Event("decided", n, id, action == PolicyAction.Approve ? Words.Sender(n % 40) : from, $$"""{"kind":"{{decision}}","was":"held","digest":"00","recipients":{{recipients}}}""");
        }

        if (outcome is Outcome.Delivered or Outcome.Bounced)
        {
            Event(outcome == Outcome.Delivered ? "delivered" : "bounced", n, id, "gateway", """{"attempt":1,"recipients":1,"results":[[0,"delivered","250 ok"]]}""");
        }

        _at = received;
    }

    private int RecipientsOf(int n) => n % 50_000 == 7 ? 16_280 : n % 5_000 == 11 ? 800 : _random.Next(100) switch
    {
        < 70 => 1,
        < 95 => _random.Next(2, 6),
        _ => _random.Next(6, 40),
    };

    private (string? Rule, PolicyAction Action, DeliveryState State, Outcome Outcome, string? Decision) Fate(int n)
    {
        if (n > mails - (waiting * 2) && n % 2 == 0)
        {
            return n % 5 == 0 ? (RuleNames.PersonalData, PolicyAction.Approve, DeliveryState.Approval, Outcome.Pending, null)
                : (RuleNames.VisibleRecipients, PolicyAction.Hold, DeliveryState.Held, Outcome.Pending, null);
        }

        if (n % (mails / 3) == 100)
        {
            return (RuleNames.MyNumber, PolicyAction.Approve, DeliveryState.Done, Outcome.Delivered, "approve");
        }

        if (n % (mails / 5) == 200)
        {
            return (RuleNames.Malware, PolicyAction.Refuse, DeliveryState.Refused, Outcome.Pending, null);
        }

        return _random.Next(1000) switch
        {
            < 80 => ("first-time-recipient", PolicyAction.Deliver, DeliveryState.Done, Outcome.Delivered, null),
            < 90 => (RuleNames.VisibleRecipients, PolicyAction.Individual, DeliveryState.Done, Outcome.Delivered, null),
            < 95 => (RuleNames.VisibleRecipients, PolicyAction.Hold, DeliveryState.Done, Outcome.Delivered, "release"),
            < 99 => (RuleNames.VisibleRecipients, PolicyAction.Hold, DeliveryState.Done, Outcome.Delivered, "release-individually"),
            < 102 => (RuleNames.GreetingMismatch, PolicyAction.Hold, DeliveryState.Done, Outcome.Cancelled, "cancel"),
            < 108 => (RuleNames.PersonalData, PolicyAction.Approve, DeliveryState.Done, Outcome.Delivered, "approve"),
            < 109 => (RuleNames.Credentials, PolicyAction.Approve, DeliveryState.Done, Outcome.Refused, "reject"),
            < 113 => (null, PolicyAction.Deliver, DeliveryState.Done, Outcome.Bounced, null),
            _ => (null, PolicyAction.Deliver, DeliveryState.Done, Outcome.Delivered, null),
        };
    }

    private static string Findings(string rule) => JsonSerializer.Serialize(
        [
            new Finding { Rule = rule, Severity = Severity.High, Summary = new Summary("185 people would see each other's addresses.", "185人のアドレスがお互いに見えてしまいます。"), Evidence = ["a@c1.partner.example", "b@c2.partner.example"], Recipients = ["a@c1.partner.example"] },
        ],
        StoredJson.Readable.IReadOnlyListFinding);

    private void Event(string kind, long submission, string id, string by, string detail)
    {
        _events++;
        AuditHash.Next(_hash, _events, _at, kind, id, submission, by, detail, _hash);
        database[s_audit].Add(_events).Add(_at).Add(kind).Add(submission).Add(submission).Add(by).Add(detail).Add(_hash).Run();
    }
}
