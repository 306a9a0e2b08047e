using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sekisho.Bench.Persons;
using Sekisho.Inspection;

// Precision and recall of the persons count over an invented corpus: see docs/accuracy.md.
// usage: bench/persons [--files N] [--seed S[-T]] [--only N] [--keep DIR] [--json] [--worst N] [--show] [--doc FILE] [--check]
var options = Options.Read(args);
var clock = Stopwatch.StartNew();
var progress = !Console.IsErrorRedirected;
void Say(string text)
{
    if (progress)
        Console.Error.Write($"\r\e[K{text}");
}

var results = new List<Result>();
var converter = new Converter(Path.Combine(options.Root, ".build", "persons"), Say);
using var tools = new Tools();
foreach (var line in tools.Missing)
    Console.Error.WriteLine(line);
foreach (var seed in options.Seeds)
{
    var files = new List<CorpusFile>();
    for (var i = 0; i < options.Files; i++)
    {
        if (options.Only.Count > 0 && !options.Only.Contains(i))
            continue;
        files.Add(Corpus.Make(seed, i));
        if (i % 20 == 0)
            Say($"seed {seed}: inventing {i} of {options.Files}");
    }

    var bytes = converter.Bytes(files);
    foreach (var file in files)
    {
        if (!bytes.TryGetValue(file.Index, out var content))
        {
            Console.Error.WriteLine($"seed {seed}: {file.Name} could not be written as {file.Format}");
            continue;
        }

        if (options.Keep is { } keep)
            Kept.Write(Path.Combine(keep, seed.ToString(CultureInfo.InvariantCulture)), file, content);
        results.Add(new Result(file with { Bytes = [] }, Answer.Of(file, content, tools.Services, CancellationToken.None)));
        if (options.Show)
            Shown.Print(file, content, tools.Services);
        if (results.Count % 10 == 0)
            Say($"seed {seed}: reading {results.Count} · {Tables.P(new Score(results).Files(1).Recall)} recall");
    }
}

if (progress)
    Console.Error.Write("\r\e[K");
var score = new Score(results);
var heading = $"{results.Count:N0} files ({results.Count(r => r.Has):N0} with {results.Sum(r => (long)r.File.Truth.Persons):N0} persons, {results.Count(r => !r.Has):N0} without), seeds {string.Join(", ", options.Seeds)}.";
if (options.Json)
{
    Console.WriteLine(JsonSerializer.Serialize(Json.Of(score), new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
}
else
{
    Console.WriteLine(Tables.Markdown(score, heading));
    if (options.Worst > 0)
        Console.WriteLine(Tables.Worst(score, options.Worst));
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s, of which {results.Sum(r => r.Answer.Milliseconds) / 1000:0.0} s reading and counting");
}

if (options.Doc is { } doc)
    Kept.Fill(doc, Tables.Markdown(score, heading));
var missedTargets = Targets.Missed(score);
foreach (var target in missedTargets)
    Console.Error.WriteLine($"target missed: {target}");
return options.Check && missedTargets.Count > 0 ? 1 : 0;
