using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads <c>organization.companies</c>: names of companies and the domains of their people.</summary>
internal static class CompanyReader
{
    public static readonly string[] Keys = ["name", "domains"];

    private const int MostCompanies = 20_000;

    /// <summary>The companies in order; what is wrong is in the error list. A company without a readable name or domain is left out.</summary>
    public static IReadOnlyList<RuleSettings.Company> Read(MapReader organization)
    {
        var errors = organization.Errors;
        var companies = new List<RuleSettings.Company>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        var items = organization.Items("companies", "companies like { name: Example Inc., domains: [example.com] }");
        if (items.Count > MostCompanies)
        {
            errors.Add(organization.Get("companies")!, $"{organization.Name("companies")} holds {items.Count} companies; expected at most {MostCompanies}");
            return companies;
        }

        foreach (var item in items)
        {
            if (item is not MapNode map)
            {
                errors.Add(item, $"{item.Kind} stands where a company was expected; a company is a mapping with name and domains");
                continue;
            }

            var reader = new MapReader(map, organization.Name("companies"), Keys, errors);
            var names = Names(reader, seen);
            var domains = Domains(reader);
            foreach (var key in Keys)
            {
                if (!reader.Has(key))
                {
                    errors.Add(map, $"the company has no {key}; expected one like {{ name: Example Inc., domains: [example.com] }}");
                }
            }

            if (names.Count > 0 && domains.Count > 0)
            {
                companies.Add(new(names, domains));
            }
        }

        return companies;
    }

    private static List<string> Names(MapReader reader, Dictionary<string, Place> seen)
    {
        var names = new List<string>();
        foreach (var node in reader.Texts("name") ?? [])
        {
            var key = CompanyName.Key(node.Value);
            if (key.Length < 2 || node.Value.Length > 100)
            {
                reader.Errors.Add(node, $"{reader.Name("name")} is '{ScalarNode.Shorten(node.Value)}'; expected a company's name of 2 to 100 characters, its legal form not counted");
            }
            else if (!seen.TryAdd(key, node.Place))
            {
                reader.Errors.Add(node, $"the company '{ScalarNode.Shorten(node.Value)}' stands in line {seen[key].Line} already; legal forms do not tell two names apart");
            }
            else
            {
                names.Add(node.Value.Trim());
            }
        }

        return names;
    }

    private static List<string> Domains(MapReader reader)
    {
        var domains = new List<string>();
        foreach (var node in reader.Texts("domains") ?? [])
        {
            if (!DomainName.TryRead(node.Value, allowStar: true, out var domain, out var why))
            {
                reader.Errors.Add(node, $"{reader.Name("domains")} holds '{ScalarNode.Shorten(node.Value)}': {why}");
            }
            else if (Organisation.IsFreemail(domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain))
            {
                reader.Errors.Add(node, $"{reader.Name("domains")} holds '{domain}', a freemail provider's domain, whose users are no company; take it out");
            }
            else if (!domains.Contains(domain))
            {
                domains.Add(domain);
            }
        }

        return domains;
    }
}
