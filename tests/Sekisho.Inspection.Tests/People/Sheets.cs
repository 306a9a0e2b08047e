namespace Sekisho.Inspection.Tests;

/// <summary>Files as the readers of this house hand them on, from text a person can read: a line a row, a bar between cells.</summary>
internal static class Sheets
{
    public static InspectedFile File(string name, params FileContent[] contents)
        => new() { Name = name, Path = name, Kind = FileKind.Xlsx, Size = 1, TopLevel = true, Contents = contents };

    public static TableContent Sheet(string rows, string place = "Sheet1", bool hidden = false)
        => new(place, [.. rows.Trim('\n').Split('\n').Select(IReadOnlyList<string> (line) => line.Trim().Length == 0 ? [] : [.. line.Split('|').Select(c => c.Trim())])]) { Hidden = hidden };

    public static TableContent Sheet(IReadOnlyList<IReadOnlyList<string>> rows, string place = "Sheet1") => new(place, rows);

    public static PeopleFound Read(params InspectedFile[] files) => PeopleReader.Read(files, TestContext.Current.CancellationToken);

    public static PeopleFound ReadSheet(string rows) => Read(File("a.xlsx", Sheet(rows)));

    public static PeopleFound ReadText(string text) => Read(File("a.txt", new TextContent("", text)));

    public static int Persons(string rows) => ReadSheet(rows).Persons.Count;
}
