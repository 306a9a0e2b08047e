using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Makes a compound file ([MS-CFB]) of a storage inside another one, so that an embedded document or message can be read like any file. All streams
/// lie in ordinary sectors.
/// </summary>
internal static class CfbWriter
{
    private const int Sector = 512;
    private const int MostEntries = 20_000;
    private const uint Free = 0xFFFFFFFF;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint FatSector = 0xFFFFFFFD;

    /// <summary>The bytes of a compound file whose root holds these entries of <paramref name="from"/>.</summary>
    public static byte[] Write(CfbFile from, IReadOnlyDictionary<string, CfbEntry> children)
    {
        var nodes = new List<Node> { new("Root Entry", 5, default) };
        Copy(from, children, nodes);
        var data = nodes.Sum(n => Sectors(n.Content.Length));
        var directory = Sectors(nodes.Count * 128);
        var fat = 1;
        while (fat * (Sector / 4) < fat + Difat(fat) + data + directory)
        {
            fat++;
        }

        var difat = Difat(fat);
        var file = new byte[(1 + fat + difat + data + directory) * Sector];
        var table = new uint[fat * (Sector / 4)];
        Array.Fill(table, Free);
        table.AsSpan(0, fat).Fill(FatSector);
        table.AsSpan(fat, difat).Fill(0xFFFFFFFC);
        var next = fat + difat;
        Header(file, fat, difat, next);
        Chain(table, ref next, directory);
        var entries = (1 + fat + difat) * Sector;
        for (var i = 0; i < directory * (Sector / 128); i++)
        {
            var node = i < nodes.Count ? nodes[i] : new Node("", 0, default);
            var start = node.Content.Length > 0 ? next : -2;
            node.Content.Span.CopyTo(file.AsSpan((next + 1) * Sector));
            Chain(table, ref next, Sectors(node.Content.Length));
            Entry(file.AsSpan(entries + (i * 128), 128), node, start);
        }

        for (var i = 0; i < table.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Sector + (i * 4)), table[i]);
        }

        return file;
    }

    private static void Copy(CfbFile from, IReadOnlyDictionary<string, CfbEntry> children, List<Node> nodes)
    {
        var open = new Queue<(int Parent, CfbEntry[] Children)>();
        open.Enqueue((0, [.. children.Values]));
        var seen = new HashSet<int>();
        while (open.TryDequeue(out var next))
        {
            var before = -1;
            foreach (var child in next.Children)
            {
                if (nodes.Count >= MostEntries || !seen.Add(child.Id))
                {
                    continue;
                }

                nodes.Add(new Node(child.Name, child.IsStream ? (byte)2 : (byte)1, child.IsStream ? from.Read(child) : default));
                var id = nodes.Count - 1;
                if (before < 0)
                {
                    nodes[next.Parent].Child = id;
                }
                else
                {
                    nodes[before].Right = id;
                }

                before = id;
                if (!child.IsStream)
                {
                    open.Enqueue((id, [.. from.Children(child).Values]));
                }
            }
        }
    }

    private static void Header(Span<byte> file, int fat, int difat, int directory)
    {
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[24..], 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(file[26..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file[28..], 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(file[30..], 9);
        BinaryPrimitives.WriteUInt16LittleEndian(file[32..], 6);
        BinaryPrimitives.WriteInt32LittleEndian(file[44..], fat);
        BinaryPrimitives.WriteInt32LittleEndian(file[48..], directory);
        BinaryPrimitives.WriteUInt32LittleEndian(file[60..], EndOfChain);
        BinaryPrimitives.WriteUInt32LittleEndian(file[68..], difat > 0 ? (uint)fat : EndOfChain);
        BinaryPrimitives.WriteInt32LittleEndian(file[72..], difat);
        for (var i = 0; i < 109; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file[(76 + (i * 4))..], i < fat ? (uint)i : Free);
        }

        for (var block = 0; block < difat; block++)
        {
            var at = (1 + fat + block) * Sector;
            for (var i = 0; i < 127; i++)
            {
                var sector = 109 + (block * 127) + i;
                BinaryPrimitives.WriteUInt32LittleEndian(file[(at + (i * 4))..], sector < fat ? (uint)sector : Free);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(file[(at + 508)..], block + 1 < difat ? (uint)(fat + block + 1) : EndOfChain);
        }
    }

    private static void Entry(Span<byte> into, Node node, int start)
    {
        var name = node.Name.Length > 31 ? node.Name[..31] : node.Name;
        Encoding.Unicode.GetBytes(name, into);
        BinaryPrimitives.WriteUInt16LittleEndian(into[64..], (ushort)(node.Type == 0 ? 0 : (name.Length + 1) * 2));
        into[66] = node.Type;
        into[67] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(into[68..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(into[72..], node.Right);
        BinaryPrimitives.WriteInt32LittleEndian(into[76..], node.Child);
        BinaryPrimitives.WriteInt32LittleEndian(into[116..], start);
        BinaryPrimitives.WriteInt32LittleEndian(into[120..], node.Content.Length);
    }

    private static void Chain(uint[] table, ref int next, int sectors)
    {
        for (var i = 0; i < sectors; i++, next++)
        {
            table[next] = i + 1 < sectors ? (uint)next + 1 : EndOfChain;
        }
    }

    private static int Sectors(int length) => (length + Sector - 1) / Sector;

    private static int Difat(int fat) => fat <= 109 ? 0 : (fat - 109 + 126) / 127;

    private sealed class Node(string name, byte type, ReadOnlyMemory<byte> content)
    {
        public string Name => name;

        public byte Type => type;

        public ReadOnlyMemory<byte> Content => content;

        public int Child { get; set; } = -1;

        public int Right { get; set; } = -1;
    }
}
