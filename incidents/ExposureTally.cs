using System.Security.Cryptography;

namespace Sekisho.Incidents;

/// <summary>
/// Counts what one variant leaked, from the copies that left. A person is exposed when his address or record stands in a copy that went to
/// somebody outside the organisation who is not himself.
/// </summary>
public sealed class ExposureTally
{
    private readonly ExposureScanner _scanner;
    private readonly HashSet<int> _exposed = [];
    private readonly Cast _cast;

    /// <summary>Nothing leaked yet.</summary>
    public ExposureTally(Cast cast) => (_cast, _scanner) = (cast, new ExposureScanner(cast));

    /// <summary>Distinct persons exposed so far.</summary>
    public int Exposed => _exposed.Count;

    /// <summary>Copies so far that went to an address outside their envelope.</summary>
    public int Strays { get; private set; }

    /// <summary>Copies so far that should not have left at all: a stranger's post to a list, an internal text.</summary>
    public int Forbidden { get; private set; }

    /// <summary>Individual copies so far whose body is not the original's.</summary>
    public int Altered { get; private set; }

    /// <summary>
    /// Takes one copy that left. <paramref name="envelope"/> answers whether an address was in the envelope of its submission;
    /// null for a mail that the gateway wrote itself.
    /// </summary>
    public void Add(ReadOnlyMemory<byte> copy, IReadOnlyCollection<string> to, Func<string, bool>? envelope, bool mustNotLeave, byte[]? originalBody)
    {
        string[] outside = [.. to.Where(a => !IsInside(a))];
        if (envelope is not null && to.Any(a => !envelope(a)))
        {
            Strays++;
        }

        if (outside.Length == 0)
        {
            return;
        }

        if (mustNotLeave)
        {
            Forbidden++;
        }

        if (originalBody is not null && !BodyDigest(copy.Span).AsSpan().SequenceEqual(originalBody))
        {
            Altered++;
        }

        foreach (var person in _scanner.PeopleIn(copy))
        {
            var address = _cast.People[person].Address;
            if (outside.Length > 1 || !string.Equals(outside[0], address, StringComparison.OrdinalIgnoreCase))
            {
                _exposed.Add(person);
            }
        }
    }

    /// <summary>True for an address of the organisation that sends.</summary>
    public bool IsInside(string address) => address.EndsWith("@" + _cast.OwnDomain, StringComparison.OrdinalIgnoreCase);

    /// <summary>SHA-256 of what follows the first blank line, by which a copy's body is compared with the original's (law 5).</summary>
    public static byte[] BodyDigest(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        return SHA256.HashData(end < 0 ? [] : message[(end + 4)..]);
    }
}
