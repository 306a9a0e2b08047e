using System.Diagnostics;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Bench.Console;

/// <summary>Asks again and again and writes a table: what was asked, rows, p50, p95, the longest, processor time of one, and a plain LIKE over the same rows as the peer; all in milliseconds.</summary>
internal sealed class Measure(IMailIndex index, IStore store, string path, int rounds, bool peer)
{
    public const double Limit = 200;

    // What somebody would write first: the same row shape, the newest fifty, by the store's own tables.
    private const string Like = """
        SELECT s.id, s.received_at, s.mail_from, s.subject, s.size FROM submission s WHERE s.origin = 0 AND ({0}) ORDER BY s.n DESC LIMIT 51
        """;

    private const string Anywhere = "s.subject LIKE '%{0}%' OR s.mail_from LIKE '%{0}%' OR EXISTS (SELECT 1 FROM recipient r WHERE r.submission = s.n AND r.address LIKE '%{0}%')";

    private static CancellationToken None => CancellationToken.None;

    private readonly Random _random = new(2);

    public bool Passed { get; private set; } = true;

    public async Task SearchesAsync()
    {
        var day = Seeder.Begin + TimeSpan.FromDays(12);
        System.Console.WriteLine();
        System.Console.WriteLine($"{"search",-58} {"rows",5} {"p50",8} {"p95",8} {"max",8} {"cpu",7} {"cut",4} {"LIKE",9} {"ratio",8}");
        await Search("newest first", _ => new MailQuery(), "1");
        await Search("newest first, 200 rows", _ => new MailQuery { Max = 200 }, null);
        await Search("a page deep down", i => new MailQuery { After = $"{_random.Next(1000, 900_000)}" }, null);
        await Search("a word that is everywhere: partner", _ => new MailQuery { Text = "partner" }, Of("partner"));
        await Search("a word that is nowhere", i => new MailQuery { Text = $"zebra{i}" }, Of("zebra1"));
        await Search("a common Japanese word: 見積", _ => new MailQuery { Text = "見積" }, Of("見積"));
        await Search("two characters that are nowhere: 鯨鯢", _ => new MailQuery { Text = "鯨鯢" }, Of("鯨鯢"));
        await Search("one character that is nowhere: 鯨", _ => new MailQuery { Text = "鯨" }, Of("鯨"));
        await Search("one character that is everywhere: 書", _ => new MailQuery { Text = "書" }, Of("書"));
        await Search("half-width kana for full-width: ミナミ", _ => new MailQuery { Text = "ミナミ" }, Of("ミナミ"));
        await Search("a number in a subject", _ => new MailQuery { Text = $"No.{_random.Next(1_000_000):d6}" }, Of("No.123456"));
        await Search("three words", _ => new MailQuery { Text = "Invoice northgate tanaka" }, null);
        await Search("three words, the last nowhere", _ => new MailQuery { Text = "example partner zebra" }, null);
        await Search("a whole recipient", _ => new MailQuery { Recipient = Words.Recipient(_random.Next(60_000)) }, $"EXISTS (SELECT 1 FROM recipient r WHERE r.submission = s.n AND r.address LIKE '%{Words.Recipient(4711)}%')");
        await Search("a recipient that is nowhere", _ => new MailQuery { Recipient = "nobody@nowhere" }, "EXISTS (SELECT 1 FROM recipient r WHERE r.submission = s.n AND r.address LIKE '%nobody@nowhere%')");
        await Search("part of a sender", _ => new MailQuery { Sender = "kobayashi7" }, "s.mail_from LIKE '%kobayashi7%'");
        await Search("part of a subject", _ => new MailQuery { Subject = "minutes" }, "s.subject LIKE '%minutes%'");
        await Search("a common rule", _ => new MailQuery { Rule = "first-time-recipient" }, null);
        await Search("a rule that found three mails", _ => new MailQuery { Rule = RuleNames.MyNumber }, "EXISTS (SELECT 1 FROM finding f WHERE f.submission = s.n AND f.json LIKE '%my-number%')");
        await Search("a rule that never found anything", _ => new MailQuery { Rule = RuleNames.Keyword }, null);
        await Search("a rare state: refused", _ => new MailQuery { State = MailState.Refused }, null);
        await Search("a rare state and a word that is everywhere", _ => new MailQuery { State = MailState.Refused, Text = "example" }, null);
        await Search("failed mail to a domain", _ => new MailQuery { State = MailState.Failed, Recipient = "@c77." }, null);
        await Search("one day", _ => new MailQuery { From = day, Until = day.AddDays(1) }, $"s.received_at >= {day.ToUnixTimeMilliseconds()} AND s.received_at < {day.AddDays(1).ToUnixTimeMilliseconds()}");
        await Search("one day and a word that is nowhere", _ => new MailQuery { From = day, Until = day.AddDays(1), Text = "zebra" }, null);
        await Search("one sender's own mail", _ => new MailQuery { OnlySenders = [Words.Sender(_random.Next(2000))] }, $"s.sender = '{Words.Sender(1234)}'");
        await Search("one department's mail", _ => new MailQuery { OnlySenders = [$"@d{_random.Next(20)}.house.example"] }, null);
        await Search("one department's mail, a word that is nowhere", _ => new MailQuery { OnlySenders = ["@d7.house.example"], Text = "zebra" }, null);
        await Search("hostile: %_\"' OR NEAR( * --", _ => new MailQuery { Text = "%_\"' OR NEAR( * --" }, null);
    }

