using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Run;

/// <summary>What was known at the moment the run has come to: who wrote with whom, and what was sent lately.</summary>
internal sealed class AuditHistory(LessonLog log)
{
    /// <summary>Bounds by which the whole of it stays near 150 MB; an organisation of thousands fits.</summary>
    private const int MostPeople = 200_000;

    private const long MostMembers = 4_000_000;

    /// <summary>Stranger groups from which a mail is an announcement and nobody would have sent it as it is.</summary>
    private const int ManyGroups = 10;

    private readonly CorrespondenceMemory _memory = new(MostPeople, MostMembers);

    /// <summary>Who knows whom.</summary>
    public ICorrespondence Correspondence => _memory;

    /// <summary>What was sent lately.</summary>
    public RecentMail Recent { get; } = new();

    /// <summary>Mails learnt from.</summary>
    public long Mails => _memory.Mails;

    /// <summary>Teaches what the log holds.</summary>
    public void Restore(CancellationToken cancel) => log.Replay(_memory.Learn, _memory.AddScore, cancel);

    /// <summary>
    /// Learns from a mail of ours after it was judged; what a gateway may learn from it, or null when it teaches nothing. Nobody was asked about a mail that would have waited: for the rest of this
    /// run it counts as released, but a gateway learns only that its people were written to. That they belong together it learns from the next mail to them, or from its sender's word.
    /// </summary>
    public LearntMail? Learn(InspectionResult result, PolicyDecision decision, LearntMail? lesson)
    {
        if (lesson is null || !Teaches(result, decision))
        {
            return null;
        }

        var learnt = Learn(IsAnnouncement(result.Findings) ? Lesson.Apart(lesson) : lesson)!;
        return decision.Verdicts.Any(v => v.Action == PolicyAction.Hold) ? Lesson.Apart(learnt) : learnt;
    }

    /// <summary>Learns what a mail teaches that came in.</summary>
    public LearntMail? Learn(LearntMail? lesson)
    {
        if (lesson is not null)
        {
            _memory.Learn(lesson);
            log.Add(lesson);
        }

        return lesson;
    }

    /// <summary>Counts scores into the curves.</summary>
    public void Score(IReadOnlyDictionary<string, int> scores)
    {
        if (scores.Count > 0)
        {
            foreach (var (rule, score) in scores)
            {
                _memory.AddScore(rule, score);
            }

            log.Add(scores);
        }
    }

    /// <summary>How this archive's mails scored, by rule.</summary>
    public IReadOnlyDictionary<string, ScoreCurve> Curves() => ScoreCurve.Names.ToDictionary(r => r, _memory.Curve, StringComparer.Ordinal);

    /// <summary>
    /// A mail that was itself a finding teaches nothing. One that would have waited for its sender alone was sent as it is all the same, which is what he would have been asked: that does teach, as his
    /// release in the gateway would, or he would be asked of every further mail to the same people.
    /// </summary>
    private static bool Teaches(InspectionResult result, PolicyDecision decision)
    {
        var (held, gravest) = (false, PolicyAction.Deliver);
        foreach (var verdict in decision.Verdicts)
        {
            held |= verdict.Action == PolicyAction.Hold;
            gravest = verdict.Action > gravest ? verdict.Action : gravest;
        }

        return held ? gravest <= PolicyAction.Hold : gravest == PolicyAction.Deliver && result.Findings.All(f => f.Severity <= Severity.Low);
    }

    /// <summary>Nobody means so many strangers to know each other: what is learnt is only that they were written to.</summary>
    private static bool IsAnnouncement(IReadOnlyList<Finding> findings)
        => findings.Any(f => f.Rule == RuleNames.VisibleRecipients && f.Measures.GetValueOrDefault("groups") >= ManyGroups);
}
