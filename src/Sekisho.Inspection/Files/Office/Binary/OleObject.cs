using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Finds the files that old Office files and OLE objects carry inside them ([MS-OLEDS]).</summary>
internal static class OleObject
{
    private const int MostObjects = 1000;

    private static readonly string[] s_documents = ["WordDocument", "Workbook", "Book", "PowerPoint Document", "__properties_version1.0"];

    /// <summary>Objects in the storages of a compound file (ObjectPool of Word, MBD… of Excel): each handed on as a file.</summary>
    public static void Embedded(CfbFile compound, OfficeSink sink)
    {
        var open = new Stack<(CfbEntry Storage, int Depth)>();
        open.Push((compound.Root, 0));
        for (var met = 0; met < MostObjects && open.TryPop(out var next) && !sink.Full; met++)
        {
            var children = compound.Children(next.Storage);
            if (next.Depth > 0 && Hand(compound, children, next.Storage.Name, sink))
            {
                continue;
            }

            if (next.Depth < 4)
            {
                foreach (var child in children.Values.Where(c => !c.IsStream).Take(MostObjects))
                {
                    open.Push((child, next.Depth + 1));
                }
            }
        }
    }

    /// <summary>Hands on what an OLE object of a package (<c>oleObject1.bin</c>) or of rich text wraps. False where it wraps nothing known.</summary>
    public static bool Unwrap(ReadOnlyMemory<byte> bytes, string name, OfficeSink sink)
    {
        if (!CfbFile.IsOne(bytes.Span))
        {
            return false;
        }

        var compound = CfbFile.Open(bytes);
        var children = compound.Children(compound.Root);
        if (s_documents.Any(children.ContainsKey) && !children.ContainsKey("\u0001Ole10Native"))
        {
            // It is a document as it stands.
            sink.Full |= !sink.Harvest.AddFile(name, bytes);
            return true;
        }

        return Hand(compound, children, name, sink);
    }

    /// <summary>The same for bytes that need not be a sound compound file, and leaves whole documents as they are.</summary>
    public static bool TryUnwrap(ReadOnlyMemory<byte> bytes, string name, OfficeSink sink)
    {
        if (!CfbFile.IsOne(bytes.Span))
        {
            return false;
        }

        var done = false;
        sink.Part("object", () =>
        {
            var compound = CfbFile.Open(bytes);
            var children = compound.Children(compound.Root);
            done = !s_documents.Any(children.ContainsKey) && Hand(compound, children, name, sink);
        });
        return done;
    }

    /// <summary>The data and name of an Ole10Native stream ([MS-OLEDS] 2.3.6 and what Packager writes into it), or null.</summary>
    public static (string Name, ReadOnlyMemory<byte> Bytes)? Native(ReadOnlyMemory<byte> stream)
    {
        var bytes = stream.Span;
        if (bytes.Length < 8)
        {
            return null;
        }

        var at = 4;
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) != 2)
        {
            return ("", stream[4..]);
        }

        at += 2;
        var label = Text(bytes, ref at);
        Text(bytes, ref at);
        at += 8;
        if (at > bytes.Length)
        {
            return null;
        }

        Text(bytes, ref at);
        if (at + 4 > bytes.Length)
        {
            return null;
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]), (uint)(bytes.Length - at - 4));
        return (label, stream.Slice(at + 4, length));
    }

    /// <summary>Hands on what the storage of an object holds. False where it holds nothing known.</summary>
    public static bool Hand(CfbFile compound, Dictionary<string, CfbEntry> children, string name, OfficeSink sink)
    {
        if (children.TryGetValue("\u0001Ole10Native", out var native) && native.IsStream)
        {
            if (Native(compound.Read(native)) is { } file && file.Bytes.Length > 0)
            {
                sink.Full |= !sink.Harvest.AddFile(file.Name.Length > 0 ? file.Name : name, file.Bytes);
            }

            return true;
        }

        foreach (var wrapped in (string[])["Package", "CONTENTS"])
        {
            if (children.TryGetValue(wrapped, out var entry) && entry.IsStream)
            {
                sink.Full |= !sink.Harvest.AddFile(name, compound.Read(entry));
                return true;
            }
        }

        if (children.TryGetValue("Equation Native", out _))
        {
            return true;
        }

        if (s_documents.Any(children.ContainsKey))
        {
            sink.Full |= !sink.Harvest.AddFile(name, CfbWriter.Write(compound, children));
            return true;
        }

        return false;
    }

    private static string Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        var rest = bytes[Math.Min(at, bytes.Length)..];
        var end = rest.IndexOf((byte)0);
        end = end < 0 ? rest.Length : end;
        at += end + 1;
        return CodePages.Decode(rest[..Math.Min(end, 1000)], 932);
    }
}
