using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Sekisho.Rig;

namespace Sekisho.Load;

/// <summary>A client of our own, because smtp-source tells no latencies and cannot send from many senders.</summary>
internal static class Driver
{
    private static int s_number;

    /// <summary>Sends on some sessions at once, one mail after the other on each; gives each mail's milliseconds from MAIL FROM to 250.</summary>
    public static async Task<double[]> RunAsync(IPEndPoint door, int sessions, int messages, int size)
    {
        var left = messages;
        var bodies = Body(size);
        var times = await Task.WhenAll(Enumerable.Range(0, sessions).Select(session => Task.Run(async () =>
        {
            var mine = new List<double>();
            await using var talk = await SmtpTalk.OpenAsync(door);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var n = Interlocked.Increment(ref s_number);
                var to = $"user{n}@customer{n % 997}.example";
                // Senders differ as they do in an office; the text differs as letters do.
                var head = Encoding.ASCII.GetBytes($"From: clerk{n % 211}@corp.example\r\nTo: {to}\r\nSubject: letter {n}\r\nMessage-ID: <{n}.{session}@corp.example>\r\nDate: Mon, 06 Apr 2026 09:00:00 +0900\r\n\r\nletter number {n}\r\n");
                var start = Stopwatch.GetTimestamp();
                var reply = await talk.MailAsync($"clerk{n % 211}@corp.example", [to], (byte[])[.. head, .. bodies]);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!reply.StartsWith("250", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(reply);
                }
            }

            return mine;
        })));
        double[] all = [.. times.SelectMany(t => t)];
        Array.Sort(all);
        return all;
    }

    /// <summary>One mail to very many, all in To.</summary>
    public static async Task<(double Accepted, string Reply)> OneToManyAsync(IPEndPoint door, int recipients)
    {
        string[] to = [.. Enumerable.Range(0, recipients).Select(i => $"member{i}@home{i}of{recipients}.example")];
        var message = Encoding.ASCII.GetBytes($"From: club@corp.example\r\nTo: {string.Join(",\r\n ", to)}\r\nSubject: To all {recipients} members\r\nMessage-ID: <{recipients}@corp.example>\r\n\r\nWe have news for {recipients}.\r\n");
        await using var talk = await SmtpTalk.OpenAsync(door);
        var start = Stopwatch.GetTimestamp();
        var reply = await talk.MailAsync("club@corp.example", to, message);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, reply);
    }

    /// <summary>A percentile of sorted values.</summary>
    public static double Percentile(double[] sorted, double p) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * p))];

    private static byte[] Body(int size)
    {
        if (size < 50_000)
        {
            return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog and is home before dinner.\r\n", Math.Max(1, size / 72))));
        }

        // Large mail is large by its attachments.
        var line = Convert.ToBase64String([.. Enumerable.Range(0, 57).Select(i => (byte)(i * 31))]) + "\r\n";
        return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, size / line.Length)));
    }

    /// <summary>Numbers in every culture alike.</summary>
    public static string Text(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);
}
