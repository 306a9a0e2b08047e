namespace Sekisho.Architecture.Tests;

/// <summary>Each room knows only those above it, and the tests mirror the rooms.</summary>
public sealed class RoomTests
{
    public static TheoryData<string> Rooms => [.. House.Rooms];

    [Fact]
    public void Every_project_in_src_is_a_room_of_the_plan()
    {
        var found = House.Files("src", "*.csproj").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        Assert.Equal(House.Rooms.Order(StringComparer.Ordinal), found);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_rooms_above_it(string room)
    {
        var above = House.Rooms.TakeWhile(r => r != room).ToHashSet(StringComparer.Ordinal);
        if (room is "Sekisho" or "Sekisho.Console")
        {
            above.Add("Sekisho.Incidents"); // the catalogue the program ships and shows
        }

        var wrong = House.References($"src/{room}/{room}.csproj").Where(r => !above.Contains(r));
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_built_room_refers_only_to_rooms_above_it(string room)
    {
        // A project file says what may be used directly; the compiled references also show what came through others.
        var above = House.Rooms.TakeWhile(r => r != room).ToHashSet(StringComparer.Ordinal);
        above.Add("Sekisho.Incidents");
        var wrong = Assembly.Open(room).References.Where(r => r.StartsWith("Sekisho", StringComparison.Ordinal) && !above.Contains(r));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Tests_mirror_src()
    {
        // The console's pages and the program are driven from outside, by the tests that start the real process.
        string[] mirrored = [.. House.Rooms.Except(["Sekisho", "Sekisho.Console"]).Select(r => $"{r}.Tests")];
        string[] across = ["Sekisho.Architecture.Tests", "Sekisho.Conformance.Tests", "Sekisho.Crash.Tests", "Sekisho.Incidents.Tests", "Sekisho.Browser.Tests", "Sekisho.Console.Tests", "Sekisho.Tests"];
        var found = House.Files("tests", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f)!).ToArray();
        Assert.Empty(mirrored.Except(found));
        Assert.Empty(found.Except(mirrored).Except(across));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root, "Sekisho.slnx"));
        var missing = new[] { "src", "tests", "incidents", "bench" }.SelectMany(f => House.Files(f, "*.csproj")).Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
