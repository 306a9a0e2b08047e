namespace Sekisho.Audit.Archives;

/// <summary>A message as it was before it was put in its archive.</summary>
internal static class MessageBytes
{
    /// <summary>Undoes what the archive's writer did. Works in place; returns how much of it is the message.</summary>
    public static int Restore(Span<byte> bytes, EntryMarks marks)
    {
        if ((marks & EntryMarks.BareCr) != 0)
        {
            bytes.Replace((byte)'\r', (byte)'\n');
        }

        return (marks & EntryMarks.Quoted) != 0 ? Unquote(bytes) : bytes.Length;
    }

    /// <summary>
    /// Takes one <c>&gt;</c> from every line of <c>&gt;From </c>, <c>&gt;&gt;From </c> and so on, in header and body alike: the form that can be undone (mboxrd). The older
    /// one leaves two of them alone, which a reader cannot know and no rule minds.
    /// </summary>
    private static int Unquote(Span<byte> bytes)
    {
        var kept = 0;
        var rest = 0;
        var search = 0;
        while (search < bytes.Length && bytes[search..].IndexOf(">From "u8) is >= 0 and var hit)
        {
            var at = search + hit;
            search = at + 6;
            var line = at;
            while (line > rest && bytes[line - 1] == '>')
            {
                line--;
            }

            if (line > 0 && bytes[line - 1] != '\n')
            {
                continue;
            }

            // All before the first `>` of the line stays, the `>` goes.
            bytes[rest..line].CopyTo(bytes[kept..]);
            kept += line - rest;
            rest = line + 1;
        }

        if (rest == 0)
        {
            return bytes.Length;
        }

        bytes[rest..].CopyTo(bytes[kept..]);
        return kept + bytes.Length - rest;
    }
}
