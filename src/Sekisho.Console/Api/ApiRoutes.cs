using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Gateway;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Api;

/// <summary>The HTTP API: its services and its routes in one list.</summary>
internal static class ApiRoutes
{
    /// <summary>Largest body of a route that takes no mail.</summary>
    public const long SmallBody = 1024 * 1024;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IVisitorSource, TokenVisitor>();
        services.AddSingleton<MailFinder>();
        services.Configure<JsonOptions>(o => AnswerJson.Use(o.SerializerOptions));
        ApiRate.Add(services);
        ApiDocument.Add(services);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").AddEndpointFilter<ApiGuard>().RequireRateLimiting(ApiRate.Policy);
        HeldRoutes.Map(api);
        MailRoutes.Map(api);
        CheckRoute.Map(api);
        FigureRoutes.Map(api);
        ApiDocument.Map(routes);
        routes.MapFallback("/api/{**rest}", (HttpContext context) => Refusal.NotFound("route").Answer(context)).WithMetadata(new NeedsAttribute(Right.None));
    }

    /// <summary>What each route says of itself: the right it asks for, its name and its words in the document.</summary>
    public static RouteHandlerBuilder Says(this RouteHandlerBuilder route, Right right, string name, string summary, string description)
        => route.WithMetadata(new NeedsAttribute(right)).WithName(name).WithSummary(summary).WithDescription(description)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>Describes the route's body.</summary>
    /// <param name="example">JSON.</param>
    /// <param name="orMail">The media type of a mail it takes instead, or null.</param>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string example, string? orMail = null) => route.WithMetadata(new TakesAttribute(typeof(T), example, orMail));
}
