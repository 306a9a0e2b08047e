using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sekisho.Incidents;

namespace Sekisho.Program.Commands;

/// <summary>One incident's result of a replay.</summary>
internal sealed record ReplayView
{
    public required string Id { get; init; }
    public required string Mechanism { get; init; }

    /// <summary>Messages sent, over all variants.</summary>
    public required int Messages { get; init; }

    /// <summary>Envelope recipients, over all messages.</summary>
    public required long Recipients { get; init; }

    /// <summary>Recipients by what the gateway did.</summary>
    public required IReadOnlyDictionary<string, long> Actions { get; init; }

    /// <summary>Persons whose address or data reached somebody else outside: the worst variant.</summary>
    public required long Exposed { get; init; }

    public required bool Stopped { get; init; }

    /// <summary>Individual copies that reached their person.</summary>
    public required long Delivered { get; init; }

    /// <summary>Copies that should have arrived, individual or as they were, and did not.</summary>
    public required long Missing { get; init; }

    /// <summary>Recipients whose copy was misrouted on purpose and caught directly before sending.</summary>
    public required long Sealed { get; init; }

    /// <summary>Copies that went to an address outside their envelope.</summary>
    public required long Strays { get; init; }

    /// <summary>Copies of what should not have left at all: a stranger's post to a list, an internal text.</summary>
    public required long Forbidden { get; init; }

    /// <summary>Copies whose body is not the original's.</summary>
    public required long Altered { get; init; }

    /// <summary>The rules that should stop it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary><c>now</c>, <c>partly</c> or <c>not-yet</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>Rules still to come.</summary>
    public required IReadOnlyList<string> Later { get; init; }

    /// <summary>Each reading of the incident on its own.</summary>
    public required IReadOnlyList<ReplayVariantView> Variants { get; init; }
}

/// <summary>One variant's result.</summary>
internal sealed record ReplayVariantView(string Name, int Messages, long Recipients, long Exposed, bool Stopped);

/// <summary>What became of ordinary mail.</summary>
/// <param name="Cases">Cases sent.</param>
/// <param name="Passed">Those of which every copy arrived, untouched.</param>
/// <param name="Families">By kind of mail.</param>
/// <param name="Stopped">The others.</param>
internal sealed record RightView(int Cases, int Passed, IReadOnlyList<RightFamilyView> Families, IReadOnlyList<RightStoppedView> Stopped);

/// <summary>One kind of ordinary mail.</summary>
internal sealed record RightFamilyView(string Family, int Cases, int Messages, int Passed);

/// <summary>One case that did not pass, with the rules that had something to say and what happened to its recipients.</summary>
internal sealed record RightStoppedView(string Id, string Mirrors, IReadOnlyList<string> Rules, IReadOnlyDictionary<string, int> Actions, IReadOnlyList<string> Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(CatalogueStatistics))]
[JsonSerializable(typeof(List<ReplayView>))]
[JsonSerializable(typeof(RightView))]
internal sealed partial class IncidentsJson : JsonSerializerContext
{
    private static readonly Lazy<IncidentsJson> s_readable = new(() => new IncidentsJson(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }));

    /// <summary>With Japanese as it is, not as escapes.</summary>
    public static IncidentsJson Readable => s_readable.Value;

    /// <summary>An incident as the commands print it: the record, and what stops it.</summary>
    public static JsonObject View(Incident incident)
    {
        var rule = StoppingRules.RuleThatStops(incident);
        var view = JsonSerializer.SerializeToNode(incident, Readable.Incident)!.AsObject();
        view["rules"] = new JsonArray([.. rule.Rules.Select(r => JsonValue.Create(r))]);
        view["standing"] = Name(rule.Standing);
        view["later"] = new JsonArray([.. rule.Later.Select(r => JsonValue.Create(r))]);
        return view;
    }

    /// <summary>The standing as it is written in JSON and tables.</summary>
    public static string Name(Standing standing) => standing switch { Standing.Now => "now", Standing.Partly => "partly", _ => "not-yet" };
}
