using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sekisho.Bench.Persons;

/// <summary>The command line.</summary>
internal sealed record Options(int Files, IReadOnlyList<int> Seeds, IReadOnlyList<int> Only, string? Keep, bool Json, int Worst, string? Doc, bool Check, bool Show, string Root)
{
    public static Options Read(string[] args)
    {
        var options = new Options(600, [1], [], null, false, 20, null, false, false, Environment.GetEnvironmentVariable("SEKISHO_ROOT") ?? Environment.CurrentDirectory);
        for (var i = 0; i < args.Length; i++)
        {
            string Next() => ++i < args.Length ? args[i] : throw new InvalidDataException($"{args[^1]} needs a value");
            int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--files" => options with { Files = Number(Next()) },
                "--seed" => options with { Seeds = Range(Next()) },
                "--show" => options with { Show = true },
                "--only" => options with { Only = [.. Next().Split(',').Select(Number)] },
                "--keep" => options with { Keep = Path.GetFullPath(Next()) },
                "--worst" => options with { Worst = Number(Next()) },
                "--doc" => options with { Doc = Path.GetFullPath(Next()) },
                "--json" => options with { Json = true },
                "--check" => options with { Check = true },
                _ => throw new InvalidDataException($"unknown option {args[i]}"),
            };
        }

        return options;
    }

    private static int[] Range(string text)
    {
        var ends = text.Split('-').Select(t => int.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)];
    }
}

/// <summary>What is written beside the table.</summary>
internal static class Kept
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file and a line about it.</summary>
    public static void Write(string folder, CorpusFile file, byte[] content)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, file.Name), content);
        var truth = file.Truth;
        File.AppendAllText(Path.Combine(folder, "truth.jsonl"), JsonSerializer.Serialize(new
        {
            file = file.Name, format = file.Format, layout = file.Layout, persons = truth.Persons, tolerated = truth.Tolerated, kinds = truth.Kinds.ToString(), mayShow = truth.MayShow.ToString(), cards = truth.Cards, myNumbers = truth.MyNumbers,
        }, s_json) + "\n");
    }

    /// <summary>Puts the tables between the markers of a page.</summary>
    public static void Fill(string page, string tables)
    {
        const string begin = "<!-- table: bench/persons -->";
        const string end = "<!-- end of table -->";
        var text = File.ReadAllText(page);
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"{page} has no markers");
        File.WriteAllText(page, $"{text[..(from + begin.Length)]}\n{tables}{text[to..]}", new UTF8Encoding(false));
    }
}
