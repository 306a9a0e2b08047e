using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Api;

public sealed partial class DocumentTests
{
    [Fact]
    public async Task TheDocumentDescribesEveryRouteAndNoOther()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var document = await rig.Browser().JsonAsync("/openapi.json");
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal);
        var routed = rig.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && !e.RoutePattern.RawText.Contains("{**", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m} {Constraint().Replace(e.RoutePattern.RawText!, "}")}"))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(routed.Count >= 9);
        Assert.Equal(routed, described);
    }

    [Fact]
    public async Task EveryOperationSaysWhatItDoesWhatItTakesAndWhatItAnswers()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var document = await rig.Browser().JsonAsync("/openapi.json");
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
        Assert.True(document.GetProperty("security")[0].TryGetProperty("key", out _));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value))
        {
            var name = operation.GetProperty("operationId").GetString()!;
            Assert.True(names.Add(name), $"{name} stands twice");
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.GetProperty("description").GetString()!);
            Assert.Equal(name is "check" or "decide", operation.TryGetProperty("requestBody", out _));
            var answers = operation.GetProperty("responses");
            Assert.True(answers.GetProperty("200").TryGetProperty("content", out _), $"{name} does not say what it answers");
            Assert.True(answers.TryGetProperty("401", out _) && answers.TryGetProperty("429", out _), $"{name} does not say how it refuses");
            foreach (var parameter in operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [])
            {
                Assert.True(parameter.GetProperty("in").GetString() == "path" || parameter.TryGetProperty("description", out _), $"{name}: {parameter.GetProperty("name")} is not described");
            }
        }
    }

    [Fact]
    public async Task EveryReferenceInTheDocumentLeadsSomewhere()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var text = await rig.Browser().GetStringAsync("/openapi.json");
        var document = JsonDocument.Parse(text).RootElement;
        var references = Reference().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(references);
        foreach (var reference in references)
        {
            var at = document;
            foreach (var step in reference.Split('/'))
            {
                Assert.True(at.TryGetProperty(step, out at), $"{reference} leads nowhere");
            }
        }
    }

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();

    [GeneratedRegex("\"\\$ref\": *\"#/([^\"]+)\"")]
    private static partial Regex Reference();
}
