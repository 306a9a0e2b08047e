namespace Sekisho.Smtp.Tests;

/// <summary>How many cases a test of random input runs: a share with a fixed seed always, all of them with SEKISHO_LONG=1.</summary>
internal static class LongRun
{
    public static bool Wanted => Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1";

    public static int Cases(int usual, int whole) => Wanted ? whole : usual;
}
