namespace Sekisho.Policy.Tests;

/// <summary>Whatever stands in the file, the reader answers with a configuration or with errors inside the file, and never throws.</summary>
public sealed class ConfigFuzzTests
{
    private static readonly string[] s_pieces = ["\n", "\n  ", "\n- ", ": ", "[", "]", "{", "}", ",", "\"", "'", "&a", "*a", "!!str", "#", "|\n", ">\n", "---", "...", "? ", "%YAML 1.1", "\t", "\r\n", "\0", "\uD800", "é", "社", "<<: ", "~", "@", "..", ">= ", "9999999999999999999", "-1", "5s", "50MB"];

    private static int Cases(int few) => Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? few * 200 : few;

    [Fact]
    public void Mutated_examples_never_throw()
    {
        var random = new Random(7);
        var seeds = new[] { File.ReadAllText(Path.Combine(Tree.Root, "docs/sekisho.example.yaml")).Replace("#", "", StringComparison.Ordinal), PolicySet.ShippedText, RandomRules.Write(random) };
        for (var i = 0; i < Cases(1000); i++)
        {
            var text = seeds[random.Next(seeds.Length)];
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(40), text.Length - at)),
                    1 => text.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
                    _ => text.Insert(at, text.Substring(random.Next(text.Length / 2), random.Next(60))),
                };
            }

            Check(text);
        }
    }

    [Fact]
    public void Random_pieces_never_throw()
    {
        var random = new Random(11);
        string[] words = [.. s_pieces, .. ConfigKeys.All().Select(k => k.Split('.')[^1]), .. Vocabulary.Findings.Keys];
        for (var i = 0; i < Cases(2000); i++)
        {
            Check(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => words[random.Next(words.Length)])));
        }
    }

    private static void Check(string text)
    {
        var config = SekishoConfig.Parse(text, "f", out var errors);

        Assert.Equal(config is null, errors.Count > 0);
        var lines = text.AsSpan().Count('\n') + 1;
        Assert.All(errors, e => Assert.True(e.Line >= 1 && e.Line <= lines + 1 && e.Column >= 1 && e.Message.Length > 0 && !e.Message.Any(char.IsControl), $"{e}\n{text}"));
        if (config is not null)
        {
            Assert.Equal(config.Policy.Version, PolicySet.FromCanonicalText(config.Policy.CanonicalText).Version);
        }
    }
}
