using System.Text.Json;
using System.Text.RegularExpressions;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>What left, read from the outbox, and the forms of a decision page.</summary>
internal static partial class Outbox
{
    /// <summary>Copies of a submission that left: to whom each, and its text.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> To, string Text)> Of(ConsoleRig rig, string submission)
    {
        var copies = new List<(IReadOnlyList<string> To, string Text)>();
        foreach (var file in Directory.Exists(rig.Outbox) ? Directory.GetFiles(rig.Outbox, "*.json") : [])
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            if (json.RootElement.GetProperty("submission").GetString() == submission)
            {
                copies.Add(([.. json.RootElement.GetProperty("to").EnumerateArray().Select(t => t.GetString()!)], File.ReadAllText(Path.ChangeExtension(file, ".eml"))));
            }
        }

        return copies;
    }

    /// <summary>Waits until that many recipients got a copy.</summary>
    public static async Task<IReadOnlyList<(IReadOnlyList<string> To, string Text)>> UntilAsync(ConsoleRig rig, string submission, int recipients)
    {
        await ConsoleRig.UntilAsync(() => Task.FromResult(Of(rig, submission).Sum(c => c.To.Count) >= recipients));
        return Of(rig, submission);
    }

    /// <summary>The first waiting part of a page, as its form names it.</summary>
    public static string Part(string html) => PartField().Match(html) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException("no form for a decision");

    /// <summary>Presses a button of the decision page.</summary>
    public static async Task<HttpResponseMessage> PressAsync(HttpClient client, string page, string decide, params (string Name, string Value)[] fields)
    {
        var part = Part(await client.GetStringAsync(page));
        return await ConsoleRig.PostAsync(client, page, page, [("part", part), ("decide", decide), .. fields]);
    }

    [GeneratedRegex("name=\"part\" value=\"([0-9]+:[0-9a-f]{64})\"")]
    private static partial Regex PartField();
}
