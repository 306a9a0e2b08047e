using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html;

namespace Sekisho.Inspection;

/// <summary>
/// Reduces HTML to the text a reader sees, line by line. A tokenizer and not a browser: it builds no tree, so deep nesting costs nothing, and it
/// shows what any client might show. Addresses that stand only in attributes, comments, styles or scripts are added at the end of their line as
/// <c>&lt;address&gt;</c>. Lines inside <c>blockquote</c> begin with <c>&gt;</c>. Linear in the input's length.
/// </summary>
internal ref partial struct HtmlText
{
    private static readonly SearchValues<char> _textStops = SearchValues.Create("<&\r\n\t ");

    private static readonly FrozenSet<string> _blocks = new[]
    {
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "head", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "table", "tbody", "textarea",
        "tfoot", "thead", "title", "tr", "ul",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _out;
    private readonly ReadOnlySpan<char> _html;
    private AddressSet? _pending;
    private int _lineStart;
    private int _at;
    private int _quotes;
    private bool _lineEmpty = true;
    private bool _blank;
    private bool _styleNeverCloses;
    private bool _scriptNeverCloses;

    private HtmlText(ReadOnlySpan<char> html)
    {
        _html = html;
        _out = new StringBuilder(Math.Min(html.Length, 1 << 16));
    }

    /// <summary>The text of <paramref name="html"/>. Never throws, whatever the input, but for cancellation.</summary>
    public static string Reduce(ReadOnlySpan<char> html, CancellationToken cancel = default)
    {
        var reader = new HtmlText(html);
        var tokens = 0;
        while (reader._at < html.Length)
        {
            if ((++tokens & 0x3FFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            reader.Step();
        }

        reader.EndLine();
        return reader._out.ToString();
    }

    private void Step()
    {
        var c = _html[_at];
        if (c == '<')
        {
            Markup();
        }
        else if (c == '&')
        {
            _at += Entity(_html[_at..], out var text);
            Write(text);
        }
        else if (c is '\r' or '\n' or '\t' or ' ')
        {
            _blank = true;
            _at++;
        }
        else
        {
            var length = _html[_at..].IndexOfAny(_textStops);
            length = length < 0 ? _html.Length - _at : length;
            Write(_html.Slice(_at, length));
            _at += length;
        }
    }

    private void Write(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_lineEmpty)
        {
            for (var i = 0; i < Math.Min(_quotes, 8); i++)
            {
                _out.Append('>');
            }

            if (_quotes > 0)
            {
                _out.Append(' ');
            }
        }
        else if (_blank)
        {
            _out.Append(' ');
        }

        _lineEmpty = _blank = false;
        _out.Append(text);
    }

    private void EndLine()
    {
        if (_pending is { All.Count: > 0 })
        {
            ShowUnseen(_pending.All);
            _pending = null;
        }

        if (!_lineEmpty)
        {
            _out.Append('\n');
        }

        _lineEmpty = true;
        _blank = false;
        _lineStart = _out.Length;
    }

    /// <summary>Adds what only the markup says. An address the line shows anyway is not repeated, lest "… wrote:" stop being the line's end.</summary>
    private void ShowUnseen(IReadOnlyList<FoundAddress> unseen)
    {
        var shown = new AddressSet();
        AddressScanner.Collect(TextFolding.StripInvisible(_out.ToString(_lineStart, _out.Length - _lineStart)), shown);
        foreach (var address in unseen)
        {
            if (!shown.Contains(address.Key))
            {
                _blank = true;
                Write($"<{address.Key}>");
            }
        }
    }

    private void Markup()
    {
        var rest = _html[_at..];
        if (rest.StartsWith("<!--"))
        {
            var end = rest[4..].IndexOf("-->");
            var length = end < 0 ? rest.Length : end + 7;
            Unseen(rest[4..Math.Max(4, length)]);
            _at += length;
            return;
        }

        if (rest.Length > 1 && rest[1] is '!' or '?')
        {
            var end = rest.IndexOf('>');
            var length = end < 0 ? rest.Length : end + 1;
            Unseen(rest[1..length]);
            _at += length;
            return;
        }

        var closing = rest.Length > 1 && rest[1] == '/';
        var nameAt = closing ? 2 : 1;
        if (rest.Length <= nameAt || !char.IsAsciiLetter(rest[nameAt]))
        {
            Write("<");
            _at++;
            return;
        }

        var nameEnd = nameAt;
        while (nameEnd < rest.Length && rest[nameEnd] is not ('>' or '/' or ' ' or '\t' or '\r' or '\n' or '\f'))
        {
            nameEnd++;
        }

        var name = rest[nameAt..nameEnd];
        _at += nameEnd;

        // "Taro <taro@example.com>" pasted without escapes reads as a tag of that name.
        Unseen(name);
        Attributes();
        Tag(name, closing);
    }

    private void Tag(ReadOnlySpan<char> name, bool closing)
    {
        if (_blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            EndLine();
            if (name.Equals("blockquote", StringComparison.OrdinalIgnoreCase))
            {
                _quotes = Math.Max(0, _quotes + (closing ? -1 : 1));
            }
        }
        else if (name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase))
        {
            _blank = true;
        }
        else if (!closing && name.Equals("style", StringComparison.OrdinalIgnoreCase))
        {
            // Asked once: without this, a mail of nothing but opening tags would be searched to its end for each.
            _styleNeverCloses = _styleNeverCloses || !RawText(name);
        }
        else if (!closing && name.Equals("script", StringComparison.OrdinalIgnoreCase))
        {
            _scriptNeverCloses = _scriptNeverCloses || !RawText(name);
        }
    }

    /// <summary>What stands up to the closing tag is not shown. Without a closing tag the rest is read as text: some client may show it.</summary>
    private bool RawText(ReadOnlySpan<char> name)
    {
        var rest = _html[_at..];
        var from = 0;
        while (true)
        {
            var close = rest[from..].IndexOf("</");
            if (close < 0)
            {
                return false;
            }

            from += close + 2;
            if (rest[from..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                Unseen(rest[..(from - 2)]);
                _at += from - 2;
                return true;
            }
        }
    }

    /// <summary>Reads to the tag's end; addresses in it are kept, whether they stand in a value or as a name.</summary>
    private void Attributes()
    {
        var nameAt = _at;
        while (_at < _html.Length)
        {
            var c = _html[_at];
            if (c == '>')
            {
                Unseen(_html[nameAt.._at]);
                _at++;
                return;
            }

            if (c != '=')
            {
                _at++;
                continue;
            }

            Unseen(_html[nameAt.._at]);
            _at++;
            while (_at < _html.Length && _html[_at] is ' ' or '\t' or '\r' or '\n')
            {
                _at++;
            }

            nameAt = _at;
            if (_at >= _html.Length)
            {
                return;
            }

            var quote = _html[_at];
            if (quote is '"' or '\'')
            {
                var value = _html[(_at + 1)..];
                var end = value.IndexOf(quote);
                if (end < 0)
                {
                    // An open quote: the tag ends where the next one does, lest the rest of the mail vanish in it.
                    end = value.IndexOf('>');
                    end = end < 0 ? value.Length : end;
                    Unseen(value[..end]);
                    _at += 1 + end;
                    nameAt = _at;
                    continue;
                }

                Unseen(value[..end]);
                _at += end + 2;
            }
            else
            {
                var value = _html[_at..];
                var end = value.IndexOfAny(" \t\r\n>");
                end = end < 0 ? value.Length : end;
                Unseen(value[..end]);
                _at += end;
            }

            nameAt = _at;
        }

        Unseen(_html[nameAt..]);
    }

    /// <summary>Keeps the addresses of text that is not shown.</summary>
    private void Unseen(ReadOnlySpan<char> text)
    {
        if (!AddressScanner.MayHold(text) && !text.Contains('&'))
        {
            return;
        }

        var decoded = text.Contains('&') ? Decode(text) : text.ToString();
        if (!AddressScanner.MayHold(decoded))
        {
            return;
        }

        AddressScanner.Collect(TextFolding.StripInvisible(decoded), _pending ??= new AddressSet());
    }
}
