using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sekisho.Gateway;
using Sekisho.Gateway.Telemetry;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Metrics;

/// <summary>Figures on their way to monitors: the page <c>/metrics</c>, and OTLP where a collector is configured.</summary>
internal static class MetricsServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricsBoard>();
        services.AddSingleton<IVisitorSource, LocalMonitor>();
        services.AddSingleton(s => new Exporter(s.GetRequiredService<GatewayHost>().Config.Config.Metrics.Otlp));
    }

    public static void Map(WebApplication app)
    {
        // Both count from now on, not from the first time somebody looks.
        var board = app.Services.GetRequiredService<MetricsBoard>();
        app.Services.GetRequiredService<Exporter>();
        app.MapGet("/metrics", () => Results.Text(board.Page(), Exposition.ContentType)).ExcludeFromDescription().WithMetadata(new NeedsAttribute(Right.Metrics));
    }

    /// <summary>Sends the figures to a collector once a minute, and once more at the end.</summary>
    private sealed class Exporter(Uri? collector) : IDisposable
    {
        private readonly MeterProvider? _provider = collector is null ? null : Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => r.AddService("sekisho"))
            .AddMeter(GatewayMetrics.MeterName)
            .AddOtlpExporter(o =>
            {
                o.Protocol = OtlpExportProtocol.HttpProtobuf;
                o.Endpoint = collector.AbsolutePath == "/" ? new Uri(collector, "/v1/metrics") : collector;
            })
            .Build();

        public void Dispose() => _provider?.Dispose();
    }

    /// <summary>With <c>metrics.local</c>: a program of the same machine, for the one page. Whoever was passed on by a proxy is none, as far as the proxy says so.</summary>
    private sealed class LocalMonitor(GatewayHost gateway) : IVisitorSource
    {
        public ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
        {
            var headers = context.Request.Headers;
            var local = gateway.Config.Config.Metrics.Local
                && context.Request.Path.Equals("/metrics", StringComparison.Ordinal)
                && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
                && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Via") && !headers.ContainsKey("X-Real-IP");
            return ValueTask.FromResult(local ? new Visitor { Address = "metrics", Roles = ["administrator"], TokenScopes = ["metrics"] } : null);
        }
    }
}
