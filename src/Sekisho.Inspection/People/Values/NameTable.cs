using System.IO.Compression;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>What a word is in the dictionary.</summary>
[Flags]
internal enum WordMarks : byte
{
    None = 0,
    Surname = 1,
    Given = 2,

    /// <summary>A family name's reading, in katakana.</summary>
    SurnameReading = 4,
    GivenReading = 8,
    EnglishSurname = 16,
    EnglishGiven = 32,
    Place = 64,

    /// <summary>An ordinary word that only looks like a name (平和, 安心).</summary>
    Word = 128,
}

/// <summary>
/// The dictionary of names and places (People/Data), read once, on first use. Words are kept as 64-bit hashes in one open table: 130,000 words in 3 MB, a
/// look-up without an allocation. Two words with one hash are as good as impossible by chance, and one made on purpose gains nothing but a name too many.
/// </summary>
internal sealed class NameTable
{
    private static readonly Lazy<NameTable> _shared = new(Load);

    private readonly ulong[] _keys = new ulong[1 << 18];
    private readonly WordMarks[] _marks = new WordMarks[1 << 18];

    /// <summary>A bit for each of the hashes' first twenty: of eight words that are not in the table seven need not be looked for in its megabytes.</summary>
    private readonly ulong[] _seen = new ulong[1 << 14];
    private readonly Dictionary<ulong, string> _readings = new(13_000);
    private readonly ushort[] _givenFirst = new ushort[65536];
    private readonly ushort[] _givenLast = new ushort[65536];

    /// <summary>The one table.</summary>
    public static NameTable Shared => _shared.Value;

    /// <summary>What a word is; folded as <see cref="KanjiForms.Fold(char)"/> says.</summary>
    public WordMarks this[ReadOnlySpan<char> word]
    {
        get
        {
            var key = KeyOf(word);
            if ((_seen[key >> 50] & (1UL << (int)(key >> 44))) == 0)
            {
                return WordMarks.None;
            }

            for (var at = (int)(key >> 46);; at = (at + 1) & (_keys.Length - 1))
            {
                if (_keys[at] == key)
                {
                    return _marks[at];
                }

                if (_keys[at] == 0)
                {
                    return WordMarks.None;
                }
            }
        }
    }

    /// <summary>Readings of a family name in katakana, the most usual first; empty where it is unknown.</summary>
    public IReadOnlyList<string> Readings(ReadOnlySpan<char> surname) => _readings.TryGetValue(KeyOf(surname), out var readings) ? readings.Split(',') : [];

    /// <summary>True where many given names begin, or end, with this character.</summary>
    public bool BeginsGiven(char c) => _givenFirst[c] >= 4;

    public bool EndsGiven(char c) => _givenLast[c] >= 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(ReadOnlySpan<char> word)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)word.Length;
        foreach (var c in word)
        {
            hash = BitOperations.RotateLeft((hash ^ KanjiForms.Fold(c)) * 0xD6E8FEB86659FD93UL, 29);
        }

        hash *= 0xD6E8FEB86659FD93UL;
        return hash ^ (hash >> 32) | 1;
    }

    private static NameTable Load()
    {
        var table = new NameTable();
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Sekisho.Inspection.People.Data.names.txt.gz")
            ?? throw new InvalidOperationException("The dictionary of names is missing from the program.");
        using var inflated = new MemoryStream(2 * 1024 * 1024);
        using (var zip = new GZipStream(stream, CompressionMode.Decompress))
        {
            zip.CopyTo(inflated);
        }

        var text = Encoding.UTF8.GetString(inflated.GetBuffer(), 0, (int)inflated.Length);
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Length > 1)
            {
                table.Take(line[0], line[1..]);
            }
        }

        return table;
    }

    private void Take(char mark, ReadOnlySpan<char> line)
    {
        var tab = line.IndexOf('\t');
        var word = tab < 0 ? line : line[..tab];
        switch (mark)
        {
            case 'S':
                Add(word, WordMarks.Surname);
                var readings = line[(tab + 1)..];
                _readings.TryAdd(KeyOf(word), readings.ToString());
                AddAll(readings, WordMarks.SurnameReading);

                break;
            case 'G':
                Add(word, WordMarks.Given);
                _givenFirst[KanjiForms.Fold(word[0])]++;
                _givenLast[KanjiForms.Fold(word[^1])]++;
                AddAll(line[(tab + 1)..], WordMarks.GivenReading);

                break;
            default:
                Add(word, mark switch { 'F' => WordMarks.EnglishSurname, 'E' => WordMarks.EnglishGiven, 'P' => WordMarks.Place, _ => WordMarks.Word });
                break;
        }
    }

    private void AddAll(ReadOnlySpan<char> words, WordMarks mark)
    {
        while (words.Length > 0)
        {
            var end = words.IndexOf(',');
            Add(end < 0 ? words : words[..end], mark);
            words = end < 0 ? default : words[(end + 1)..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<char> word, WordMarks mark)
    {
        var key = KeyOf(word);
        var at = (int)(key >> 46);
        while (_keys[at] != 0 && _keys[at] != key)
        {
            at = (at + 1) & (_keys.Length - 1);
        }

        _keys[at] = key;
        _marks[at] |= mark;
        _seen[key >> 50] |= 1UL << (int)(key >> 44);
    }
}
