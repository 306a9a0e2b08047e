using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;

namespace Sekisho.Pages.Shell;

/// <summary>Says what went wrong inside to the administrator, in one line: which page and what kind of failure, no address a visitor typed. The visitor sees the page of errors.</summary>
internal sealed class Trouble(GatewayHost gateway) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A visitor who went away is no failure.
        if (!httpContext.RequestAborted.IsCancellationRequested)
        {
            var page = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName ?? "a page";
            gateway.Say($"console: {page} failed: {exception.GetType().Name} in {exception.TargetSite?.DeclaringType?.Name}.{exception.TargetSite?.Name}");
        }

        return ValueTask.FromResult(false);
    }
}
