using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Sekisho.Bench.Micro;

// A short job unless another is asked for: enough to see a change of a tenth, not to publish a figure.
var full = args.Contains("--full");
var config = DefaultConfig.Instance
    .AddJob(full ? Job.Default : Job.ShortRun)
    .AddColumn(new ThroughputColumn());
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(a => a != "--full")], config);
