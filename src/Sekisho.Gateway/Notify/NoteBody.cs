using System.Net;
using System.Text;

namespace Sekisho.Gateway.Notify;

/// <summary>A note's text as blocks, written once and rendered as plain text and as HTML (inline styles, nothing loaded from elsewhere).</summary>
internal sealed class NoteBody
{
    /// <summary>Lines shown of any list; the rest is counted.</summary>
    public const int MostLines = 20;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    public NoteBody()
        => _html.Append("<!DOCTYPE html>\r\n<html><head><meta charset=\"utf-8\"></head>\r\n<body style=\"font-family:sans-serif;font-size:15px;line-height:1.5;color:#222;max-width:42em\">\r\n");

    public void Strong(string text) => Block("", text, "\r\n\r\n", "<p style=\"font-size:17px;font-weight:bold;margin:0 0 .6em\">", "</p>");

    public void Paragraph(string text) => Block("", text, "\r\n\r\n", "<p style=\"margin:0 0 .8em\">", "</p>");

    public void Heading(string text) => Block("", text, "\r\n", "<p style=\"margin:1em 0 .3em;font-weight:bold\">", "</p>");

    /// <summary>At most <see cref="MostLines"/> lines; then <paramref name="more"/> of the number left out.</summary>
    public void Lines(IReadOnlyList<string> lines, Func<int, string> more)
    {
        _html.Append("<ul style=\"margin:0 0 .8em;padding-left:1.4em\">\r\n");
        foreach (var line in lines.Take(MostLines))
        {
            Block("  - ", line, "\r\n", "<li>", "</li>");
        }

        if (lines.Count > MostLines)
        {
            Block("    ", more(lines.Count - MostLines), "\r\n", "<li style=\"list-style:none\">", "</li>");
        }

        _html.Append("</ul>\r\n");
        _text.Append("\r\n");
    }

    /// <summary>Something to do, with the command that does it.</summary>
    public void Command(string label, string command)
    {
        _text.Append("  ").Append(Safe(label)).Append("\r\n      ").Append(Safe(command)).Append("\r\n");
        _html.Append("<p style=\"margin:0 0 .4em\">").Append(Html(label)).Append("<br><code style=\"background:#f2f2f2;padding:2px 6px\">").Append(Html(command)).Append("</code></p>\r\n");
    }

    /// <summary>A link into the console; the address is of our own configuration.</summary>
    public void Link(string label, string url)
    {
        _text.Append("  ").Append(Safe(label)).Append("\r\n      ").Append(Safe(url, 2000)).Append("\r\n");
        _html.Append("<p style=\"margin:.4em 0\"><a href=\"").Append(Html(url, 2000)).Append("\" style=\"color:#0b57d0\">").Append(Html(label)).Append("</a></p>\r\n");
    }

    public void Space() => _text.Append("\r\n");

    /// <summary>Between the languages.</summary>
    public void Divide()
    {
        _text.Append("----------------------------------------\r\n\r\n");
        _html.Append("<hr style=\"border:0;border-top:1px solid #ccc;margin:1.5em 0\">\r\n");
    }

    public string Text() => _text.ToString();

    public string HtmlText() => _html + "</body></html>\r\n";

    private void Block(string indent, string text, string end, string open, string close)
    {
        _text.Append(indent).Append(Safe(text)).Append(end);
        _html.Append(open).Append(Html(text)).Append(close).Append("\r\n");
    }

    private static string Safe(string text, int most = 1000) => SafeText.Line(text, most);

    private static string Html(string text, int most = 1000) => WebUtility.HtmlEncode(Safe(text, most));
}
