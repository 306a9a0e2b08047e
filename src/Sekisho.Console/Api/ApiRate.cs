using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Gateway;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Api;

/// <summary>How often each key, and each signed-in person, may ask: <c>api.rate</c> requests a minute, all at once or spread.</summary>
internal static class ApiRate
{
    public const string Policy = "api";

    public static void Add(IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.AddPolicy(Policy, Partition);
        options.OnRejected = async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            var refusal = new Refusal(StatusCodes.Status429TooManyRequests, "too many requests with this key", "header Authorization", string.Create(CultureInfo.InvariantCulture, $"wait {wait} s, or have api.rate raised")) { RetryAfter = wait };
            await refusal.Answer(context.HttpContext).ExecuteAsync(context.HttpContext).ConfigureAwait(false);
        };
    });

    // Those whom the gatekeeper let in are few, so are the buckets; whoever has no valid key does not get this far.
    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var rate = context.RequestServices.GetRequiredService<GatewayHost>().Config.Config.Api.Rate;
        var who = TokenVisitor.KeyOf(context) ?? context.Visitor()?.Address ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
        // A changed rate takes effect with the reload: it is part of the bucket's name.
        return RateLimitPartition.GetTokenBucketLimiter(string.Create(CultureInfo.InvariantCulture, $"{rate}:{who}"), _ => new()
        {
            TokenLimit = rate,
            TokensPerPeriod = Math.Max(1, rate / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / rate)),
            QueueLimit = 0,
        });
    }
}
