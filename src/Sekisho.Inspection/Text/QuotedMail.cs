namespace Sekisho.Inspection;

/// <summary>A mail that is quoted with its header: who wrote it, and whom it named in To and Cc.</summary>
/// <param name="Author">Addresses in its From, or in the line of Notes that stands for one; empty where only a name is given.</param>
/// <param name="People">Addresses in To and Cc, in order.</param>
internal sealed record QuotedMail(IReadOnlyList<FoundAddress> Author, IReadOnlyList<FoundAddress> People)
{
    /// <summary>The line of the quoted text on which its header begins.</summary>
    public int First { get; init; }

    /// <summary>The line on which it ends.</summary>
    public int Last { get; init; }
}

/// <summary>
/// Reads the header blocks in a quoted thread: <c>From: … Sent: … To: … Subject: …</c> of Outlook and its kin in any order, and the Notes form, where
/// the author and the moment stand unlabelled above To. A block is one mail; what stands in two blocks did not stand together.
/// </summary>
internal static class QuotedMails
{
    /// <summary>Blocks read; a longer thread's oldest mails say little about today.</summary>
    private const int MaxMails = 50;

    /// <summary>Lines of one block: a list of hundreds, wrapped.</summary>
    private const int MaxLines = 400;

    /// <summary>Lines above To in which Notes names author and moment.</summary>
    private const int Above = 5;

    /// <summary>Every mail whose header stands in <paramref name="quoted"/>, at most 50, in order. Never throws. <paramref name="read"/>: addresses of the same text, where somebody has read them.</summary>
    public static IReadOnlyList<QuotedMail> Read(string quoted, CancellationToken cancel, AddressSet? read = null)
    {
        if (!AddressScanner.MayHold(quoted))
        {
            return [];
        }

        var lines = new List<Range>(quoted.AsSpan().Count('\n') + 1);
        foreach (var line in quoted.AsSpan().Split('\n'))
        {
            lines.Add(line);
        }

        var mails = new List<QuotedMail>();
        var floor = 0;
        var columns = 0;
        for (var i = 0; i < lines.Count && mails.Count < MaxMails; i++)
        {
            if (QuoteLabels.Of(quoted.AsSpan()[lines[i]], out _) is QuoteLabel.From or QuoteLabel.To)
            {
                cancel.ThrowIfCancellationRequested();
                i = Block(quoted, lines, i, floor, mails, read, cancel);
                floor = i + 1;
            }
            else if (mails.Count > 0 && columns < MaxMails && IsColumn(quoted.AsSpan()[lines[i]], "To:"))
            {
                cancel.ThrowIfCancellationRequested();
                // Counted, found or not: a text of nothing else would be read hundreds of times over.
                columns++;
                i = Columns(quoted, lines, i, mails, read, cancel);
                floor = i + 1;
            }
        }

        return mails;
    }

    /// <summary>Reads the block that begins at a line; returns its last line.</summary>
    private static int Block(string text, List<Range> lines, int start, int floor, List<QuotedMail> mails, AddressSet? read, CancellationToken cancel)
    {
        var author = new AddressSet(read);
        var people = new AddressSet(read);
        var seen = QuoteLabel.None;
        var current = QuoteLabel.None;
        var i = start;
        for (; i < Math.Min(lines.Count, start + MaxLines); i++)
        {
            var line = text.AsSpan()[lines[i]];
            var label = QuoteLabels.Of(line, out var value);
            if (label != QuoteLabel.None && (seen & label) != 0 && label != QuoteLabel.Other)
            {
                break;
            }

            if (label == QuoteLabel.None && line.Trim(" \t>|*\u3000").IsEmpty)
            {
                // Notes leaves lines empty between the author and To.
                if ((seen & QuoteLabel.To) != 0 || i > start + Above)
                {
                    break;
                }

                continue;
            }

            if (label != QuoteLabel.None)
            {
                current = label;
                seen |= label;
                line = line[value..];
            }

            if (current == QuoteLabel.From)
            {
                AddressScanner.Collect(line, author, cancel);
            }
            else if (current is QuoteLabel.To or QuoteLabel.Cc)
            {
                AddressScanner.Collect(line, people, cancel);
            }
        }

        var labelled = (seen & QuoteLabel.From) != 0;
        var whole = (seen & QuoteLabel.To) != 0 && (seen & QuoteLabel.Bcc) == 0
            && (labelled ? (seen & (QuoteLabel.Other | QuoteLabel.Subject)) != 0 : IsDatedAbove(text, lines, start, floor, author, cancel));
        if (whole)
        {
            mails.Add(new QuotedMail(author.All, people.All) { First = labelled ? start : Math.Max(floor, start - Above), Last = Math.Max(start, i - 1) });
        }

        return Math.Max(start, i - 1);
    }

    /// <summary>
    /// Notes as it quotes further down: the author in a column of his own, To, cc and Subject in the next, line beside line. Whose it is cannot be put together any more; it stands in the mail
    /// before it, and is of that one's author.
    /// </summary>
    private static int Columns(string text, List<Range> lines, int start, List<QuotedMail> mails, AddressSet? read, CancellationToken cancel)
    {
        var people = new AddressSet(read);
        for (var i = start; i < Math.Min(lines.Count, start + MaxLines); i++)
        {
            var line = text.AsSpan()[lines[i]];
            if (IsColumn(line, "Subject:"))
            {
                mails.Add(new QuotedMail(mails[^1].Author, people.All) { First = start, Last = i });
                return i;
            }

            AddressScanner.Collect(line, people, cancel);
        }

        return start;
    }

    /// <summary>A label in the middle of a line, with blanks before and behind it as between columns.</summary>
    private static bool IsColumn(ReadOnlySpan<char> line, string label)
    {
        var at = line.Contains(':') ? line.IndexOf(label, StringComparison.OrdinalIgnoreCase) : -1;
        return at > 8 && line.Length > at + label.Length + 1 && line[(at - 4)..at].IsWhiteSpace() && line.Slice(at + label.Length, 2).IsWhiteSpace();
    }

    private static bool IsDatedAbove(string text, List<Range> lines, int start, int floor, AddressSet author, CancellationToken cancel)
    {
        var dated = false;
        for (var i = Math.Max(floor, start - Above); i < start; i++)
        {
            var line = text.AsSpan()[lines[i]];
            dated |= QuoteSplitter.IsDated(text, lines, i, start);
            AddressScanner.Collect(line, author, cancel);
        }

        return dated;
    }
}
