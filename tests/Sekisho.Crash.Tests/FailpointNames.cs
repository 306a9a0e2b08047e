using System.Text.RegularExpressions;
using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>Every named place in the source, read from the source itself: a new one is killed at without anybody remembering to list it.</summary>
internal static partial class FailpointNames
{
    /// <summary>All of them, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Tree.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Passed().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("""Failpoints\.Hit\("([^"]+)"\)""")]
    private static partial Regex Passed();
}
