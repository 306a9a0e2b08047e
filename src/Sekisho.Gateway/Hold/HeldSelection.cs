using System.Globalization;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>What a person means by the name of waiting mail he typed.</summary>
public static class HeldSelection
{
    /// <summary>Fewer letters than this are no beginning of a name.</summary>
    private const int MinPrefix = 6;

    /// <summary>
    /// The delivery of that number, or all that waits of the one submission whose name is or begins with <paramref name="id"/>; nothing where none does.
    /// False where several submissions begin so, with what waits of them: names begin with the time, so those of one hour look alike, and a decision
    /// holds for what was seen (law 4), not for its neighbours.
    /// </summary>
    public static bool TryFind(IReadOnlyList<HeldDelivery> held, string id, out IReadOnlyList<HeldDelivery> found)
    {
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && held.FirstOrDefault(h => h.Id == number) is { } one)
        {
            found = [one];
            return true;
        }

        found = [.. held.Where(h => h.Submission.Equals(id, StringComparison.OrdinalIgnoreCase))];
        if (found.Count == 0 && id.Length >= MinPrefix)
        {
            found = [.. held.Where(h => h.Submission.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        }

        return found.Select(h => h.Submission).Distinct(StringComparer.Ordinal).Count() <= 1;
    }
}
