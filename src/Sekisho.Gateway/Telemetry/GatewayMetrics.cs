using System.Diagnostics.Metrics;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Telemetry;

/// <summary>
/// Every figure the gateway gives to monitors, in one place. Labels are words of this program (actions, rules, outcomes), never anything out of a mail, so there are
/// no personal data in them and their number is bounded.
/// </summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name, for collectors.</summary>
    public const string MeterName = "Sekisho";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _recipients;
    private readonly Histogram<double> _acceptTime;
    private readonly Histogram<double> _inspectTime;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _ruleVerdicts;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _checkTime;
    private readonly Counter<long> _checks;
    private StoreCounts? _counts;

    internal GatewayMetrics(TimeProvider time, Func<int> connections, Func<long> freeBytes)
    {
        Meter = new Meter(MeterName, typeof(GatewayMetrics).Assembly.GetName().Version?.ToString(3));
        _accepted = Meter.CreateCounter<long>("sekisho.mail.accepted", null, "Mail accepted: synced to disk and answered with 250.");
        _recipients = Meter.CreateCounter<long>("sekisho.mail.recipients", null, "Recipients of accepted mail.");
        _acceptTime = Meter.CreateHistogram<double>("sekisho.store.commit", "s", "Time the store took to sync an accepted mail to disk.");
        _inspectTime = Meter.CreateHistogram<double>("sekisho.inspection", "s", "Time from taking a mail up for inspection to its recorded verdicts.");
        _verdicts = Meter.CreateCounter<long>("sekisho.verdicts", null, "Recipients by what the policy said of them.");
        _ruleVerdicts = Meter.CreateCounter<long>("sekisho.rule.verdicts", null, "Recipients that a rule stopped or set apart, by rule.");
        _outcomes = Meter.CreateCounter<long>("sekisho.deliveries", null, "Recipients by what a delivery attempt brought; pending and unknown are tried again.");
        _decisions = Meter.CreateCounter<long>("sekisho.decisions", null, "Decisions on waiting mail, by kind and whether they took effect.");
        _checks = Meter.CreateCounter<long>("sekisho.checks", null, "Drafts checked before sending, by how it ended.");
        _checkTime = Meter.CreateHistogram<double>("sekisho.check", "s", "Time a draft's check took.");
        Meter.CreateObservableGauge("sekisho.queue", Queue, null, "Deliveries by where they stand, as counted a few seconds ago.");
        Meter.CreateObservableGauge("sekisho.queue.age", () => _counts?.OldestReady is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, "s", "Age of the oldest delivery that may leave and has not.");
        Meter.CreateObservableGauge("sekisho.smtp.connections", connections, null, "Open SMTP connections.");
        Meter.CreateObservableGauge("sekisho.disk.free", freeBytes, "By", "Free bytes on the disk of the data directory.");
    }

    /// <summary>The instruments of this gateway alone.</summary>
    public Meter Meter { get; }

    /// <summary>A draft was checked.</summary>
    /// <param name="outcome">done, busy or late.</param>
    public void Checked(string outcome, TimeSpan took)
    {
        _checks.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));
        _checkTime.Record(took.TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    internal void Count(StoreCounts counts) => _counts = counts;

    internal void Accepted(int recipients, TimeSpan commit)
    {
        _accepted.Add(1);
        _recipients.Add(recipients);
        _acceptTime.Record(commit.TotalSeconds);
    }

    internal void Judged(IReadOnlyList<Verdict> verdicts, TimeSpan took)
    {
        _inspectTime.Record(took.TotalSeconds);
        foreach (var group in verdicts.CountBy(v => v.Action))
        {
            _verdicts.Add(group.Value, KeyValuePair.Create<string, object?>("action", Word(group.Key)));
        }

        foreach (var group in verdicts.SelectMany(v => v.Rules.Select(r => (v.Action, Rule: r))).CountBy(v => v))
        {
            _ruleVerdicts.Add(group.Value, KeyValuePair.Create<string, object?>("action", Word(group.Key.Action)), KeyValuePair.Create<string, object?>("rule", group.Key.Rule));
        }
    }

    internal void Attempted(IReadOnlyList<RecipientResult> results)
    {
        foreach (var group in results.CountBy(r => r.Outcome))
        {
            _outcomes.Add(group.Value, KeyValuePair.Create<string, object?>("outcome", Word(group.Key)));
        }
    }

    internal void Decided(DecisionKind kind, DecisionResult result)
        => _decisions.Add(1, KeyValuePair.Create<string, object?>("kind", Word(kind)), KeyValuePair.Create<string, object?>("result", Word(result)));

    private static string Word<T>(T value)
        where T : struct, Enum
        => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private IEnumerable<Measurement<long>> Queue() => _counts is not { } counts ? [] :
    [
        At("inspecting", counts.Inspecting), At("ready", counts.Ready), At("held", counts.Held), At("approval", counts.Approval), At("refused", counts.Refused),
    ];

    private static Measurement<long> At(string state, long count) => new(count, KeyValuePair.Create<string, object?>("state", state));
}
