using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Title, author, keywords and the like of an old Office file: its property sets ([MS-OLEPS]).</summary>
internal static class OleProperties
{
    private static readonly Dictionary<int, string> s_summary = new()
    {
        [2] = "title", [3] = "subject", [4] = "creator", [5] = "keywords", [6] = "description", [8] = "lastModifiedBy",
    };

    private static readonly Dictionary<int, string> s_document = new() { [2] = "category", [14] = "Manager", [15] = "Company" };

    /// <summary>Reads them; damaged ones are left away, as they hold nothing a reader sees.</summary>
    public static void Read(CfbFile compound, OfficeSink sink)
    {
        var text = new StringBuilder();
        Set(compound.Find("\u0005SummaryInformation"), s_summary, text);
        Set(compound.Find("\u0005DocumentSummaryInformation"), s_document, text);
        sink.Text("properties", text.ToString());
    }

    private static void Set(ReadOnlyMemory<byte>? stream, Dictionary<int, string> names, StringBuilder into)
    {
        if (stream is not { Length: >= 56 } all || Int(all.Span, 44) is not (>= 48 and var start) || start + 8 > all.Length)
        {
            return;
        }

        var set = all.Span[start..];
        var count = Math.Clamp(Int(set, 4), 0, 200);
        var page = 1252;
        for (var i = 0; i < count && 16 + (i * 8) <= set.Length; i++)
        {
            var id = Int(set, 8 + (i * 8));
            var at = Int(set, 12 + (i * 8));
            if (at < 0 || at + 8 > set.Length)
            {
                continue;
            }

            var type = Int(set, at) & 0xFFFF;
            if (id == 1 && type == 2)
            {
                page = BinaryPrimitives.ReadUInt16LittleEndian(set[(at + 4)..]);
            }
            else if (names.TryGetValue(id, out var name) && type is 30 or 31)
            {
                var length = Math.Clamp(Int(set, at + 4), 0, 10_000) * (type == 31 ? 2 : 1);
                var value = set.Slice(at + 8, Math.Min(length, set.Length - at - 8));
                var read = (type == 31 ? Encoding.Unicode.GetString(value) : CodePages.Decode(value, page)).TrimEnd('\0', ' ');
                if (read.Length > 0)
                {
                    into.Append(name).Append(": ").Append(read).Append('\n');
                }
            }
        }
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
