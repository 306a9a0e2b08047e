namespace Sekisho.Audit.Archives;

/// <summary>Finds the messages of one MMDF mailbox: each stands between two lines of four ^A, with or without a separator line of an mbox at its head.</summary>
internal sealed class MmdfScanner(ContentWindow window, int file, int maxMessageBytes, EntryMarks marks, FileOutcome outcome)
{
    private const int HeaderSight = 64 * 1024;

    private bool _unquotedSeen;

    private static ReadOnlySpan<byte> Mark => "\u0001\u0001\u0001\u0001\n"u8;

    /// <summary>Reads it all.</summary>
    public void Run(CancellationToken cancellation)
    {
        var first = outcome.Entries.Count;
        long at = 0;
        while (at < window.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            if (window.From(at, Mark.Length).StartsWith(Mark))
            {
                at += Mark.Length;
                continue;
            }

            var end = NextMark(at);
            Message(at, end);
            at = end;
        }

        // Some writers quote as in an mbox, though nothing here needs it.
        for (var i = first; i < outcome.Entries.Count && !_unquotedSeen; i++)
        {
            outcome.Entries[i].Marks |= EntryMarks.Quoted;
        }
    }

    private void Message(long start, long end)
    {
        var sight = window.From(start, HeaderSight);
        DateTimeOffset? stamped = null;
        if (sight.StartsWith(Separator.From) && sight.IndexOf((byte)'\n') is > 0 and var line && Separator.TryRead(sight[..line], out stamped))
        {
            start += line + 1;
            sight = sight[(line + 1)..];
        }

        var length = end - start;
        var header = HeaderScan.Read(sight[..(int)Math.Min(Math.Min(sight.Length, HeaderSight), Math.Max(0, length))]);
        if (header.Fields == 0)
        {
            outcome.Break(start, "no header");
        }
        else if (length > maxMessageBytes)
        {
            outcome.Break(start, FormattableString.Invariant($"{length:N0} bytes long: more than the {maxMessageBytes:N0} a message may have"));
        }
        else
        {
            outcome.Add(new Entry(file, start, (int)length, marks), MessageDates.Read(header, stamped));
        }
    }

    private long NextMark(long from)
    {
        while (true)
        {
            var sight = window.From(from, HeaderSight);
            var hit = sight.IndexOf("\n\u0001\u0001\u0001\u0001\n"u8);
            _unquotedSeen = _unquotedSeen || (hit < 0 ? sight : sight[..hit]).IndexOf("\nFrom "u8) >= 0;
            if (hit >= 0)
            {
                return from + hit + 1;
            }

            if (from + sight.Length >= window.Length)
            {
                return window.Length;
            }

            from += Math.Max(1, sight.Length - Mark.Length);
        }
    }
}
