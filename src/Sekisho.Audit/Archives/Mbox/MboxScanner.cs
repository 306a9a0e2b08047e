namespace Sekisho.Audit.Archives;

/// <summary>
/// Finds the messages of one mbox, whichever of its kin wrote it: quoted or not, with lengths or without, any line break, an empty line before a separator or none.
/// Time is linear in the length; memory is the window's.
/// </summary>
internal sealed class MboxScanner
{
    // A header longer than this has its date looked for in what is seen of it.
    private const int HeaderSight = 64 * 1024;
    private const int ProgressStep = 4096;

    private readonly ContentWindow _window;
    private readonly int _file;
    private readonly int _limit;
    private readonly FileOutcome _outcome;
    private readonly EntryMarks _marks;
    private long _messages;

    /// <summary>Reads one file's content through a window into an outcome.</summary>
    public MboxScanner(ContentWindow window, int file, int maxMessageBytes, EntryMarks marks, FileOutcome outcome)
        => (_window, _file, _limit, _marks, _outcome) = (window, file, maxMessageBytes, marks, outcome);

    /// <summary>True once a message was seen whose writer counts bytes instead of quoting.</summary>
    public bool UnquotedSeen { get; private set; }

    /// <summary>Reads it all.</summary>
    public void Run(CancellationToken cancellation)
    {
        var before = _outcome.Entries.Count;
        Read(First(), long.MaxValue, cancellation);
        if (UnquotedSeen)
        {
            TakeAsUnquoted(_outcome, before);
        }
    }

