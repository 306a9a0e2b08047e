using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Properties of an Outlook item or attachment by their numbers ([MS-OXPROPS]); of each the first value met.</summary>
internal sealed class MapiBag
{
    public const int Subject = 0x0037;
    public const int MessageClass = 0x001A;
    public const int Body = 0x1000;
    public const int RichBody = 0x1009;
    public const int HtmlBody = 0x1013;
    public const int Data = 0x3701;
    public const int LongName = 0x3707;
    public const int ShortName = 0x3704;
    public const int DisplayName = 0x3001;

    private const int Most = 20_000;

    private readonly Dictionary<int, (int Type, ReadOnlyMemory<byte> Value)> _values = [];

    /// <summary>The code page of its 8-bit texts; of Japanese Windows where nothing is said.</summary>
    public int Page { get; set; } = 932;

    /// <summary>Numbers of the properties it has.</summary>
    public IEnumerable<int> Ids => _values.Keys.Order();

    /// <summary>Adds a property.</summary>
    public void Add(int id, int type, ReadOnlyMemory<byte> value)
    {
        if (_values.Count < Most)
        {
            // The same text may stand twice, as 8-bit characters and as UTF-16; the latter is safe.
            if (type == 0x1F)
            {
                _values[id] = (type, value);
            }
            else
            {
                _values.TryAdd(id, (type, value));
            }
        }
    }

    /// <summary>Takes the code page the properties themselves name, where they do.</summary>
    public void FindPage()
    {
        foreach (var id in (ReadOnlySpan<int>)[0x3FFD, 0x3FDE])
        {
            if (Number(id) is > 0 and not 1200 and var page)
            {
                Page = page;
                return;
            }
        }
    }

    /// <summary>A text; empty where there is none.</summary>
    public string Text(int id) => _values.TryGetValue(id, out var found) ? found.Type switch
    {
        0x1F => Encoding.Unicode.GetString(found.Value.Span).TrimEnd('\0'),
        0x1E => CodePages.Decode(found.Value.Span, Page).TrimEnd('\0'),
        _ => "",
    } : "";

    /// <summary>The first text there is.</summary>
    public string First(params ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
        {
            if (Text(id) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return "";
    }

    /// <summary>A number; 0 where there is none.</summary>
    public int Number(int id) => _values.TryGetValue(id, out var found) && found.Type is 2 or 3 && found.Value.Length >= 4
        ? BinaryPrimitives.ReadInt32LittleEndian(found.Value.Span) : 0;

    /// <summary>Bytes and type of a property, or null.</summary>
    public (int Type, ReadOnlyMemory<byte> Value)? Bytes(int id) => _values.TryGetValue(id, out var found) ? found : null;
}
