namespace Sekisho.Rig;

/// <summary>Where things lie in the source tree.</summary>
internal static class Tree
{
    /// <summary>The folder that holds <c>Sekisho.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program as built: <c>SEKISHO_EXE</c>, else the build beside the tests, else the launcher at the root.</summary>
    public static string Program { get; } = FindProgram();

    /// <summary>Long versions of tests are wanted.</summary>
    public static bool Long => Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1";

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

    private static string FindProgram()
    {
        string[] places =
        [
            Environment.GetEnvironmentVariable("SEKISHO_EXE") ?? "",
            Path.Combine(Root, "src/Sekisho/bin/Release/net10.0/sekisho"),
            Path.Combine(Root, "src/Sekisho/bin/Debug/net10.0/sekisho"),
            Path.Combine(Root, "sekisho"),
        ];
        return places.First(File.Exists);
    }
}
