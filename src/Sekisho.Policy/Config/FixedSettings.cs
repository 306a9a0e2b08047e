using System.Reflection;
using System.Text.Json;

namespace Sekisho.Policy;

/// <summary>The settings that cannot be changed from the console: all but those named here, so that a new one is closed until somebody opens it.</summary>
internal static class FixedSettings
{
    private static readonly string[] s_open =
    [
        nameof(SekishoConfig.OrganisationName), nameof(SekishoConfig.Domains), nameof(SekishoConfig.Partners), nameof(SekishoConfig.Approvers), nameof(SekishoConfig.Undo),
        nameof(SekishoConfig.IndividualKeepsInside), nameof(SekishoConfig.Policy),

        // Follows DirectoryFile, which is closed.
        nameof(SekishoConfig.People),
    ];

    private static readonly PropertyInfo[] s_fixed = [.. typeof(SekishoConfig).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !s_open.Contains(p.Name))];

    /// <summary>The names of fixed settings that differ, as in <c>listeners</c>.</summary>
    public static IEnumerable<string> Changed(SekishoConfig before, SekishoConfig after)
    {
        // The language of notes follows organization.language, which is harmless.
        after = after with { Notify = after.Notify with { Language = before.Notify.Language } };
        return s_fixed.Where(p => JsonSerializer.Serialize(p.GetValue(before), p.PropertyType) != JsonSerializer.Serialize(p.GetValue(after), p.PropertyType)).Select(p => p.Name.ToLowerInvariant());
    }
}
