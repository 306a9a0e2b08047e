using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>
/// The words of some texts in order, each with the places it stands in, in a few arrays: a mail has hundreds of words, of which its recipients' names are asked. Linear in the number of
/// words, with hashes nobody outside can foresee.
/// </summary>
internal sealed class TextWords
{
    private readonly List<Word> _words;
    private readonly List<Token> _tokens;
    private char[] _letters;
    private int[] _buckets;
    private int _used;

    /// <summary>Room for texts of so many characters together.</summary>
    public TextWords(int length)
    {
        var tokens = Math.Max(16, length / 6);
        _tokens = new List<Token>(tokens);
        _words = new List<Word>(Math.Max(16, tokens / 2));
        _letters = new char[Math.Max(64, length / 3)];
        _buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_words.Capacity)];
    }

    /// <summary>Adds a word; <paramref name="joined"/>: it stands beside the one added before.</summary>
    public void Add(ReadOnlySpan<char> word, TextPlace place, bool joined)
    {
        var hash = string.GetHashCode(word, StringComparison.Ordinal);
        var index = Find(word, hash);
        if (index < 0)
        {
            index = Make(word, hash);
        }

        ref var known = ref CollectionsMarshal.AsSpan(_words)[index];
        known.Places |= place;
        _tokens.Add(new Token(index, known.Last, place, joined));
        known.Last = _tokens.Count - 1;
    }

    /// <summary>Where a word stands.</summary>
    public TextPlace PlacesOf(ReadOnlySpan<char> word) => Find(word, string.GetHashCode(word, StringComparison.Ordinal)) is >= 0 and var index ? _words[index].Places : TextPlace.None;

    /// <summary>Where two words stand side by side, in either order.</summary>
    public TextPlace PlacesOf(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var places = TextPlace.None;
        var one = Find(first, string.GetHashCode(first, StringComparison.Ordinal));
        var other = one < 0 ? -1 : Find(second, string.GetHashCode(second, StringComparison.Ordinal));
        if (other < 0)
        {
            return places;
        }

        for (var at = _words[one].Last; at >= 0; at = _tokens[at].Before)
        {
            if (_tokens[at].Joined && _tokens[at - 1].Word == other)
            {
                places |= _tokens[at].Place;
            }

            if (at + 1 < _tokens.Count && _tokens[at + 1].Joined && _tokens[at + 1].Word == other)
            {
                places |= _tokens[at + 1].Place;
            }
        }

        return places;
    }

    private int Find(ReadOnlySpan<char> word, int hash)
    {
        for (var at = _buckets[hash & (_buckets.Length - 1)] - 1; at >= 0;)
        {
            ref var known = ref CollectionsMarshal.AsSpan(_words)[at];
            if (known.Hash == hash && word.SequenceEqual(_letters.AsSpan(known.Start, known.Length)))
            {
                return at;
            }

            at = known.Next;
        }

        return -1;
    }

    private int Make(ReadOnlySpan<char> word, int hash)
    {
        if (_words.Count == _buckets.Length)
        {
            Widen();
        }

        if (_used + word.Length > _letters.Length)
        {
            Array.Resize(ref _letters, Math.Max(_letters.Length * 2, _used + word.Length));
        }

        word.CopyTo(_letters.AsSpan(_used));
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _words.Add(new Word { Hash = hash, Start = _used, Length = word.Length, Next = bucket - 1, Last = -1 });
        _used += word.Length;
        bucket = _words.Count;
        return _words.Count - 1;
    }

    private void Widen()
    {
        _buckets = new int[_buckets.Length * 2];
        var words = CollectionsMarshal.AsSpan(_words);
        for (var i = 0; i < words.Length; i++)
        {
            ref var bucket = ref _buckets[words[i].Hash & (_buckets.Length - 1)];
            words[i].Next = bucket - 1;
            bucket = i + 1;
        }
    }

    /// <summary>A distinct word: its letters, the word behind it in its bucket, and where it stands last.</summary>
    private struct Word
    {
        public int Hash;
        public int Start;
        public int Length;
        public int Next;
        public int Last;
        public TextPlace Places;
    }

    /// <summary>A word in the text: which, where it stood before, and whether it stands beside the token before it.</summary>
    private readonly record struct Token(int Word, int Before, TextPlace Place, bool Joined);
}
