using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Sekisho.Bench.Micro;

/// <summary>Something that knows how many bytes one operation of a case reads.</summary>
internal interface IMeasured
{
    /// <summary>Bytes read by one operation of the case its parameters describe.</summary>
    long BytesOf(IReadOnlyDictionary<string, object> parameters);
}

/// <summary>Megabytes (10^6 bytes) of input read in a second.</summary>
internal sealed class ThroughputColumn : IColumn
{
    public string Id => "MB/s";

    public string ColumnName => "MB/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "10^6 bytes of input in a second";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        var statistics = summary[benchmarkCase]?.ResultStatistics;
        if (statistics is null || Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not IMeasured measured)
        {
            return "-";
        }

        var bytes = measured.BytesOf(benchmarkCase.Parameters.Items.ToDictionary(p => p.Name, p => p.Value));
        return (bytes * 1000.0 / statistics.Mean).ToString("N0");
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
