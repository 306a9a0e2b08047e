using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Sekisho.Bench.Micro;

if (args is ["judge", _, _, ..])
{
    return JudgeBench.Run(args);
}

// A short job unless another is asked for: enough to see a change of a tenth, not to publish a figure.
// Compiled fully at once: the gateway runs for months, and a short job on a busy machine would measure its first seconds.
var full = args.Contains("--full");
var config = DefaultConfig.Instance
    .AddJob((full ? Job.Default : Job.ShortRun).WithEnvironmentVariable("DOTNET_TieredCompilation", "0"))
    .AddColumn(new ThroughputColumn());
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(a => a != "--full")], config);
return 0;
