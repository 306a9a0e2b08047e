using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads what the policy rests on besides its rules, from the <c>organization</c> section.</summary>
internal static class BackgroundReader
{
    public static readonly string[] MassMailerKeys = ["from", "allowed"];

    public static PolicyBackground Read(MapReader organization, TimeSpan undo)
    {
        var errors = organization.Errors;
        var mass = organization.Section("mass-mailers", MassMailerKeys);
        var from = mass.Number("from", 1, 1_000_000);
        var allowed = new List<string>();
        foreach (var node in mass.Texts("allowed") ?? [])
        {
            if (ConfigAddress.ReadWithDomain(node, mass.Name("allowed"), errors) is { } sender)
            {
                allowed.Add(sender);
            }
        }

        return new()
        {
            Approvers = ApprovalReader.Names(organization.Texts("approvers") ?? [], organization.Name("approvers"), errors),
            Approval = ApprovalReader.Read(organization, ApprovalSettings.None),
            MassMailers = allowed,
            MassMailFrom = from ?? new PolicyBackground().MassMailFrom,
            Lists = Lists(organization),
            Companies = CompanyReader.Read(organization),
            Undo = undo,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Lists(MapReader organization)
    {
        var lists = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (organization.Get("lists") is not { } node)
        {
            return lists;
        }

        if (node is not MapNode map)
        {
            organization.Errors.Add(node, $"{organization.Name("lists")} is {node.Kind}; expected a mapping like news@example.com: [editor@example.com]");
            return lists;
        }

        foreach (var (key, value) in map.Entries)
        {
            var posters = new List<string>();
            foreach (var text in organization.AsTexts(value, $"{organization.Name("lists")}.{key.Value}"))
            {
                if (ConfigAddress.ReadWithDomain(text, $"an entry of {organization.Name("lists")}", organization.Errors) is { } poster)
                {
                    posters.Add(poster);
                }
            }

            if (ConfigAddress.Read(key, $"a list in {organization.Name("lists")}", organization.Errors) is { } list && !lists.TryAdd(list, posters))
            {
                organization.Errors.Add(key, $"the list '{list}' stands twice");
            }
        }

        return lists;
    }
}
