using System.Buffers;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads mail addresses of people and lists in the configuration.</summary>
internal static class ConfigAddress
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("@<>,;:\\\"()[] ");

    /// <summary>The addresses in lower case with A-label domains; what is none is an error and left out.</summary>
    public static List<string> ReadAll(IEnumerable<ScalarNode> nodes, string name, ErrorList errors)
    {
        var found = new List<string>();
        foreach (var node in nodes)
        {
            if (Read(node, name, errors) is not { } address)
            {
                continue;
            }

            if (found.Contains(address))
            {
                errors.Add(node, $"{name}: '{ScalarNode.Shorten(node.Value)}' stands twice");
            }
            else
            {
                found.Add(address);
            }
        }

        return found;
    }

    /// <summary>One address, or null with an error.</summary>
    public static string? Read(ScalarNode node, string name, ErrorList errors)
    {
        var text = node.Value;
        var at = text.LastIndexOf('@');
        var why = "expected an address like name@example.com";
        if (at > 0 && at <= 64 && DomainName.TryRead(text[(at + 1)..], allowStar: false, out var domain, out why))
        {
            if (!text.AsSpan(0, at).ContainsAny(s_special) && !text.Take(at).Any(char.IsControl))
            {
                return text[..at].ToLowerInvariant() + "@" + domain;
            }

            why = "expected one plain address like name@example.com";
        }

        errors.Add(node, $"{name} is '{ScalarNode.Shorten(text)}': {why}");
        return null;
    }

    /// <summary>An address, or <c>@domain</c> for everybody of it; null with an error.</summary>
    public static string? ReadWithDomain(ScalarNode node, string name, ErrorList errors)
    {
        if (!node.Value.StartsWith('@'))
        {
            return Read(node, name, errors);
        }

        if (DomainName.TryRead(node.Value[1..], allowStar: false, out var domain, out var why))
        {
            return "@" + domain;
        }

        errors.Add(node, $"{name} is '{ScalarNode.Shorten(node.Value)}': {why}");
        return null;
    }
}
