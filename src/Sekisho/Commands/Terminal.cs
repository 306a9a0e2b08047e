using System.Globalization;

namespace Sekisho.Program.Commands;

/// <summary>Text of strangers on our terminal.</summary>
internal static class Terminal
{
    /// <summary>Without control and formatting characters: a subject must not move the cursor, nor turn the reading direction.</summary>
    public static string Clean(string text)
        => string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = char.GetUnicodeCategory(source[i]) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : source[i];
            }
        });
}
