using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>Which findings set a rule off, told once a rule and not once a message.</summary>
internal sealed class RuleCauses(PolicyRule rule)
{
    private readonly bool _isFindings = rule.When.Findings.Count > 0;
    private readonly bool _isKeywords = rule.When.Keywords.Count > 0;
    private readonly bool _isFileNames = rule.When.Attachments.Count > 0;
    private readonly string[] _findings = [.. rule.When.Findings];

    public PolicyRule Rule { get; } = rule;

    /// <summary>The lists of its conditions.</summary>
    public RuleLists Lists { get; } = new(rule.Name, unless: false);

    /// <summary>The lists of its exceptions.</summary>
    public RuleLists ListsUnless { get; } = new(rule.Name, unless: true);

    /// <summary>False for a rule about the mail as such.</summary>
    public bool NeedsFinding => _isFindings || _isKeywords || _isFileNames;

    /// <summary>True for a finding the rule is about.</summary>
    public bool Is(Finding finding)
    {
        if (_isFindings)
        {
            foreach (var name in _findings)
            {
                if (name == finding.Rule)
                {
                    return Rule.When.Holds(finding);
                }
            }

            return false;
        }

        return _isKeywords ? Lists.IsKeyword(finding) : _isFileNames && Lists.IsFileName(finding);
    }
}

/// <summary>The lists of words and of file names that a rule brings along, by the measure under which a finding counts them.</summary>
internal sealed class RuleLists(string rule, bool unless)
{
    private readonly string _measure = Vocabulary.ListMeasure(Vocabulary.ListName(rule, unless));

    /// <summary>True for a keyword finding that names the word list.</summary>
    public bool IsKeyword(Finding finding) => finding.Rule == RuleNames.Keyword && finding.Measures.GetValueOrDefault(_measure) > 0;

    /// <summary>True for a finding of files whose name fits the list.</summary>
    public bool IsFileName(Finding finding) => finding.Rule == RuleNames.AttachmentName && finding.Measures.GetValueOrDefault(_measure) > 0;
}
