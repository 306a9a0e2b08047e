using System.Text.RegularExpressions;

namespace Sekisho.Storage.Tests;

public sealed partial class FailpointTests
{
    /// <summary>A crash harness goes through the list: a name that is missing there would never be tested, one too many would never fire.</summary>
    [Fact]
    public void The_list_of_names_is_what_the_code_passes()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Sekisho.slnx")))
        {
            root = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        var passed = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Hit().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value);

        var inCode = passed.ToHashSet(StringComparer.Ordinal);
        Assert.Empty(inCode.Except(Failpoints.Names)); // in the code, missing in Failpoints.Names
        Assert.Empty(Failpoints.Names.Except(inCode)); // in Failpoints.Names, gone from the code
        Assert.Equal(Failpoints.Names.Count, Failpoints.Names.Distinct().Count());
    }

    [GeneratedRegex("""Failpoints\.Hit\("([^"]+)"\)""", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Hit();
}
