using Sekisho.Bench.Persons;

namespace Sekisho.Inspection.Tests.People;

/// <summary>A small share of the corpus that docs/accuracy.md measures, on a seed of its own and without the formats another program has to write.</summary>
public sealed class AccuracyTests
{
    private const int Seed = 2001;
    private const int Files = 90;
    private const int MostPersons = 200;

    [Fact]
    public void A_share_of_the_corpus_keeps_what_is_promised()
    {
        var results = Enumerable.Range(0, Files).Select(i =>
        {
            var file = Corpus.Make(Seed, i, convert: false, MostPersons);
            return new Result(file, Answer.Of(file, file.Bytes, InspectionServices.None, TestContext.Current.CancellationToken));
        }).ToArray();

        var wrong = results.Where(r => !r.CountRight).Select(r => $"{r.File.Index} {r.File.Format}, {r.File.Layout}: {r.Answer.Persons} of {r.File.Truth.Persons} persons");
        var missed = Targets.Missed(new Score(results));
        Assert.True(missed.Count == 0, string.Join("\n", missed.Concat(wrong)));
    }

    [Fact]
    public void A_seed_gives_the_same_files_always()
    {
        foreach (var i in Enumerable.Range(0, 40))
        {
            Assert.Equal(Corpus.Make(Seed, i, convert: true, MostPersons).Bytes, Corpus.Make(Seed, i, convert: true, MostPersons).Bytes);
        }
    }

    [Fact]
    public void Of_the_corpus_some_hold_persons_and_some_none()
    {
        var files = Enumerable.Range(0, 200).Select(i => Corpus.Make(Seed, i, convert: false, MostPersons)).ToArray();
        Assert.InRange(files.Count(f => f.Truth.Persons > 0), 90, 150);
        Assert.True(files.Select(f => f.Layout).Distinct().Count() > 30);
    }
}
