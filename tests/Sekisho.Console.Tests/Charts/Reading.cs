using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Sekisho.Pages.Tests.Charts;

/// <summary>A page as somebody reads it.</summary>
internal sealed class Reading
{
    private readonly IHtmlDocument _document;

    private Reading(string html)
    {
        Html = html;
        _document = new HtmlParser().ParseDocument(html);
    }

    public string Html { get; }

    public IHtmlDocument Document => _document;

    /// <summary>Its text, runs of blanks as one.</summary>
    public string Text => string.Join(' ', _document.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task<Reading> Async(HttpClient client, string address, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", $"sekisho-language={language}");
        var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {(int)answer.StatusCode}");
        return new Reading(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// Opens a page in both languages: the English one has no Japanese letter, and no sentence of the English one stands in the Japanese one. What is data (marked with a language of its own) and
    /// the switch between the two are left out. Also: one first heading, no inline style or script, no identifier twice.
    /// </summary>
    public static async Task<(Reading English, Reading Japanese)> BothAsync(HttpClient client, string address)
    {
        var english = await Async(client, address, "en");
        var japanese = await Async(client, address, "ja");
        foreach (var text in english.Texts("en"))
        {
            Assert.False(text.Any(IsJapanese), $"{address}: on the English page: {text}");
        }

        Assert.Empty(japanese.Document.QuerySelectorAll("[style],style,script:not([src])"));
        Assert.Single(japanese.Document.QuerySelectorAll("h1"));
        var ids = japanese.Document.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        var own = japanese.Texts("ja").ToList();
        var foreign = english.Texts("en").Where(t => t.Count(c => c == ' ') >= 2 && t.Any(char.IsAsciiLetterLower) && !t.Contains('@', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(own, t => foreign.Contains(t));
        return (english, japanese);
    }

    /// <summary>The large number over these words.</summary>
    public string Big(string words) => _document.QuerySelectorAll(".bignumbers li").Single(li => li.TextContent.Contains(words, StringComparison.Ordinal)).QuerySelector("strong")!.TextContent;

    /// <summary>Cells of the table whose caption begins so.</summary>
    public List<string[]> Table(string caption)
    {
        var table = _document.QuerySelectorAll("table").Single(t => t.QuerySelector("caption")?.TextContent.StartsWith(caption, StringComparison.Ordinal) == true);
        return [.. table.QuerySelectorAll("tbody tr").Select(r => r.QuerySelectorAll("th,td").Select(c => c.TextContent.Trim()).ToArray())];
    }

    private static bool IsJapanese(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uFF01' and <= '\uFF60');

    private IEnumerable<string> Texts(string language)
    {
        foreach (var node in _document.Body!.Descendants<IText>())
        {
            var text = node.Data.Trim();
            var parent = node.ParentElement!;
            if (text.Length > 0 && parent.Closest("code,pre") is null && parent.Closest("[lang]")?.GetAttribute("lang") is var spoken && (spoken is null || spoken == language))
            {
                yield return text;
            }
        }

        foreach (var element in _document.Body!.QuerySelectorAll("[aria-label],[data-label]"))
        {
            yield return element.GetAttribute("aria-label") ?? element.GetAttribute("data-label")!;
        }
    }
}
