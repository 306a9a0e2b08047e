using System.Buffers;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>What a text may hold, so that nobody looks for what it cannot: nearly all prose has neither a word of illness nor, for lines together, a number or an address.</summary>
/// <param name="Values">A digit, the sign of an address, or anything but ASCII, which may be a word of any kind.</param>
/// <param name="Illness">An English word of illness.</param>
internal readonly record struct TextMarks(bool Values, bool Illness)
{
    private static readonly SearchValues<char> _values = SearchValues.Create("0123456789@");

    /// <summary>Of a text nobody looked through.</summary>
    public static TextMarks Unknown => new(Values: true, Illness: true);

    /// <summary>False where the reader of prose finds no value, and so no person.</summary>
    public bool Any => Values || Illness;

    /// <summary>Looks through a text.</summary>
    public static TextMarks Of(ReadOnlySpan<char> text) => new(HasValues(text), WordFinder.MayHoldIllness(text));

    /// <summary>Those of a part of the text.</summary>
    public TextMarks Within(ReadOnlySpan<char> part) => this with { Values = Values && HasValues(part) };

    private static bool HasValues(ReadOnlySpan<char> text) => text.ContainsAny(_values) || !Ascii.IsValid(text);
}
