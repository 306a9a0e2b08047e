using System.Buffers;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// Files written as base64 (RFC 4648 sections 4 and 5) in the midst of a text: <c>data:</c> addresses, attachments of calendars and cards, members of
/// JSON and XML, parts of a mail pasted as they stand. Keys, signatures and tracking numbers look the same and are told apart by what comes out: only
/// what is a known container, document or text is a file.
/// </summary>
internal static class Base64Blocks
{
    /// <summary>Characters without a break at which one may begin: no word, address or number of daily life has so many, every encoder's line does.</summary>
    private const int LeastRun = 56;

    /// <summary>Characters below which nothing worth reading fits.</summary>
    private const int LeastBlock = 120;

    private const int MaxBlocks = 2000;

    private static readonly SearchValues<byte> _alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>True where a text has a run long enough. Looks at few of its bytes.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text) => FindRun(text, 0) >= 0;

    /// <summary>The files, in order.</summary>
    public static IEnumerable<byte[]> Of(ReadOnlyMemory<byte> text)
    {
        var at = 0;
        for (var count = 0; count < MaxBlocks && (at = FindRun(text.Span, at)) >= 0; count++)
        {
            var bytes = Decode(text.Span, ref at);
            if (bytes is not null && IsFile(bytes))
            {
                yield return bytes;
            }
        }
    }

    /// <summary>The first position of a long run from <paramref name="at"/> on; -1 without one. Looks backward from where the run would end, so that prose is leapt over.</summary>
    private static int FindRun(ReadOnlySpan<byte> text, int at)
    {
        while (at + LeastRun <= text.Length)
        {
            var window = text.Slice(at, LeastRun);
            var stop = window.LastIndexOfAnyExcept(_alphabet);
            if (stop < 0)
            {
                return at;
            }

            at += stop + 1;
        }

        return -1;
    }

    /// <summary>Decodes a block of equally long lines; <paramref name="at"/> goes behind it. Null where it is too short.</summary>
    private static byte[]? Decode(ReadOnlySpan<byte> text, ref int at)
    {
        var clean = new ArrayBufferWriter<byte>();
        var first = 0;
        while (true)
        {
            var length = text[at..].IndexOfAnyExcept(_alphabet);
            length = length < 0 ? text.Length - at : length;
            clean.Write(text.Slice(at, length));
            at += length;
            first = first == 0 ? length : first;
            var next = at + Break(text[at..]);
            if (length != first || next == at || next >= text.Length || !_alphabet.Contains(text[next]))
            {
                break;
            }

            // A word behind the block's last, full line belongs to the next sentence.
            var line = text[next..].IndexOfAnyExcept(_alphabet);
            if (line > first)
            {
                break;
            }

            at = next;
        }

        var count = clean.WrittenCount - (clean.WrittenCount % 4 == 1 ? 1 : 0);
        if (count < LeastBlock)
        {
            return null;
        }

        var padded = new byte[(count + 3) / 4 * 4];
        clean.WrittenSpan[..count].CopyTo(padded);
        padded.AsSpan(count).Fill((byte)'=');
        padded.AsSpan().Replace((byte)'-', (byte)'+');
        padded.AsSpan().Replace((byte)'_', (byte)'/');
        return System.Buffers.Text.Base64.DecodeFromUtf8InPlace(padded, out var written) == OperationStatus.Done ? padded[..written] : null;
    }

    /// <summary>Length of a line break, folded, or written out as programs do.</summary>
    private static int Break(ReadOnlySpan<byte> text)
    {
        var at = 0;
        if (text.StartsWith("\\r\\n"u8) || text.StartsWith("\\n"u8))
        {
            return text[1] == 'r' ? 4 : 2;
        }

        at += at < text.Length && text[at] == '\r' ? 1 : 0;
        if (at >= text.Length || text[at] != '\n')
        {
            return 0;
        }

        at++;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>Signatures, keys and ciphers are noise or DER; pictures in a newsletter are many and hold nothing to read.</summary>
    private static bool IsFile(byte[] bytes) => Rest.Kind(bytes) is not null;
}
