using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Outlook's .msg ([MS-OXMSG]): head, recipients, all bodies; attachments and attached messages go on as files.</summary>
internal sealed class OutlookMessageFormat : IFileFormat
{
    private const int MostParts = 10_000;
    private const string Properties = "__properties_version1.0";
    private const string Value = "__substg1.0_";

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.OutlookMessage;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        var compound = CfbFile.Open(file.Bytes);
        var root = compound.Children(compound.Root);
        var item = Bag(compound, root, 932);
        if (!item.Ids.Any())
        {
            into.AddTrouble(FileTroubles.Broken, "no properties");
        }

        var recipients = new StringBuilder();
        foreach (var entry in Storages(root, "__recip_version1.0_"))
        {
            var bag = Bag(compound, compound.Children(entry), item.Page);
            MapiMessage.Line(recipients, "Recipient", MapiMessage.Person(bag.Text(MapiBag.DisplayName), bag.First(0x39FE, 0x3003)));
        }

        MapiMessage.Read(item, recipients.ToString(), sink);
        foreach (var entry in Storages(root, "__attach_version1.0_"))
        {
            sink.Part("attachment", () => Attachment(compound, compound.Children(entry), item.Page, sink));
        }

        if (compound.Damaged)
        {
            into.AddTrouble(FileTroubles.Broken, "message");
        }
    }

    private static List<CfbEntry> Storages(Dictionary<string, CfbEntry> root, string prefix) =>
        [.. root.Values.Where(e => !e.IsStream && e.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(e => e.Name, StringComparer.Ordinal).Take(MostParts)];

    private static void Attachment(CfbFile compound, Dictionary<string, CfbEntry> entries, int page, OfficeSink sink)
    {
        var bag = Bag(compound, entries, page);
        var name = bag.First(MapiBag.LongName, MapiBag.ShortName, MapiBag.DisplayName);
        if (bag.Bytes(MapiBag.Data) is { Type: 0x102 } data)
        {
            sink.Full |= !sink.Harvest.AddFile(name, data.Value);
        }
        else if (entries.TryGetValue(Value + "3701000D", out var storage) && !storage.IsStream)
        {
            var inside = compound.Children(storage);
            if (inside.ContainsKey(Properties))
            {
                sink.Full |= !sink.Harvest.AddFile(name.EndsWith(".msg", StringComparison.OrdinalIgnoreCase) ? name : name + ".msg", CfbWriter.Write(compound, inside));
            }
            else if (!OleObject.Hand(compound, inside, name, sink))
            {
                sink.Trouble(FileTroubles.Unread, "embedded object");
            }
        }
    }

    /// <summary>The properties of a storage: small ones in one stream, each larger one in its own ([MS-OXMSG] 2.4).</summary>
    private static MapiBag Bag(CfbFile compound, Dictionary<string, CfbEntry> entries, int page)
    {
        var bag = new MapiBag { Page = page };
        if (entries.TryGetValue(Properties, out var table) && table.IsStream)
        {
            // The stream's head is of 32, 24 or 8 bytes; the entries behind it are of 16.
            var bytes = compound.Read(table);
            for (var at = bytes.Length % 16; at + 16 <= bytes.Length; at += 16)
            {
                var type = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]);
                if (type is 2 or 3)
                {
                    bag.Add(BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[(at + 2)..]), type, bytes.Slice(at + 8, 8));
                }
            }
        }

        foreach (var entry in entries.Values)
        {
            if (entry.IsStream && entry.Name.Length == Value.Length + 8 && entry.Name.StartsWith(Value, StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(entry.Name.AsSpan(Value.Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var tag) && (tag & 0xFFFF) is 0x1E or 0x1F or 0x102)
            {
                bag.Add((int)(tag >> 16), (int)(tag & 0xFFFF), compound.Read(entry));
            }
        }

        bag.FindPage();
        return bag;
    }
}
