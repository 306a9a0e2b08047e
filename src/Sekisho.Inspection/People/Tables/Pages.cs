using System.Buffers;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Pages or slides whose text is read as one, because a form begins on one and goes on over the next; tells which line stands where.</summary>
internal sealed class Pages
{
    private const int MaxLabel = 24;

    private static readonly SearchValues<char> _marks = SearchValues.Create("]】］〕:：=＝");

    private readonly List<(int First, string Place)> _pages = [];

    private Pages()
    {
    }

    /// <summary>
    /// The text at <paramref name="index"/> with that of the pages behind it, as long as each of them begins with a field other than a name;
    /// <paramref name="index"/> moves to the last one taken. Null for one page alone, which is most.
    /// </summary>
    public static Pages? Join(IReadOnlyList<FileContent> contents, ref int index, out string text)
    {
        var first = (TextContent)contents[index];
        text = first.Text;
        if (!IsPage(first.Place) || index + 1 >= contents.Count || !GoesOn(first, contents[index + 1]))
        {
            return null;
        }

        var pages = new Pages();
        var joined = new StringBuilder();
        var lines = 0;
        for (var before = first; ; before = (TextContent)contents[++index])
        {
            pages._pages.Add((lines, before.Place));
            joined.Append(before.Text).Append('\n');
            lines += before.Text.AsSpan().Count('\n') + 1;
            if (index + 1 >= contents.Count || !GoesOn(before, contents[index + 1]))
            {
                break;
            }
        }

        text = joined.ToString();
        return pages;
    }

    /// <summary>The page of a line of the whole, and the line on it; both 1-based.</summary>
    public (string Place, int Row) At(int line)
    {
        var low = 0;
        for (var high = _pages.Count - 1; low < high;)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _pages[middle].First < line ? (middle, high) : (low, middle - 1);
        }

        return (_pages[low].Place, line <= 0 ? line : line - _pages[low].First);
    }

    private static bool GoesOn(TextContent before, FileContent next)
    {
        if (next is not TextContent text || !IsPage(text.Place) || before.Text.Length == 0)
        {
            return false;
        }

        var line = text.Text.AsSpan().TrimStart();
        var end = line.IndexOf('\n');
        line = (end < 0 ? line : line[..end]).TrimStart("[【［〔・- \u3000");
        var mark = line.IndexOfAny(_marks);
        return mark is > 0 and <= MaxLabel && HeaderWords.Read(line[..mark]) is { Kind: not (DataKinds.None or DataKinds.Name) };
    }

    private static bool IsPage(string place) => (place.StartsWith("slide ", StringComparison.Ordinal) || place.StartsWith("page ", StringComparison.Ordinal)) && char.IsAsciiDigit(place[^1]);
}
