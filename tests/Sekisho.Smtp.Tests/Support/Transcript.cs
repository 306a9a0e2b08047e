namespace Sekisho.Smtp.Tests;

/// <summary>
/// A conversation in a file. <c>C:</c> and <c>S:</c> are lines of client and server with CRLF added, <c>C&gt;</c> and <c>S&gt;</c> raw bytes; <c>M:</c> is a
/// message that must have been taken, <c>@</c> a setting, <c>!</c> an action, <c>=</c> its result, <c>#</c> a remark.
/// </summary>
internal sealed record Transcript(string Name, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<(char Kind, string Text)> Lines)
{
    public static Transcript Load(string name)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new List<(char, string)>();
        foreach (var line in File.ReadAllLines(Path.Combine(Folder, name)))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Length < 2)
            {
                throw new FormatException($"{name}: {line}");
            }

            var text = line.Length > 3 ? line[3..] : "";
            switch (line[..2])
            {
                case "C:" or "S:": lines.Add((line[0], text + "\\r\\n")); break;
                case "C>" or "S>": lines.Add((line[0], text)); break;
                case "M:": lines.Add(('M', text)); break;
                case "! " or "= ": lines.Add((line[0], line[2..])); break;
                case "@ ":
                    var parts = line[2..].Split('=', 2);
                    settings.Add(parts[0], parts[1]);
                    break;
                default: throw new FormatException($"{name}: {line}");
            }
        }

        return new Transcript(name, settings, lines);
    }

    public static TheoryData<string> Names(string prefix)
    {
        var data = new TheoryData<string>();
        foreach (var file in Directory.GetFiles(Folder, prefix + "*.smtp").Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileName(file));
        }

        return data;
    }

    public bool Has(string setting) => Settings.TryGetValue(setting, out var value) && value == "true";

    public int Number(string setting, int otherwise) => Settings.TryGetValue(setting, out var value) ? int.Parse(value) : otherwise;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Transcripts");
}
