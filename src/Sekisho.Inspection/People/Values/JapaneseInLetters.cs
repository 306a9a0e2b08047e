namespace Sekisho.Inspection;

/// <summary>Japanese names in Latin letters, turned back into kana and looked up: sato, satoh, saitou, tsuji, tuzi.</summary>
internal static class JapaneseInLetters
{
    private const int MaxLetters = 16;
    private const int MaxKana = 24;

    private const int Letters = 26;

    private static readonly KeyValuePair<string, string>[] _kana = [.. Make()];

    /// <summary>By size and letters the place of a syllable in the list, counted from 1: what is none is seen without a search.</summary>
    private static readonly byte[][] _syllables = Places();

    /// <summary>Whether letters are a reading of a family or given name (SurnameReading, GivenReading).</summary>
    public static WordMarks MarksOf(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > MaxLetters)
        {
            return WordMarks.None;
        }

        Span<char> plain = stackalloc char[MaxLetters];
        for (var i = 0; i < word.Length; i++)
        {
            plain[i] = word[i] switch
            {
                'ō' or 'Ō' => 'o',
                'ū' or 'Ū' => 'u',
                var c when char.IsAsciiLetter(c) => (char)(c | 0x20),
                _ => '\0',
            };
            if (plain[i] == '\0')
            {
                return WordMarks.None;
            }
        }

        Span<char> kana = stackalloc char[MaxKana];
        return Read(plain[..word.Length], 0, kana, 0, 3);
    }

    /// <summary>Every way to read on from here; a vowel o or u may stand for a long one, up to <paramref name="longs"/> times.</summary>
    private static WordMarks Read(ReadOnlySpan<char> word, int at, Span<char> kana, int length, int longs)
    {
        if (at == word.Length)
        {
            return NameTable.Shared[kana[..length]] & (WordMarks.SurnameReading | WordMarks.GivenReading);
        }

        if (length + 4 > MaxKana)
        {
            return WordMarks.None;
        }

        var c = word[at];
        if (at + 1 < word.Length && (c == word[at + 1] || (c == 't' && word[at + 1] == 'c')) && c is not ('a' or 'i' or 'u' or 'e' or 'o' or 'n'))
        {
            kana[length++] = 'ッ';
            at++;
        }

        for (var size = Math.Min(3, word.Length - at); size >= 1; size--)
        {
            var found = _syllables[size][IndexOf(word.Slice(at, size))];
            if (found == 0)
            {
                continue;
            }

            var syllable = _kana[found - 1].Value;
            syllable.CopyTo(kana[length..]);
            var end = length + syllable.Length;
            var next = at + size;
            var marks = Read(word, next, kana, end, longs);
            var vowel = word[next - 1];
            if (marks == WordMarks.None && longs > 0 && vowel is 'o' or 'u')
            {
                // "satoh": the h only marks the length.
                var skip = next < word.Length && word[next] == 'h' && (next + 1 == word.Length || word[next + 1] is not ('a' or 'i' or 'u' or 'e' or 'o')) ? 1 : 0;
                kana[end] = 'ウ';
                marks = Read(word, next + skip, kana, end + 1, longs - 1);
                if (marks == WordMarks.None && vowel == 'o')
                {
                    kana[end] = 'オ';
                    marks = Read(word, next + skip, kana, end + 1, longs - 1);
                }
            }

            return marks;
        }

        // Before b, m and p an n is often written m: Honma, Homma.
        if (c == 'm')
        {
            kana[length] = 'ン';
            return Read(word, at + 1, kana, length + 1, longs);
        }

        return WordMarks.None;
    }

    private static byte[][] Places()
    {
        byte[][] places = [[], new byte[Letters], new byte[Letters * Letters], new byte[Letters * Letters * Letters]];
        for (var i = 0; i < _kana.Length; i++)
        {
            places[_kana[i].Key.Length][IndexOf(_kana[i].Key)] = checked((byte)(i + 1));
        }

        return places;
    }

    private static int IndexOf(ReadOnlySpan<char> letters)
    {
        var index = 0;
        foreach (var c in letters)
        {
            index = (index * Letters) + (c - 'a');
        }

        return index;
    }

    private static Dictionary<string, string> Make()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(all, "アイウエオ", "a i u e o");
        Add(all, "カキクケコガギグゲゴ", "ka ki ku ke ko ga gi gu ge go");
        Add(all, "サシスセソザジズゼゾ", "sa shi su se so za ji zu ze zo");
        Add(all, "タチツテトダデド", "ta chi tsu te to da de do");
        Add(all, "ナニヌネノハヒフヘホ", "na ni nu ne no ha hi fu he ho");
        Add(all, "バビブベボパピプペポ", "ba bi bu be bo pa pi pu pe po");
        Add(all, "マミムメモヤユヨワンシチツフジズ", "ma mi mu me mo ya yu yo wa n si ti tu hu zi dzu");
        Add(all, "ラリルレロ", "ra ri ru re ro");
        foreach (var (sound, kana) in (ReadOnlySpan<(string, char)>)[("ky", 'キ'), ("gy", 'ギ'), ("sh", 'シ'), ("sy", 'シ'), ("j", 'ジ'), ("zy", 'ジ'), ("ch", 'チ'), ("ty", 'チ'), ("ny", 'ニ'), ("hy", 'ヒ'), ("by", 'ビ'),
            ("py", 'ピ'), ("my", 'ミ'), ("ry", 'リ'), ("jy", 'ジ')])
        {
            all[sound + "a"] = $"{kana}ャ";
            all[sound + "u"] = $"{kana}ュ";
            all[sound + "o"] = $"{kana}ョ";
        }

        return all;
    }

    private static void Add(Dictionary<string, string> into, string kana, string letters)
    {
        var at = 0;
        foreach (var syllable in letters.Split(' '))
        {
            into[syllable] = kana[at++].ToString();
        }
    }
}
