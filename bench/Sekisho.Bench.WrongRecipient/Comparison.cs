namespace Sekisho.Bench.WrongRecipient;

/// <summary>The results of every method under every kind of leak.</summary>
internal sealed class Comparison
{
    private readonly Dictionary<(string Method, LeakKind Kind, bool Apart), Results> _results = [];

    public IReadOnlyList<string> Methods => [.. _results.Keys.Select(k => k.Method).Distinct()];

    /// <summary>What became of a method; <paramref name="apart"/> leaves out mails with a first contact.</summary>
    public Results this[string method, LeakKind kind, bool apart = false]
        => _results.TryGetValue((method, kind, apart), out var found) ? found : _results[(method, kind, apart)] = new Results();

    /// <summary>Takes one case in under one method; <paramref name="score"/> gives how little each belongs.</summary>
    public void Add(string method, Case one, int seed, Func<string?, IReadOnlyList<double>> score)
    {
        var clean = score(null).Max();
        var leaked = one.Leaks.ToDictionary(l => l.Key, l => score(l.Key), StringComparer.Ordinal);
        foreach (var kind in LeakKind.All)
        {
            foreach (var apart in one.FirstContact ? [false] : new[] { false, true })
            {
                var results = this[method, kind, apart];
                results.AddClean(clean);
                foreach (var leak in one.Of(kind, seed))
                    results.AddLeak(one.User.Key, leaked[leak.Key]);
            }
        }
    }
}
