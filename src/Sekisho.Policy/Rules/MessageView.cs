using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>One message as the rules look at it.</summary>
internal sealed class MessageView
{
    private readonly string _sender;
    private readonly int _outside;

    public MessageView(InspectionResult inspection, InspectionInput input)
    {
        Recipients = inspection.Facts.Recipients;
        Findings = [.. inspection.Findings.Select(f => new SeenFinding(f))];
        _outside = Recipients.Count(r => !r.Inside);
        _sender = inspection.Facts.Sender?.Key ?? input.MailFrom.ToLowerInvariant();
    }

    public IReadOnlyList<EnvelopeRecipient> Recipients { get; }

    public IReadOnlyList<SeenFinding> Findings { get; }

    /// <summary>Keyword findings that name a word list.</summary>
    public IEnumerable<SeenFinding> KeywordFindings(string list)
    {
        var measure = Vocabulary.ListMeasure(list);
        return Findings.Where(f => f.Value.Rule == RuleNames.Keyword && f.Value.Measures.GetValueOrDefault(measure) > 0);
    }

    /// <summary>Findings of files whose name fits a list.</summary>
    public IEnumerable<SeenFinding> FileNameFindings(string list)
    {
        var measure = Vocabulary.ListMeasure(list);
        return Findings.Where(f => f.Value.Rule == RuleNames.AttachmentName && f.Value.Measures.GetValueOrDefault(measure) > 0);
    }

    /// <summary>The conditions that concern the message as a whole, not one finding or recipient.</summary>
    public bool Holds(PolicyConditions conditions, string rule, bool unless)
        => (conditions.Sender.Count == 0 || conditions.Sender.Any(p => p.Matches(_sender)))
            && conditions.Recipients?.Holds(_outside) != false
            && (conditions.Keywords.Count == 0 || KeywordFindings(Vocabulary.ListName(rule, unless)).Any())
            && (conditions.Attachments.Count == 0 || FileNameFindings(Vocabulary.ListName(rule, unless)).Any());

    /// <summary>True where a finding that is asked for besides concerns this recipient, or none is.</summary>
    public bool HasWith(PolicyConditions? with, EnvelopeRecipient recipient)
        => with is null || Findings.Any(f => with.Findings.Contains(f.Value.Rule) && with.Holds(f.Value) && f.Concerns(recipient));

    /// <summary>A finding with its recipients as a set.</summary>
    internal sealed class SeenFinding(Finding finding)
    {
        private readonly HashSet<string> _recipients = new(finding.Recipients, StringComparer.OrdinalIgnoreCase);

        public Finding Value { get; } = finding;

        /// <summary>True when the finding names this recipient.</summary>
        public bool Names(EnvelopeRecipient recipient) => _recipients.Contains(recipient.Key) || _recipients.Contains(recipient.Given);

        /// <summary>A finding that names nobody concerns everybody outside: a check that forgot to say for whom must not let anyone through (law 7).</summary>
        public bool Concerns(EnvelopeRecipient recipient) => recipient.Inside ? Names(recipient) : _recipients.Count == 0 || Names(recipient);
    }
}
