using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>One page as somebody meets it.</summary>
/// <param name="Name">Its address with what changes taken out, fit for a file name.</param>
/// <param name="Path">Address.</param>
internal sealed record Stop(string Name, string Path);

/// <summary>Finds the pages by following the links from a first one, so that a new page is looked at without anybody adding it to a list.</summary>
internal static partial class Tour
{
    private const int MostStops = 80;

    /// <summary>Visits every kind of page that can be reached from these by links, each kind once, and does something on each.</summary>
    public static async Task<IReadOnlyList<Stop>> WalkAsync(Visit visit, IEnumerable<string> from, Func<Stop, Task> there, string? within = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var stops = new List<Stop>();
        var queue = new Queue<string>(from);
        while (queue.TryDequeue(out var path) && stops.Count < MostStops)
        {
            if (!seen.Add(KindOf(path)))
            {
                continue;
            }

            var answer = await visit.Page.GotoAsync(path);
            Assert.True(answer is { Status: 200 }, $"{path} answered {answer?.Status}");
            // What was a way to elsewhere (the front door) is known by where it ended.
            var kind = KindOf(visit.Path);
            if (kind != KindOf(path) && !seen.Add(kind))
            {
                continue;
            }

            var stop = new Stop(NameOf(kind), visit.Path);
            stops.Add(stop);
            await there(stop);
            foreach (var link in await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href^=\"/\"]:not([download])')].map(a => a.getAttribute('href').replace(/#.*$/, ''))"))
            {
                if (within is not null && !link.StartsWith(within, StringComparison.Ordinal))
                {
                    continue;
                }

                if (!link.EndsWith("/original", StringComparison.Ordinal) && !link.Contains("export", StringComparison.Ordinal))
                {
                    queue.Enqueue(link);
                }
            }
        }

        return stops;
    }

    // A page is the same kind whatever mail, case or person it shows; a filtered list looks like the list.
    private static string KindOf(string path) => Changing().Replace(path.Split('?')[0], "/one");

    private static string NameOf(string kind) => kind == "/" ? "start" : kind.Trim('/').Replace('/', '-');

    [GeneratedRegex(@"/(?:[0-9a-z]{26}|[0-9]+(?:-[^/]*)?|[^/]*@[^/]*|[A-Za-z0-9_\-.~]{40,})(?=/|$)")]
    private static partial Regex Changing();
}
