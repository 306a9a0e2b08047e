namespace Sekisho.Bench.Persons;

/// <summary>Everything drawn for one file; the same seed and index give the same file on every machine.</summary>
internal sealed class Dice(int seed, int index)
{
    private readonly Random _random = new(Mixed(seed, index));

    // Neighbouring seeds of System.Random begin alike: without the mixing a corpus would show the same few formats again and again.
    private static int Mixed(int seed, int index)
    {
        var x = unchecked(((ulong)(uint)seed << 32) + (uint)index + 0x9E3779B97F4A7C15UL);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EBUL);
        return (int)((x ^ (x >> 31)) & int.MaxValue);
    }

    /// <summary>True for seeds that may use the material kept from tuning.</summary>
    public bool Test { get; } = seed >= 1000;

    /// <summary>0 … n-1.</summary>
    public int Next(int n) => _random.Next(n);

    /// <summary>low … high, both included.</summary>
    public int Between(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True in so many of a hundred.</summary>
    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>One of them.</summary>
    public T Of<T>(params T[] from) => from[_random.Next(from.Length)];

    /// <summary>Digits.</summary>
    public string Digits(int count)
    {
        Span<char> digits = stackalloc char[count];
        foreach (ref var d in digits)
            d = (char)('0' + _random.Next(10));
        return new string(digits);
    }

    /// <summary>A size, small ones as likely as ten times larger ones.</summary>
    public int LogSize(int low, int high) => low >= high ? low : Math.Clamp((int)Math.Round(low * Math.Pow((double)high / low, _random.NextDouble())), low, high);

    /// <summary>So many of them, in their order.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> from, int count)
    {
        var picks = new SortedSet<int>();
        while (picks.Count < Math.Min(count, from.Count))
            picks.Add(_random.Next(from.Count));
        return [.. picks.Select(i => from[i])];
    }

    /// <summary>All of them, in another order.</summary>
    public IReadOnlyList<T> Shuffled<T>(IEnumerable<T> from)
    {
        var all = from.ToArray();
        _random.Shuffle(all);
        return all;
    }
}
