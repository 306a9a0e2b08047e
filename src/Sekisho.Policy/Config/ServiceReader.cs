using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads <c>api</c>, <c>metrics</c>, <c>log</c> and <c>correspondence</c>.</summary>
internal sealed class ServiceReader(ErrorList errors)
{
    public static ApiConfig Api(MapReader api)
    {
        var d = new ApiConfig();
        return new() { Rate = api.Number("rate", 1, 1_000_000) ?? d.Rate, CheckSize = api.Size("check-size", 4 << 10, 100L << 20) ?? d.CheckSize };
    }

    public static LogFormat Log(MapReader top) => top.Word("log", ("text", 0), ("json", 1)) == 1 ? LogFormat.Json : LogFormat.Text;

    public static CorrespondenceConfig Correspondence(MapReader correspondence) => new()
    {
        Hashed = correspondence.Word("addresses", ("plain", false), ("hashed", true)) ?? false,
        Keep = correspondence.Duration("keep", TimeSpan.FromDays(30)) ?? new CorrespondenceConfig().Keep,
    };

    public MetricsConfig Metrics(MapReader metrics)
    {
        var text = metrics.Text("otlp");
        Uri? otlp = null;
        if (text is not null && !(Uri.TryCreate(text, UriKind.Absolute, out otlp) && otlp.Scheme is "http" or "https" && otlp.UserInfo.Length == 0 && otlp.Fragment.Length == 0))
        {
            errors.Add(metrics.Get("otlp")!, $"{metrics.Name("otlp")} is '{ScalarNode.Shorten(text)}'; expected the address of a collector like http://127.0.0.1:4318");
        }

        return new() { Otlp = otlp, Local = metrics.Flag("local") ?? false };
    }
}
