namespace Sekisho.Inspection;

/// <summary>Finds the persons in texts and tables: persons, not patterns.</summary>
public static class PeopleReader
{
    /// <summary>Distinct persons, secrets and record tables of all files and of the mail's text. Pure; throws only for cancellation.</summary>
    public static PeopleFound Read(MessageFacts facts, CancellationToken cancel)
    {
        var work = new Work();
        work.ReadText(facts.OwnText, new TablePlace("", "", Hidden: false, Quoted: false), cancel);
        work.ReadText(facts.QuotedText, new TablePlace("", "", Hidden: false, Quoted: true), cancel);
        work.ReadFiles(facts.Files, cancel);
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
                foreach (var content in file.Contents)
                {
                    cancel.ThrowIfCancellationRequested();
                    if (content is TableContent table)
                    {
                        _records.Read(table, new TablePlace(file.Path, table.Place, table.Hidden, Quoted: false), cancel);
                    }
                    else if (content is TextContent text)
                    {
                        ReadText(text.Text, new TablePlace(file.Path, text.Place, Hidden: false, Quoted: false), cancel);
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

            var rest = new TextRest(text);
            foreach (var table in TextTables.Find(text, cancel))
            {
                var before = _records.Persons;
                _records.Read(new TableContent(place.Place, table.Rows) { FirstRow = table.FirstLine }, place, cancel);
                if (_records.Persons > before)
                {
                    rest.Take(table.Offset, table.End);
                }
            }

            _prose.Read(rest.Text(), place, null, cancel);
        }

        public PeopleFound Found() => _register.Count + _secrets.Count + _tables.Count == 0 ? PeopleFound.None : new PeopleFound(_register.Persons(), _secrets, _tables);
    }
}
