using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>What the product answered for one file.</summary>
/// <param name="Persons">Distinct persons.</param>
/// <param name="Kinds">All kinds of its persons and secrets.</param>
/// <param name="Cards">Card numbers.</param>
/// <param name="MyNumbers">MyNumbers.</param>
/// <param name="Patterns">Persons as the pattern counter has them, from the same text.</param>
/// <param name="Troubles">What could not be read.</param>
/// <param name="Milliseconds">Reading and counting.</param>
public sealed record Answer(int Persons, DataKinds Kinds, int Cards, int MyNumbers, int Patterns, string Troubles, double Milliseconds)
{
    /// <summary>Reads a file with the product and with the pattern counter.</summary>
    public static Answer Of(CorpusFile file, byte[] bytes, InspectionServices services, CancellationToken cancel)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var files = FileReader.Read(file.Name, bytes, services, cancel);
        var found = PeopleReader.Read(files, cancel);
        var time = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var kinds = found.Persons.Aggregate(DataKinds.None, (k, p) => k | p.Kinds) | found.Secrets.Aggregate(DataKinds.None, (k, s) => k | s.Kind);
        return new Answer(
            found.Persons.Count, kinds, found.Secrets.Count(s => s.Kind == DataKinds.CardNumber), found.Secrets.Count(s => s.Kind == DataKinds.MyNumber),
            PatternCounter.Count(files), string.Join(", ", files.SelectMany(f => f.Troubles).Select(t => t.Measure).Distinct()), time);
    }
}

/// <summary>One file, its truth and the answer.</summary>
public sealed record Result(CorpusFile File, Answer Answer)
{
    /// <summary>Truly with persons.</summary>
    public bool Has => File.Truth.Persons > 0;

    /// <summary>What a count may exceed without being wrong.</summary>
    private int Slack => Has ? 0 : File.Truth.Tolerated;

    /// <summary>Said to hold at least so many. Persons a reader may find or leave are no claim.</summary>
    public bool Says(int count, int threshold) => count - Slack >= threshold;

    /// <summary>Off by more than 3 %; one person is allowed nowhere below 34.</summary>
    public bool CountRight => Math.Abs(Answer.Persons - File.Truth.Persons) <= Math.Max(File.Truth.Persons * 0.03, Slack);

    /// <summary>The same of the pattern counter.</summary>
    public bool PatternsRight => Math.Abs(Answer.Patterns - File.Truth.Persons) <= Math.Max(File.Truth.Persons * 0.03, Slack);
}

/// <summary>Right, wrong and missed.</summary>
public readonly record struct Tally(long Right, long Wrong, long Missed)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    public Tally Add(bool truth, bool said) => (truth, said) switch
    {
        (true, true) => this with { Right = Right + 1 },
        (false, true) => this with { Wrong = Wrong + 1 },
        (true, false) => this with { Missed = Missed + 1 },
        _ => this,
    };

    /// <summary>Values: as many as are there, or as often as they stand there, are right.</summary>
    public Tally AddCounts(int different, int places, int said)
    {
        var truth = said <= different ? different : Math.Min(said, places);
        var right = Math.Min(said, truth);
        return new Tally(Right + right, Wrong + said - right, Missed + truth - right);
    }
}

/// <summary>All figures of a run.</summary>
public sealed class Score(IReadOnlyList<Result> results)
{
    /// <summary>Kinds that are asked about.</summary>
    public static readonly DataKinds[] Kinds =
    [
        DataKinds.Name, DataKinds.PostalAddress, DataKinds.Postcode, DataKinds.Phone, DataKinds.Email, DataKinds.BirthDate, DataKinds.Age, DataKinds.Sex, DataKinds.CardNumber, DataKinds.MyNumber,
        DataKinds.BankAccount, DataKinds.Passport, DataKinds.DrivingLicence, DataKinds.HealthInsurance, DataKinds.Medical, DataKinds.Money, DataKinds.Credential, DataKinds.PersonId,
    ];

    public IReadOnlyList<Result> Results { get; } = results;

    /// <summary>By file, at a threshold of persons. A file with fewer persons than the threshold is no miss.</summary>
    public Tally Files(int threshold, bool patterns = false)
        => Results.Aggregate(default(Tally), (t, r) => t.Add(r.File.Truth.Persons >= threshold, r.Says(patterns ? r.Answer.Patterns : r.Answer.Persons, threshold)));

    /// <summary>Share of files whose count is within 3 %.</summary>
    public double CountsRight(bool patterns = false) => Results.Count == 0 ? 1 : (double)Results.Count(r => patterns ? r.PatternsRight : r.CountRight) / Results.Count;

    /// <summary>The same over files with persons only.</summary>
    public double CountsRightWithPersons(bool patterns = false)
    {
        var with = Results.Where(r => r.Has).ToArray();
        return with.Length == 0 ? 1 : (double)with.Count(r => patterns ? r.PatternsRight : r.CountRight) / with.Length;
    }

    /// <summary>Files whose error of the count is in each of these bounds (share of the true count).</summary>
    public IReadOnlyList<(string Range, int Files)> Errors()
    {
        (string, double, double)[] ranges = [("exact", -1, 0), ("≤ 1 %", 0, .01), ("≤ 3 %", .01, .03), ("≤ 10 %", .03, .1), ("≤ 50 %", .1, .5), ("more", .5, double.MaxValue)];
        var errors = Results.Where(r => r.Has).Select(r => Math.Abs(r.Answer.Persons - r.File.Truth.Persons) / (double)r.File.Truth.Persons).ToArray();
        return [.. ranges.Select(g => (g.Item1, errors.Count(e => e > g.Item2 && e <= g.Item3)))];
    }

    /// <summary>By file, whether it shows the kind.</summary>
    public Tally Kind(DataKinds kind)
        => Results.Where(r => !r.File.Truth.MayShow.HasFlag(kind)).Aggregate(default(Tally), (t, r) => t.Add(r.File.Truth.Kinds.HasFlag(kind), r.Answer.Kinds.HasFlag(kind)));

    /// <summary>By value.</summary>
    public Tally Cards => Results.Aggregate(default(Tally), (t, r) => t.AddCounts(r.File.Truth.Cards, r.File.Truth.CardPlaces, r.Answer.Cards));

    /// <summary>By value.</summary>
    public Tally MyNumbers => Results.Aggregate(default(Tally), (t, r) => t.AddCounts(r.File.Truth.MyNumbers, r.File.Truth.MyNumberPlaces, r.Answer.MyNumbers));

    /// <summary>The part of the files a key names.</summary>
    public IEnumerable<(string Key, Score Score)> By(Func<Result, string> key) => Results.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, new Score([.. g])));
}
