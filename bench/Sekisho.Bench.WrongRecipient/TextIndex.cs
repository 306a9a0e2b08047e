using System.Runtime.InteropServices;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>The words of a user's known mail by TF-IDF, and the mails nearest to another's words.</summary>
internal sealed class TextIndex
{
    private const int Nearest = 30;
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<List<(int Mail, float Weight)>> _postings = [];
    private readonly double[] _idf;
    private readonly string[][] _people;
    private readonly float[] _sums;

    /// <param name="known">Known mails, each with those who speak for it: recipients of a sent one, the sender of a received one.</param>
    public TextIndex(IReadOnlyList<(SentMail Mail, string[] People)> known)
    {
        var counted = known.Select(k => Counts(k.Mail)).ToList();
        foreach (var term in counted.SelectMany(c => c.Keys))
        {
            if (_terms.TryAdd(term, _postings.Count))
                _postings.Add([]);
        }

        var documents = new int[_postings.Count];
        foreach (var counts in counted)
        {
            foreach (var term in counts.Keys)
                documents[_terms[term]]++;
        }

        _idf = [.. documents.Select(d => Math.Log((known.Count + 1.0) / (d + 0.5)))];
        _people = [.. known.Select(k => k.People)];
        _sums = new float[known.Count];
        for (var i = 0; i < counted.Count; i++)
        {
            foreach (var (term, weight) in Vector(counted[i]))
                _postings[term].Add((i, weight));
        }
    }

    /// <summary>By address, the summed likeness of the nearest mails he speaks for; those <paramref name="leftOut"/> says are as if they were not there.</summary>
    public IReadOnlyDictionary<string, double> Scores(SentMail mail, Func<int, bool>? leftOut = null)
    {
        Array.Clear(_sums);
        foreach (var (term, weight) in Vector(Counts(mail)))
        {
            foreach (var (known, other) in CollectionsMarshal.AsSpan(_postings[term]))
                _sums[known] += weight * other;
        }

        var best = new PriorityQueue<int, (float, int)>();
        for (var i = 0; i < _sums.Length; i++)
        {
            if (_sums[i] <= 0 || (leftOut is not null && leftOut(i)))
                continue;
            if (best.Count < Nearest)
                best.Enqueue(i, (_sums[i], -i));
            else
                best.EnqueueDequeue(i, (_sums[i], -i));
        }

        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (i, _) in best.UnorderedItems.OrderBy(u => u.Element))
        {
            foreach (var person in _people[i])
                CollectionsMarshal.GetValueRefOrAddDefault(scores, person, out _) += _sums[i];
        }

        return scores;
    }

    private IEnumerable<(int Term, float Weight)> Vector(Dictionary<string, int> counts)
    {
        var found = new List<(int Term, double Weight)>(counts.Count);
        foreach (var (word, count) in counts)
        {
            if (_terms.TryGetValue(word, out var term))
                found.Add((term, (1 + Math.Log(count)) * _idf[term]));
        }

        var length = Math.Sqrt(found.Sum(f => f.Weight * f.Weight));
        return length > 0 ? found.OrderBy(f => f.Term).Select(f => (f.Term, (float)(f.Weight / length))) : [];
    }

    /// <summary>Words of subject and text, quotes included, by how often they stand there.</summary>
    private static Dictionary<string, int> Counts(SentMail mail) => _counts.GetValue(mail, m =>
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> word = stackalloc char[24];
        foreach (var text in new[] { m.Facts.Subject, m.Facts.FullText })
        {
            var length = 0;
            for (var i = 0; i <= text.Length; i++)
            {
                if (i < text.Length && char.IsLetterOrDigit(text[i]))
                {
                    if (length < word.Length)
                        word[length++] = char.ToLowerInvariant(text[i]);
                    continue;
                }

                if (length > 1)
                {
                    lookup.TryGetValue(word[..length], out var count);
                    lookup[word[..length]] = count + 1;
                }

                length = 0;
            }
        }

        return counts;
    });

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<SentMail, Dictionary<string, int>> _counts = [];
}
