using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Mails;

/// <summary>
/// HTML of a mail, made anew from nothing but its words and an allow-list of elements without attributes. It works on the token stream, never on a tree, so it is linear however deep the nesting, and
/// what a browser would make of broken markup (mutation) does not matter: whatever the tokens were, only what is written here comes out. Links and pictures become words: where a link leads, what a
/// picture is said to show.
/// </summary>
internal sealed class SafeHtml
{
    /// <summary>Elements open at once; deeper ones give their words alone.</summary>
    private const int MaxDepth = 60;

    private static readonly SearchValues<char> s_typography = SearchValues.Create("\u00AD\u034F\u200B\u200C\u200D\u2060\uFEFF");

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly FrozenSet<string> s_allowed = new[]
    {
        "p", "div", "span", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup", "blockquote", "pre", "code", "tt", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead",
        "tbody", "tfoot", "tr", "td", "th", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "center", "q", "cite", "address", "section", "article", "header", "footer", "figure", "figcaption",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_blocks = new[]
    {
        "p", "div", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "center", "address", "section", "article", "header", "footer", "figure", "li", "dt", "dd", "tr", "td", "th",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly StringBuilder _html = new();
    private readonly List<string> _open = [];
    private readonly Stack<string> _links = new();
    private readonly Tongue _tongue;
    private int _left;
    private bool _cut;

    private SafeHtml(int maxText, Tongue tongue) => (_left, _tongue) = (maxText, tongue);

    /// <summary>Makes it.</summary>
    /// <param name="html">As it stands in the mail.</param>
    /// <param name="maxText">Characters of text shown.</param>
    /// <param name="tongue">For the words that stand for pictures.</param>
    /// <param name="cut">There was more.</param>
    public static string Make(string html, int maxText, Tongue tongue, out bool cut)
    {
        var safe = new SafeHtml(maxText, tongue);
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile && safe._left > 0; token = tokens.Get())
        {
            safe.Take(token, tokens);
        }

        while (safe._links.Count > 0)
        {
            safe.CloseLink();
        }

        safe.CloseDownTo(0);
        cut = safe._cut || safe._left <= 0;
        return safe._html.ToString();
    }

    private void Take(HtmlToken token, HtmlTokenizer tokens)
    {
        switch (token.Type)
        {
            case HtmlTokenType.Character:
                Text(token.Data);
                break;
            case HtmlTokenType.StartTag:
                Start(token.AsTag(), tokens);
                break;
            case HtmlTokenType.EndTag:
                End(token.Name);
                break;
            default:
                break;
        }
    }

    private void Start(HtmlTagToken tag, HtmlTokenizer tokens)
    {
        switch (tag.Name)
        {
            case "script":
                tokens.State = HtmlParseMode.Script;
                Skip(tokens);
                break;
            case "style" or "iframe" or "noembed" or "noframes":
                tokens.State = HtmlParseMode.Rawtext;
                Skip(tokens);
                break;
            case "title":
                tokens.State = HtmlParseMode.RCData;
                Skip(tokens);
                break;

            // What these hold a reader sees as it stands: so does he here.
            case "xmp":
                tokens.State = HtmlParseMode.Rawtext;
                break;
            case "textarea":
                tokens.State = HtmlParseMode.RCData;
                break;
            case "plaintext":
                tokens.State = HtmlParseMode.Plaintext;
                break;
            case "br" or "hr":
                _html.Append('<').Append(tag.Name).Append('>');
                break;
            case "img" or "image":
                Picture(tag);
                break;
            case "a" or "area":
                Link(tag);
                break;
            default:
                Open(tag);
                break;
        }
    }

    /// <summary>The content of what was just opened, up to and with its end, is none of the reader's.</summary>
    private static void Skip(HtmlTokenizer tokens)
    {
        // In these states the tokenizer gives characters until the matching end tag or the end of the file.
        while (tokens.Get() is { Type: HtmlTokenType.Character })
        {
        }
    }

    private void Open(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (!s_allowed.Contains(name))
        {
            return;
        }

        if (s_blocks.Contains(name))
        {
            CloseTop("p");
        }

        switch (name)
        {
            case "li":
                CloseTop("li");
                break;
            case "dt" or "dd":
                CloseTop("dt", "dd");
                break;
            case "td" or "th":
                CloseTop("td", "th");
                break;
            case "tr":
                CloseTop("td", "th");
                CloseTop("tr");
                break;
            case "tbody" or "tfoot" or "thead":
                CloseTop("td", "th");
                CloseTop("tr");
                CloseTop("tbody", "tfoot", "thead");
                break;
        }

        if (_open.Count >= MaxDepth)
        {
            return;
        }

        _html.Append('<').Append(name);
        if (name is "td" or "th")
        {
            Span(tag, "colspan");
            Span(tag, "rowspan");
        }

        _html.Append('>');
        _open.Add(name);
    }

    private void Span(HtmlTagToken tag, string attribute)
    {
        if (int.TryParse(tag.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var cells) && cells is > 1 and <= 50)
        {
            _html.Append(CultureInfo.InvariantCulture, $" {attribute}=\"{cells}\"");
        }
    }

    private void End(string name)
    {
        if (name is "a" or "area")
        {
            CloseLink();
            return;
        }

        var at = _open.LastIndexOf(name);
        if (at >= 0)
        {
            CloseDownTo(at);
        }
    }

    private void CloseTop(params ReadOnlySpan<string> names)
    {
        if (_open.Count > 0 && names.Contains(_open[^1]))
        {
            CloseDownTo(_open.Count - 1);
        }
    }

    private void CloseDownTo(int count)
    {
        for (var i = _open.Count - 1; i >= count; i--)
        {
            _html.Append("</").Append(_open[i]).Append('>');
            _open.RemoveAt(i);
        }
    }

    /// <summary>Nothing to click: the words, and where the link would lead.</summary>
    private void Link(HtmlTagToken tag)
    {
        if (_links.Count > 0)
        {
            CloseLink();
        }

        _links.Push(Shown.Text(tag.GetAttribute("href"), 200));
    }

    private void CloseLink()
    {
        if (_links.TryPop(out var target) && target.Length > 0)
        {
            _html.Append("<code>‹").Append(s_encoder.Encode(target)).Append("›</code>");
            _left -= target.Length;
        }
    }

    private void Picture(HtmlTagToken tag)
    {
        var alt = Shown.Text(tag.GetAttribute("alt"), 100);
        _html.Append("<code>[").Append(s_encoder.Encode(_tongue["picture", "画像"])).Append(alt.Length > 0 ? ": " : "").Append(s_encoder.Encode(alt)).Append("]</code>");
        _left -= 10 + alt.Length;
    }

    private void Text(string text)
    {
        _cut |= text.Length > _left;
        var shown = Shown.Lines(WithoutTypography(text), Math.Max(1, _left));
        _html.Append(s_encoder.Encode(shown));
        _left -= text.Length;
    }

    /// <summary>Characters without width that set type and deceive nobody within a text: joiners, soft hyphens, the hundred blanks of a newsletter's preview.</summary>
    private static string WithoutTypography(string text)
        => text.AsSpan().IndexOfAny(s_typography) < 0 ? text : string.Concat(text.Where(c => !s_typography.Contains(c)));
}
