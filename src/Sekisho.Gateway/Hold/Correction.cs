using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>The recipients of a decision, corrected: who is struck off, who goes on waiting, and who is left. Positions are those of the envelope.</summary>
internal sealed record Correction(IReadOnlyList<int> Removed, IReadOnlyList<int> Waiting, IReadOnlyList<(int Ordinal, string Address)> Left)
{
    /// <summary>Reads what was asked against what waits; an address that stands there twice is meant both times. Null with an objection when it does not fit.</summary>
    public static Correction? Read(HeldDelivery held, DecisionRequest request, out Summary? objection)
    {
        objection = null;
        if (request.Remove.Count == 0 && request.KeepWaiting.Count == 0)
        {
            return new([], [], [.. held.Ordinals.Zip(held.Recipients)]);
        }

        if (request.Remove.Count > 0 && request.Kind is DecisionKind.Cancel or DecisionKind.Reject)
        {
            objection = DeskWords.NothingToStrike;
            return null;
        }

        var places = held.Recipients.Zip(held.Ordinals).GroupBy(r => KeyOf(r.First), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(r => r.Second).ToArray(), StringComparer.Ordinal);
        var (removed, waiting) = (new SortedSet<int>(), new SortedSet<int>());
        foreach (var (addresses, ordinals) in new[] { (request.Remove, removed), (request.KeepWaiting, waiting) })
        {
            foreach (var address in addresses)
            {
                if (!places.TryGetValue(KeyOf(address), out var found) || (ordinals == waiting && removed.Overlaps(found)))
                {
                    objection = DeskWords.NotAmong(address);
                    return null;
                }

                ordinals.UnionWith(found);
            }
        }

        if (removed.Count + waiting.Count >= held.Ordinals.Count)
        {
            objection = DeskWords.NobodyLeft;
            return null;
        }

        return new([.. removed], [.. waiting], [.. held.Ordinals.Zip(held.Recipients).Where(r => !removed.Contains(r.First) && !waiting.Contains(r.First))]);
    }

    /// <summary>The form in which an address is compared.</summary>
    public static string KeyOf(string address) => EmailAddress.TryParse(address, out var parsed) ? parsed.Key : address.ToLowerInvariant();
}
