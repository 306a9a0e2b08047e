namespace Sekisho.Audit.Run;

/// <summary>Line ends as they were on the wire: an archive kept by a Unix program has them shortened, and that is no fault of the mail.</summary>
internal static class LineEnds
{
    /// <summary>
    /// The bytes with every bare LF as CRLF, where the first line ends in a bare LF; else the bytes themselves. A message that has its CRLFs keeps a bare LF: there it is the mail's own.
    /// </summary>
    public static ReadOnlyMemory<byte> Restore(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var first = span.IndexOf((byte)'\n');
        if (first < 0 || (first > 0 && span[first - 1] == '\r'))
        {
            return bytes;
        }

        var whole = GC.AllocateUninitializedArray<byte>(checked(span.Length + span.Count((byte)'\n')));
        var at = 0;
        for (var rest = span; rest.Length > 0;)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            line.CopyTo(whole.AsSpan(at));
            at += line.Length;
            if (end < 0)
            {
                break;
            }

            if (line.Length == 0 || line[^1] != '\r')
            {
                whole[at++] = (byte)'\r';
            }

            whole[at++] = (byte)'\n';
            rest = rest[(end + 1)..];
        }

        return whole.AsMemory(0, at);
    }
}
