using System.Buffers;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Incidents;

/// <summary>
/// Finds a cast's people in a message that left: by mail address and by record number, wherever they stand — raw bytes, decoded header fields,
/// decoded bodies, files of every kind the re-enactments use, and files inside containers. It reads them by itself (<see cref="FileTexts"/>): what the
/// gateway's own readers overlook must still be seen here.
/// </summary>
public sealed class ExposureScanner
{
    private const int MaxDecoded = 64 * 1024 * 1024;
    private const int MaxToken = 160;

    private static readonly SearchValues<byte> s_local = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+"u8);
    private static readonly SearchValues<byte> s_domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"u8);

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _tokens;
    private readonly int _recordLength;

    /// <summary>Prepares to look for the outside people of a cast.</summary>
    public ExposureScanner(Cast cast)
    {
        var tokens = new Dictionary<string, int>(cast.People.Count * 2, StringComparer.OrdinalIgnoreCase);
        foreach (var person in cast.People.Where(p => !p.Inside))
        {
            tokens.Add(person.Address, person.Index);
            tokens.Add(person.Record, person.Index);
            _recordLength = person.Record.Length;
        }

        _tokens = tokens.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The indexes of the people who can be read in the message. Never throws on what the message holds.</summary>
    public HashSet<int> PeopleIn(ReadOnlyMemory<byte> message)
    {
        var found = new HashSet<int>();
        Scan(message.Span, found);
        var parsed = MimeMessage.Parse(message);
        foreach (var entity in parsed.Entities())
        {
            foreach (var field in entity.Headers)
            {
                // Unfolding and encoded words can hide an address from a look at the raw bytes.
                Scan(Encoding.UTF8.GetBytes(field.Decoded), found);
            }

            if (entity.FileName is { } name)
            {
                Scan(Encoding.UTF8.GetBytes(name), found);
            }

            if (entity.Children.Count == 0)
            {
                ScanLeaf(entity, found);
            }
        }

        return found;
    }

    private void ScanLeaf(MimeEntity entity, HashSet<int> found)
    {
        if (entity.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            Scan(Encoding.UTF8.GetBytes(entity.ReadText(MaxDecoded).Text), found);
        }

        using var decoded = Read(entity.OpenDecoded());
        foreach (var text in FileTexts.Of(decoded.GetBuffer().AsMemory(0, (int)decoded.Length)))
        {
            Scan(text.Span, found);
            if (text.Span.StartsWith("Date: "u8))
            {
                // A mail as a file: its own parts may be encoded.
                found.UnionWith(PeopleIn(text.ToArray()));
            }
        }
    }

    private static MemoryStream Read(Stream stream)
    {
        using (stream)
        {
            var memory = new MemoryStream();
            var buffer = new byte[81920];
            int n;
            while (memory.Length < MaxDecoded && (n = stream.Read(buffer)) > 0)
            {
                memory.Write(buffer, 0, n);
            }

            return memory;
        }
    }

    private void Scan(ReadOnlySpan<byte> bytes, HashSet<int> found)
    {
        ScanAddresses(bytes, found);
        ScanRecords(bytes, found);
    }

    private void ScanAddresses(ReadOnlySpan<byte> bytes, HashSet<int> found)
    {
        Span<char> token = stackalloc char[2 * MaxToken + 1];
        for (var at = 0; at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf((byte)'@');
            if (next < 0)
            {
                return;
            }

            at += next;
            // A character directly before may belong to something else (the letter that ends an escape sequence): shorter ones are tried too.
            var left = bytes[Math.Max(0, at - MaxToken)..at];
            left = left[(left.LastIndexOfAnyExcept(s_local) + 1)..];
            var right = bytes[(at + 1)..Math.Min(bytes.Length, at + 1 + MaxToken)];
            var end = right.IndexOfAnyExcept(s_domain);
            right = (end < 0 ? right : right[..end]).TrimEnd((byte)'.');
            if (left.Length == 0 || right.Length == 0)
            {
                continue;
            }

            var length = left.Length + 1 + right.Length;
            Encoding.ASCII.GetChars(left, token);
            token[left.Length] = '@';
            Encoding.ASCII.GetChars(right, token[(left.Length + 1)..]);
            for (var skip = 0; skip < Math.Min(left.Length, 24); skip++)
            {
                if (_tokens.TryGetValue(token[skip..length], out var index))
                {
                    found.Add(index);
                    break;
                }
            }
        }
    }

    private void ScanRecords(ReadOnlySpan<byte> bytes, HashSet<int> found)
    {
        if (_recordLength == 0)
        {
            return;
        }

        Span<char> token = stackalloc char[_recordLength];
        for (var at = 0; at + _recordLength <= bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf("rec-"u8);
            if (next < 0 || at + next + _recordLength > bytes.Length)
            {
                return;
            }

            at += next;
            Encoding.Latin1.GetChars(bytes.Slice(at, _recordLength), token);
            if (_tokens.TryGetValue(token, out var index))
            {
                found.Add(index);
            }
        }
    }
}
