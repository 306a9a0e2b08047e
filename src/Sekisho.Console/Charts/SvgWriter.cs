using System.Globalization;
using System.Security;
using System.Text;

namespace Sekisho.Pages.Charts;

/// <summary>Writes markup in which every text and every attribute is encoded; there is no way to write a raw one.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public SvgWriter Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Tag(element, attributes).Append('>');
        _open.Push(element);
        return this;
    }

    public SvgWriter Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    public SvgWriter Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Tag(element, attributes).Append("/>");
        return this;
    }

    public SvgWriter Write(string text)
    {
        _text.Append(SecurityElement.Escape(text));
        return this;
    }

    public SvgWriter Element(string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes) => Open(element, attributes).Write(text).Close();

    /// <summary>A label in the picture; <paramref name="anchor"/> is start, middle or end.</summary>
    public SvgWriter Label(double x, double y, string text, string anchor, string css = "label")
        => Element("text", text, ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor), ("class", css));

    public SvgWriter Rect(double x, double y, double width, double height, string css, string fill)
        => Empty("rect", ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("class", css), ("fill", fill));

    public SvgWriter Line(double x1, double y1, double x2, double y2, string css)
        => Empty("line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("class", css));

    public override string ToString() => _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"<{_open.Peek()}> is still open");

    private StringBuilder Tag(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"").Append(SecurityElement.Escape(value)).Append('"');
        }

        return _text;
    }
}
