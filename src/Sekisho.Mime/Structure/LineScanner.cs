using System.Buffers;

namespace Sekisho.Mime;

/// <summary>
/// Goes through bytes line by line. A line ends at LF, with or without CR before it; a CR alone ends none, but is noted.
/// Every byte is looked at once, by a vectorised search for the three bytes that matter.
/// </summary>
internal ref struct LineScanner(ReadOnlySpan<byte> bytes, DefectLog defects)
{
    private const int MaxLine = 998;

    private static readonly SearchValues<byte> Marks = SearchValues.Create("\0\r\n"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>First byte of the next line.</summary>
    public int Position;

    /// <summary>Lines that begin before this offset were scanned before; their defects are noted already.</summary>
    public int QuietUntil;

    /// <summary>First byte of the current line.</summary>
    public int Start { get; private set; }

    /// <summary>End of the current line's text, its break not included.</summary>
    public int End { get; private set; }

    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    public readonly ReadOnlySpan<byte> Line => _bytes[Start..End];

    /// <summary>True when the current line has a line break.</summary>
    public bool Terminated { get; private set; }

    public bool Next()
    {
        if (Position >= _bytes.Length)
        {
            return false;
        }

        Start = Position;
        var quiet = Start < QuietUntil;
        var at = Start;
        while (true)
        {
            var found = _bytes[at..].IndexOfAny(Marks);
            if (found < 0)
            {
                End = Position = _bytes.Length;
                Terminated = false;
                break;
            }

            at += found;
            var mark = _bytes[at];
            if (mark == '\r' && at + 1 < _bytes.Length && _bytes[at + 1] == '\n')
            {
                End = at;
                Position = at + 2;
                Terminated = true;
                break;
            }

            if (mark == '\n')
            {
                if (!quiet)
                {
                    defects.AddBareBreak(at, isCr: false);
                }

                End = at;
                Position = at + 1;
                Terminated = true;
                break;
            }

            if (!quiet)
            {
                if (mark == 0)
                {
                    defects.AddNul(at);
                }
                else
                {
                    defects.AddBareBreak(at, isCr: true);
                }
            }

            at++;
        }

        if (End - Start > MaxLine && !quiet)
        {
            defects.AddLongLine(Start, End - Start);
        }

        return true;
    }
}
