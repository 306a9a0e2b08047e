namespace Sekisho.Inspection;

/// <summary>
/// Persons and secrets of running text: prose, signatures, entry forms written down the page. A person is a name with something that identifies him beside
/// it; a bare name is none, nor is what a company prints on its cards. Linear in the text's length; memory is bounded by a section of it.
/// </summary>
internal static class ProseScanner
{
    private const int Section = 32 * 1024;

    /// <summary>Persons taken from one text; more are counted by nobody.</summary>
    private const int MaxPersons = 100_000;
    private const int MaxSecrets = 10_000;

    /// <summary>
    /// Adds what stands in <paramref name="text"/> (line ends <c>\n</c>). Rows are lines, counted from 1. Nothing unmasked goes into a secret. Throws only for cancellation.
    /// </summary>
    public static void Scan(string text, ProsePlace place, ICollection<FoundPerson> persons, ICollection<FoundSecret> secrets, CancellationToken cancel)
        => Scan(text, place, persons, secrets, firstLine: 0, cancel);

    /// <summary>The secrets alone, for a cell of a table; <paramref name="row"/> is 1-based.</summary>
    public static void ScanSecrets(string text, ProsePlace place, int row, ICollection<FoundSecret> secrets)
    {
        if (text.Length < 4 || !MayHold(text))
        {
            return;
        }

        var hits = new List<Hit>();
        var credentials = new List<Credential>();
        HitFinder.Find(text, 0, text.Length, 0, hits, credentials);
        WordFinder.Find(text, 0, text.Length, 0, hits, credentials);
        AddSecrets(text, place, hits, credentials, secrets, row - 1, sameRow: true);
    }

    private static void Scan(string text, ProsePlace place, ICollection<FoundPerson> persons, ICollection<FoundSecret> secrets, int firstLine, CancellationToken cancel)
    {
        var hits = new List<Hit>();
        var credentials = new List<Credential>();
        var lines = new List<TextLine>();
        var reader = new PersonReader(text, place, persons, MaxPersons);
        var line = firstLine;
        for (var from = 0; from < text.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            var to = SectionEnd(text, from);
            hits.Clear();
            credentials.Clear();
            HitFinder.Find(text, from, to, line, hits, credentials);
            var before = hits.Count;
            WordFinder.Find(text, from, to, line, hits, credentials);
            if (hits.Count > before)
            {
                hits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
            }

            if (hits.Count + credentials.Count > 0)
            {
                AddSecrets(text, place, hits, credentials, secrets, 0, sameRow: false);
                if (hits.Exists(static h => h.Kind != DataKinds.Age && h.Kind != DataKinds.Postcode))
                {
                    TextLine.Divide(text, from, to, lines);
                    reader.Read(hits, lines, line);
                }
            }

            line += text.AsSpan(from, to - from).Count('\n');
            from = to;
        }
    }

    /// <summary>The cheap question for cells: a long number, a label or a key's sign.</summary>
    private static bool MayHold(ReadOnlySpan<char> text) => text.Length >= 10 || text.ContainsAny(':', '：', '=');

    private static void AddSecrets(string text, ProsePlace place, List<Hit> hits, List<Credential> credentials, ICollection<FoundSecret> secrets, int row, bool sameRow)
    {
        foreach (var hit in hits)
        {
            if (hit.Kind is DataKinds.CardNumber or DataKinds.MyNumber && secrets.Count < MaxSecrets)
            {
                var digits = ValueText.Digits(text.AsSpan(hit.Start, hit.End - hit.Start));
                secrets.Add(new FoundSecret(hit.Kind, Masking.Mask(hit.Kind, digits), place.File, place.Place, sameRow ? row + 1 : hit.Line + 1) { Key = string.GetHashCode(digits, StringComparison.Ordinal) | 1 });
            }
        }

        for (var i = 0; i < credentials.Count && secrets.Count < MaxSecrets; i++)
        {
            // "api_key: sk-…" was seen twice, by its label and by its form.
            var one = credentials[i];
            if (one.IsKey || !credentials.Exists(c => c.IsKey && c.Line == one.Line))
            {
                secrets.Add(new FoundSecret(DataKinds.Credential, one.Masked, place.File, place.Place, sameRow ? row + 1 : one.Line + 1) { Key = one.Key });
            }
        }
    }

    /// <summary>A section ends at a blank line, or else at a line's end, or else (one endless line) where it must.</summary>
    private static int SectionEnd(string text, int from)
    {
        if (text.Length - from <= Section)
        {
            return text.Length;
        }

        var window = text.AsSpan(from, Section);
        var end = window.LastIndexOf("\n\n");
        end = end > Section / 2 ? end + 1 : window.LastIndexOf('\n');
        return end > 0 ? from + end + 1 : from + Section;
    }
}
