using Sekisho.Storage;

namespace Sekisho.Crash.Tests;

/// <summary>Looks into the store beside the running gateway.</summary>
internal static class Quiet
{
    /// <summary>Waits until nothing is on its way any more; throws when something still is after the time.</summary>
    public static async Task WaitAsync(string data, int seconds = 180)
    {
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, CancellationToken.None);
        StoreCounts? counts = null;
        for (var i = 0; i < seconds * 20; i++)
        {
            counts = await store.CountsAsync(CancellationToken.None);
            if (counts.Inspecting == 0 && counts.Ready == 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"still on its way: {counts}");
    }

    /// <summary>The oldest mail that waits for its sender because it shows strangers to each other, or null when none comes within a second. Mail whose inspection was killed too often waits too; nobody decides on that here.</summary>
    public static async Task<HeldDelivery?> FirstHeldAsync(string data)
    {
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            var held = await store.HeldAsync(CancellationToken.None);
            if (held.FirstOrDefault(h => h.Action == Policy.PolicyAction.Hold && h.Rules.Contains(Inspection.RuleNames.VisibleRecipients)) is { } first)
            {
                return first;
            }

            await Task.Delay(50);
        }

        return null;
    }
}
