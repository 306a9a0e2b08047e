using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Telemetry;

/// <summary>Sees what the rooms do and passes it on to figures and log, so that each room has one line about it.</summary>
internal sealed class Witness(GatewayMetrics metrics, Action<GatewayEvent>? tell)
{
    public void Accepted(NewSubmission submission, TimeSpan commit)
    {
        metrics.Accepted(submission.Recipients.Count, commit);
        tell?.Invoke(new("accepted", submission.Id, null, [New("recipients", submission.Recipients.Count), New("bytes", submission.Size), New("commitMs", commit.TotalMilliseconds)]));
    }

    public void Judged(string submission, int findings, IReadOnlyList<Verdict> verdicts, TimeSpan took)
    {
        metrics.Judged(verdicts, took);
        tell?.Invoke(new("judged", submission, null,
        [
            New("findings", findings), New("ms", took.TotalMilliseconds), .. verdicts.CountBy(v => v.Action).Select(g => New(Lower(g.Key), g.Value)),
        ]));
    }

    public void Attempted(Delivery delivery, IReadOnlyList<RecipientResult> results, TimeSpan took)
    {
        metrics.Attempted(results);
        tell?.Invoke(new("attempted", delivery.Submission.Id, delivery.Id, [New("attempt", delivery.Attempts), New("ms", took.TotalMilliseconds), .. results.CountBy(r => r.Outcome).Select(g => New(Lower(g.Key), g.Value))]));
    }

    public void Decided(HeldDelivery held, DecisionKind kind, DecisionResult result)
    {
        metrics.Decided(kind, result);
        tell?.Invoke(new("decided", held.Submission, held.Id, [New("kind", kind.ToString()), New("result", result.ToString()), New("recipients", held.Recipients.Count)]));
    }

    public void Counted(StoreCounts counts) => metrics.Count(counts);

    private static string Lower<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();

    private static KeyValuePair<string, object> New(string name, object value) => new(name, value);
}
