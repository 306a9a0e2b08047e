using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Sekisho.Inspection;

/// <summary>Digits in a row with the signs between them: groups, as 090-1234-5678 has three. More than 24 digits or eight groups are nobody's number.</summary>
internal ref struct NumberToken
{
    public const int MaxDigits = 24;
    public const int MaxGroups = 8;

    private GroupBuffer _groups;
    private GroupBuffer _signs;
    private DigitBuffer _digits;

    public int Start;
    public int End;
    public int Length;
    public int Count;

    /// <summary>Past its bounds: the digits go on longer than any number here.</summary>
    public bool Overlong;

    [UnscopedRef]
    public readonly ReadOnlySpan<char> Digits => ((ReadOnlySpan<char>)_digits)[..Math.Min(Length, MaxDigits)];

    [UnscopedRef]
    public readonly ReadOnlySpan<int> Groups => ((ReadOnlySpan<int>)_groups)[..Math.Min(Count, MaxGroups)];

    /// <summary>The sign behind group <paramref name="index"/>, hyphens as <c>-</c>.</summary>
    public readonly char Sign(int index) => (char)_signs[index];

    /// <summary>True where all signs between groups are this one.</summary>
    public readonly bool AllSigns(char sign)
    {
        for (var i = 0; i < Count - 1; i++)
        {
            if (_signs[i] != sign)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the digits at <paramref name="start"/> with hyphens, points, strokes and brackets between them.</summary>
    public void Read(ReadOnlySpan<char> text, int start)
    {
        Start = start;
        Length = Count = 0;
        Overlong = false;
        var at = start;
        while (true)
        {
            at = Group(text, at);
            if (at + 1 >= text.Length)
            {
                break;
            }

            var sign = text[at];
            if (sign < 0x80 ? sign is not ('-' or '.' or '/' or '(' or ')') : !ValueText.IsHyphen(sign) && sign is not ('（' or '）' or '．' or '／'))
            {
                break;
            }

            var next = at + 1;
            if (sign is ')' or '）' && (ValueText.IsHyphen(text[next]) || text[next] == ' ') && next + 1 < text.Length)
            {
                next++;
            }

            if (!ValueText.IsDigit(text[next]))
            {
                break;
            }

            SetSign(sign is '.' or '．' ? '.' : sign is '/' or '／' ? '/' : sign is '(' or '（' ? '(' : sign is ')' or '）' ? ')' : '-');
            at = next;
        }

        End = at;
    }

    /// <summary>Reads on over single blanks (4111 1111 1111 1111), and <paramref name="hyphens"/> among them (+1 415-555-0132).</summary>
    public void ReadOn(ReadOnlySpan<char> text, bool hyphens = false)
    {
        while (End + 1 < text.Length && !Overlong && (text[End] is ' ' or '\u3000' || (hyphens && ValueText.IsHyphen(text[End]))) && ValueText.IsDigit(text[End + 1]))
        {
            SetSign(text[End] is ' ' or '\u3000' ? ' ' : '-');
            End = Group(text, End + 1);
        }
    }

    private int Group(ReadOnlySpan<char> text, int at)
    {
        var size = 0;
        while (at < text.Length && ValueText.IsDigit(text[at]))
        {
            if (Length < MaxDigits)
            {
                _digits[Length] = (char)('0' + ValueText.Digit(text[at]));
            }

            Length++;
            size++;
            at++;
        }

        if (Count < MaxGroups)
        {
            _groups[Count] = size;
        }

        Count++;
        Overlong |= Length > MaxDigits || Count > MaxGroups;
        return at;
    }

    private void SetSign(char sign)
    {
        if (Count is > 0 and <= MaxGroups)
        {
            _signs[Count - 1] = sign;
        }
    }

    [InlineArray(MaxGroups)]
    private struct GroupBuffer
    {
        private int _first;
    }

    [InlineArray(MaxDigits)]
    private struct DigitBuffer
    {
        private char _first;
    }
}
