using Sekisho.Audit.Run;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Tests.Run;

public sealed class ResumeTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_run_that_was_stopped_again_and_again_ends_with_the_same_report()
    {
        var pile = JudgingTests.Many();
        using var undisturbed = new Desk();
        var expected = await undisturbed.JsonAsync(pile);
        foreach (var stop in (int[])[40, 80, 83, 150, 270])
        {
            await _desk.StopAfterAsync(pile, stop);
        }

        Assert.Equal(expected, await _desk.JsonAsync(pile));
        Assert.Equal(5, _desk.Said.Count(s => s.Contains("going on after", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_of_a_finished_run_is_left_behind()
    {
        await _desk.RunAsync(new MailPile().Add("hanako@one.example", MailPile.Firms(1, 3)));
        Assert.False(Directory.Exists(_desk.StatePath));
    }

    [Fact]
    public async Task A_damaged_state_is_said_and_begun_anew()
    {
        var pile = JudgingTests.Many(150);
        using var undisturbed = new Desk();
        var expected = await undisturbed.JsonAsync(pile);
        await _desk.StopAfterAsync(pile, 100);
        var path = Path.Combine(_desk.StatePath, "checkpoint");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        for (var at = 0; at < bytes.Length; at += bytes.Length / 7)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x20;
            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            using var folder = StateFolder.Take(_desk.StatePath);
            Assert.Throws<InvalidDataException>(() => folder.TryLoad(new byte[32], _ => { }));
        }

        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        Assert.Equal(expected, await _desk.JsonAsync(pile));
        Assert.Contains(_desk.Said, s => s.Contains("it is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_that_became_shorter_are_no_ground_to_go_on_from()
    {
        var pile = JudgingTests.Many(150);
        using var undisturbed = new Desk();
        var expected = await undisturbed.JsonAsync(pile);
        await _desk.StopAfterAsync(pile, 100);
        await File.WriteAllTextAsync(Path.Combine(_desk.StatePath, "lessons"), "", TestContext.Current.CancellationToken);
        Assert.Equal(expected, await _desk.JsonAsync(pile));
        Assert.Contains(_desk.Said, s => s.Contains("beginning anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_state_of_other_files_or_another_policy_is_not_taken_up()
    {
        var pile = JudgingTests.Many(150);
        var plan = Desk.Plan(2, _desk.Policy("lax", "policy:\n  - name: strangers-few\n    then: deliver\n"));
        using var undisturbed = new Desk();
        var expected = await undisturbed.JsonAsync(pile, plan);
        await _desk.StopAfterAsync(pile, 100);
        Assert.Equal(expected, await _desk.JsonAsync(pile, plan));
        Assert.Contains(_desk.Said, s => s.Contains("another policy", StringComparison.Ordinal));

        await _desk.StopAfterAsync(pile, 100);
        _desk.Said.Clear();
        pile.Add("hanako@one.example", "p1@firm1.example");
        await _desk.JsonAsync(pile);
        Assert.Contains(_desk.Said, s => s.Contains("other files", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_runs_do_not_share_a_state()
    {
        using var first = StateFolder.Take(_desk.StatePath);
        var refused = Assert.Throws<StateInUseException>(() => StateFolder.Take(_desk.StatePath));
        Assert.Contains("another audit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_saved_it_goes_on_and_says_so_once()
    {
        var pile = JudgingTests.Many(150);
        using var undisturbed = new Desk();
        var expected = await undisturbed.JsonAsync(pile);
        pile.Reading = index =>
        {
            if (index == 100)
            {
                // As when the disk is taken away: files that are open go on, new ones cannot be made. A save at this very moment may put a file in between, and then it is not empty.
                while (Directory.Exists(_desk.StatePath))
                {
                    try
                    {
                        Directory.Delete(_desk.StatePath, recursive: true);
                    }
                    catch (IOException)
                    {
                    }
                }
            }
        };
        using var folder = StateFolder.Take(_desk.StatePath);
        using var outcome = await _desk.Run(pile, folder, Desk.Plan(1)).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, Desk.Json(outcome));
        Assert.Single(_desk.Said, s => s.Contains("cannot be saved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_learnt_is_given_once_and_in_order_however_often_the_run_was_stopped()
    {
        var pile = JudgingTests.Many(900);
        var whole = new Pupil();
        using (var undisturbed = new Desk())
        {
            await undisturbed.RunAsync(pile, learner: whole);
        }

        var pupil = new Pupil();
        foreach (var stop in (int[])[300, 640, 700])
        {
            await _desk.StopAfterAsync(pile, stop, learner: pupil);
        }

        await _desk.RunAsync(pile, learner: pupil);
        Assert.True(whole.Learnt.Count > 500, "too few lessons to make two batches");
        Assert.Equal(whole.Learnt.Select(m => (m.Sender, m.At, m.MessageId, m.People.Count)), pupil.Learnt.Select(m => (m.Sender, m.At, m.MessageId, m.People.Count)));
        Assert.Equal(1, pupil.Finished);
    }

    [Fact]
    public async Task The_curves_of_the_alarm_budgets_are_the_same_however_often_the_run_was_stopped()
    {
        var pile = JudgingTests.Many(900);
        var whole = new Pupil();
        using (var undisturbed = new Desk())
        {
            await undisturbed.RunAsync(pile, learner: whole);
        }

        var pupil = new Pupil();
        foreach (var stop in (int[])[310, 400, 720])
        {
            await _desk.StopAfterAsync(pile, stop, learner: pupil);
        }

        await _desk.RunAsync(pile, learner: pupil);
        Assert.Equal(ScoreCurve.Names.Order(StringComparer.Ordinal), whole.Scores.Keys.Order(StringComparer.Ordinal));
        foreach (var rule in ScoreCurve.Names)
        {
            Assert.Equal(whole.Scores[rule].Bins, pupil.Scores[rule].Bins);
        }

        Assert.All((string[])[RuleNames.VisibleRecipients, RuleNames.FirstTimeRecipient], rule => Assert.True(whole.Scores[rule].Bins.Count(b => b > 0) > 1, rule));
        Assert.Contains(RuleNames.Weighing, rule => whole.Scores[ScoreCurve.SpentName(rule)].Mails > 0);
        Assert.True(whole.Scores[RuleNames.NewInThread].Mails > whole.Scores[RuleNames.FirstTimeRecipient].Mails, "the youngest mails count where age tells nothing");
    }

    [Fact]
    public void Scores_are_read_back_as_they_were()
    {
        using var log = new LessonLog(Path.Combine(Directory.CreateDirectory(_desk.StatePath).FullName, "lessons"), 0);
        log.Add(new Dictionary<string, int> { [RuleNames.NewInThread] = 1000, [RuleNames.VisibleRecipients] = 0 });
        log.Add(ScoreCurve.Names.ToDictionary(r => r, r => r.Length * 10));
        log.Flush();
        var read = new List<(string, int)>();

        log.Replay(_ => Assert.Fail("no lesson was noted"), (rule, score) => read.Add((rule, score)), TestContext.Current.CancellationToken);

        Assert.Equal([(RuleNames.VisibleRecipients, 0), (RuleNames.NewInThread, 1000), .. ScoreCurve.Names.Select(r => (r, r.Length * 10))], read);
    }

    [Fact]
    public async Task A_folder_with_other_files_is_not_taken_for_the_state_and_nothing_in_it_is_touched()
    {
        var mail = Path.Combine(_desk.StatePath, "unpacked");
        Directory.CreateDirectory(mail);
        await File.WriteAllTextAsync(Path.Combine(mail, "1.eml"), "From: a@one.example", TestContext.Current.CancellationToken);
        Assert.Throws<IOException>(() => StateFolder.Take(_desk.StatePath));
        Assert.Single(Directory.GetFileSystemEntries(_desk.StatePath));
        Assert.Single(Directory.GetFiles(mail));
    }

    [Fact]
    public async Task What_a_stopped_run_leaves_is_its_owners_alone_even_in_a_folder_open_to_all()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such permissions");
        Directory.CreateDirectory(_desk.StatePath);
        await _desk.StopAfterAsync(JudgingTests.Many(300), 150);
        var left = Directory.GetFiles(_desk.StatePath);
        Assert.True(left.Length >= 4, string.Join(", ", left));
        Assert.All(left, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_lesson_is_read_back_as_it_was()
    {
        var lesson = new LearntMail("s@one.example", new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.FromHours(-5)), [new LearntPerson("p@firm.example", "firm.example", true, "佐藤"), new LearntPerson("q@one.example", null, false)])
        {
            MessageId = "id@one.example",
            References = ["a", "b"],
            Topic = "見積",
            SenderName = "Hanako",
            SenderOrganisation = "else.example",
        };
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        LessonLog.Write(writer, lesson);
        stream.Position = 0;
        var back = LessonLog.ReadMail(new BinaryReader(stream));
        Assert.Equivalent(lesson, back, strict: true);
        Assert.Equal(lesson.At.Offset, back.At.Offset);

        // Whoever gives a lesson a new part has to write it too, or a resumed run would know less than an undisturbed one.
        Assert.Equal(8, typeof(LearntMail).GetProperties().Count(p => p.CanWrite));
        Assert.Equal(4, typeof(LearntPerson).GetProperties().Count(p => p.CanWrite));
    }

    /// <summary>Takes lessons as a store does: by number, each once.</summary>
    internal sealed class Pupil : ILessonTaker
    {
        public string Name => "pupil";

        public List<LearntMail> Learnt { get; } = [];

        public int Finished { get; private set; }

        public IReadOnlyDictionary<string, ScoreCurve> Scores { get; private set; } = new Dictionary<string, ScoreCurve>();

        public Task TakeAsync(LessonBatch batch, CancellationToken cancel)
        {
            Assert.True(batch.First <= Learnt.Count, "lessons are missing");
            Learnt.AddRange(batch.Mails.Skip((int)(Learnt.Count - batch.First)));
            Finished += batch.Scores is null ? 0 : 1;
            Scores = batch.Scores ?? Scores;
            return Task.CompletedTask;
        }
    }
}
