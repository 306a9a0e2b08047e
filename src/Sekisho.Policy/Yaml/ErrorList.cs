namespace Sekisho.Policy.Yaml;

/// <summary>Gathers the errors of one file.</summary>
internal sealed class ErrorList(string file)
{
    // Enough to mend a file by; a megabyte of nonsense must not become a gigabyte of complaints.
    private const int Most = 200;

    private readonly List<ConfigError> _errors = [];

    public string File { get; } = file;

    public int Count => _errors.Count;

    public void Add(Place place, string message)
    {
        if (_errors.Count < Most)
        {
            _errors.Add(new(File, place.Line, place.Column, Printable(message)));
        }
    }

    /// <summary>Errors of another file that this one names.</summary>
    public void Add(IReadOnlyList<ConfigError> others) => _errors.AddRange(others.Take(Math.Max(0, Most - _errors.Count)));

    public void Add(Node node, string message) => Add(node.Place, message);

    /// <summary>The errors in order of lines.</summary>
    public IReadOnlyList<ConfigError> InOrder() => [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column)];

    // What stands in the file is quoted in messages, and messages go to terminals.
    private static string Printable(string message)
        => message.AsSpan().ContainsAnyInRange('\0', '\x1f') ? string.Concat(message.Select(c => char.IsControl(c) ? '?' : c)) : message;
}
