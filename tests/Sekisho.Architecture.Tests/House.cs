using System.Xml.Linq;

namespace Sekisho.Architecture.Tests;

/// <summary>The source tree as it lies on disk.</summary>
internal static class House
{
    /// <summary>The rooms in the order of the plan: each knows only those above it.</summary>
    public static readonly IReadOnlyList<string> Rooms =
    [
        "Sekisho.Mime", "Sekisho.Smtp", "Sekisho.Inspection", "Sekisho.Policy", "Sekisho.Storage", "Sekisho.Gateway", "Sekisho.Console", "Sekisho.Audit", "Sekisho",
    ];

    /// <summary>The folder that holds <c>Sekisho.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly string[] s_made = ["bin", "obj", ".git", ".build", "data", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Files under a folder of the tree that a person wrote (nothing built), with paths relative to the root.</summary>
    public static IEnumerable<string> Files(string under, string pattern = "*")
    {
        var folder = Path.Combine(Root, under);
        return Directory.Exists(folder) ? Walk(folder, pattern).Select(f => Path.GetRelativePath(Root, f)) : [];
    }

    /// <summary>Names of the projects a project file refers to.</summary>
    public static IReadOnlyList<string> References(string projectFile) =>
        [.. XDocument.Load(Path.Combine(Root, projectFile)).Descendants("ProjectReference")
            .Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/')))];

    private static IEnumerable<string> Walk(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern))
        {
            yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(d => !s_made.Contains(Path.GetFileName(d))))
        {
            foreach (var file in Walk(child, pattern))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "Sekisho.slnx")))
            {
                return at;
            }
        }

        throw new InvalidOperationException("Sekisho.slnx is in none of the folders above the tests");
    }
}
