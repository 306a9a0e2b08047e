using System.Text;
using System.Text.Json;

namespace Sekisho.Inspection;

/// <summary>
/// JSON (RFC 8259), also several values one after the other. An array of objects is a table, its members' names the header, nested members by
/// <c>a.b</c>; everything else is text, a line for each member. What is no JSON after all is read as it stands.
/// </summary>
internal sealed class JsonFormat : IFileFormat
{
    private const int MaxDepth = 512;

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Json;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var text = FileText.Decode(file, into);
        var bytes = Encoding.UTF8.GetBytes(text);
        var records = new RecordTables(into);
        try
        {
            Walk(bytes, records, file.Cancel);
        }
        catch (JsonException)
        {
            // Cut, deeper than anybody writes, or with comments and loose commas: its words are still there to be read.
            records.Drop();
            into.AddText("", Unescaped(text));
            return;
        }

        records.End();
    }

    private static void Walk(byte[] bytes, RecordTables records, CancellationToken cancel)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        var names = new List<string>();
        var objects = new Stack<bool>();
        var name = "";
        var tokens = 0;
        while (reader.Read())
        {
            if ((++tokens & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (records.Full)
                {
                    return;
                }
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString() ?? "";
                    break;
                case JsonTokenType.StartObject:
                    var inArray = objects.Count == 0 || !objects.Peek();
                    objects.Push(true);
                    names.Add(name);
                    if (inArray)
                    {
                        records.Begin(names);
                    }
                    else
                    {
                        records.Enter(name);
                    }

                    name = "";
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    names.RemoveAt(names.Count - 1);
                    records.Leave();
                    name = "";
                    break;
                case JsonTokenType.StartArray:
                    objects.Push(false);
                    names.Add(name);
                    name = "";
                    break;
                case JsonTokenType.EndArray:
                    objects.Pop();
                    names.RemoveAt(names.Count - 1);
                    name = "";
                    break;
                case JsonTokenType.String:
                    records.Value(objects.Count > 0 && !objects.Peek() ? names[^1] : name, reader.GetString() ?? "");
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    records.Value(objects.Count > 0 && !objects.Peek() ? names[^1] : name, Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Names written as \u5c71\u7530 read as names.</summary>
    private static string Unescaped(string text)
    {
        if (!text.Contains("\\u", StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u'
                && int.TryParse(text.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var unit))
            {
                plain.Append((char)unit);
                i += 5;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
