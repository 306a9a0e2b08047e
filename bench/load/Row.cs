namespace Sekisho.Load;

/// <summary>One measurement.</summary>
/// <param name="Accepted">Mails a second until the last 250.</param>
/// <param name="EndToEnd">Mails a second until the sink has the last.</param>
/// <param name="P50">Milliseconds to 250; 0 where not measured.</param>
/// <param name="P99">The same, 99th percentile.</param>
/// <param name="Cpu">CPU seconds for a thousand mails.</param>
/// <param name="Memory">Most resident memory seen, bytes.</param>
internal sealed record Measured(double Accepted, double EndToEnd, double P50, double P99, double Cpu, double Memory);

/// <summary>One row of the table: the same load on each engine, several times in turn.</summary>
internal sealed class Row(string title)
{
    private readonly Dictionary<string, List<Measured>> _runs = new(StringComparer.Ordinal);

    public void Add(string engine, Measured measured)
    {
        if (!_runs.TryGetValue(engine, out var list))
        {
            _runs[engine] = list = [];
        }

        list.Add(measured);
    }

    /// <summary>Prints medians with their spread, and the ratio.</summary>
    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine($"  {"",-9} {"accepted/s",22} {"end to end/s",22} {"p50 ms",8} {"p99 ms",8} {"CPU s/1000",11} {"memory MB",10}");
        foreach (var (engine, runs) in _runs)
        {
            Console.WriteLine($"  {engine,-9} {Spread(runs, r => r.Accepted),22} {Spread(runs, r => r.EndToEnd),22} {Median(runs, r => r.P50),8:N1} {Median(runs, r => r.P99),8:N1} {Median(runs, r => r.Cpu),11:N2} {runs.Max(r => r.Memory) / 1048576,10:N0}");
        }

        if (_runs.TryGetValue("postfix", out var postfix) && _runs.TryGetValue("sekisho", out var sekisho))
        {
            Console.WriteLine($"  {"ratio",-9} {Ratio(sekisho, postfix, r => r.Accepted),22} {Ratio(sekisho, postfix, r => r.EndToEnd),22} {Ratio(sekisho, postfix, r => r.P50),8} {Ratio(sekisho, postfix, r => r.P99),8} {Ratio(sekisho, postfix, r => r.Cpu),11} {Ratio(sekisho, postfix, r => r.Memory),10}");
        }
    }

    private static string Ratio(List<Measured> ours, List<Measured> theirs, Func<Measured, double> value) =>
        Median(theirs, value) == 0 ? "" : Driver.Text(Median(ours, value) / Median(theirs, value), "N2") + "x";

    private static string Spread(List<Measured> runs, Func<Measured, double> value) =>
        $"{Driver.Text(Median(runs, value))} ({Driver.Text(runs.Min(value))}-{Driver.Text(runs.Max(value))})";

    private static double Median(List<Measured> runs, Func<Measured, double> value)
    {
        double[] sorted = [.. runs.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }
}
