using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Micro;

/// <summary>
/// What judging past mail costs one thread, by step, in time of its own (Linux): <c>bench/micro judge MBOX DOMAIN [--rounds N] [--rules]</c>. Every mail of an mbox file is split off, parsed, begun, finished with the history it
/// had then, and learnt from, in the order of the file. No part of it reads a disk.
/// </summary>
internal sealed partial class JudgeBench(byte[] mbox, string domain)
{
    private static readonly DateTimeOffset s_start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly long[] _ticks = new long[Steps.Length];
    private long _mails;
    private long _outside;
    private long _findings;

    private static readonly string[] Steps = ["parse", "begin inside", "begin outside", "finish", "learn"];

    /// <summary>Runs and prints; the first round warms up.</summary>
    public static int Run(string[] args)
    {
        var rounds = Array.IndexOf(args, "--rounds") is var at and > 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 3;
        var mbox = File.ReadAllBytes(args[1]);
        if (args.Contains("--rules"))
        {
            Rules(mbox, args[2]);
            return 0;
        }

        for (var round = 0; round < rounds; round++)
        {
            var bench = new JudgeBench(mbox, args[2]);
            var began = Now();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            bench.Judge(InspectionEngine.CreateDefault());
            var spent = (Now() - began) / 1e9;
            var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine($"{bench._mails} mails, {bench._outside} outside, {bench._findings} findings: {spent:0.00} s of CPU, {mbox.Length / 1e6 / spent:0.0} MB/s a core, {bytes / bench._mails / 1024.0:0.0} kB a mail");
            for (var i = 0; i < Steps.Length; i++)
            {
                Console.WriteLine($"  {Steps[i],-14} {bench._ticks[i] / 1e3 / bench._mails,8:0.0} µs a mail");
            }
        }

        return 0;
    }

    /// <summary>What each rule adds: all of them, and each alone, over the mails that go outside.</summary>
    private static void Rules(byte[] mbox, string domain)
    {
        var all = InspectionEngine.CreateDefault().Rules;
        new JudgeBench(mbox, domain).Judge(new InspectionEngine(all));
        foreach (var rule in all.Select(r => new[] { r }).Prepend([]))
        {
            var bench = new JudgeBench(mbox, domain);
            bench.Judge(new InspectionEngine(rule));
            Console.WriteLine($"{rule.FirstOrDefault()?.Rule ?? "none",-24} begin {bench._ticks[2] / 1e3 / bench._outside,8:0.0} finish {bench._ticks[3] / 1e3 / bench._outside,8:0.0} µs an outside mail");
        }
    }

    private void Judge(InspectionEngine engine)
    {
        var organisation = new Organisation([domain]);
        var settings = new RuleSettings();
        var memory = new CorrespondenceMemory();
        var recent = new RecentMail();
        var at = s_start;
        foreach (var mail in Split())
        {
            at += TimeSpan.FromMinutes(20);
            var (from, to) = EnvelopeOf(mail);
            if (from is null || to.Count == 0)
            {
                continue;
            }

            var began = Now();
            var message = MimeMessage.Parse(mail);
            var input = new InspectionInput { Message = message, MailFrom = from, Recipients = to, ReceivedAt = at, Id = _mails.ToString(CultureInfo.InvariantCulture) };
            began = Count(0, began);
            var pending = engine.Begin(input, organisation, settings, CancellationToken.None);
            var outside = pending.Facts.Outside.Any();
            began = Count(outside ? 2 : 1, began);
            var result = pending.Finish(memory, recent, CancellationToken.None);
            began = Count(3, began);
            if (Lesson.Of(result.Facts, organisation, at) is { } lesson)
            {
                memory.Learn(lesson);
            }

            Count(4, began);
            _mails++;
            _outside += outside ? 1 : 0;
            _findings += result.Findings.Count;
        }
    }

    /// <summary>The thread's own time in nanoseconds: other work on the machine does not count.</summary>
    private static long Now() => ClockGetTime(3, out var time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : throw new PlatformNotSupportedException();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    private long Count(int step, long began)
    {
        var now = Now();
        _ticks[step] += now - began;
        return now;
    }

    /// <summary>Author, To and Cc, outside the time that is measured.</summary>
    private static (string? From, IReadOnlyList<string> To) EnvelopeOf(ReadOnlyMemory<byte> mail)
    {
        var headers = MimeMessage.Parse(mail).Headers;
        return (headers.Addresses("From").Mailboxes.FirstOrDefault(m => m.Address is not null)?.Address!.Key,
            [.. headers.Addresses("To").Mailboxes.Concat(headers.Addresses("Cc").Mailboxes).Where(m => m.Address is not null).Select(m => m.Address!.Key).Distinct(StringComparer.Ordinal)]);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Split()
    {
        var sign = Encoding.ASCII.GetBytes("\nFrom ");
        var start = 0;
        while (start < mbox.Length)
        {
            var next = mbox.AsSpan(start + 1).IndexOf(sign);
            var end = next < 0 ? mbox.Length : start + next + 2;
            var line = mbox.AsSpan(start, end - start).IndexOf((byte)'\n') + 1;
            yield return mbox.AsMemory(start + line, end - start - line);
            start = end;
        }
    }
}
