using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>The programs the gateway uses to look into files.</summary>
internal static class Tools
{
    public static InspectionServices Services() => InspectionServices.None;
}
