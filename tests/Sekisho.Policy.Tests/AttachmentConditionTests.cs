using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Policy.Tests;

/// <summary>Names of files paired with the partners they are for.</summary>
public sealed class AttachmentConditionTests
{
    private const string Pairing = """
          - name: acme-papers
            when: { attachment: ["*ACME*", "*アクメ*"] }
            unless: { recipient: ["@acme.example", "*@*.acme.example"] }
            then: hold
        """;

    private static (PolicyDecision Decision, InspectionResult Result) Send(string rules, string file, params string[] to)
    {
        var policy = Policies.Of(rules);
        var mail = $"From: taro@home.example\r\nTo: undisclosed-recipients:;\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
            + $"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{file}\"\r\n\r\nx\r\n--b--\r\n";
        var input = new InspectionInput { Message = MimeMessage.Parse(Encoding.UTF8.GetBytes(mail)), MailFrom = "taro@home.example", Recipients = to, ReceivedAt = DateTimeOffset.UnixEpoch };
        var result = new InspectionEngine([new AttachmentName()]).Inspect(input, new Organisation(["home.example"]), new Nobody(), new RecentMail(), policy.Settings, CancellationToken.None);
        return (policy.Decide(result, input), result);
    }

    [Fact]
    public void A_file_named_after_one_partner_waits_for_everybody_else_and_the_finding_names_it()
    {
        var (decision, result) = Send(Pairing, "estimate-ACME.txt", "a@acme.example", "b@osaka.acme.example", "c@rival.example", "d@evil-acme.example", "colleague@home.example");

        Assert.Equal([PolicyAction.Deliver, PolicyAction.Deliver, PolicyAction.Hold, PolicyAction.Hold, PolicyAction.Deliver], decision.Verdicts.Select(v => v.Action));
        Assert.Equal(["attachment-name"], decision.Verdicts[2].Rules);
        Assert.Contains(result.Findings, f => f.Evidence.Contains("acme-papers: estimate-ACME.txt"));
    }

    [Theory]
    [InlineData("アクメ様向け.txt", "c@rival.example", PolicyAction.Hold)]
    [InlineData("estimate-acme.TXT", "c@rival.example", PolicyAction.Hold)]
    [InlineData("estimate.txt", "c@rival.example", PolicyAction.Deliver)]
    [InlineData("acm e.txt", "c@rival.example", PolicyAction.Deliver)]
    [InlineData("estimate-ACME.txt", "a@acme.example", PolicyAction.Deliver)]
    public void Only_names_that_fit_and_recipients_that_do_not(string file, string to, PolicyAction expected)
        => Assert.Equal(expected, Send(Pairing, file, to).Decision.Verdicts[0].Action);

    [Fact]
    public void Two_pairings_stand_side_by_side()
    {
        const string Rules = Pairing + "\n  - { name: midori-papers, when: { attachment: \"*midori*\" }, unless: { recipient: \"@midori.example\" }, then: approve }";

        Assert.Equal([PolicyAction.Hold, PolicyAction.Approve], Send(Rules, "acme-midori.txt", "m@midori.example", "a@acme.example").Decision.Verdicts.Select(v => v.Action));
    }

    [Fact]
    public void With_a_finding_both_must_hold()
    {
        const string Rules = "  - { name: mine, when: { finding: uninspectable, attachment: \"*ACME*\" }, then: refuse }";

        Assert.Equal(PolicyAction.Deliver, Send(Rules, "ACME.txt", "c@rival.example").Decision.Verdicts[0].Action);
        var both = Mail.To("c@rival.example").With("uninspectable", ("limit", 1)).With("attachment-name", ("files", 1), ("list-mine", 1)).By(Rules);
        Assert.Equal(PolicyAction.Refuse, both.Verdicts[0].Action);
        Assert.NotEqual(PolicyAction.Refuse, Mail.To("c@rival.example").With("uninspectable", ("limit", 1)).By(Rules).Verdicts[0].Action);
    }

    [Fact]
    public void An_exception_for_a_name_spares_the_mail()
    {
        const string Rules = "  - { name: mine, when: { recipient: \"@rival.example\" }, unless: { attachment: \"*public*\" }, then: hold }";

        Assert.Equal(PolicyAction.Hold, Send(Rules, "prices.txt", "c@rival.example").Decision.Verdicts[0].Action);
        Assert.Equal(PolicyAction.Deliver, Send(Rules, "prices-public.txt", "c@rival.example").Decision.Verdicts[0].Action);
    }

    [Fact]
    public void The_canonical_text_keeps_names_and_companies()
    {
        var config = Policies.Config("organization:\n  companies:\n    - { name: [Acme Inc., アクメ], domains: [acme.example, '*.acme.test'] }\npolicy:\n" + Pairing);
        var again = PolicySet.FromCanonicalText(config.Policy.CanonicalText);

        Assert.Equal(config.Policy.Version, again.Version);
        Assert.Equal(["*ACME*", "*アクメ*"], again.Settings.FileNames.Single(l => l.Name == "acme-papers").Patterns);
        Assert.Equal(["Acme Inc.", "アクメ"], again.Settings.Companies.Single().Names);
        Assert.Equal(["acme.example", "*.acme.test"], again.Settings.Companies.Single().Domains);
        Assert.NotEqual(PolicySet.Shipped.Version, config.Policy.Version);
    }

    private sealed class Nobody : ICorrespondence
    {
        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => new Dictionary<string, IReadOnlyList<long>>();
    }
}
