using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Api;

/// <summary>Why an API request was not answered: what is wrong, where in the request, and what to do. Becomes problem details (RFC 9457).</summary>
internal sealed class Refusal(int status, string what, string? where = null, string? todo = null) : Exception(what)
{
    public int Status { get; } = status;

    public string? Where { get; } = where;

    public string? ToDo { get; } = todo;

    /// <summary>Seconds after which to ask again, where that is the way out.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The request itself is wrong.</summary>
    public static Refusal Bad(string where, string what, string todo) => new(StatusCodes.Status400BadRequest, what, where, todo);

    /// <summary>There is no such thing, or not for him; the two look the same.</summary>
    public static Refusal NotFound(string what) => new(StatusCodes.Status404NotFound, $"there is no such {what}, or this key may not see it", "path", "check the number, and whose mail the key's owner may see");

    /// <summary>As an answer.</summary>
    public ProblemHttpResult Answer(HttpContext context)
    {
        if (RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var problem = new ProblemDetails { Status = Status, Title = ReasonPhrases.GetReasonPhrase(Status), Detail = Message };
        if (Where is not null)
        {
            problem.Extensions["where"] = Where;
        }

        if (ToDo is not null)
        {
            problem.Extensions["todo"] = ToDo;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>True for addresses that programs ask: refusals there are problem details, never a page or a way to sign in.</summary>
    public static bool IsForProgram(PathString path)
        => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers a request that <see cref="Gatekeeper"/> turned away.</summary>
    public static Task TurnAwayAsync(HttpContext context)
    {
        var visitor = context.Visitor();
        Refusal refusal;
        if (visitor is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            refusal = new Refusal(StatusCodes.Status401Unauthorized, "the key is missing, unknown, revoked or has run out", "header Authorization", "send 'Authorization: Bearer sekisho_…' with a key from /account");
        }
        else
        {
            refusal = new Refusal(StatusCodes.Status403Forbidden, visitor.TokenScopes is null ? "your roles do not reach this" : "the key's scopes or its owner's roles do not reach this",
                "path", "use a key with the scope this needs (see /openapi.json), owned by somebody who may");
        }

        return refusal.Answer(context).ExecuteAsync(context);
    }
}

/// <summary>Turns what goes wrong behind an API route into problem details, and lets only keys change or ask anything by POST.</summary>
internal sealed class ApiGuard : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            // A browser sends its session along with whatever page made it ask; a key it never sends by itself. So no POST here can be forged.
            if (!HttpMethods.IsGet(http.Request.Method) && http.Visitor()?.TokenScopes is null)
            {
                throw new Refusal(StatusCodes.Status403Forbidden, "only keys may use this, no browser session", "header Authorization", "send 'Authorization: Bearer sekisho_…'");
            }

            var answer = await next(context).ConfigureAwait(false);
            // What the framework could not bind it only marks; the handler was not called then.
            return http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false } ? throw Refusal.Bad("request", "it does not fit this route", "see /openapi.json") : answer;
        }
        catch (Refusal refusal)
        {
            return refusal.Answer(http);
        }
        catch (BadHttpRequestException e)
        {
            return new Refusal(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "the body is larger than this route takes" : "the body cannot be read", "body",
                e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "send less (see docs/api.md for the limit)" : "send it whole").Answer(http);
        }
        catch (Storage.StoreException)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "the store does not answer", todo: "try again") { RetryAfter = 5 }.Answer(http);
        }
    }
}
