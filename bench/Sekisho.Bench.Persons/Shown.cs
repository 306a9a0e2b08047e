using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>What was read from a file and found in it, for whoever tunes. Everything in it is invented, so nothing is masked.</summary>
internal static class Shown
{
    private const int Most = 8;

    public static void Print(CorpusFile file, byte[] content, InspectionServices services)
    {
        Console.WriteLine($"=== {file.Seed}/{file.Index} {file.Format}, {file.Layout}: {file.Truth.Persons} persons; {file.Truth.Kinds}");
        var files = FileReader.Read(file.Name, content, services, CancellationToken.None);
        foreach (var read in files)
        {
            Console.WriteLine($"--- {read.Path} {read.Kind} {string.Join(", ", read.Troubles.Select(t => $"{t.Measure}: {t.Detail}"))}");
            foreach (var part in read.Contents.Take(2))
            {
                var lines = part is TextContent text ? text.Text.Split('\n') : ((TableContent)part).Rows.Select(r => string.Join(" | ", r)).ToArray();
                Console.WriteLine($"  [{part.GetType().Name} {part.Place}, {lines.Length} lines]");
                foreach (var line in lines.Take(Most))
                    Console.WriteLine($"  {line}");
            }
        }

        var found = PeopleReader.Read(files, CancellationToken.None);
        foreach (var table in found.Tables.Take(6))
            Console.WriteLine($"table {table.Place}: {string.Join(" · ", table.Columns.Select(c => $"{c.Header}={c.Kind}"))}, {table.Rows.Count} rows");
        foreach (var person in found.Persons.Take(Most))
            Console.WriteLine($"person {person.Place}:{person.Row} \"{person.Name}\" {person.Kinds} {string.Join(" ", person.Values.Select(v => $"{v.Kind}={v.Value}"))}");
        foreach (var secret in found.Secrets.Take(Most))
            Console.WriteLine($"secret {secret.Place}:{secret.Row} {secret.Kind} {secret.Masked}");
    }
}
