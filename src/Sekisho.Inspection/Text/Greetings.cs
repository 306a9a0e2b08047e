using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Somebody a mail greets.</summary>
/// <param name="Shown">The name as written, without the honorific; for masking and evidence.</param>
/// <param name="Surname">Family name; Latin ones as written.</param>
/// <param name="Given">Given name, or empty.</param>
/// <param name="Latin">Written in Latin letters.</param>
/// <param name="ForOutside">様, 殿, 先生, Mr.: nobody writes so to a colleague; さん and posts may be meant for one.</param>
internal sealed record Greeted(string Shown, string Surname, string Given, bool Latin, bool ForOutside);

/// <summary>Whom the first lines of a mail greet.</summary>
/// <param name="Persons">People named with an honorific at the beginning of a line.</param>
/// <param name="Lines">The first lines looked at, without what is quoted.</param>
/// <param name="CompanyLines">Those lines among them that may address a company: down to the first person greeted, or with 御中.</param>
internal sealed record Greetings(IReadOnlyList<Greeted> Persons, IReadOnlyList<string> Lines, IReadOnlyList<string> CompanyLines)
{
    /// <summary>What drawn lines are made of.</summary>
    private static readonly SearchValues<char> _rules = SearchValues.Create("-=_*─━＝－ー~・+#|/\\ \u3000");

    private const int MaxLines = 5;

    /// <summary>A greeting is short; what is longer is prose, of which the beginning is looked at.</summary>
    private const int MaxLine = 120;

    /// <summary>Reads the first five lines that are not empty of the author's own text. Never throws, whatever the text.</summary>
    public static Greetings Read(string ownText)
    {
        var lines = new List<string>();
        foreach (var range in ownText.AsSpan(0, Math.Min(ownText.Length, 16 * 1024)).Split('\n'))
        {
            var line = ownText.AsSpan()[range].Trim(" \t\r\u3000*_");
            if (line.Length > 0 && line.ContainsAnyExcept(_rules))
            {
                lines.Add(TextFolding.StripInvisible(line[..Math.Min(line.Length, MaxLine)].ToString()));
                if (lines.Count == MaxLines)
                {
                    break;
                }
            }
        }

        var persons = new List<Greeted>();
        var company = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var before = persons.Count;
            JapaneseGreeting.Read(lines[i], persons);
            if (persons.Count == before)
            {
                EnglishGreeting.Read(lines[i], persons);
            }

            // A company stands above the person there, or on his line; one below is the writer's own.
            if (lines[i].Contains("御中", StringComparison.Ordinal) || (persons.Count > 0 && before == 0))
            {
                company.AddRange(lines.Take(i + 1).Except(company));
            }
        }

        return new Greetings(persons, lines, company);
    }
}
