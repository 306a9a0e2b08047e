using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages;

/// <summary>For monitors: <c>/healthz</c> (the process answers) and <c>/readyz</c> (the store answers).</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n")).WithMetadata(new NeedsAttribute(Right.None));
        routes.MapGet("/readyz", async (GatewayHost gateway, CancellationToken cancel) =>
        {
            try
            {
                await gateway.Store.CountsAsync(cancel).ConfigureAwait(false);
                return Results.Text("ready\n");
            }
            catch (StoreException e)
            {
                return Results.Text($"not ready: {e.Message}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).WithMetadata(new NeedsAttribute(Right.None));
    }
}
