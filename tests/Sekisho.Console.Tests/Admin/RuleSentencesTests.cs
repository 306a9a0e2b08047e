using System.Text.RegularExpressions;
using Sekisho.Inspection;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Pages.Tests.Api;
using Sekisho.Policy;

namespace Sekisho.Pages.Tests.Admin;

/// <summary>A rule as the page of the policy says it.</summary>
public sealed class RuleSentencesTests
{
    private static readonly Tongue s_en = new(Japanese: false);
    private static readonly Tongue s_ja = new(Japanese: true);

    [Fact]
    public void A_budget_is_said_in_words_in_both_languages()
    {
        var rule = new PolicyRule
        {
            Name = "budget",
            When = new PolicyConditions { Findings = [RuleNames.NewInThread], Measures = [KeyValuePair.Create("alarms", new Comparison(0, 2))] },
            Then = PolicyAction.Hold,
        };

        Assert.Equal("When “New in this conversation” is found and interruptions per 1,000 of your mails ≤ 2: it waits for its sender.", RuleSentences.Of(rule, s_en));
        Assert.Contains("自組織のメール1,000通あたりの確認回数が≤ 2の", RuleSentences.Of(rule, s_ja), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_measure_the_policy_documents_has_words_of_its_own_in_both_languages()
    {
        // The policy's own tests hold that table to what the rules measure.
        var table = Regex.Matches(File.ReadAllText(Path.Combine(PageTests.Root(), "docs", "policy.md")), @"^\| `[a-z-]+` \| [^|]*\| (?<measures>.*) \|$", RegexOptions.Multiline).Select(m => m.Groups["measures"].Value);
        var measures = table.SelectMany(t => Regex.Matches(t, "`(?<name>[a-z-]+)`").Select(m => m.Groups["name"].Value)).Distinct(StringComparer.Ordinal).Except(["persons", "list-"]).ToList();

        Assert.True(measures.Count > 50, string.Join(' ', measures));
        Assert.All(measures, m => Assert.True(RuleSentences.Measure(m, s_en) != RuleSentences.Measure(m, s_ja), m));
    }
}
