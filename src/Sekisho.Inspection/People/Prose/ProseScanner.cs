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
    /// <paramref name="illness"/>: false where no word of illness is to be looked for, because the text is known to have none.
    /// </summary>
    public static void Scan(string text, ProsePlace place, ICollection<FoundPerson> persons, ICollection<FoundSecret> secrets, CancellationToken cancel, bool illness = true)
    {
        using var found = Finds.Rent();
        var (hits, credentials, lines) = (found.Hits, found.Credentials, found.Lines);
        PersonReader? reader = null;
        var line = 0;
        for (var from = 0; from < text.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            var to = SectionEnd(text, from);
            hits.Clear();
            credentials.Clear();
            HitFinder.Find(text, from, to, line, hits, credentials);
            WordFinder.Keys(text, from, to, line, credentials);
            var before = hits.Count;
            if (illness)
            {
                WordFinder.Illness(text, from, to, line, hits);
            }

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
                    (reader ??= new PersonReader(text, place, persons, MaxPersons)).Read(hits, lines, line);
                }
            }

            line += text.AsSpan(from, to - from).Count('\n');
            from = to;
        }
    }

    /// <summary>The secrets alone, for a cell of a table; <paramref name="row"/> is 1-based.</summary>
    public static void ScanSecrets(string text, ProsePlace place, int row, ICollection<FoundSecret> secrets)
    {
        if (text.Length < 4 || !MayHold(text))
        {
            return;
        }

        using var found = Finds.Rent();
        var (hits, credentials) = (found.Hits, found.Credentials);
        HitFinder.Find(text, 0, text.Length, 0, hits, credentials);
        WordFinder.Keys(text, 0, text.Length, 0, credentials);
        AddSecrets(text, place, hits, credentials, secrets, row - 1, sameRow: true);
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

    /// <summary>What is found in a section, kept by each thread for the next text: most texts are short, and there are many.</summary>
    private sealed class Finds : IDisposable
    {
        /// <summary>Lists that one great text has made longer than this are left to the collector.</summary>
        private const int MostKept = 1_000;

        [ThreadStatic]
        private static Finds? _kept;

        public List<Hit> Hits { get; } = [];

        public List<Credential> Credentials { get; } = [];

        public List<TextLine> Lines { get; } = [];

        public static Finds Rent()
        {
            var found = _kept ?? new Finds();
            _kept = null;
            return found;
        }

        public void Dispose()
        {
            if (Math.Max(Hits.Capacity, Math.Max(Credentials.Capacity, Lines.Capacity)) <= MostKept)
            {
                // What is masked stays no longer than it is asked for.
                Hits.Clear();
                Credentials.Clear();
                Lines.Clear();
                _kept = this;
            }
        }
    }
}
