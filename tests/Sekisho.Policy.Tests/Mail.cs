using Sekisho.Inspection;

namespace Sekisho.Policy.Tests;

/// <summary>A message as the policy sees it, put together by hand.</summary>
internal sealed class Mail
{
    private readonly List<EnvelopeRecipient> _recipients = [];
    private readonly List<Finding> _findings = [];

    public string From { get; init; } = "taro@home.example";

    public static Mail To(params string[] outside) => new Mail().Outside(outside);

    public Mail Outside(params string[] addresses)
    {
        _recipients.AddRange(addresses.Select(a => new EnvelopeRecipient(a, null, false, a)));
        return this;
    }

    public Mail Inside(params string[] addresses)
    {
        _recipients.AddRange(addresses.Select(a => new EnvelopeRecipient(a, null, true, "home.example")));
        return this;
    }

    public Mail With(string rule, params (string Name, long Value)[] measures) => With(rule, Severity.Medium, null, null, measures);

    public Mail With(string rule, Severity severity, string[]? recipients = null, int? persons = null, params (string Name, long Value)[] measures)
    {
        _findings.Add(new Finding
        {
            Rule = rule,
            Severity = severity,
            Summary = new("seen", "見えた"),
            Recipients = recipients ?? [.. _recipients.Where(r => !r.Inside).Select(r => r.Key)],
            Persons = persons,
            Measures = measures.ToDictionary(m => m.Name, m => m.Value),
        });
        return this;
    }

    public PolicyDecision By(PolicySet policy, PeopleDirectory? people = null)
    {
        var input = new InspectionInput { Message = null!, MailFrom = From, Recipients = [.. _recipients.Select(r => r.Given)], ReceivedAt = DateTimeOffset.UnixEpoch };
        return policy.Decide(new(_findings, new MessageFacts { Message = null!, Recipients = _recipients }, null), input, people);
    }

    public PolicyDecision By(string rules) => By(Policies.Of(rules));
}

/// <summary>Policies from the text of a <c>sekisho.yaml</c>.</summary>
internal static class Policies
{
    public static SekishoConfig Config(string yaml)
    {
        var config = SekishoConfig.Parse(yaml, "sekisho.yaml", out var errors);
        Assert.Empty(errors);
        return config!;
    }

    /// <summary>The shipped policy with these rules on top; <paramref name="rules"/> is a list in YAML.</summary>
    public static PolicySet Of(string rules) => Config("policy:\n" + rules).Policy;

    public static string[] Errors(string yaml)
    {
        var config = SekishoConfig.Parse(yaml, "sekisho.yaml", out var errors);
        Assert.Equal(errors.Count == 0, config is not null);
        return [.. errors.Select(e => e.ToString())];
    }
}
