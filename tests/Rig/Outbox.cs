using System.Text.Json;

namespace Sekisho.Rig;

/// <summary>One copy in the outbox.</summary>
internal sealed record OutboxCopy(string From, IReadOnlyList<string> To, string Submission, byte[] Data);

/// <summary>Reads <c>DATA/outbox</c>.</summary>
internal static class Outbox
{
    /// <summary>The copies that are there, in order of their names.</summary>
    public static IReadOnlyList<OutboxCopy> Read(string data)
    {
        var folder = Path.Combine(data, "outbox");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(ReadOne)] : [];
    }

    /// <summary>Waits until this many copies are there.</summary>
    public static async Task<IReadOnlyList<OutboxCopy>> WaitForAsync(string data, int count, Func<OutboxCopy, bool>? which = null, int seconds = 60)
    {
        IReadOnlyList<OutboxCopy> got = [];
        for (var i = 0; i < seconds * 20; i++)
        {
            got = [.. Read(data).Where(c => which is null || which(c))];
            if (got.Count >= count)
            {
                return got;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{got.Count} of {count} copies reached the outbox");
    }

    private static OutboxCopy ReadOne(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        return new OutboxCopy(
            root.GetProperty("from").GetString() ?? "",
            [.. root.GetProperty("to").EnumerateArray().Select(e => e.GetString()!)],
            root.GetProperty("submission").GetString() ?? "",
            File.ReadAllBytes(Path.ChangeExtension(path, ".eml")));
    }
}
