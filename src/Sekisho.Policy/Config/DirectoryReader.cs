using System.Globalization;
using System.Text;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>
/// Reads the directory file: CSV (RFC 4180, UTF-8) whose first line names the columns <c>address,name,department,superior,groups</c> in any order; only
/// <c>address</c> must be there. Groups are separated by semicolons.
/// </summary>
internal sealed class DirectoryReader
{
    public static readonly string[] Columns = ["address", "name", "department", "superior", "groups"];

    private const int MaxBytes = 64 << 20;
    private const int MaxPeople = 200_000;
    private const int MaxGroups = 200;
    private const int LongestText = 200;

    private readonly ErrorList _errors;
    private readonly Dictionary<string, Place> _seen = new(StringComparer.Ordinal);

    private DirectoryReader(string path) => _errors = new(path);

    /// <summary>The people of a file, or null with errors (which name the file's own lines).</summary>
    public static PeopleDirectory? Read(string path, out IReadOnlyList<ConfigError> errors)
    {
        var reader = new DirectoryReader(path);
        var text = ConfigText.Read(path, reader._errors, MaxBytes)?.TrimStart('\uFEFF');
        var people = text is null ? [] : reader.People(text);
        errors = reader._errors.InOrder();
        return errors.Count == 0 ? new PeopleDirectory(people) : null;
    }

    private List<DirectoryPerson> People(string text)
    {
        var people = new List<DirectoryPerson>();
        string[]? header = null;
        foreach (var (line, fields) in Rows(text))
        {
            if (header is null)
            {
                header = Header(line, fields);
                if (header is null)
                {
                    return people;
                }

                continue;
            }

            if (fields.Count > header.Length)
            {
                _errors.Add(new Place(line, 1), $"the row has {fields.Count} fields, the header {header.Length}; put a field with a comma in double quotes");
                continue;
            }

            if (people.Count == MaxPeople)
            {
                _errors.Add(new Place(line, 1), $"the directory holds more than {MaxPeople.ToString("N0", CultureInfo.InvariantCulture)} people");
                break;
            }

            if (Person(new Place(line, 1), header, fields) is { } person)
            {
                people.Add(person);
            }
        }

        if (header is null)
        {
            _errors.Add(new Place(1, 1), $"the directory is empty; expected a first line {string.Join(',', Columns)}");
        }

        return people;
    }

    private string[]? Header(int line, List<string> fields)
    {
        var header = fields.Select(f => f.Trim().ToLowerInvariant()).ToArray();
        var before = _errors.Count;
        foreach (var column in header.Where(c => !Columns.Contains(c)))
        {
            _errors.Add(new Place(line, 1), $"the first line names a column '{ScalarNode.Shorten(column)}'{Spelling.Hint(column, Columns)}");
        }

        if (!header.Contains("address"))
        {
            _errors.Add(new Place(line, 1), $"the first line names no column 'address'; expected {string.Join(',', Columns)}");
        }

        if (header.Distinct(StringComparer.Ordinal).Count() != header.Length)
        {
            _errors.Add(new Place(line, 1), "the first line names a column twice");
        }

        return _errors.Count == before ? header : null;
    }

    private DirectoryPerson? Person(Place place, string[] header, List<string> fields)
    {
        string Field(string name) => Array.IndexOf(header, name) is >= 0 and var i && i < fields.Count ? fields[i].Trim() : "";
        if (Field("address").Length == 0)
        {
            _errors.Add(place, "the row has no address");
            return null;
        }

        var address = ConfigAddress.Read(new ScalarNode(place, Field("address"), plain: false), "the address", _errors);
        var superior = Field("superior").Length == 0 ? null : ConfigAddress.Read(new ScalarNode(place, Field("superior"), plain: false), "the superior", _errors);
        var groups = Field("groups").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var text in groups.Append(Field("name")).Append(Field("department")))
        {
            if (text.Length > LongestText || text.Any(char.IsControl))
            {
                _errors.Add(place, $"'{ScalarNode.Shorten(text)}' is longer than {LongestText} characters or has a line break");
            }
        }

        if (groups.Length > MaxGroups)
        {
            _errors.Add(place, $"the row names {groups.Length} groups; expected at most {MaxGroups}");
        }

        if (address is not null && !_seen.TryAdd(address, place))
        {
            _errors.Add(place, $"the address '{ScalarNode.Shorten(address)}' stands twice, first in line {_seen[address].Line}");
        }

        return address is null ? null : new DirectoryPerson(address, Field("name"), Field("department"), superior, groups);
    }

    /// <summary>The rows that hold something, each with the line it begins on.</summary>
    private IEnumerable<(int Line, List<string> Fields)> Rows(string text)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var (start, first) = (at, line);
            var fields = new List<string>();
            var field = new StringBuilder();
            var quoted = false;
            var ended = false;
            while (at < text.Length && !ended)
            {
                var c = text[at++];
                line += c == '\n' ? 1 : 0;
                if (quoted)
                {
                    if (c != '"')
                    {
                        field.Append(c);
                    }
                    else if (at < text.Length && text[at] == '"')
                    {
                        field.Append('"');
                        at++;
                    }
                    else
                    {
                        quoted = false;
                    }
                }
                else if (c == '"' && (field.Length == 0 || (field.Length < 8 && string.IsNullOrWhiteSpace(field.ToString()))))
                {
                    field.Clear();
                    quoted = true;
                }
                else if (c == ',')
                {
                    fields.Add(field.ToString());
                    field.Clear();
                }
                else if (c == '\n')
                {
                    ended = true;
                }
                else if (c != '\r')
                {
                    field.Append(c);
                }
            }

            if (quoted)
            {
                _errors.Add(new Place(first, 1), "a double quote is opened and never closed");
                yield break;
            }

            fields.Add(field.ToString());
            if (text.AsSpan(start, at - start).ContainsAnyExcept(" \t\r\n,"))
            {
                yield return (first, fields);
            }
        }
    }
}
