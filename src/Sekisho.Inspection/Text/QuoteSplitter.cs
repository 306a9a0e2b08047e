using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>
/// Tells an author's own text from the thread he quotes: lines that begin with <c>&gt;</c> and the line announcing them, and everything below a
/// client's separator (<c>-----Original Message-----</c>) or header block (<c>From: … Sent: … Subject: …</c>, 差出人: … 件名: …).
/// A block with a Bcc line is no quote: it is a header that fell into the body.
/// </summary>
internal static class QuoteSplitter
{
    /// <summary>Lines of a header besides those of its lists.</summary>
    private const int HeaderLines = 12;

    /// <summary>Lines of a header with a list of hundreds, wrapped.</summary>
    private const int LongestHeader = 400;

    private static readonly SearchValues<char> _listMarks = SearchValues.Create("@,;/＠、");

    private static readonly string[] _separators =
    [
        "Original Message", "Original Appointment", "Forwarded message", "Forwarded by", "Forwarded Message", "元のメッセージ", "転送メッセージ", "転送されたメッセージ", "元の予定",
        "ここから転送されたメッセージ", "Reply Separator", "Ursprüngliche Nachricht", "Message d'origine", "原始邮件", "原始郵件",
    ];

    /// <summary>Without one of these, or of <see cref="_foreignMarks"/>, nothing is quoted. Apart, because only sets of ASCII words are searched for all at once.</summary>
    private static readonly SearchValues<string> _marks = SearchValues.Create(
        ["---", "___", "From", "Forward", "Original", "Reply Separator", "Von:", "Von :", "De:", "De :", "To:", "To :", "Subject:"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] _foreignMarks = ["差出人", "宛先", "送信", "件人", "寄件者", "보낸", "メッセージ", "元の予定", "原始"];

    /// <summary>The author's own text and the quoted one. Where nothing is quoted, own is the same string.</summary>
    public static (string Own, string Quoted) Split(string text)
    {
        if (!MayQuote(text))
        {
            return (text, "");
        }

        var lines = new List<Range>(text.AsSpan().Count('\n') + 1);
        foreach (var line in text.AsSpan().Split('\n'))
        {
            lines.Add(line);
        }

        // Either may be all of the text, with an end for its last line.
        var own = ArrayPool<char>.Shared.Rent(text.Length + 1);
        var quoted = ArrayPool<char>.Shared.Rent(text.Length + 1);
        try
        {
            return Split(text, lines, own, quoted);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(own);
            ArrayPool<char>.Shared.Return(quoted);
        }
    }

    private static (string Own, string Quoted) Split(string text, List<Range> lines, Span<char> own, Span<char> quoted)
    {
        var labels = Labels(text, lines);
        var kept = 0;
        var left = 0;
        var below = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = text.AsSpan()[lines[i]];
            var opens = !below && (IsSeparator(line) || IsHeaderBlock(text, lines, labels, i) || IsDatedBlock(text, lines, labels, i));
            if (opens || below || IsQuoteLine(line) || IsAttribution(text, lines, i))
            {
                if (left == 0)
                {
                    kept = lines[i].Start.Value;
                    text.AsSpan(0, kept).CopyTo(own);
                }

                below |= opens && !QuoteFollows(text, lines, i + 1);
                left = Append(line, quoted, left);
            }
            else if (left > 0)
            {
                kept = Append(line, own, kept);
            }
        }

        return left == 0 ? (text, "") : (own[..kept].ToString(), quoted[..left].ToString());
    }

    private static int Append(ReadOnlySpan<char> line, Span<char> into, int at)
    {
        line.CopyTo(into[at..]);
        into[at + line.Length] = '\n';
        return at + line.Length + 1;
    }

    private static bool MayQuote(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny('>', '＞') || text.ContainsAny(_marks))
        {
            return true;
        }

