namespace Sekisho.Gateway.Tools;

/// <summary>The programs of this machine.</summary>
public static class InstalledPrograms
{
    private static readonly string[] s_usual = ["/usr/bin", "/usr/local/bin", "/bin"];

    /// <summary>The full path of a program, on PATH (its relative places left out: what lies in the working directory is not ours) or in the usual places; null when it is not installed.</summary>
    public static string? Find(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified).Concat(s_usual).Select(p => Path.Combine(p, name)).FirstOrDefault(File.Exists);
}
