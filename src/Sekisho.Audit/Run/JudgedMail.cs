using Sekisho.Audit.Archives;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Run;

/// <summary>One mail of ours with what one policy says of it.</summary>
internal sealed class JudgedMail
{
    private readonly IMailArchive _archive;
    private readonly int _index;

    public JudgedMail(PastMail mail, IMailArchive archive, int index, ArchivedMessage where, InspectionResult result, PolicyDecision decision)
    {
        (Mail, _archive, _index, Where, Result, Decision) = (mail, archive, index, where, result, decision);
        foreach (var recipient in result.Facts.Recipients)
        {
            GoesOutside |= !recipient.Inside;
        }

        foreach (var verdict in decision.Verdicts)
        {
            Verdict = verdict.Action > Verdict ? verdict.Action : Verdict;
        }

        if (Verdict >= PolicyAction.Hold)
        {
            InterruptedBy = [.. decision.Verdicts.SelectMany(v => v.InterruptedBy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    public PastMail Mail { get; }

    public ArchivedMessage Where { get; }

    /// <summary>File and offset, as a person finds it.</summary>
    public string Place => MailArchive.PlaceOf(_archive, _index);

    public InspectionResult Result { get; }

    public PolicyDecision Decision { get; }

    /// <summary>Somebody outside gets it.</summary>
    public bool GoesOutside { get; }

    /// <summary>The gravest of its recipients' verdicts.</summary>
    public PolicyAction Verdict { get; }

    /// <summary>It would have waited for somebody: hold or graver.</summary>
    public bool Interrupted => Verdict >= PolicyAction.Hold;

    /// <summary>Rules any of which alone would have made it wait.</summary>
    public IReadOnlyList<string> InterruptedBy { get; } = [];

    /// <summary>The key of who sent it.</summary>
    public string Sender => Mail.Sender?.Key ?? "";
}
