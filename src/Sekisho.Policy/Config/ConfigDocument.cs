using System.Security.Cryptography;
using System.Text;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>
/// A configuration file as text, cut at its top-level keys. What the console may show and change are the sections of <see cref="Editable"/>, comments and all;
/// every other byte stays as it is, unseen: paths, ports, secrets and users would make a stolen administrator session a shell on the machine.
/// </summary>
public sealed class ConfigDocument
{
    private readonly string _file;
    private readonly IReadOnlyList<ConfigSection> _sections;

    private ConfigDocument(string text, string file, IReadOnlyList<ConfigSection> sections) => (Text, _file, _sections) = (text, file, sections);

    /// <summary>The top-level keys that can be changed from the console. A key that is not named here is closed.</summary>
    public static IReadOnlyList<string> Editable { get; } = ["organization", "undo", "individual", "policy"];

    /// <summary>The whole file.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the whole file, lower-case hex: tells whether somebody changed it meanwhile.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The editable sections in the file's order, with line feeds alone as line ends.</summary>
    public string EditableText => Plain(string.Concat(_sections.Where(IsEditable).Select(s => s.Text)));

    /// <summary>The keys of the sections that are not shown.</summary>
    public IReadOnlyList<string> Hidden => [.. _sections.Where(s => s.Name is not null && !IsEditable(s)).Select(s => s.Name!)];

    /// <summary>Cuts a file up; null and every error found when it is no good configuration, or is written in a way that cannot be cut safely.</summary>
    public static ConfigDocument? Read(string text, string file, out IReadOnlyList<ConfigError> errors)
    {
        var list = new ErrorList(file);
        var sections = ConfigSections.Cut(text, list);
        if (list.Count == 0)
        {
            new ConfigReader(list).Read(text);
        }

        errors = list.InOrder();
        return errors.Count == 0 ? new(text, file, sections!) : null;
    }

    /// <summary>
    /// The whole file with other editable sections; null and the errors, by the lines of <paramref name="editable"/>, when it would be no good configuration or would
    /// change anything else. A section that is no longer there goes; a new one stands after the last editable one.
    /// </summary>
    public string? Replace(string editable, out IReadOnlyList<ConfigError> errors)
    {
        var list = new ErrorList(_file);
        var plain = Plain(editable);
        var sections = ConfigSections.Cut(plain, list);
        if (sections is not null)
        {
            CheckScope(plain, sections, list);
            CheckFiles(sections, list);
        }

        errors = list.InOrder();
        if (errors.Count > 0 || sections is null)
        {
            return null;
        }

        var composed = new Composition(Text.Contains("\r\n", StringComparison.Ordinal));
        var fresh = Fresh(sections);
        var left = fresh.Where(n => !_sections.Any(o => o.Name == n.Name)).ToList();
        var lastEditable = _sections.LastOrDefault(s => IsEditable(s) && fresh.Any(n => n.Name == s.Name));
        foreach (var old in _sections)
        {
            if (!IsEditable(old))
            {
                composed.Keep(old.Text);
            }
            else if (fresh.FirstOrDefault(n => n.Name == old.Name) is { } mine)
            {
                composed.Write(mine);
            }

            if (old == lastEditable)
            {
                left.ForEach(composed.Write);
                left.Clear();
            }
        }

        left.ForEach(composed.Write);
        return Check(composed, list, out errors) ? composed.ToString() : null;
    }

    private static bool IsEditable(ConfigSection section) => section.Name is not null && Editable.Contains(section.Name);

    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Comments before the first key travel with it.</summary>
    private static List<ConfigSection> Fresh(IReadOnlyList<ConfigSection> sections)
    {
        var fresh = sections.Where(s => s.Name is not null).ToList();
        if (fresh.Count > 0 && sections[0].Name is null)
        {
            fresh[0] = fresh[0] with { Text = sections[0].Text + fresh[0].Text, Line = 1 };
        }

        return fresh;
    }

    private static void CheckScope(string text, IReadOnlyList<ConfigSection> sections, ErrorList errors)
    {
        foreach (var section in sections.Where(s => s.Name is not null && !IsEditable(s)))
        {
            errors.Add(section.Key, $"'{ScalarNode.Shorten(section.Name!)}' cannot be set from here; expected {Spelling.Or(Editable)}. The rest of the file is changed on the gateway's machine only");
        }

        var number = 0;
        var before = true;
        foreach (var line in text.Split('\n'))
        {
            number++;
            before &= line.Length == 0 || line[0] == '#' || string.IsNullOrWhiteSpace(line);
            if (ConfigSections.IsMarker(line) || (before && line.StartsWith('\uFEFF')))
            {
                errors.Add(new Place(number, 1), "a mark of where a document begins or ends; expected the sections alone");
            }
        }
    }

