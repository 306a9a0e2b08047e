using System.Text;

namespace Sekisho.Smtp.Tests.Fuzz;

/// <summary>Seeds put together and spoiled. The same seed gives the same cases.</summary>
internal sealed class Mutator(int seed, string[] seeds)
{
    private readonly Random _random = new(seed);
    private readonly byte[][] _seeds = [.. seeds.Select(Encoding.UTF8.GetBytes)];

    public int Next(int limit) => _random.Next(limit);

    /// <summary>Up to <paramref name="parts"/> seeds in a row, some bytes of them changed, dropped, doubled or cut.</summary>
    public byte[] Case(int parts)
    {
        var bytes = new List<byte>();
        for (var i = _random.Next(1, parts + 1); i > 0; i--)
        {
            bytes.AddRange(_seeds[_random.Next(_seeds.Length)]);
        }

        if (_random.Next(4) == 0)
        {
            return [.. bytes];
        }

        for (var i = _random.Next(5); i > 0 && bytes.Count > 0; i--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(6))
            {
                case 0: bytes[at] = (byte)_random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, "\r\n.<>@ =\0\x80\"\\-0"u8[_random.Next(14)]); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(20), bytes.Count - at))); break;
                case 4: bytes.RemoveRange(at, Math.Min(_random.Next(20), bytes.Count - at)); break;
                default: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            }
        }

        return [.. bytes];
    }
}
