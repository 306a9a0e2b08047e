using System.Buffers;

namespace Sekisho.Smtp;

/// <summary>Text that goes into, or came out of, protocol lines.</summary>
public static class SmtpText
{
    // C0, DEL and C1: none of them may reach a terminal, a log or the wire from text that a peer can influence.
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Concat(Enumerable.Range(127, 33)).Select(c => (char)c), '\u2028', '\u2029']);

    /// <summary>
    /// The text with every control character and line separator turned into a blank, so that it cannot start a second reply or command
    /// line. Returns the same instance when there is none.
    /// </summary>
    public static string Clean(string text) => Replace(text, keepLineFeed: false);

    /// <summary>Like <see cref="Clean"/>, but LF stays: it parts the lines of a multi-line reply.</summary>
    internal static string CleanLines(string text) => Replace(text, keepLineFeed: true);

    private static string Replace(string text, bool keepLineFeed)
    {
        var first = text.AsSpan().IndexOfAny(Controls);
        if (first < 0)
        {
            return text;
        }

        return string.Create(text.Length, (text, first, keepLineFeed), static (span, state) =>
        {
            state.text.CopyTo(span);
            for (var i = state.first; i < span.Length; i++)
            {
                if (Controls.Contains(span[i]) && !(state.keepLineFeed && span[i] == '\n'))
                {
                    span[i] = ' ';
                }
            }
        });
    }
}
