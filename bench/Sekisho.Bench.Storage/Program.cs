using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

// Prints what the store does on the disk of a directory: durable accepts, whole lives (accept, inspection with one ready plan, end of
// the attempt), and one submission of 16,280 recipients turned into as many copies.
var directory = args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("sekisho-bench-").FullName;
var callers = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 40;
var messages = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 40_000;
var time = TimeProvider.System;
var none = CancellationToken.None;
var minute = TimeSpan.FromMinutes(10);
var body = RandomNumberGenerator.GetBytes(4096);
var digest = Convert.ToHexStringLower(SHA256.HashData(body));
var store = await SqliteStore.OpenAsync(directory, time, none);
Console.WriteLine($"{callers} callers, {messages:N0} messages of {body.Length:N0} bytes, {directory}");

await Measure("accepted", async () => await store.AcceptAsync(New(1), "bench", minute, none));
var without = await Measure("whole life", () => Life(null));
var with = await Measure("and learnt", () => Life(Lesson()));
Console.WriteLine($"learning who writes with whom (3 people, 2 organisations, a thread) leaves {with / without:P0} of the rate");
await Many(16_280);
await store.DisposeAsync();
if (args.Length == 0)
{
    Directory.Delete(directory, recursive: true);
}

async Task Life(LearntMail? learnt)
{
    var delivery = await store.AcceptAsync(New(1), "bench", minute, none);
    var ready = await store.RecordInspectionAsync(delivery.Lease!, Record(1, CopyKind.Original) with { Learnt = learnt }, minute, none);
    await store.EndAttemptAsync(ready![0].Lease!, [new RecipientResult(0, Outcome.Delivered, "250 2.0.0 Ok: queued")], time.GetUtcNow(), [], none);
}

// One of 200 colleagues, and three of 3,000 people in 1,000 companies: most have met before, as in an office.
LearntMail Lesson()
{
    var people = Enumerable.Range(0, 3).Select(_ => Random.Shared.Next(3_000)).Distinct().Select(i => new LearntPerson($"person{i}@company{i / 3}.example", $"company{i / 3}.example", true, $"Person {i}"));
    return new LearntMail($"colleague{Random.Shared.Next(200)}@home.example", time.GetUtcNow(), [.. people]) { MessageId = $"{Guid.NewGuid():N}@home.example", Topic = $"subject {Random.Shared.Next(5_000)}" };
}

NewSubmission New(int recipients) => new()
{
    Id = SubmissionId.New(time.GetUtcNow()),
    Origin = SubmissionOrigin.Smtp,
    ReceivedAt = time.GetUtcNow(),
    MailFrom = "sender@example.com",
    Recipients = [.. Enumerable.Range(0, recipients).Select(i => new StoredRecipient(i, $"recipient{i}@example.net", null, null))],
    Body = new StoredBody(body, null),
    Size = body.Length,
    Digest = digest,
    Client = "192.0.2.1 client.example.com",
};

InspectionRecord Record(int recipients, CopyKind copy) => new()
{
    Subject = "A subject of ordinary length",
    MessageId = "<abc@example.com>",
    PolicyVersion = "0123456789abcdef",
    PolicyText = "policy: []",
    Findings = [],
    Plans = [.. Enumerable.Range(0, recipients).Select(i => new DeliveryPlan { Recipients = [i], State = DeliveryState.Ready, Copy = copy, Action = copy == CopyKind.Original ? PolicyAction.Deliver : PolicyAction.Individual })],
    Recent = new RecentMailNote(SubmissionId.New(time.GetUtcNow()), "sender@example.com", "0123456789abcdef0123456789abcdef", "fedcba9876543210", ["recipient0@example.net"], [], false),
};

async Task<double> Measure(string name, Func<Task> one)
{
    var latencies = new double[messages];
    var next = -1;
    var cpu = Process.GetCurrentProcess().TotalProcessorTime;
    var started = Stopwatch.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
    {
        while (true)
        {
            var i = Interlocked.Increment(ref next);
            if (i >= messages)
            {
                return;
            }

            var begun = Stopwatch.GetTimestamp();
            await one();
            latencies[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
    })));
    var elapsed = Stopwatch.GetElapsedTime(started);
    cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
    Array.Sort(latencies);
    Console.WriteLine($"{name,-12} {messages / elapsed.TotalSeconds,9:N0}/s   p50 {latencies[messages / 2],6:N2} ms   p99 {latencies[messages * 99 / 100],6:N2} ms   cpu {cpu.TotalMicroseconds / messages,5:N0} µs each");
    return messages / elapsed.TotalSeconds;
}

async Task Many(int recipients)
{
    var started = Stopwatch.GetTimestamp();
    var delivery = await store.AcceptAsync(New(recipients), "bench", minute, none);
    Console.WriteLine($"{recipients:N0} recipients: accepted in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms");
    started = Stopwatch.GetTimestamp();
    var copies = await store.RecordInspectionAsync(delivery.Lease!, Record(recipients, CopyKind.Individual), minute, none);
    Console.WriteLine($"{recipients:N0} recipients: turned into {copies!.Count:N0} copies in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms");
    started = Stopwatch.GetTimestamp();
    await Task.WhenAll(copies.Select(copy => store.EndAttemptAsync(copy.Lease!, [new RecipientResult(copy.Recipients[0].Ordinal, Outcome.Delivered, "250 ok")], time.GetUtcNow(), [], none)));
    Console.WriteLine($"{recipients:N0} recipients: attempts ended in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms");
}
