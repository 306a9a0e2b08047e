using System.Text.RegularExpressions;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>
/// The peer: what a data-loss filter with patterns counts. Mail addresses, telephone numbers and hits of a dictionary of family names over
/// the plain text; the greatest of the three stands for the number of persons. It gets the very text the product read.
/// </summary>
public static partial class PatternCounter
{
    private static readonly HashSet<string> s_families =
        [.. FamilyNames.Common.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => n.Split(':')[0])];

    /// <summary>Persons by patterns.</summary>
    public static int Count(IReadOnlyList<InspectedFile> files)
    {
        HashSet<string> mails = [], phones = [], names = [];
        foreach (var content in files.SelectMany(f => f.Contents))
        {
            foreach (var text in Texts(content))
            {
                foreach (var match in Mail().EnumerateMatches(text))
                    mails.Add(text.Substring(match.Index, match.Length).ToLowerInvariant());
                foreach (var match in Phone().EnumerateMatches(text))
                    phones.Add(text.Substring(match.Index, match.Length));
                foreach (var match in Kanji().EnumerateMatches(text))
                {
                    var word = text.Substring(match.Index, match.Length);
                    if (s_families.Contains(word[..Math.Min(2, word.Length)]) || s_families.Contains(word[..Math.Min(3, word.Length)]))
                        names.Add(word);
                }
            }
        }

        return Math.Max(mails.Count, Math.Max(phones.Count, names.Count));
    }

    private static IEnumerable<string> Texts(FileContent content) => content switch
    {
        TextContent text => text.Text.Split('\n'),
        TableContent table => table.Rows.SelectMany(r => r),
        _ => [],
    };

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<!\d)0\d{1,4}[-(]?\d{1,4}[-)]?\d{4}(?!\d)")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[\u4E00-\u9FFF]{2,3}[ \u3000]?[\u4E00-\u9FFF\u3040-\u30FF]{1,3}")]
    private static partial Regex Kanji();
}
