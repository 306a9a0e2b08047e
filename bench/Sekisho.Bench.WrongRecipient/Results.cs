namespace Sekisho.Bench.WrongRecipient;

/// <summary>What became of one method under one kind of leak.</summary>
internal sealed class Results
{
    /// <summary>Alarms per 100 clean mails at which the curve is told.</summary>
    public static IReadOnlyList<double> Budgets { get; } = [0.1, 0.5, 1, 2, 5];

    private readonly Dictionary<string, (double First, double Rank, int Leaks)> _users = new(StringComparer.Ordinal);
    private readonly List<double> _clean = [];
    private readonly List<double> _leaks = [];

    public int Leaks => _leaks.Count;

    public int Mails => _clean.Count;

    /// <summary>Mean over users.</summary>
    public double First => _users.Count == 0 ? 0 : _users.Values.Average(u => u.First / u.Leaks);

    /// <summary>Mean over users of where the leak stands, 1 the strangest.</summary>
    public double Rank => _users.Count == 0 ? 0 : _users.Values.Average(u => u.Rank / u.Leaks);

    public IEnumerable<(string User, double First, double Rank)> ByUser => _users.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => (u.Key, u.Value.First / u.Value.Leaks, u.Value.Rank / u.Value.Leaks));

    /// <summary>A mail as it was sent: the strangest of its people.</summary>
    public void AddClean(double strangest) => _clean.Add(strangest);

    /// <summary>A mail with a leak, the last of <paramref name="scores"/>. Equal scores count as half a place, which is what drawing lots gives.</summary>
    public void AddLeak(string user, IReadOnlyList<double> scores)
    {
        var leak = scores[^1];
        var above = 0;
        var equal = 0;
        for (var i = 0; i < scores.Count - 1; i++)
        {
            above += scores[i] > leak ? 1 : 0;
            equal += scores[i] == leak ? 1 : 0;
        }

        var (first, rank, leaks) = _users.GetValueOrDefault(user);
        _users[user] = (first + (above == 0 ? 1.0 / (equal + 1) : 0), rank + 1 + above + (equal / 2.0), leaks + 1);
        _leaks.Add(leak);
    }

    /// <summary>
    /// Share of leaks that raise an alarm themselves, with the one threshold at which at most <paramref name="budget"/> of 100 clean mails do.
    /// </summary>
    public double Caught(double budget)
    {
        var clean = _clean.OrderDescending().ToList();
        var allowed = (int)(budget / 100 * clean.Count);
        var threshold = allowed < clean.Count ? clean[allowed] : double.NegativeInfinity;
        return _leaks.Count == 0 ? 0 : (double)_leaks.Count(s => s > threshold) / _leaks.Count;
    }
}