    /// <summary>The name of a file in an open section stays what it is, asked before anything is read by it: whoever could name one could have it read out in errors.</summary>
    private void CheckFiles(IReadOnlyList<ConfigSection> sections, ErrorList errors)
    {
        var (before, after) = (DirectoryOf(_sections), DirectoryOf(sections));
        if (before.Value != after.Value)
        {
            errors.Add(new Place(after.Line, 1), "organization.directory names a file on the gateway's machine, so it is changed there only; leave it as it is");
        }
    }

    private static (string? Value, int Line) DirectoryOf(IReadOnlyList<ConfigSection> sections)
    {
        var section = sections.FirstOrDefault(s => s.Name == "organization");
        var map = section is null ? null : (YamlTree.Read(section.Text, new ErrorList("")) as MapNode)?.Entries[0].Value as MapNode;
        var entry = map?.Entries.FirstOrDefault(e => e.Key.Value == "directory");
        return entry is { Key: not null } found ? (found.Value is ScalarNode { IsNull: false } text ? text.Value : found.Value is ScalarNode ? null : "?", section!.Line + found.Key.Place.Line - 1) : (null, section?.Line ?? 1);
    }

    private bool Check(Composition composed, ErrorList list, out IReadOnlyList<ConfigError> errors)
    {
        var whole = composed.ToString();
        var scratch = new ErrorList(_file);
        var sections = ConfigSections.Cut(whole, scratch);
        var after = scratch.Count == 0 ? new ConfigReader(scratch).Read(whole) : null;
        foreach (var error in scratch.InOrder())
        {
            list.Add(new Place(composed.LineOf(error.Line), error.Column), composed.IsShown(error.Line) ? error.Message : $"with this change, line {error.Line} of the file, which is not shown here, would be wrong");
        }

        if (after is not null && sections is not null)
        {
            var before = SekishoConfig.Parse(Text, _file, out _)!;
            foreach (var name in FixedSettings.Changed(before, after))
            {
                list.Add(new Place(1, 1), $"this would change {name}, which cannot be set from here");
            }

            if (!HiddenOf(_sections).SequenceEqual(HiddenOf(sections), StringComparer.Ordinal))
            {
                list.Add(new Place(1, 1), "this would change a part of the file that is not shown here");
            }
        }

        errors = list.InOrder();
        return errors.Count == 0;
    }

    // A blank line may have been added after one, so that a comment of the next section stays the next section's.
    private static IEnumerable<string> HiddenOf(IEnumerable<ConfigSection> sections) => sections.Where(s => !IsEditable(s)).Select(s => s.Text.TrimEnd('\r', '\n')).Where(t => t.Length > 0);

    /// <summary>The new file while it is put together, with the way back from its lines to those of the edited text.</summary>
    private sealed class Composition(bool crlf)
    {
        private readonly StringBuilder _text = new();
        private readonly List<(int First, int Count, int Edited)> _shown = [];
        private int _line = 1;

        public void Keep(string text) => Append(text);

        public void Write(ConfigSection section)
        {
            EndLine();
            if (section.Text.StartsWith('#') && _text.Length > 0 && !EndsBlank())
            {
                Append("\n");
            }

            var text = section.Text.EndsWith('\n') ? section.Text : section.Text + "\n";
            // A comment that ends a section would become the next key's.
            var lines = text.TrimEnd('\n').Split('\n');
            text = lines[^1].StartsWith('#') && !text.EndsWith("\n\n", StringComparison.Ordinal) ? text + "\n" : text;
            _shown.Add((_line, text.Count(c => c == '\n'), section.Line));
            Append(crlf ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text);
        }

        public bool IsShown(int line) => _shown.Exists(s => line >= s.First && line < s.First + s.Count);

        public int LineOf(int line)
        {
            foreach (var (first, count, edited) in _shown)
            {
                if (line >= first && line < first + count)
                {
                    return edited + line - first;
                }
            }

            return 1;
        }

        public override string ToString() => _text.ToString();

        private void EndLine()
        {
            if (_text.Length > 0 && _text[^1] is not ('\n' or '\uFEFF'))
            {
                Append(crlf ? "\r\n" : "\n");
            }
        }

        private bool EndsBlank()
        {
            var text = _text.ToString().Replace("\r", "", StringComparison.Ordinal);
            return text.EndsWith("\n\n", StringComparison.Ordinal) || text.Trim('\uFEFF', '\n').Length == 0;
        }

        private void Append(string text)
        {
            _text.Append(text);
            _line += text.Count(c => c == '\n');
        }
    }
}
