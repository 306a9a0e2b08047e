using System.Text.Json;
using System.Text.RegularExpressions;
using Sekisho.Pages.Shell;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>Whether a page speaks one language, and in words.</summary>
internal static partial class Letters
{
    /// <summary>What is written in the wrong language, or is a name of the program's own where a word should stand.</summary>
    public static async Task<IReadOnlyList<string>> WrongAsync(Visit visit)
    {
        var texts = await visit.Page.EvaluateAsync<JsonElement>("""
            () => {
              const own = document.documentElement.lang, found = [];
              // Code, what is typed, evidence out of mails, and what is marked as another language may be what they are.
              const free = e => e.closest('code, pre, textarea, script, style, noscript, .evidence, [lang]:not(html):not([lang="' + own + '"])');
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const text = walker.currentNode.textContent.trim();
                if (text && !free(walker.currentNode.parentElement)) found.push(text);
              }
              for (const e of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
                for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
                  if (e.getAttribute(name) && !free(e)) found.push(e.getAttribute(name));
              found.push(document.title);
              return found;
            }
            """);
        var wrong = new List<string>();
        foreach (var text in texts.EnumerateArray().Select(t => t.GetString()!))
        {
            if (visit.Look.Japanese ? EnglishSentence().IsMatch(text) : EastAsian().IsMatch(text))
            {
                wrong.Add($"language: {Short(text)}");
            }

            if (RuleTitles.Names.FirstOrDefault(n => n.Contains('-', StringComparison.Ordinal) && Regex.IsMatch(text, $@"(?<![\w\-/]){n}(?![\w\-])")) is { } key)
            {
                wrong.Add($"raw key {key}: {Short(text)}");
            }
        }

        return wrong;
    }

    private static string Short(string text) => text.Length > 160 ? text[..160] + "…" : text;

    [GeneratedRegex(@"[\u3001-\u30FF\u31F0-\u9FFF\uF900-\uFAFF\uFF01-\uFF9F]")]
    private static partial Regex EastAsian();

    [GeneratedRegex(@"(?<![\w@./\-])(?:[A-Za-z][A-Za-z'’]*[,;:]?\s+){3,}[A-Za-z][A-Za-z'’]*(?![\w@/\-])")]
    private static partial Regex EnglishSentence();
}
