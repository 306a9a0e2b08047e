using Sekisho.Policy;

namespace Sekisho.Gateway.Deliver;

/// <summary>When a deferred delivery is tried again: doubling from the first pause to the longest, with a tenth of scatter so that a queue does not come back all at once.</summary>
internal static class Retry
{
    /// <summary>The next moment after <paramref name="attempts"/> attempts (at least one).</summary>
    public static DateTimeOffset Next(RelayConfig relay, int attempts, DateTimeOffset now)
    {
        var doublings = Math.Clamp(attempts - 1, 0, 30);
        var pause = Math.Min(relay.RetryFirst.TotalMilliseconds * Math.Pow(2, doublings), relay.RetryMax.TotalMilliseconds);
        return now.AddMilliseconds(pause * (0.95 + (Random.Shared.NextDouble() * 0.1)));
    }
}
