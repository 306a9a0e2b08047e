using System.Numerics;

namespace Sekisho.Inspection;

/// <content>Asking without telling.</content>
public sealed partial class RecentMail
{
    /// <summary>The same memory for somebody who only asks: he learns what <see cref="Note"/> would answer, and nothing is noted.</summary>
    public IRecentMail ReadOnly => new Peeking(this);

    private RecentMailAnswer Peek(RecentMailNote note)
    {
        var hashes = HashesOf(note);
        var at = note.At.UtcTicks;
        lock (_lock)
        {
            var sameContent = new List<string>();
            var sameTemplate = new List<string>();
            foreach (var (key, hash) in hashes.Recipients)
            {
                if (Known(_content, Hash64.Mix(hashes.Content ^ hash), at) is not null)
                {
                    sameContent.Add(key);
                }
                else if (Known(_template, Hash64.Mix(hashes.Letter ^ hash), at) is { } other && other.What != hashes.File && other.HasFile && note.HasAttachment)
                {
                    sameTemplate.Add(key);
                }
            }

            var run = _runs.TryGetValue(hashes.Template, out var known) && Within(known.At, at) ? known : new Run();
            var (fits, differs) = run.Greeted(note.Greeting);
            return new RecentMailAnswer(sameContent, sameTemplate, run.Messages, run.Addresses.Count + hashes.Foreign.Distinct().Count(a => !run.Addresses.Contains(a)))
            {
                RunCrossed = run.Crossed || sameTemplate.Count > 0,
                RunGreetingsFit = BitOperations.PopCount((uint)fits),
                RunGreetingsDiffer = BitOperations.PopCount((uint)differs),
            };
        }
    }

    private static Sent? Known(Dictionary<ulong, Sent> where, ulong key, long at) => where.TryGetValue(key, out var known) && Within(known.At, at) ? known : null;

    private sealed class Peeking(RecentMail memory) : IRecentMail
    {
        public RecentMailAnswer Note(RecentMailNote note) => memory.Peek(note);
    }
}
