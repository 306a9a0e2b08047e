namespace Sekisho.Inspection.Tests;

public sealed class RecentMailSnapshotTests
{
    [Fact]
    public void What_was_saved_and_read_back_answers_as_if_nothing_had_happened()
    {
        var dice = new Random(5);
        var notes = Enumerable.Range(0, 600).Select(i => Note(dice, i)).ToList();
        var undisturbed = new RecentMail();
        var expected = notes.ConvertAll(n => Told(undisturbed.Note(n)));
        Assert.Contains(expected, t => t.Contains("same r", StringComparison.Ordinal));

        var recent = new RecentMail();
        var told = new List<string>();
        foreach (var note in notes)
        {
            told.Add(Told(recent.Note(note)));
            if (told.Count % 37 == 0)
            {
                recent = Again(recent);
            }
        }

        Assert.Equal(expected, told);
        Assert.Equal(undisturbed.Count, recent.Count);
    }

    [Fact]
    public void What_was_cut_off_is_not_read()
    {
        var recent = new RecentMail();
        recent.Note(Note(new Random(1), 1));
        using var stream = new MemoryStream();
        recent.Save(new BinaryWriter(stream));
        for (var length = 0; length < stream.Length; length += 7)
        {
            using var cut = new BinaryReader(new MemoryStream(stream.ToArray()[..length]));
            Assert.ThrowsAny<IOException>(() => new RecentMail().Load(cut));
        }
    }

    private static RecentMail Again(RecentMail recent)
    {
        using var stream = new MemoryStream();
        recent.Save(new BinaryWriter(stream));
        stream.Position = 0;
        var again = new RecentMail();
        again.Load(new BinaryReader(stream));
        return again;
    }

    private static RecentMailNote Note(Random dice, int i)
        => new($"id{i}", $"s{dice.Next(3)}@home.example", $"content{dice.Next(12)}", $"template{dice.Next(6)}", [$"r{dice.Next(9)}@x.example"], [$"f{dice.Next(40)}@y.example"], dice.Next(2) == 0)
        {
            At = Look.Noon.AddSeconds(i * 20),
            FileKey = $"file{dice.Next(3)}",
            Greeting = dice.Next(3) switch { 0 => RecentMailNote.GreetingFits, 1 => RecentMailNote.GreetingDiffers, _ => "" },
        };

    private static string Told(RecentMailAnswer answer)
        => $"same {string.Join(' ', answer.SameContentTo)} letter {string.Join(' ', answer.SameTemplateTo)} run {answer.RunMessages} {answer.RunForeignAddresses} {answer.RunCrossed} {answer.RunGreetingsFit} {answer.RunGreetingsDiffer}";
}
