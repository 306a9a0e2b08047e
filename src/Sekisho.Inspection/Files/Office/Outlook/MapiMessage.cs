using System.Text;

namespace Sekisho.Inspection;

/// <summary>Puts the properties of an Outlook item into the harvest: what its head says, and its bodies, of which it may have three.</summary>
internal static class MapiMessage
{
    /// <summary>Reads the item. <paramref name="more"/>: lines of its head that do not stand in its properties (recipients).</summary>
    public static void Read(MapiBag item, string more, OfficeSink sink)
    {
        var head = new StringBuilder();
        Line(head, "Subject", item.Text(MapiBag.Subject));
        Line(head, "From", Person(item.First(0x0C1A, 0x0042), item.First(0x5D01, 0x5D02, 0x0C1F, 0x0065)));
        Line(head, "To", item.Text(0x0E04));
        Line(head, "Cc", item.Text(0x0E03));
        Line(head, "Bcc", item.Text(0x0E02));
        sink.Text("head", head.Append(more).ToString());
        Card(item, sink);
        sink.Text("body", item.Text(MapiBag.Body));
        Html(item, sink);
        if (item.Bytes(MapiBag.RichBody) is { Type: 0x102 } rich)
        {
            sink.Part("rich text", () => RtfFormat.Read(CompressedRtf.Unpack(rich.Value), "body", sink));
        }
    }

    /// <summary>A person as a head shows him.</summary>
    public static string Person(string name, string address) =>
        address.Contains('@', StringComparison.Ordinal) && !name.Contains(address, StringComparison.OrdinalIgnoreCase) ? $"{name} <{address}>".Trim() : name;

    /// <summary>A line of a head, where it says something.</summary>
    public static void Line(StringBuilder into, string name, string value)
    {
        if (value.Length > 0)
        {
            into.Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    /// <summary>A contact: its names, numbers and addresses.</summary>
    private static void Card(MapiBag item, OfficeSink sink)
    {
        var contact = item.Text(MapiBag.MessageClass) is var kind && (kind.StartsWith("IPM.Contact", StringComparison.OrdinalIgnoreCase)
            || kind.StartsWith("IPM.DistList", StringComparison.OrdinalIgnoreCase));
        var lines = new StringBuilder();
        foreach (var id in item.Ids.Where(i => i is >= 0x3A00 and <= 0x3AFF || (contact && i >= 0x8000)))
        {
            if (item.Text(id) is { Length: > 0 and < 1000 } text)
            {
                lines.Append(text).Append('\n');
            }
        }

        sink.Text("contact", lines.ToString());
    }

    private static void Html(MapiBag item, OfficeSink sink)
    {
        if (item.Bytes(MapiBag.HtmlBody) is not { } html || html.Value.Length == 0)
        {
            return;
        }

        var page = html.Type == 0x102 ? item.Number(0x3FDE) : 0;
        var text = html.Type == 0x102 ? page > 0 ? CodePages.Decode(html.Value.Span, page) : null : item.Text(MapiBag.HtmlBody);
        var file = sink.File;
        FileFormats.For(FileKind.Html)?.Read(
            new FileSource
            {
                Name = file.Name,
                Path = file.Path,
                Kind = FileKind.Html,
                Bytes = text is null ? html.Value : Encoding.UTF8.GetBytes(text),
                Charset = text is null ? null : "utf-8",
                Services = file.Services,
                Cancel = file.Cancel,
            },
            sink.Harvest);
    }
}
