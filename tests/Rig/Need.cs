namespace Sekisho.Rig;

/// <summary>What a test needs of the machine; where it is missing the test is skipped and says so.</summary>
internal static class Need
{
    /// <summary>The program's path.</summary>
    public static string Program(string name)
    {
        var found = Programs.Find(name);
        Assert.SkipWhen(found is null, $"{name} is not installed");
        return found!;
    }

    /// <summary>Root.</summary>
    public static void Root(string why) => Assert.SkipUnless(Programs.IsRoot, $"needs root: {why}");
}
