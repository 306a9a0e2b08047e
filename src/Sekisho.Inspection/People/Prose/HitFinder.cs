using System.Buffers;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Finds values in running text in one pass: a table says for each character whether anything can begin there; digits, signs of addresses, colons and the first
/// characters of illness words do, and only there somebody looks closer.
/// </summary>
internal static class HitFinder
{
    private const byte Newline = 1;
    private const byte DigitMark = 2;
    private const byte AtMark = 3;
    private const byte Colon = 4;
    private const byte PasswordStart = 5;
    private const byte MedicalStart = 6;

    private static readonly byte[] _classes = MakeClasses();

    /// <summary>Those of ASCII.</summary>
    private static readonly SearchValues<char> _ascii = SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => _classes[c] != 0)]);

    /// <summary>Adds what stands in <paramref name="text"/> from <paramref name="from"/> to <paramref name="to"/>, which begins a line, in order.</summary>
    public static void Find(ReadOnlySpan<char> text, int from, int to, int firstLine, List<Hit> hits, List<Credential> credentials)
    {
        text = text[..to];
        var classes = _classes;
        var line = firstLine;
        var lineStart = from;
        var i = from;

        // Machines look for a few signs of ASCII many letters at a time; with others among them they would walk as we do.
        var ascii = Ascii.IsValid(text[from..]);
        while ((uint)i < (uint)text.Length)
        {
            var mark = classes[text[i]];
            if (mark == 0)
            {
                var next = ascii ? text[i..].IndexOfAny(_ascii) : 1;
                i = next < 0 ? text.Length : i + next;
                continue;
            }

            switch (mark)
            {
                case Newline:
                    line++;
                    lineStart = ++i;
                    break;
                case DigitMark:
                    var behind = NumberReader.Read(text, i, lineStart, line, hits);

                    // An address may reach over the end of a line.
                    i = Math.Max(i + 1, behind);
                    break;
                case AtMark:
                    i = EmailReader.Read(text, i, lineStart, line, hits, credentials);
                    break;
                case Colon:
                    CredentialReader.AtColon(text, i, lineStart, line, credentials);
                    i++;
                    break;
                case PasswordStart:
                    CredentialReader.AtWord(text, i, line, credentials);
                    i++;
                    break;
                default:
                    var length = MedicalWords.LengthAt(text, i);
                    if (length > 0)
                    {
                        hits.Add(new Hit(DataKinds.Medical, i, i + length, line));
                    }

                    i += Math.Max(1, length);
                    break;
            }
        }
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[65536];
        foreach (var c in MedicalWords.Firsts)
        {
            // Words in Latin letters are looked for elsewhere; most of the rest begin words of every day too, which the dictionary of words sorts out.
            classes[c] = c > '\u007F' ? MedicalStart : (byte)0;
        }

        for (var i = 0; i <= 9; i++)
        {
            classes['0' + i] = classes['０' + i] = DigitMark;
        }

        classes['\n'] = Newline;
        classes['@'] = classes['＠'] = AtMark;
        classes[':'] = classes['：'] = classes['='] = classes['＝'] = Colon;
        classes['パ'] = classes['暗'] = PasswordStart;
        return classes;
    }
}
