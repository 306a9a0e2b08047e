using System.Text.RegularExpressions;
using Sekisho.Inspection;

namespace Sekisho.Architecture.Tests;

/// <summary>The tree as a reader finds it.</summary>
public sealed partial class TreeTests
{
    private const int MostLines = 400;

    private static readonly string[] s_text = [".cs", ".csproj", ".props", ".md", ".yaml", ".yml", ".json", ".sh", ".py", ".c", ".cshtml", ".txt", ".slnx", ".eml", ".smtp", ""];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_bears()
    {
        var tooLong = House.Files("src", "*.cs").Select(f => (File: f, Lines: File.ReadLines(Path.Combine(House.Root, f)).Count())).Where(f => f.Lines > MostLines);
        Assert.Empty(tooLong.Select(f => $"{f.File}: {f.Lines} lines, at most {MostLines}"));
    }

    [Fact]
    public void Nothing_is_left_unwritten()
    {
        var unwritten = string.Concat("NotImplemented", "Exception");
        Assert.DoesNotContain(House.Files("src", "*.cs"), f => File.ReadAllText(Path.Combine(House.Root, f)).Contains(unwritten, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var rules = typeof(RuleNames).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);
        var pages = House.Files("docs/rules", "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(p => p is not "README" and not "index").Order(StringComparer.Ordinal);
        Assert.Equal(rules, pages);
    }

    [Fact]
    public void No_text_names_a_path_of_somebodys_machine()
    {
        var wrong =
            from file in House.Files(".")
            where s_text.Contains(Path.GetExtension(file))
            from line in File.ReadLines(Path.Combine(House.Root, file)).Select((text, i) => (Text: text, Number: i + 1))
            where MachinePath().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var broken =
            from file in House.Files(".", "*.md")
            let folder = Path.GetDirectoryName(Path.Combine(House.Root, file))!
            from Match link in MarkdownLink().Matches(File.ReadAllText(Path.Combine(House.Root, file)))
            let target = link.Groups[1].Value
            where !Path.Exists(Path.Combine(folder, target))
            select $"{file}: {target}";
        Assert.Empty(broken);
    }

    [GeneratedRegex("""(?<![\w.}$~/-])/(?:work|home/[a-z]\w*|root|Users/\w+)/(?!\*)""")]
    private static partial Regex MachinePath();

    [GeneratedRegex("""\]\((?!\w+:|#)([^)#\s]+)(?:#[^)]*)?\)""")]
    private static partial Regex MarkdownLink();
}
