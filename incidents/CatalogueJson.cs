using System.Text.Json.Serialization;

namespace Sekisho.Incidents;

/// <summary>Source-generated reading and writing of the catalogue; an unknown field is an error, so that a slip in the file is seen.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(List<Incident>))]
public sealed partial class CatalogueJson : JsonSerializerContext;
