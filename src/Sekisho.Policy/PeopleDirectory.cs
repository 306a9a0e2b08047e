using System.Collections.Frozen;
using Sekisho.Mime;

namespace Sekisho.Policy;

/// <summary>One person of the organisation, as the directory file has him.</summary>
/// <param name="Address">Mail address.</param>
/// <param name="Name">Shown name; may be empty.</param>
/// <param name="Department">Department; may be empty.</param>
/// <param name="Superior">Mail address of his superior, or null.</param>
/// <param name="Groups">Names of the groups he is in.</param>
public sealed record DirectoryPerson(string Address, string Name, string Department, string? Superior, IReadOnlyList<string> Groups);

/// <summary>Who is who in the organisation: superior, department, groups. Pure look-ups over what the file said; immutable.</summary>
public sealed class PeopleDirectory
{
    private readonly FrozenDictionary<string, DirectoryPerson> _people;
    private readonly FrozenDictionary<string, string[]> _groups;

    /// <summary>A directory of these people; of two with one address the first counts.</summary>
    public PeopleDirectory(IReadOnlyList<DirectoryPerson> people)
    {
        _people = people.DistinctBy(p => KeyOf(p.Address), StringComparer.Ordinal).ToFrozenDictionary(p => KeyOf(p.Address), StringComparer.Ordinal);
        _groups = people.SelectMany(p => p.Groups.Select(g => (Group: g, p.Address))).GroupBy(m => m.Group, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.Select(m => m.Address).Distinct(StringComparer.OrdinalIgnoreCase).ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Nobody.</summary>
    public static PeopleDirectory Empty { get; } = new([]);

    /// <summary>How many people it knows.</summary>
    public int Count => _people.Count;

    /// <summary>Every group.</summary>
    public IEnumerable<string> Groups => _groups.Keys;

    /// <summary>Every department, in order of name.</summary>
    public IEnumerable<string> Departments => _people.Values.Select(p => p.Department).Where(d => d.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);

    /// <summary>One person, or null for an address it does not know.</summary>
    public DirectoryPerson? Find(string address) => _people.GetValueOrDefault(KeyOf(address));

    /// <summary>His superior's address; null where none is known, or he is his own.</summary>
    public string? SuperiorOf(string address) => Find(address) is { Superior: { } superior } person && KeyOf(superior) != KeyOf(person.Address) ? superior : null;

    /// <summary>His department, or null where none is known.</summary>
    public string? DepartmentOf(string address) => Find(address) is { Department.Length: > 0 } person ? person.Department : null;

    /// <summary>His name, or null where none is known.</summary>
    public string? NameOf(string address) => Find(address) is { Name.Length: > 0 } person ? person.Name : null;

    /// <summary>Addresses of a group's members in the file's order; empty for a group it does not know.</summary>
    public IReadOnlyList<string> MembersOf(string group) => _groups.TryGetValue(group, out var members) ? members : [];

    private static string KeyOf(string address) => EmailAddress.TryParse(address, out var parsed) ? parsed.Key : address.ToLowerInvariant();
}
