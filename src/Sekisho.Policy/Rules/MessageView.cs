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
        var findings = new SeenFinding[inspection.Findings.Count];
        for (var i = 0; i < findings.Length; i++)
        {
            findings[i] = new SeenFinding(inspection.Findings[i]);
        }

        Findings = findings;
        foreach (var recipient in Recipients)
        {
            _outside += recipient.Inside ? 0 : 1;
        }

        _sender = inspection.Facts.Sender?.Key ?? input.MailFrom.ToLowerInvariant();
    }

    public IReadOnlyList<EnvelopeRecipient> Recipients { get; }

    public SeenFinding[] Findings { get; }

    /// <summary>The conditions that concern the message as a whole, not one finding or recipient.</summary>
    public bool Holds(PolicyConditions conditions, RuleLists lists)
        => (conditions.Sender.Count == 0 || IsSender(conditions.Sender))
            && conditions.Recipients?.Holds(_outside) != false
            && (conditions.Keywords.Count == 0 || HasKeyword(lists))
            && (conditions.Attachments.Count == 0 || HasFileName(lists));

    /// <summary>True where a finding that is asked for besides concerns this recipient, or none is.</summary>
    public bool HasWith(PolicyConditions? with, EnvelopeRecipient recipient)
    {
        if (with is null)
        {
            return true;
        }

        foreach (var finding in Findings)
        {
            if (with.Findings.Contains(finding.Value.Rule) && with.Holds(finding.Value) && finding.Concerns(recipient))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSender(IReadOnlyList<AddressPattern> patterns) => patterns.Any(p => p.Matches(_sender));

    private bool HasKeyword(RuleLists lists) => Array.Exists(Findings, f => lists.IsKeyword(f.Value));

    private bool HasFileName(RuleLists lists) => Array.Exists(Findings, f => lists.IsFileName(f.Value));

    /// <summary>A finding with its recipients, as a set where they are many.</summary>
    internal sealed class SeenFinding(Finding finding)
    {
        private const int Few = 8;

        private readonly IReadOnlyList<string> _recipients = finding.Recipients;
        private HashSet<string>? _set;

        public Finding Value { get; } = finding;

        /// <summary>True when the finding names this recipient.</summary>
        public bool Names(EnvelopeRecipient recipient) => Has(recipient.Key) || Has(recipient.Given);

        /// <summary>A finding that names nobody concerns everybody outside: a check that forgot to say for whom must not let anyone through (law 7).</summary>
        public bool Concerns(EnvelopeRecipient recipient) => recipient.Inside ? Names(recipient) : _recipients.Count == 0 || Names(recipient);

        private bool Has(string recipient)
        {
            if (_recipients.Count > Few)
            {
                return (_set ??= new HashSet<string>(_recipients, StringComparer.OrdinalIgnoreCase)).Contains(recipient);
            }

            for (var i = 0; i < _recipients.Count; i++)
            {
                if (string.Equals(_recipients[i], recipient, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
