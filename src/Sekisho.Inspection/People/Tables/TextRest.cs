using System.Text;

namespace Sekisho.Inspection;

/// <summary>A text without the lines a table was read from, line numbers kept: what is left goes the way of prose.</summary>
internal sealed class TextRest(string text)
{
    private StringBuilder? _kept;
    private int _from;

    /// <summary>Takes out what lies between; in order of the text.</summary>
    public void Take(int start, int end)
    {
        _kept ??= new StringBuilder(text.Length);
        _kept.Append(text, _from, start - _from);
        _kept.Append('\n', text.AsSpan(start, end - start).Count('\n'));
        _from = end;
    }

    /// <summary>What is left; the same string where nothing was taken.</summary>
    public string Text() => _kept is null ? text : _kept.Append(text, _from, text.Length - _from).ToString();
}
