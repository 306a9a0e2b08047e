using System.Security.Cryptography;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>The rules in force: the shipped ones, extended and overridden by name by the local ones. Pure and immutable.</summary>
public sealed class PolicySet
{
    private static readonly Lazy<PolicySet> s_shipped = new(() => Strict(ReadShipped(), "shipped-policy.yaml"));

    private readonly RuleMatcher _matcher;
    private readonly PolicyBackground _background;

    internal PolicySet(IReadOnlyList<PolicyRule> rules, PolicyBackground background)
    {
        (Rules, _background) = (rules, background);
        CanonicalText = PolicyWriter.Write(rules, background);
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText)))[..16];
        Settings = new RuleSettings
        {
            Keywords = [.. rules.Where(r => r.Enabled).SelectMany(KeywordLists)],
            MassMailers = background.MassMailers,
            MassMailFrom = background.MassMailFrom,
            Lists = background.Lists,
            FileNames = [.. rules.Where(r => r.Enabled).SelectMany(FileNameLists)],
            Companies = background.Companies,
        };
        _matcher = new(this);
    }

    /// <summary>The shipped policy alone.</summary>
    public static PolicySet Shipped => s_shipped.Value;

    /// <summary>Every rule in order, those switched off included.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; }

    /// <summary>Digest of the rules (hex, 16 characters).</summary>
    public string Version { get; }

    /// <summary>The rules as YAML, stored with the version so that a decision can be replayed (law 6). <see cref="FromCanonicalText"/> reads it back.</summary>
    public string CanonicalText { get; }

    /// <summary>Words and lists the inspectors need.</summary>
    public RuleSettings Settings { get; }

    /// <summary>Every copy to outside waits at least this long.</summary>
    public TimeSpan Undo => _background.Undo;

    /// <summary>Who decides where a rule names nobody (addresses, <c>superior</c>, <c>group:NAME</c>); empty = the administrators.</summary>
    public IReadOnlyList<string> DefaultApprovers => _background.Approvers;

    /// <summary>On what conditions where a rule says nothing.</summary>
    public ApprovalSettings DefaultApproval => _background.Approval;

    /// <summary>Findings to verdicts, one a recipient. A finding no rule names: <c>hold</c> when its severity is high or critical, else a note.</summary>
    /// <param name="people">Tells who the sender's superior is and who is in a group.</param>
    public PolicyDecision Decide(InspectionResult inspection, InspectionInput input, PeopleDirectory? people = null)
        => _matcher.Decide(inspection, input, people ?? PeopleDirectory.Empty);

    /// <summary>
    /// A policy from its <see cref="CanonicalText"/>: exactly those rules, the shipped ones of today not added. Throws <see cref="FormatException"/>,
    /// naming line and error, when it is not one.
    /// </summary>
    public static PolicySet FromCanonicalText(string text) => Strict(text, "policy");

    /// <summary>The text of the shipped policy as the product carries it, comments and all.</summary>
    public static string ShippedText => ReadShipped();

    private static PolicySet Strict(string text, string file)
    {
        var errors = new ErrorList(file);
        var root = YamlTree.Read(text, errors);
        PolicySet? set = null;
        if (root is MapNode map)
        {
            var reader = new MapReader(map, "", ["organization", "undo", "policy"], errors);
            var background = BackgroundReader.Read(reader.Section("organization", ["approvers", .. ApprovalReader.Keys, "mass-mailers", "lists", "companies"]), reader.Duration("undo") ?? TimeSpan.Zero);
            set = new(new RuleReader(errors, background.Approval).Read(reader.Items("policy", "rules"), []), background);
        }

        return errors.Count == 0 && set is not null ? set : throw new FormatException(errors.Count == 0 ? "not a policy" : errors.InOrder()[0].ToString());
    }

    private static string ReadShipped()
    {
        using var stream = typeof(PolicySet).Assembly.GetManifestResourceStream("shipped-policy.yaml") ?? throw new InvalidOperationException("the shipped policy is missing from the program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static IEnumerable<RuleSettings.FileNameList> FileNameLists(PolicyRule rule)
    {
        foreach (var (conditions, unless) in new[] { (rule.When, false), (rule.Unless, true) })
        {
            if (conditions is { Attachments.Count: > 0 })
            {
                yield return new(Vocabulary.ListName(rule.Name, unless), conditions.Attachments);
            }
        }
    }

    private static IEnumerable<RuleSettings.KeywordList> KeywordLists(PolicyRule rule)
    {
        foreach (var (conditions, unless) in new[] { (rule.When, false), (rule.Unless, true) })
        {
            if (conditions is { Keywords.Count: > 0 })
            {
                yield return new(Vocabulary.ListName(rule.Name, unless), conditions.Keywords, conditions.InSubject, conditions.InBody);
            }
        }
    }
}
