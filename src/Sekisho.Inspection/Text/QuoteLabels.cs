namespace Sekisho.Inspection;

/// <summary>What the label of a quoted header's line says.</summary>
[Flags]
internal enum QuoteLabel : byte
{
    /// <summary>No label of a mail header.</summary>
    None = 0,

    /// <summary>Who wrote it.</summary>
    From = 1,

    /// <summary>When, and what else stands there.</summary>
    Other = 2,

    /// <summary>No client quotes it: a header that fell into the text.</summary>
    Bcc = 4,

    /// <summary>To whom.</summary>
    To = 8,

    /// <summary>About what.</summary>
    Subject = 16,

    /// <summary>To whom else.</summary>
    Cc = 32,
}

/// <summary>The words with which clients label the header lines of a mail they quote.</summary>
internal static class QuoteLabels
{
    /// <summary>Longest of the labels below, with room for blanks.</summary>
    private const int MaxLabel = 20;

    private static readonly string[] _from = ["From", "差出人", "送信者", "送信元", "发件人", "寄件者", "보낸 사람", "Von", "De"];

    private static readonly string[] _to = ["To", "宛先", "收件人", "收件者", "받는 사람", "An", "À"];

    private static readonly string[] _subject = ["Subject", "件名", "主题", "主旨", "제목", "Betreff", "Objet"];

    private static readonly string[] _others = ["Sent", "Date", "送信日時", "日時", "日付", "发送时间", "寄件日期", "보낸 날짜", "Gesendet", "Envoyé"];

    private static readonly WordShapes _shapes = WordShapes.Of([.. _from, .. _to, .. _subject, .. _others, "Cc", "Bcc"]);

    /// <summary>The label a line begins with, and where its value begins in the line.</summary>
    public static QuoteLabel Of(ReadOnlySpan<char> whole, out int value)
    {
        value = 0;
        var line = whole.TrimStart(" \t*>|");
        var colon = line.Length > MaxLabel + 2 ? line[..(MaxLabel + 2)].IndexOfAny(':', '：') : line.IndexOfAny(':', '：');
        if (colon <= 0)
        {
            return QuoteLabel.None;
        }

        value = whole.Length - line.Length + colon + 1;
        var name = line[..colon].TrimEnd(" \t*\u3000");
        if (!_shapes.Fits(name))
        {
            return QuoteLabel.None;
        }

        return Is(name, _from) ? QuoteLabel.From : Is(name, _to) ? QuoteLabel.To : Is(name, _subject) ? QuoteLabel.Subject : Is(name, _others) ? QuoteLabel.Other
            : name.Equals("Cc", StringComparison.OrdinalIgnoreCase) ? QuoteLabel.Cc : name.Equals("Bcc", StringComparison.OrdinalIgnoreCase) ? QuoteLabel.Bcc : QuoteLabel.None;
    }

    private static bool Is(ReadOnlySpan<char> name, string[] names)
    {
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
