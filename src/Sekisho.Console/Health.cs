using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages;

/// <summary>For monitors: <c>/healthz</c> (the process answers) and <c>/readyz</c> (the store answers and new mail is taken: the disk is not full, the backlog not too long, the gateway not stopping).</summary>
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
                return gateway.NotAccepting() is { } why ? Results.Text($"not ready: {why}\n", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ready\n");
            }
            catch (StoreException)
            {
                return Results.Text("not ready: the store does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).WithMetadata(new NeedsAttribute(Right.None));
    }
}