        foreach (var mark in _foreignMarks)
        {
            if (text.Contains(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A line marked as quoted.</summary>
    internal static bool IsQuoteLine(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        return text.Length > 0 && text[0] is '>' or '＞';
    }

    /// <summary>A client's line between the author's own text and what he quotes.</summary>
    internal static bool IsSeparator(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        if (text.Length is < 8 or > 120)
        {
            return false;
        }

        if (text.StartsWith("Begin forwarded message:", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text[0] is not ('-' or '_' or '=' or '─' or 'ー'))
        {
            return false;
        }

        foreach (var separator in _separators)
        {
            if (text.Contains(separator, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What each line's label says; worked out once per line, since a block is looked for from every line.</summary>
    private static QuoteLabel[]? Labels(string text, List<Range> lines)
    {
        QuoteLabel[]? labels = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var label = QuoteLabels.Of(text.AsSpan()[lines[i]], out _);
            if (label != QuoteLabel.None)
            {
                labels ??= new QuoteLabel[lines.Count];
                labels[i] = label;
            }
        }

        return labels;
    }

    /// <summary>From with two more of its kin in the lines below. With a Bcc among them it is a header that broke in two, wherever in it the Bcc stood.</summary>
    private static bool IsHeaderBlock(string text, List<Range> lines, QuoteLabel[]? labels, int index)
    {
        if (labels is null || labels[index] != QuoteLabel.From)
        {
            return false;
        }

        for (var i = Math.Max(0, index - 4); i < index; i++)
        {
            if (labels[i] == QuoteLabel.Bcc)
            {
                return false;
            }
        }

        var others = 0;
        foreach (var i in Header(text, lines, labels, index, HeaderLines))
        {
            if (labels[i] == QuoteLabel.Bcc)
            {
                return false;
            }

            others += labels[i] is QuoteLabel.Other or QuoteLabel.To or QuoteLabel.Cc or QuoteLabel.Subject ? 1 : 0;
        }

        return others >= 2;
    }

    /// <summary>
    /// Notes quotes without a From: who wrote and when on one or two lines ("a@b.example on 06/08/2000 06:50:27 PM"), below it To, cc and Subject, long lists wrapped
    /// without indent.
    /// </summary>
    private static bool IsDatedBlock(string text, List<Range> lines, QuoteLabel[]? labels, int index)
    {
        if (labels is null || labels[index] != QuoteLabel.None)
        {
            return false;
        }

        var to = index + 1;
        var last = Math.Min(lines.Count - 1, index + 4);
        while (to <= last && labels[to] != QuoteLabel.To)
        {
            to++;
        }

        if (to > last || text.AsSpan()[lines[index]].IsWhiteSpace())
        {
            return false;
        }

        var dated = false;
        for (var i = index; i < to; i++)
        {
            dated |= IsDated(text, lines, i, to);
        }

        if (!dated)
        {
            return false;
        }

        foreach (var i in Header(text, lines, labels, to, HeaderLines))
        {
            if (labels[i] is QuoteLabel.Bcc or QuoteLabel.Subject)
            {
                return labels[i] == QuoteLabel.Subject;
            }
        }

        return false;
    }

    /// <summary>The lines below a header's line that may belong to it: a few, and those of a long list of recipients besides.</summary>
    private static IEnumerable<int> Header(string text, List<Range> lines, QuoteLabel[] labels, int index, int few)
    {
        var inList = labels[index] is QuoteLabel.To or QuoteLabel.Cc;
        for (var i = index + 1; i < Math.Min(lines.Count, index + LongestHeader) && few > 0; i++)
        {
            inList = labels[i] is QuoteLabel.To or QuoteLabel.Cc || (inList && labels[i] == QuoteLabel.None);
            few -= inList && text.AsSpan()[lines[i]].ContainsAny(_listMarks) ? 0 : 1;
            yield return i;
        }
    }

    /// <summary>True where a moment stands on the line, or begins on it and ends on the next before <paramref name="end"/>.</summary>
    internal static bool IsDated(string text, List<Range> lines, int index, int end)
    {
        var line = text.AsSpan()[lines[index]];
        return IsDated(line) || (index + 1 < end && HasDate(line) && HasTime(text.AsSpan()[lines[index + 1]]));
    }

    private static bool HasDate(ReadOnlySpan<char> line) => line.Length < 200 && Digits(line) >= 6 && line.ContainsAny('/', '-', '年');

    private static bool HasTime(ReadOnlySpan<char> line) => line.Length < 60 && Digits(line) is >= 3 and <= 8 && line.TrimStart(" \t>|").IndexOf(':') is 1 or 2;

    private static bool IsDated(ReadOnlySpan<char> line) => line.Length < 200 && Digits(line) >= 8 && line.Contains(':') && line.ContainsAny('/', '-', '年');

    private static int Digits(ReadOnlySpan<char> line)
    {
        var digits = 0;
        foreach (var c in line)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits;
    }

    /// <summary>"On … wrote:" and its kin, one or two lines directly above a quote.</summary>
    private static bool IsAttribution(string text, List<Range> lines, int index)
    {
        var line = text.AsSpan()[lines[index]].Trim();
        if (line.Length == 0 || !line.ContainsAny('@', ':', '：'))
        {
            return false;
        }

        if (EndsLikeOne(line))
        {
            return QuoteFollows(text, lines, index + 1);
        }

        if (index + 1 >= lines.Count || !line.StartsWith("On ", StringComparison.Ordinal) && !char.IsAsciiDigit(line[0]))
        {
            return false;
        }

        var next = text.AsSpan()[lines[index + 1]].Trim();
        return next.Length is > 0 and < 200 && EndsLikeOne(next) && QuoteFollows(text, lines, index + 2);
    }

    private static bool EndsLikeOne(ReadOnlySpan<char> line)
        => line.Length < 300 && (line[^1] is ':' or '：' || line.EndsWith("wrote", StringComparison.Ordinal) || line.EndsWith("書きました。", StringComparison.Ordinal));

    private static bool QuoteFollows(string text, List<Range> lines, int index)
    {
        for (var i = index; i < Math.Min(lines.Count, index + 3); i++)
        {
            var line = text.AsSpan()[lines[i]];
            if (!line.IsWhiteSpace())
            {
                return IsQuoteLine(line);
            }
        }

        return false;
    }
}
