using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>
/// Outlook's winmail.dat ([MS-OXTNEF]): head and bodies of the message; attachments, also attached messages, go on as files under their long names.
/// What is cut short or whose sums do not agree is read as far as it goes and said to be broken.
/// </summary>
internal sealed class TnefFormat : IFileFormat
{
    private const uint Signature = 0x223E9F78;
    private const uint SubjectTag = 0x00018004;
    private const uint BodyTag = 0x0002800C;
    private const uint MessageTag = 0x00069003;
    private const uint RecipientsTag = 0x00069004;
    private const uint AttachmentTag = 0x00069002;
    private const uint AttachmentDataTag = 0x0006800F;
    private const uint AttachmentTitleTag = 0x00018010;
    private const uint AttachmentPropertiesTag = 0x00069005;
    private const uint CodePageTag = 0x00069007;

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Tnef;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        var bytes = file.Bytes;
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) != Signature)
        {
            into.AddTrouble(FileTroubles.Broken, "no TNEF");
            return;
        }

        var item = new MapiBag();
        var attachments = new List<Attachment>();
        var rows = new List<MapiBag>();
        for (var at = 6; at < bytes.Length && sink.Tick();)
        {
            var rest = bytes.Span[at..];
            if (rest.Length < 11 || rest[0] is not (1 or 2))
            {
                // Gateways leave a line end behind it.
                if (rest.IndexOfAnyExcept((byte)0, (byte)'\r', (byte)'\n') >= 0)
                {
                    sink.Trouble(FileTroubles.Broken, "TNEF");
                }

                break;
            }

            var tag = BinaryPrimitives.ReadUInt32LittleEndian(rest[1..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[5..]);
            var whole = length <= rest.Length - 11;
            var content = bytes.Slice(at + 9, (int)Math.Min(length, (uint)rest.Length - 9));
            if (!whole || Sum(content.Span) != BinaryPrimitives.ReadUInt16LittleEndian(rest[(9 + (int)length)..]))
            {
                sink.Trouble(FileTroubles.Broken, "TNEF");
            }

            Take(tag, content, item, attachments, rows, sink);
            at = whole ? at + 11 + (int)length : bytes.Length;
        }

        item.FindPage();
        var recipients = new System.Text.StringBuilder();
        foreach (var row in rows)
        {
            row.Page = item.Page;
            MapiMessage.Line(recipients, "Recipient", MapiMessage.Person(row.Text(MapiBag.DisplayName), row.First(0x39FE, 0x3003)));
        }

        MapiMessage.Read(item, recipients.ToString(), sink);
        foreach (var attachment in attachments)
        {
            attachment.Properties.Page = item.Page;
            HandOn(attachment, sink);
        }
    }

    private static void Take(uint tag, ReadOnlyMemory<byte> content, MapiBag item, List<Attachment> attachments, List<MapiBag> rows, OfficeSink sink)
    {
        switch (tag)
        {
            case CodePageTag when content.Length >= 4:
                item.Page = BinaryPrimitives.ReadInt32LittleEndian(content.Span);
                break;
            case SubjectTag:
                item.Add(MapiBag.Subject, 0x1E, content);
                break;
            case BodyTag:
                item.Add(MapiBag.Body, 0x1E, content);
                break;
            case MessageTag:
                Complete(new TnefProperties(content).Read(item), sink);
                break;
            case RecipientsTag:
                Complete(new TnefProperties(content).ReadRows(rows), sink);
                break;
            case AttachmentTag:
                attachments.Add(new Attachment());
                break;
            case AttachmentDataTag:
                Last(attachments).Data = content;
                break;
            case AttachmentTitleTag:
                Last(attachments).Properties.Add(MapiBag.ShortName, 0x1E, content);
                break;
            case AttachmentPropertiesTag:
                Complete(new TnefProperties(content).Read(Last(attachments).Properties), sink);
                break;
            default:
                break;
        }
    }

    private static void Complete(bool complete, OfficeSink sink)
    {
        if (!complete)
        {
            sink.Trouble(FileTroubles.Broken, "TNEF properties");
        }
    }

    private static Attachment Last(List<Attachment> attachments)
    {
        if (attachments.Count == 0)
        {
            attachments.Add(new Attachment());
        }

        return attachments[^1];
    }

    private static void HandOn(Attachment attachment, OfficeSink sink)
    {
        var bag = attachment.Properties;
        var name = bag.First(MapiBag.LongName, MapiBag.ShortName, MapiBag.DisplayName);
        var data = attachment.Data;
        if (bag.Bytes(MapiBag.Data) is { } value && value.Value.Length > 0)
        {
            // An object begins with the number of its interface; a message behind it is TNEF again.
            data = value.Type == 0x0D ? value.Value[Math.Min(16, value.Value.Length)..] : value.Value;
        }

        if (!sink.Full && !OleObject.TryUnwrap(data, name, sink))
        {
            sink.Full |= !sink.Harvest.AddFile(name, data);
        }
    }

    private static ushort Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        foreach (var b in bytes)
        {
            sum += b;
        }

        return (ushort)sum;
    }

    private sealed class Attachment
    {
        public MapiBag Properties { get; } = new();

        public ReadOnlyMemory<byte> Data { get; set; }
    }
}
