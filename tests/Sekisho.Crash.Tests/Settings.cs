using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>Configuration files of the crash tests.</summary>
internal static class Settings
{
    /// <summary>Retries soon, or a run would take hours; everything else as shipped.</summary>
    public static string For(SmtpSink sink) => $"""
        organization:
          domains: [corp.example]
        relay:
          host: {sink.Address}
          retry-first: 1s
          retry-max: 1s
        """;
}
