using System.Text.RegularExpressions;

namespace Sekisho.Policy.Tests;

/// <summary>The documents say what the program does.</summary>
public sealed class DocumentationTests
{
    private static string Document(string name) => File.ReadAllText(Path.Combine(Tree.Root, "docs", name));

    [Fact]
    public void Every_key_the_reader_knows_is_documented()
    {
        var text = Document("configuration.md");

        Assert.All(ConfigKeys.All(), k => Assert.Contains($"`{k}`", text));
    }

    [Fact]
    public void Every_key_the_documents_name_is_known()
    {
        var documented = Regex.Matches(Document("configuration.md"), @"^\| `([a-z.-]+)` \|", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToList();

        Assert.True(documented.Count > 40);
        Assert.Empty(documented.Except(ConfigKeys.All()));
    }

    [Fact]
    public void Every_finding_measure_and_shipped_rule_is_documented()
    {
        var text = Document("policy.md");
        foreach (var (finding, measures) in Vocabulary.Findings)
        {
            var row = Regex.Match(text, $@"^\| `{finding}` \|.*$", RegexOptions.Multiline).Value;
            Assert.All(measures.Append(finding), m => Assert.Contains($"`{m}`", row));
        }

        Assert.All(PolicySet.Shipped.Rules, r => Assert.Contains($"`{r.Name}`", text));
        Assert.All(RuleReader.RuleKeys.Except(["name", "when", "then", "unless"]), k => Assert.Contains($"`{k}: ", text));
    }

    [Fact]
    public void Every_example_in_the_documents_is_a_policy()
    {
        foreach (Match block in Regex.Matches(Document("policy.md"), "```yaml\n(.*?)```", RegexOptions.Singleline))
        {
            var yaml = block.Groups[1].Value;
            Assert.Empty(Policies.Errors(yaml.StartsWith("policy:", StringComparison.Ordinal) ? yaml : "policy:\n" + yaml));
        }
    }

    [Fact]
    public void The_errors_shown_are_the_errors_given()
    {
        var yaml = "organization:\n  name: x\n  domians: []\n\n\npolicy:\n  - name: mine\n    when: { recipient: '*' }\n    then: hodl\n";

        Assert.All(Policies.Errors(yaml), e => Assert.Contains(e, Document("configuration.md")));
    }

    [Fact]
    public void The_example_as_it_stands_says_the_defaults()
    {
        var config = Policies.Config(Document("sekisho.example.yaml"));

        Assert.Equivalent(SekishoConfig.Default with { Policy = null! }, config with { Policy = null! }, strict: true);
        Assert.Equal(PolicySet.Shipped.CanonicalText, config.Policy.CanonicalText);
    }

    [Fact]
    public void The_example_with_every_line_in_use_is_valid_and_uses_every_key()
    {
        var directory = Directory.CreateTempSubdirectory("sekisho-example-").FullName;
        try
        {
            foreach (var name in new[] { "cert.pem", "key.pem", "relay-password", "ldap-password" })
            {
                File.WriteAllText(Path.Combine(directory, name), "x");
            }

            File.WriteAllText(Path.Combine(directory, "people.csv"), "address,name,department,superior,groups\n");

            // A setting has its '#' right before it, or before the blanks that indent it; prose has one blank.
            var text = Regex.Replace(Document("sekisho.example.yaml"), @"^(\s*)#(?=[^\s#]|  +[^\s#])", "$1", RegexOptions.Multiline);
            var config = SekishoConfig.Parse(text, Path.Combine(directory, "sekisho.yaml"), out var errors);

            Assert.Empty(errors);
            Assert.Equal(new RelayConfig { Address = new("smtp.example.com", 587), Tls = TlsMode.Required, User = "sekisho", Password = "x" }, config!.Relay);
            Assert.Equal(PolicySet.Shipped.Rules.Count + 3, config.Policy.Rules.Count);
            var unused = ConfigKeys.All().Select(k => k.Split('.')[^1]).Distinct().Where(k => !Regex.IsMatch(text, $@"(^|[\s{{,]){k}:"));
            Assert.Equal(["password", "wait", "stop-run", "tell", "inside", "severity", "persons", "with"], unused);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
