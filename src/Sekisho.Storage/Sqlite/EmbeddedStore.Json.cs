using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sekisho.Inspection;

namespace Sekisho.Storage.Sqlite;

/// <summary>The forms in which evidence is stored (law 6). Property names and enum spellings here are read back years later: add, never rename.</summary>
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(RecentMailNote))]
[JsonSerializable(typeof(LearntMail))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>Japanese stays readable in the database; nothing of it goes into a page without being encoded there.</summary>
    public static StoredJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<Severity>(JsonNamingPolicy.CamelCase) },
    });
}

internal sealed partial class EmbeddedStore
{
    /// <summary>How many addresses or replies an audit event spells out; beyond, a count and a digest stand for them.</summary>
    private const int Spelled = 20;

    private static readonly JsonWriterOptions s_detail = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? s_json;

    private static string Json(Action<Utf8JsonWriter> write)
    {
        if (s_json is not { } json)
        {
            var buffer = new ArrayBufferWriter<byte>(512);
            json = (buffer, new Utf8JsonWriter(buffer, s_detail));
            s_json = json;
        }

        json.Buffer.ResetWrittenCount();
        json.Writer.Reset();
        json.Writer.WriteStartObject();
        write(json.Writer);
        json.Writer.WriteEndObject();
        json.Writer.Flush();
        return Encoding.UTF8.GetString(json.Buffer.WrittenSpan);
    }

    private static void WriteAddresses(Utf8JsonWriter writer, int count, IEnumerable<string> addresses)
    {
        writer.WriteNumber("recipients", count);
        if (count <= Spelled)
        {
            writer.WriteStartArray("to");
            foreach (var address in addresses)
            {
                writer.WriteStringValue(address);
            }

            writer.WriteEndArray();
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var address in addresses)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(address));
            hash.AppendData("\n"u8);
        }

        writer.WriteString("to-digest", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string? ListJson(IReadOnlyList<string> values) =>
        values.Count == 0 ? null : JsonSerializer.Serialize(values, StoredJson.Readable.IReadOnlyListString);

    private static IReadOnlyList<string> ReadList(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, StoredJson.Readable.IReadOnlyListString) ?? [];

    /// <summary>A property the stored form does not have comes back as null whatever the type says: an old row gets the empty value it would have had.</summary>
    private static IReadOnlyList<Finding> ReadFindings(string? json)
    {
        var stored = json is null ? null : JsonSerializer.Deserialize(json, StoredJson.Readable.IReadOnlyListFinding);
        return stored is null ? [] : [.. stored.Select(finding => finding with
        {
            Evidence = finding.Evidence ?? [],
            Recipients = finding.Recipients ?? [],
            Measures = finding.Measures ?? new Dictionary<string, long>(),
        })];
    }
}
