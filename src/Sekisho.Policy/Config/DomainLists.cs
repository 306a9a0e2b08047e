using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>The organisation's own domains and its partners' groups of domains; none may stand in two places.</summary>
internal sealed class DomainLists
{
    private readonly MapReader _organization;
    private readonly Dictionary<string, Place> _seen = new(StringComparer.Ordinal);

    public DomainLists(MapReader organization)
    {
        _organization = organization;
        Domains = ReadAll(organization.Texts("domains") ?? [], organization.Name("domains"));
        var partners = new List<IReadOnlyList<string>>();
        foreach (var item in organization.Items("partners", "domain groups like [example.com, example.net]"))
        {
            var group = ReadAll(organization.AsTexts(item, $"an entry of {organization.Name("partners")}"), organization.Name("partners"));
            if (item is ListNode { Items.Count: < 2 } or ScalarNode { IsNull: false })
            {
                organization.Errors.Add(item, "a partner group joins domains that count as one organisation; expected at least two, like [example.com, example.net]");
            }

            partners.Add(group);
        }

        Partners = partners;
    }

    public IReadOnlyList<string> Domains { get; }

    public IReadOnlyList<IReadOnlyList<string>> Partners { get; }

    private List<string> ReadAll(IReadOnlyList<ScalarNode> nodes, string name)
    {
        var domains = new List<string>();
        foreach (var node in nodes)
        {
            if (!DomainName.TryRead(node.Value, allowStar: true, out var domain, out var why))
            {
                _organization.Errors.Add(node, $"{name} holds '{ScalarNode.Shorten(node.Value)}': {why}");
            }
            else if (!_seen.TryAdd(domain, node.Place))
            {
                _organization.Errors.Add(node, $"{name} holds '{domain}' again; it stands in line {_seen[domain].Line} already");
            }
            else if (IsFreemail(domain))
            {
                _organization.Errors.Add(node, $"{name} holds '{domain}', a freemail provider's domain: its users are no organisation and always outside; take it out");
            }
            else
            {
                domains.Add(domain);
            }
        }

        return domains;
    }

    private static bool IsFreemail(string domain) => Organisation.IsFreemail(domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain);
}
