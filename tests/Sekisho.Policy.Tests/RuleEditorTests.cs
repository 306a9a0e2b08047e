namespace Sekisho.Policy.Tests;

/// <summary>Single rules and lists changed in the text, everything around them left as it is.</summary>
public sealed class RuleEditorTests
{
    private const string Text = """
        # top
        organization:
          domains: [inside.example] # ours

        policy:
          # The board wants this.
          - name: correction   # by name
            enabled: false     # for now
            note:
              en: "one"
              ja: "一"
          # Inline.
          - { name: plans, when: { keyword: [secret] }, then: hold }

          # last words
        undo: 5s
        """;

    private static PolicyRule Rule(string text, string name)
    {
        var config = SekishoConfig.Parse(text, "f.yaml", out var errors);
        Assert.Empty(errors);
        return config!.Policy.Rules.Single(r => r.Name == name);
    }

    [Fact]
    public void A_field_is_changed_in_its_place_and_every_comment_stays()
    {
        var changed = RuleEditor.Change(Text, "correction", new() { Enabled = true, Then = PolicyAction.Approve })!;
        Assert.Equal(Text.Replace("enabled: false ", "enabled: true ", StringComparison.Ordinal).Replace("      ja: \"一\"", "      ja: \"一\"\n    then: approve", StringComparison.Ordinal), changed);
        Assert.Equal((true, PolicyAction.Approve), (Rule(changed, "correction").Enabled, Rule(changed, "correction").Then));
    }

    [Fact]
    public void A_rule_written_inline_is_changed_inline()
    {
        var changed = RuleEditor.Change(Text, "plans", new() { Then = PolicyAction.Approve, Approvers = ["boss@inside.example"], Note = new("x", "あ") })!;
        Assert.Contains("- { name: plans, when: { keyword: [secret] }, then: approve, approvers: [\"boss@inside.example\"], note: { en: \"x\", ja: \"あ\" } }", changed, StringComparison.Ordinal);
        var without = RuleEditor.Change(changed, "plans", new() { Approvers = [], Note = new("", "") })!;
        Assert.Equal(Text.Replace("then: hold", "then: approve", StringComparison.Ordinal), without);
    }

    [Fact]
    public void A_longer_value_is_replaced_whole_or_taken_out_whole()
    {
        var changed = RuleEditor.Change(Text, "correction", new() { Note = new("two", "二") })!;
        Assert.Contains("enabled: false     # for now\n    note: { en: \"two\", ja: \"二\" }\n  # Inline.", changed, StringComparison.Ordinal);
        Assert.Contains("enabled: false     # for now\n  # Inline.", RuleEditor.Change(Text, "correction", new() { Note = new("", "") })!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shipped_rule_gets_an_override_and_a_new_one_stands_at_the_end()
    {
        var strangers = PolicySet.Shipped.Rules.Single(r => r.Name == "strangers-many");
        var when = strangers.When with { Measures = [new("groups", new Comparison(5, long.MaxValue))] };
        var changed = RuleEditor.Change(Text, "strangers-many", new() { When = when })!;
        Assert.Equal(5, Rule(changed, "strangers-many").When.Measures.Single().Value.Min);
        Assert.Equal(strangers.Then, Rule(changed, "strangers-many").Then);
        Assert.True(AddressPattern.TryParse("@partner.example", out var partner, out _));
        var added = RuleEditor.Add(changed, "board", new() { Keywords = ["取締役会"] }, new() { Recipient = [partner!] }, PolicyAction.Approve, null)!;
        Assert.Equal(["取締役会"], Rule(added, "board").When.Keywords);
        Assert.Equal(["correction", "plans", "strangers-many", "board"], RuleEditor.Local(added));
        Assert.Contains("  # last words\nundo: 5s", added, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("undo: 5s")]
    [InlineData("policy:\n")]
    [InlineData("policy: # none yet\nundo: 5s\n")]
    [InlineData("policy: []\nundo: 5s\n")]
    [InlineData("policy:\n- name: correction\n  enabled: false")]
    public void Wherever_the_list_stands_a_rule_finds_its_place(string text)
    {
        var added = RuleEditor.Add(text, "board", new() { Keywords = ["x"] }, null, PolicyAction.Hold, null)!;
        Assert.Equal("board", Rule(added, "board").Name);
        var removed = RuleEditor.Remove(added, "board")!;
        Assert.DoesNotContain("board", RuleEditor.Local(removed));
        Assert.NotNull(SekishoConfig.Parse(removed, "f.yaml", out _));
    }

    [Fact]
    public void A_rule_goes_with_its_comment_and_nothing_else()
    {
        Assert.Equal(Text.Replace("  # Inline.\n  - { name: plans, when: { keyword: [secret] }, then: hold }\n", "", StringComparison.Ordinal), RuleEditor.Remove(Text, "plans"));
        Assert.Null(RuleEditor.Remove(Text, "strangers-many"));
    }

    [Fact]
    public void What_the_form_cannot_change_safely_it_leaves_alone()
    {
        Assert.Null(RuleEditor.Change("undo: &a 5s\npolicy: [{ name: correction, enabled: false }]\n", "sent-twice", new() { Enabled = false }));
        Assert.Null(RuleEditor.Change("policy: {}\n", "sent-twice", new() { Enabled = false }));
        Assert.Null(RuleEditor.Change("policy:\n\t- x\n", "sent-twice", new() { Enabled = false }));
    }

    [Fact]
    public void Lists_of_the_organisation_are_changed_in_their_place()
    {
        var text = OrganisationEditor.Domains(Text, ["inside.example", "*.inside.example"])!;
        Assert.Contains("domains: [\"inside.example\", \"*.inside.example\"] # ours\n", text, StringComparison.Ordinal);
        text = OrganisationEditor.Partners(text, [["a.example", "b.example"]])!;
        text = OrganisationEditor.Companies(text, [(["アクメ", "Acme, Inc."], ["acme.example"])])!;
        text = OrganisationEditor.Lists(text, [("all@inside.example", ["@inside.example"])])!;
        var config = SekishoConfig.Parse(text, "f.yaml", out var errors)!;
        Assert.Empty(errors);
        Assert.Equal(["a.example", "b.example"], Assert.Single(config.Partners));
        Assert.Equal(["アクメ", "Acme, Inc."], Assert.Single(config.Policy.Settings.Companies).Names);
        Assert.Equal(["@inside.example"], config.Policy.Settings.Lists["all@inside.example"]);
        Assert.Equal(Text, OrganisationEditor.Lists(OrganisationEditor.Companies(OrganisationEditor.Partners(OrganisationEditor.Domains(text, ["inside.example"])!.Replace("[\"inside.example\"]", "[inside.example]", StringComparison.Ordinal), [])!, [])!, []));
        Assert.Equal(["x.example"], SekishoConfig.Parse(OrganisationEditor.Domains("policy: []\n", ["x.example"])!, "f.yaml", out _)!.Domains);
        Assert.Equal("example.com", OrganisationEditor.Resembles("exmaple.com", ["exmaple.com", "example.com"]));
    }
}
