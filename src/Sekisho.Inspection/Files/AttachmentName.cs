using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Files whose name fits a list of the policy, those inside archives too.</summary>
public sealed class AttachmentName : IInspector
{
    /// <summary>No file system allows longer ones; a longer name is matched by its beginning.</summary>
    private const int MaxName = 1024;

    /// <inheritdoc/>
    public string Rule => RuleNames.AttachmentName;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var lists = context.Settings.FileNames;
        if (lists.Count == 0)
        {
            yield break;
        }

        var names = Names(context.Facts);
        foreach (var list in lists)
        {
            var patterns = list.Patterns.Select(TextFolding.ForSearch).Where(p => p.Length > 0).ToList();
            var found = new List<string>();
            foreach (var (shown, forms) in names)
            {
                cancel.ThrowIfCancellationRequested();
                if (patterns.Exists(p => forms.Any(f => Fits(p, f))))
                {
                    found.Add(shown);
                }
            }

            if (found.Count > 0)
            {
                yield return Make(context, list.Name, found);
            }
        }
    }

    /// <summary>Each file as shown, and the forms of it a pattern may fit: its own name, and the way to it, folder names included.</summary>
    private static List<(string Shown, string[] Forms)> Names(MessageFacts facts)
    {
        var names = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var file in facts.Files)
        {
            names.TryAdd(file.Path, [Fold(file.Name), Fold(file.Path)]);
        }

        // A file nobody could read still has a name.
        foreach (var part in facts.Message.Entities())
        {
            if (part.FileName is { Length: > 0 } name)
            {
                names.TryAdd(name, [Fold(name)]);
            }
        }

        return [.. names.Where(n => n.Key.Length > 0).Select(n => (n.Key, n.Value))];
    }

    private static string Fold(string name) => TextFolding.ForSearch(name.Length > MaxName ? name[..MaxName] : name);

    private Finding Make(InspectionContext context, string list, List<string> files)
    {
        var first = Wording.Safe(files[0]);
        return new Finding
        {
            Rule = Rule,
            Severity = Severity.Low,
            Summary = files.Count == 1
                ? new Summary($"A file is named \"{first}\".", $"ファイル名が「{first}」です。")
                : new Summary($"Files are named \"{first}\" and {Wording.Number(files.Count - 1)} more like it.", $"「{first}」ほか{Wording.Number(files.Count - 1)}件の、名前が条件に合うファイルがあります。"),
            Evidence = Wording.Some(files.Select(f => Wording.Safe($"{list}: {f}")), files.Count),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["files"] = files.Count, [$"list-{list}"] = files.Count },
        };
    }

    /// <summary>The whole name fits, a star standing for any run of characters; without recursion, at worst pattern times name.</summary>
    internal static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            // A star first: a name may hold one too, and then it is the pattern's that stands for anything.
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, n);
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                (p, n) = (p + 1, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
