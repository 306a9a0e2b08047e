namespace Sekisho.Inspection;

/// <summary>Finds the persons in texts and tables: persons, not patterns.</summary>
public static class PeopleReader
{
    /// <summary>Distinct persons, secrets and record tables of all files and of the mail's text. Pure; throws only for cancellation.</summary>
    public static PeopleFound Read(MessageFacts facts, CancellationToken cancel) => Read(facts, facts.QuotedText, cancel);

    /// <summary>The same with only this of what the mail quotes.</summary>
    internal static PeopleFound Read(MessageFacts facts, string quoted, CancellationToken cancel)
    {
        var work = new Work();
        work.ReadText(facts.OwnText, new TablePlace("", "", Hidden: false, Quoted: false), cancel);
        work.ReadText(quoted, new TablePlace("", "", Hidden: false, Quoted: true), cancel);
        work.ReadText(facts.HeaderText, new TablePlace("", "header", Hidden: false, Quoted: false), cancel);
        work.ReadFiles(facts.Files, cancel);
        return work.Found();
    }

    /// <summary>The same of what a mail quotes alone.</summary>
    internal static PeopleFound ReadQuoted(string quoted, CancellationToken cancel)
    {
        var work = new Work();
        work.ReadText(quoted, new TablePlace("", "", Hidden: false, Quoted: true), cancel);
        return work.Found();
    }

    /// <summary>The same of files alone.</summary>
    public static PeopleFound Read(IReadOnlyList<InspectedFile> files, CancellationToken cancel)
    {
        var work = new Work();
        work.ReadFiles(files, cancel);
        return work.Found();
    }

    private sealed class Work
    {
        private readonly PersonRegister _register = new();
        private readonly List<FoundSecret> _secrets = [];
        private readonly List<RecordTable> _tables = [];
        private readonly RecordReader _records;
        private readonly ProseRecords _prose;

        public Work()
        {
            _prose = new ProseRecords(_register, _secrets);
            _records = new RecordReader(_register, _prose, _secrets, _tables);
        }

        public void ReadFiles(IReadOnlyList<InspectedFile> files, CancellationToken cancel)
        {
            foreach (var file in files)
            {
                for (var i = 0; i < file.Contents.Count; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    if (file.Contents[i] is TableContent table)
                    {
                        _records.Read(table, new TablePlace(file.Path, table.Place, table.Hidden, Quoted: false), TextMarks.Unknown, cancel);
                    }
                    else if (file.Contents[i] is TextContent text)
                    {
                        var pages = Pages.Join(file.Contents, ref i, out var joined);
                        ReadText(joined, new TablePlace(file.Path, text.Place, IsAside(text.Place), Quoted: false, pages), cancel);
                    }
                }
            }
        }

        public void ReadText(string text, TablePlace place, CancellationToken cancel)
        {
            if (text.Length == 0)
            {
                return;
            }

            var from = _secrets.Count;
            var rest = new TextRest(text);
            var marks = TextMarks.Of(text);
            foreach (var table in TextTables.Find(text, cancel))
            {
                var before = _records.Persons;
                var secrets = _secrets.Count;
                _records.Read(new TableContent(place.Place, table.Rows) { FirstRow = table.FirstLine }, place, marks.Within(text.AsSpan(table.Offset, table.End - table.Offset)), cancel);
                if (_records.Persons > before || _records.ListsCompanies)
                {
                    rest.Take(table.Offset, table.End);
                }
                else if (_secrets.Count > secrets)
                {
                    // Its lines are read as prose, which sees what stands in them once more.
                    var kept = _secrets.Skip(secrets).Where(s => s.Key == 0).ToList();
                    _secrets.RemoveRange(secrets, _secrets.Count - secrets);
                    _secrets.AddRange(kept);
                }
            }

            _prose.Read(rest.Text(), place, marks, cancel);
            for (var i = from; place.Pages is not null && i < _secrets.Count; i++)
            {
                var (page, row) = place.At(_secrets[i].Row);
                _secrets[i] = _secrets[i] with { Place = page, Row = row };
            }
        }

        /// <summary>Comments, text a tracked change deleted, hidden slides and what is said to them: the sender may never have seen it.</summary>
        private static bool IsAside(string place) => place.EndsWith("deleted", StringComparison.Ordinal) || place.EndsWith("comments", StringComparison.Ordinal)
            || place.EndsWith("(hidden)", StringComparison.Ordinal) || (place.StartsWith("slide ", StringComparison.Ordinal) && place.EndsWith(" notes", StringComparison.Ordinal));

        public PeopleFound Found() => _register.Count + _secrets.Count + _tables.Count == 0 ? PeopleFound.None : new PeopleFound(_register.Persons(), _secrets, _tables);
    }
}