    public async Task OthersAsync()
    {
        var until = Seeder.Begin + Seeder.Length;
        var approver = Words.Sender(20);
        System.Console.WriteLine();
        System.Console.WriteLine($"{"other",-58} {"rows",5} {"p50",8} {"p95",8} {"max",8} {"cpu",7}");
        await Other("figures of 30 days", async _ => (await index.FiguresAsync(Seeder.Begin, until, None)).Hours.Count);
        await Other("figures of 24 hours", async _ => (await index.FiguresAsync(until.AddDays(-1), until, None)).Hours.Count);
        await Other("figures of 400 days", async _ => (await index.FiguresAsync(until.AddDays(-400), until, None)).Hours.Count);
        await Other("events, newest", async _ => (await index.EventsAsync(new EventQuery(), None)).Events.Count);
        await Other("events of a common kind, deep down", async _ => (await index.EventsAsync(new EventQuery { Kind = "decided", Before = _random.Next(10_000, 2_000_000) }, None)).Events.Count);
        await Other("events of a kind that never was", async _ => (await index.EventsAsync(new EventQuery { Kind = "eclipse" }, None)).Events.Count);
        await Other("events by one person", async _ => (await index.EventsAsync(new EventQuery { By = approver }, None)).Events.Count);
        await Other("waiting for an approver, a page", async _ => (await store.HeldPageAsync(held => held.Approvers.Contains(approver), null, 50, None)).Rows.Count);
        await Other("waiting, everybody's, a page", async _ => (await store.HeldPageAsync(_ => true, null, 50, None)).Rows.Count);
        await Other("waiting, all of it (no limit applies)", async _ => (await store.HeldAsync(None)).Count, limit: double.MaxValue);
    }

    private static string Of(string word) => Anywhere.Replace("{0}", word, StringComparison.Ordinal);

    private async Task Search(string name, Func<int, MailQuery> query, string? like)
    {
        var cut = 0;
        var (rows, times, cpu) = await Time(async i =>
        {
            var page = await index.SearchAsync(query(i), None);
            cut += page.Partial ? 1 : 0;
            return page.Rows.Count;
        });
        var line = Line(name, rows, times, cpu, Limit) + $" {cut,4}";
        if (like is not null && peer)
        {
            var scan = LikeScan(like);
            line += $" {scan,9:N0} {scan / times[times.Length / 2],8:N1}";
        }

        System.Console.WriteLine(line);
    }

    private async Task Other(string name, Func<int, Task<int>> ask, double limit = Limit)
    {
        var (rows, times, cpu) = await Time(ask);
        System.Console.WriteLine(Line(name, rows, times, cpu, limit));
    }

    private async Task<(int Rows, double[] Times, double Cpu)> Time(Func<int, Task<int>> ask)
    {
        var rows = await ask(-1);
        var times = new double[rounds];
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            rows = await ask(i);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return (rows, times, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / rounds);
    }

    private string Line(string name, int rows, double[] times, double cpu, double limit)
    {
        var p95 = times[(times.Length * 95 / 100)];
        Passed &= p95 < limit;
        return $"{name,-58} {rows,5} {times[times.Length / 2],8:N1} {p95,8:N1} {times[^1],8:N1} {cpu,7:N1}{(p95 < limit ? "" : " !")}";
    }

    private double LikeScan(string condition)
    {
        using var database = SqliteDatabase.OpenReader(path);
        var started = Stopwatch.GetTimestamp();
        var rows = database[new Query(Like.Replace("{0}", condition, StringComparison.Ordinal))];
        while (rows.Step())
        {
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
