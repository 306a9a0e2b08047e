namespace Sekisho.Gateway.Notify;

/// <summary>
/// What of an original goes back with a report. Its Bcc field does not (law 2): the envelope sender, to whom reports go, need not be the author, and may
/// be forged. Line ends are made CRLF, so that nothing of a broken original is sent on.
/// </summary>
internal sealed record ReturnedOriginal(byte[] Bytes, bool IsFull)
{
    public static ReturnedOriginal Of(ReadOnlyMemory<byte> original, string? ret)
    {
        var isFull = string.Equals(ret, "FULL", StringComparison.OrdinalIgnoreCase) && original.Length <= DeliveryReport.MostReturned;
        var kept = new List<byte>(Math.Min(original.Length, DeliveryReport.MostReturned) + 2);
        var rest = original.Span;
        bool inHeader = true, inBcc = false;
        while (!rest.IsEmpty)
        {
            var line = NextLine(ref rest);
            if (inHeader && line.IsEmpty)
            {
                inHeader = false;
                if (!isFull)
                {
                    break;
                }
            }

            if (inHeader)
            {
                inBcc = line[0] is (byte)' ' or (byte)'\t' ? inBcc : IsBcc(line);
                if (inBcc)
                {
                    continue;
                }
            }

            if (!isFull && kept.Count + line.Length + 2 > DeliveryReport.MostReturned)
            {
                break;
            }

            kept.AddRange(line);
            kept.AddRange("\r\n"u8);
        }

        return new([.. kept], isFull);
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            var last = rest;
            rest = default;
            return last;
        }

        var line = rest[..end];
        rest = rest[(end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        return line;
    }

    // "Bcc :" with blanks before the colon is read as Bcc by lenient readers, so it goes as well.
    private static bool IsBcc(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        Span<char> name = stackalloc char[12];
        var given = line[..colon].TrimEnd(" \t"u8);
        if (given.Length > name.Length)
        {
            return false;
        }

        for (var i = 0; i < given.Length; i++)
        {
            name[i] = (char)given[i];
        }

        return ((ReadOnlySpan<char>)name[..given.Length]).Equals("bcc", StringComparison.OrdinalIgnoreCase)
            || ((ReadOnlySpan<char>)name[..given.Length]).Equals("resent-bcc", StringComparison.OrdinalIgnoreCase);
    }
}
