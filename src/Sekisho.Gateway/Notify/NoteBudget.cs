namespace Sekisho.Gateway.Notify;

/// <summary>So many notes to one person within a window, and no more: a program gone wrong must not bury its owner in warnings about it.</summary>
internal sealed class NoteBudget(int most, TimeSpan window)
{
    private const int MaxPeople = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _people = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when this person may get one more now; counts it.</summary>
    public bool Take(string person, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_people.Count >= MaxPeople)
            {
                foreach (var old in _people.Where(p => now - p.Value.Since > window).Select(p => p.Key).ToList())
                {
                    _people.Remove(old);
                }
            }

            var (since, count) = _people.TryGetValue(person, out var seen) && now - seen.Since <= window ? seen : (now, 0);
            if (count >= most)
            {
                return false;
            }

            _people[person] = (since, count + 1);
            return true;
        }
    }
}
