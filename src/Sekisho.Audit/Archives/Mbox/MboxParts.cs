using System.Runtime.ExceptionServices;

namespace Sekisho.Audit.Archives;

/// <summary>
/// Looks through one mbox in several parts at once. Where a message begins is known only from the one before it, so each part begins at what looks like the first separator in it, and counts if the
/// part before ends exactly there; else (a forwarded mailbox in a body whose length is stated, say) its stretch is read once more. What is found is what one reader finds.
/// </summary>
/// <param name="open">A window of its own on the whole file, for each part.</param>
/// <param name="scanner">A scanner of a window into an outcome.</param>
internal sealed class MboxParts(Func<ContentWindow> open, Func<ContentWindow, FileOutcome, MboxScanner> scanner)
{
    /// <summary>Reads the file, of <paramref name="length"/> bytes, in so many parts; two or more.</summary>
    public void Run(MboxScanner first, long length, int parts, FileOutcome outcome, CancellationToken cancellation)
    {
        long End(int part) => part == parts - 1 ? long.MaxValue : length / parts * (part + 1);
        var found = new Part?[parts];
        var before = outcome.Entries.Count;
        var at = -1L;
        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellation }, i =>
            {
                if (i == 0)
                {
                    at = first.Read(first.First(), End(0), cancellation);
                }
                else
                {
                    found[i] = Look(outcome.Beside(), End(i - 1), End(i), cancellation);
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        var unquoted = first.UnquotedSeen;
        for (var i = 1; i < parts && at >= 0; i++)
        {
            if (found[i] is { } part && part.From == at)
            {
                outcome.Append(part.Outcome);
                unquoted |= part.UnquotedSeen;
                at = part.To;
            }
            else
            {
                at = first.Read(at, End(i), cancellation);
                unquoted |= first.UnquotedSeen;
            }

            found[i] = null;
        }

        if (unquoted)
        {
            MboxScanner.TakeAsUnquoted(outcome, before);
        }
    }

    private Part Look(FileOutcome outcome, long from, long to, CancellationToken cancellation)
    {
        using var window = open();
        var part = scanner(window, outcome);
        var start = part.Next(from, cancellation);
        return new Part(outcome, start, part.Read(start, to, cancellation), part.UnquotedSeen);
    }

    /// <summary>What was found from one separator up to another, the first one behind the part.</summary>
    private sealed record Part(FileOutcome Outcome, long From, long To, bool UnquotedSeen);
}
