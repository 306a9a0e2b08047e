using System.Diagnostics.Metrics;
using Sekisho.Gateway;

namespace Sekisho.Pages.Metrics;

/// <summary>Sums up what the gateway's instruments measure, for the page that Prometheus reads. Begins to listen when it is made.</summary>
public sealed class MetricsBoard : IDisposable
{
    /// <summary>Upper bounds of a histogram's steps, seconds.</summary>
    internal static readonly double[] Steps = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>Series of one instrument; what comes beyond is left out, so a mistake in a label cannot fill the memory.</summary>
    private const int MostSeries = 200;

    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);

    /// <summary>Of one gateway.</summary>
    public MetricsBoard(GatewayHost gateway)
    {
        var meter = gateway.Metrics.Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                lock (_gate)
                {
                    var family = Family.Of(instrument);
                    _families[family.Name] = family;
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.Start();
    }

    /// <summary>The page, in Prometheus's text format 0.0.4.</summary>
    public string Page()
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            return Exposition.Write(_families.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = Exposition.Labels(labels);
        lock (_gate)
        {
            var family = _families[Family.NameOf(instrument)];
            if (!family.Series.TryGetValue(key, out var series))
            {
                if (family.Series.Count >= MostSeries)
                {
                    return;
                }

                family.Series[key] = series = new Series();
            }

            series.Take(family.Kind, value);
        }
    }
}

/// <summary>One instrument's series.</summary>
internal sealed record Family(string Name, string Kind, string Help, SortedDictionary<string, Series> Series)
{
    public static Family Of(Instrument instrument) => new(NameOf(instrument), KindOf(instrument), instrument.Description ?? "", new(StringComparer.Ordinal));

    /// <summary>The name with its unit, as Prometheus wants it: seconds and bytes written out, counters end in total.</summary>
    public static string NameOf(Instrument instrument)
        => instrument.Name.Replace('.', '_') + instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" } + (KindOf(instrument) == "counter" ? "_total" : "");

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        _ => "gauge",
    };
}

/// <summary>One series' sum so far.</summary>
internal sealed class Series
{
    public double Value { get; private set; }

    public long Count { get; private set; }

    /// <summary>How many were at most each of <see cref="MetricsBoard.Steps"/> and above the one before.</summary>
    public long[] Buckets { get; } = new long[MetricsBoard.Steps.Length];

    public void Take(string kind, double value)
    {
        Value = kind == "gauge" ? value : Value + value;
        Count++;
        var step = Array.FindIndex(MetricsBoard.Steps, s => value <= s);
        if (step >= 0)
        {
            Buckets[step]++;
        }
    }
}
