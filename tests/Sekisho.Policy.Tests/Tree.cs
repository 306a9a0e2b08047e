namespace Sekisho.Policy.Tests;

/// <summary>The project's own directory.</summary>
internal static class Tree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Sekisho.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("Sekisho.slnx");
        }

        return directory;
    }
}
