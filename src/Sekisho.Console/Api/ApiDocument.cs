using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Api;

/// <summary>The API's description, <c>/openapi.json</c>: made from the routes themselves, with what they cannot say of themselves added here.</summary>
internal static class ApiDocument
{
    private const string Scheme = "key";

    private const string Description = """
        Sekisho's HTTP API. A key is made at /account and sent as 'Authorization: Bearer sekisho_…'. It acts as its owner and within its scopes: check, read, decide, metrics.
        A browser session may use GET as well. Times are RFC 3339, in UTC. Errors are problem details (RFC 9457) with 'detail' (what), 'where' (in the request) and 'todo' (what to do).
        """;

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true && !route.RelativePath.Contains("{**", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Sekisho", Version = "1", Description = Description };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key made at /account." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancel) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesAttribute>().FirstOrDefault() is { } takes)
            {
                operation.RequestBody = await BodyAsync(takes, context, cancel).ConfigureAwait(false);
            }
        });
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi.json").WithMetadata(new NeedsAttribute(Right.None));

    private static async Task<OpenApiRequestBody> BodyAsync(TakesAttribute takes, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var body = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) };
        body.Content["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(takes.Type, null, cancel).ConfigureAwait(false), Example = JsonNode.Parse(takes.Example) };
        if (takes.OrMail is { } mail)
        {
            body.Content[mail] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The message as it would be sent." } };
        }

        return body;
    }
}

/// <summary>What a route's body is. Not the framework's own word for it, which would have routing refuse other media types before anybody knows who asks.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesAttribute(Type type, string example, string? orMail) : Attribute
{
    /// <summary>Of the JSON.</summary>
    public Type Type { get; } = type;

    /// <summary>JSON.</summary>
    public string Example { get; } = example;

    /// <summary>The media type of a mail it takes instead, or null.</summary>
    public string? OrMail { get; } = orMail;
}
