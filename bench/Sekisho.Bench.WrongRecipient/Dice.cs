namespace Sekisho.Bench.WrongRecipient;

/// <summary>Chance that is the same on every machine and run: splitmix64 from words and numbers.</summary>
internal struct Dice
{
    private ulong _state;

    public Dice(params ReadOnlySpan<object> seeds)
    {
        _state = 0xCBF29CE484222325;
        foreach (var seed in seeds)
        {
            foreach (var c in seed.ToString()!)
                _state = (_state ^ c) * 0x100000001B3;
            _state = (_state ^ 0xFFFF) * 0x100000001B3;
        }
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));
}