    /// <summary>Reads the messages that begin from a separator's place on and before <paramref name="to"/>; returns the place of the next separator, or -1 where there is none (so also for -1).</summary>
    public long Read(long separator, long to, CancellationToken cancellation)
    {
        while (separator >= 0 && separator < to)
        {
            if (++_messages % ProgressStep == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            separator = Message(separator, cancellation);
        }

        return separator;
    }

    /// <summary>What looks like the first separator at a place or behind it, or -1. It may stand in a message whose length is stated.</summary>
    public long Next(long place, CancellationToken cancellation) => NextSeparator(place - 1, out _, cancellation);

    /// <summary>The file's writer counts bytes instead of quoting, so <c>&gt;From </c> in any of its messages, the outcome's from <paramref name="first"/> on, is their own.</summary>
    public static void TakeAsUnquoted(FileOutcome outcome, int first)
    {
        for (var i = first; i < outcome.Entries.Count; i++)
        {
            outcome.Entries[i].Marks &= ~EntryMarks.Quoted;
        }
    }

    /// <summary>The place of the first separator, or -1; what stands before it is named broken.</summary>
    public long First()
    {
        var head = _window.From(0, HeaderSight);
        var blank = head.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (blank < head.Length && head[blank] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' or 0)
        {
            blank++;
        }

        if (blank == head.Length && head.Length == _window.Length)
        {
            return -1;
        }

        if (IsSeparatorAt(blank, afterBlank: true))
        {
            return blank;
        }

        var found = NextSeparator(blank, out _, CancellationToken.None);
        _outcome.Break(blank, found < 0 ? "no mail, and no archive of a form that is known" : FormattableString.Invariant($"{found - blank:N0} bytes before the first message are none"));
        return found;
    }

    /// <summary>Reads the message behind a separator; returns the next one's place or -1.</summary>
    private long Message(long separator, CancellationToken cancellation)
    {
        var line = LineAt(separator, out var start);
        _ = Separator.TryRead(line, out var stamped);
        var header = HeaderScan.Read(Header(start));
        var date = MessageDates.Read(header, stamped);
        var bodyAt = header.Length < 0 ? -1 : start + header.Length;
        var fields = header.Fields;
        var own = header.IsServersOwn;
        var ownLength = header.ContentLength;

        long next;
        long end;
        if (bodyAt >= 0 && ownLength >= 0 && LandsOn(bodyAt + ownLength, out next))
        {
            end = bodyAt + ownLength;
            if (!UnquotedSeen && ownLength > 0)
            {
                UnquotedSeen = HasUnquotedFrom(bodyAt, end);
            }
        }
        else
        {
            next = NextSeparator(start - 1, out end, cancellation);
        }

        if (end < start)
        {
            end = start;
        }

        if (own)
        {
            return next;
        }

        var length = end - start;
        if (length == 0 || fields == 0)
        {
            _outcome.Break(separator, length == 0 ? "empty" : "no header");
        }
        else if (length > _limit)
        {
            _outcome.Break(separator, FormattableString.Invariant($"{length:N0} bytes long: more than the {_limit:N0} a message may have"));
        }
        else
        {
            _outcome.Add(new Entry(_file, start, (int)length, _marks | EntryMarks.Quoted), date);
        }

        return next;
    }

    private ReadOnlySpan<byte> Header(long start)
    {
        var sight = _window.From(start, HeaderSight);
        return sight[..Math.Min(sight.Length, HeaderSight)];
    }

    private ReadOnlySpan<byte> LineAt(long place, out long next)
    {
        var sight = _window.From(place, Separator.MaxLength + 2);
        var end = sight.IndexOf((byte)'\n');
        next = end < 0 ? place + sight.Length : place + end + 1;
        return (end < 0 ? sight : sight[..end]).TrimEnd((byte)'\r');
    }

    /// <summary>The place of the next separator, or -1; and where the message before it ends: the empty line that belongs to the separator is not its.</summary>
    private long NextSeparator(long from, out long end, CancellationToken cancellation)
    {
        while (true)
        {
            var sight = _window.From(from, Separator.MaxLength);
            // The needle without its blank: its last letter is rarer at that place of a line than a blank, and the search looks at first and last.
            var hit = sight.IndexOf("\nFrom"u8);
            if (hit < 0)
            {
                if (from + sight.Length >= _window.Length)
                {
                    end = WithoutBlankLine(_window.Length);
                    return -1;
                }

                cancellation.ThrowIfCancellationRequested();
                from += Math.Max(1, sight.Length - 4);
                continue;
            }

            var place = from + hit + 1;
            if (hit + 5 >= sight.Length || sight[hit + 5] == ' ')
            {
                _ = _window.From(place, Separator.MaxLength);
                var afterBlank = _window.Before(place, 2) == '\n' || (_window.Before(place, 2) == '\r' && _window.Before(place, 3) == '\n');
                if (IsSeparatorAt(place, afterBlank))
                {
                    end = WithoutBlankLine(place);
                    return place;
                }
            }

            from = place;
        }
    }

    /// <summary>The place, or that of the empty line before it.</summary>
    private long WithoutBlankLine(long place)
    {
        _ = _window.From(Math.Max(0, place - 4), 4);
        return (_window.Before(place, 1), _window.Before(place, 2), _window.Before(place, 3)) switch
        {
            ((byte)'\n', (byte)'\n', _) => place - 1,
            ((byte)'\n', (byte)'\r', (byte)'\n') => place - 2,
            _ => place,
        };
    }

    private bool IsSeparatorAt(long place, bool afterBlank)
    {
        var sight = _window.From(place, Separator.MaxLength * 2);
        return IsSeparator(sight, afterBlank);
    }

    /// <summary>
    /// True where a separator stands and what follows it can begin a message. A bare one, which a sentence's line may be, needs an empty line before it and a field of mail
    /// behind it.
    /// </summary>
    private static bool IsSeparator(ReadOnlySpan<byte> sight, bool afterBlank)
    {
        if (!sight.StartsWith(Separator.From))
        {
            return false;
        }

        var end = sight.IndexOf((byte)'\n');
        var line = end < 0 ? sight : sight[..end];
        var follows = end < 0 ? [] : sight[(end + 1)..];
        if (Separator.TryRead(line, out _))
        {
            return CanBegin(follows, orEmpty: true);
        }

        return afterBlank && Separator.IsBare(line) && CanBegin(follows, orEmpty: false);
    }

    private static bool CanBegin(ReadOnlySpan<byte> text, bool orEmpty)
    {
        var end = text.IndexOf((byte)'\n');
        var line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        if (line.IsEmpty)
        {
            return orEmpty;
        }

        // A line longer than our sight has its colon in it or is none; old hosts put `>From ` lines before the header.
        return HeaderScan.FieldNameLength(line) > 0 || (orEmpty && (line.StartsWith(">From "u8) || line.StartsWith(Separator.From)));
    }

    /// <summary>
    /// True where a stated length leads to a separator or to the end. Anything else is a length copied from elsewhere: it was counted before a line break was changed or a
    /// footer added, and believing it would lose the messages behind it.
    /// </summary>
    private bool LandsOn(long place, out long next)
    {
        next = -1;
        if (place > _window.Length || place < 0)
        {
            return false;
        }

        Span<byte> probe = stackalloc byte[Separator.MaxLength * 2];
        var seen = probe[.._window.Peek(place, probe)];
        var breaks = 0;
        while (breaks < seen.Length && seen[breaks] is (byte)'\r' or (byte)'\n')
        {
            breaks++;
        }

        if (place + breaks == _window.Length)
        {
            return true;
        }

        next = place + breaks;
        var atLineStart = breaks > 0 || EndsLine(place);
        return atLineStart && IsSeparator(seen[breaks..], afterBlank: true);
    }

    private bool EndsLine(long place)
    {
        Span<byte> one = stackalloc byte[1];
        return place > 0 && _window.Peek(place - 1, one) == 1 && one[0] == '\n';
    }

    private bool HasUnquotedFrom(long from, long end)
    {
        // From the line break before the body: its very first line may be one.
        from--;
        while (from < end)
        {
            var sight = _window.From(from, Separator.MaxLength);
            sight = sight[..(int)Math.Min(sight.Length, end - from)];
            if (sight.IndexOf("\nFrom "u8) >= 0)
            {
                return true;
            }

            if (from + sight.Length >= end)
            {
                return false;
            }

            from += Math.Max(1, sight.Length - 5);
        }

        return false;
    }
}
