using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sekisho.Gateway;

/// <summary>How every JSON answer is written, by the command line and over HTTP: camelCase, what is null left out, Japanese as it is.</summary>
public static class AnswerJson
{
    /// <summary>One line; the command line indents.</summary>
    public static JsonSerializerOptions Options { get; } = Use(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Gives options of another owner the same manner; returns them.</summary>
    public static JsonSerializerOptions Use(JsonSerializerOptions options)
    {
        // Served as application/json with nosniff, never inside a page, so what HTML would need escaped stays readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        return options;
    }
}
