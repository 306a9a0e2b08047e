using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.Api;

namespace Sekisho.Pages.Access;

/// <summary>
/// Stands before every page and route: finds out who asks and whether he may. Closed by default: what names no right opens for nobody. Runs between routing and
/// the endpoints.
/// </summary>
internal sealed class Gatekeeper(RequestDelegate next)
{
    private const string SecondFactorPage = "/account/second-factor";

    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        // A page that has no handler for a method would be drawn without one: without what it looks up, and without its checks.
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return;
        }

        foreach (var source in context.RequestServices.GetServices<IVisitorSource>())
        {
            if (await source.FindAsync(context, context.RequestAborted).ConfigureAwait(false) is { } visitor)
            {
                context.SetVisitor(visitor);
                break;
            }
        }

        var needs = endpoint.Metadata.GetMetadata<NeedsAttribute>()
            ?? (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() ?? endpoint.Metadata.GetMetadata<PageActionDescriptor>()) switch
            {
                CompiledPageActionDescriptor page => (NeedsAttribute?)Attribute.GetCustomAttribute(page.ModelTypeInfo ?? page.PageTypeInfo, typeof(NeedsAttribute)),
                _ => null,
            };
        if (context.Visitor() is { NeedsSecondFactor: true } && needs is not null && needs.Right != Right.None && !context.Request.Path.Equals(SecondFactorPage, StringComparison.OrdinalIgnoreCase))
        {
            if (HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.Redirect(SecondFactorPage);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (needs is not null && Rights.Has(context.Visitor(), needs.Right))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (Refusal.IsForProgram(context.Request.Path))
        {
            await Refusal.TurnAwayAsync(context).ConfigureAwait(false);
            return;
        }

        if (context.Visitor() is null && HttpMethods.IsGet(context.Request.Method) && needs is not null)
        {
            context.Response.Redirect($"/sign-in?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
            return;
        }

        context.Response.StatusCode = context.Visitor() is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
    }
}
