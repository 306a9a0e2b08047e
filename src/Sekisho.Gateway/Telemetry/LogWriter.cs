using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sekisho.Policy;

namespace Sekisho.Gateway.Telemetry;

/// <summary>One thing that happened, for programs that read the log: numbers and names of submissions, nothing out of a mail.</summary>
/// <param name="Kind">accepted, judged, attempted, decided.</param>
/// <param name="Numbers">What there is to count or measure, and words of this program.</param>
public sealed record GatewayEvent(string Kind, string? Submission, long? Delivery, IReadOnlyList<KeyValuePair<string, object>> Numbers);

/// <summary>
/// The gateway's own lines: for people a time and a sentence, for programs a JSON object a line with every event besides. What looks like a mail address is taken
/// out whatever line it came in, a peer's words or an error's among them. Thread-safe.
/// </summary>
public sealed partial class LogWriter(TextWriter output, LogFormat format, TimeProvider time)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();

    /// <summary>A sentence for the administrator.</summary>
    public void Say(string line)
    {
        line = Mask(line);
        if (format == LogFormat.Json)
        {
            Write("said", writer => writer.WriteString("message", line));
            return;
        }

        lock (_gate)
        {
            output.WriteLine($"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {line}");
        }
    }

    /// <summary>An event; only programs are told.</summary>
    public void Tell(GatewayEvent what)
    {
        if (format == LogFormat.Json)
        {
            Write(what.Kind, writer => WriteEvent(writer, what));
        }
    }

    /// <summary>The line without mail addresses.</summary>
    public static string Mask(string line) => line.Contains('@', StringComparison.Ordinal) ? Address().Replace(line, "‹address›") : line;

    private static void WriteEvent(Utf8JsonWriter writer, GatewayEvent what)
    {
        if (what.Submission is not null)
        {
            writer.WriteString("submission", what.Submission);
        }

        if (what.Delivery is { } delivery)
        {
            writer.WriteNumber("delivery", delivery);
        }

        foreach (var (name, value) in what.Numbers)
        {
            writer.WritePropertyName(name);
            switch (value)
            {
                case int or long:
                    writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case double number:
                    writer.WriteNumberValue(Math.Round(number, 3));
                    break;
                default:
                    writer.WriteStringValue(Mask(value.ToString() ?? ""));
                    break;
            }
        }
    }

    private void Write(string kind, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("at", time.GetUtcNow().UtcDateTime);
            writer.WriteString("event", kind);
            rest(writer);
            writer.WriteEndObject();
        }

        lock (_gate)
        {
            output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
    }

    // Both sides of the @ without blanks and brackets; a quoted local part with blanks keeps its last word only, which the @ still gives away.
    [GeneratedRegex("""(?:"[^"\n]{0,256}"|[^\s<>()\[\]"',;:=]{1,256})@[^\s<>()"',;=]{1,256}""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
