using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Conformance.Tests.Hostile;

/// <summary>A file made to hurt whoever opens it.</summary>
/// <param name="Name">As attached.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Stops">True: it cannot be looked into, and must not go out by itself. False: it may pass once it has done no harm.</param>
internal sealed record HostileFile(string Name, byte[] Bytes, bool Stops = true);

/// <summary>Archives: bombs, liars, loops, and what climbs out of its folder.</summary>
internal static class HostileArchives
{
    public const int Giga = 1024 * 1024 * 1024;
    private const int Mega = 1024 * 1024;

    public static IEnumerable<HostileFile> All() => Zips().Concat(Tars()).Concat(Gzips()).Concat(Garbage());

    private static IEnumerable<HostileFile> Zips()
    {
        yield return new("flat-bomb.zip", Zip(("bomb.txt", Zeros(Giga))));
        yield return new("wide-bomb.zip", Zip([.. Enumerable.Range(0, 200).Select(i => ($"{i}.txt", Zeros(10 * Mega)))]));
        var leaf = Zip(("leaf.txt", Zeros(20 * Mega)));
        var branch = Zip([.. Enumerable.Range(0, 16).Select(i => ($"{i}.zip", Bytes(leaf)))]);
        yield return new("nested-bomb.zip", Zip([.. Enumerable.Range(0, 16).Select(i => ($"{i}.zip", Bytes(branch)))]));
        var deep = Zip(("secret.txt", Bytes("deep inside"u8.ToArray())));
        for (var i = 0; i < 40; i++)
        {
            deep = Zip(("next.zip", Bytes(deep)));
        }

        yield return new("deep.zip", deep);
        yield return new("many-entries.zip", Zip([.. Enumerable.Range(0, 60_000).Select(i => ($"{i}", Bytes([])))]));
        yield return new("overlapping.zip", Overlapping(2000));
        yield return new("size-lies.zip", Raw("lie.txt", Deflate(Zeros(100 * Mega)), method: 8, size: 10));
        yield return new("size-huge.zip", Raw("huge.txt", Deflate(Bytes("x"u8.ToArray())), method: 8, size: uint.MaxValue - 1));
        // Wrong by its checksum, but every byte of it was read.
        yield return new("crc-wrong.zip", Raw("crc.txt", "hello"u8.ToArray(), method: 0, size: 5, crc: 1), Stops: false);
        yield return new("unknown-method.zip", Raw("odd.txt", "hello"u8.ToArray(), method: 97, size: 5));
        yield return new("encrypted.zip", Raw("secret.txt", new byte[40], method: 0, size: 28, flags: 1));
        yield return new("encrypted-aes.zip", Raw("secret.txt", new byte[40], method: 99, size: 28, flags: 1));
        yield return new("data-broken.zip", Raw("broken.txt", [.. Enumerable.Repeat((byte)0xFF, 500)], method: 8, size: 5000));
        var whole = Zip(("a.txt", Bytes([.. Enumerable.Repeat((byte)'a', 100_000)])), ("b.txt", Bytes("b"u8.ToArray())));
        yield return new("truncated.zip", whole[..(whole.Length / 2)]);
        yield return new("no-directory.zip", whole[..60]);
        yield return new("directory-only.zip", whole[^22..]);
        yield return new("climbing.zip", Zip(("../../../../../../tmp/sekisho-climbed", Bytes("x"u8.ToArray())), ("/tmp/sekisho-climbed", Bytes("x"u8.ToArray()))), Stops: false);
        yield return new("long-name.zip", Zip((new string('n', 60_000), Bytes("x"u8.ToArray()))), Stops: false);
    }

    private static IEnumerable<HostileFile> Tars()
    {
        yield return new("links.tar", Tar(w =>
        {
            w.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "passwd.txt") { LinkName = "/etc/passwd" });
            w.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "shadow.txt") { LinkName = "/etc/passwd" });
        }), Stops: false);
        yield return new("devices.tar", Tar(w =>
        {
            w.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, "zero.txt") { DeviceMajor = 1, DeviceMinor = 5 });
            w.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "fifo.txt"));
        }), Stops: false);
        yield return new("climbing.tar", Tar(w => w.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "../../../../tmp/sekisho-climbed") { DataStream = new MemoryStream("x"u8.ToArray()) })), Stops: false);
        var one = Tar(w => w.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "a.txt") { DataStream = new MemoryStream(new byte[600]) }));
        var huge = (byte[])one.Clone();
        "77777777777"u8.CopyTo(huge.AsSpan(124));
        yield return new("size-huge.tar", Checked(huge));
        var negative = (byte[])one.Clone();
        negative.AsSpan(124, 12).Fill(0xFF);
        yield return new("size-negative.tar", Checked(negative));
        yield return new("truncated.tar", one[..700]);
        yield return new("many.tar.gz", Gzip(s => s.Write(Tar(w =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                w.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"f{i}"));
            }
        }))));
    }

    private static IEnumerable<HostileFile> Gzips()
    {
        yield return new("bomb.txt.gz", Gzip(Zeros(Giga)));
        var nested = Gzip(Zeros(Giga));
        for (var i = 0; i < 12; i++)
        {
            var inner = nested;
            nested = Gzip(s => s.Write(inner));
        }

        yield return new("nested.gz", nested);
        var members = new MemoryStream();
        var empty = Gzip(_ => { });
        for (var i = 0; i < 200_000; i++)
        {
            members.Write(empty);
        }

        // Two hundred thousand times nothing is nothing.
        yield return new("members.gz", members.ToArray(), Stops: false);
        yield return new("truncated.csv.gz", Gzip(s => s.Write(Noise(100_000, 1)))[..50_000]);
        yield return new("garbage.gz", [0x1F, 0x8B, 8, 0, .. Noise(5000, 2)]);
    }

    /// <summary>The first bytes of a format, and then nothing that makes sense.</summary>
    private static IEnumerable<HostileFile> Garbage()
    {
        (string Name, byte[] Magic)[] kinds =
        [
            ("x.7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]), ("x.rar", [.. "Rar!\x1a\x07\0"u8]), ("x5.rar", [.. "Rar!\x1a\x07\x01\0"u8]), ("x.cab", [.. "MSCF\0\0\0\0"u8]),
            ("x.lzh", [0x20, 0x40, .. "-lh5-"u8]), ("x.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]), ("x.bz2", [.. "BZh9"u8]), ("x.zst", [0x28, 0xB5, 0x2F, 0xFD]),
            ("x.cpio", [.. "070701"u8]), ("x.zip", [.. "PK\x03\x04"u8]),
        ];
        return kinds.Select((k, i) => new HostileFile("garbage-" + k.Name, [.. k.Magic, .. Noise(3000, 10 + i)]));
    }

    public static byte[] Noise(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Zip(params (string Name, Action<Stream> Write)[] files)
    {
        var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, write) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                write(entry);
            }
        }

        return buffer.ToArray();
    }

    public static Action<Stream> Bytes(byte[] bytes) => s => s.Write(bytes);

    public static Action<Stream> Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static Action<Stream> Zeros(long size, byte filler = 0) => s =>
    {
        var block = new byte[Mega];
        block.AsSpan().Fill(filler);
        for (long i = 0; i < size; i += block.Length)
        {
            s.Write(block);
        }
    };

    public static byte[] Gzip(Action<Stream> write)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            write(gzip);
        }

        return buffer.ToArray();
    }

    public static byte[] Deflate(Action<Stream> write)
    {
        var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            write(deflate);
        }

        return buffer.ToArray();
    }

    private static byte[] Tar(Action<TarWriter> write)
    {
        var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, leaveOpen: true))
        {
            write(tar);
        }

        return buffer.ToArray();
    }

    /// <summary>The first header's checksum made right again.</summary>
    private static byte[] Checked(byte[] tar)
    {
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in tar.AsSpan(0, 512))
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        return tar;
    }

    /// <summary>A zip with one entry whose header says what it is told.</summary>
    private static byte[] Raw(string name, byte[] data, ushort method, uint size, uint crc = 0, ushort flags = 0)
    {
        var file = new MemoryStream();
        Header(file, 0x04034b50, name, data, method, size, crc, flags, offset: null);
        file.Write(data);
        var directory = (uint)file.Length;
        Header(file, 0x02014b50, name, data, method, size, crc, flags, offset: 0);
        End(file, directory, 1);
        return file.ToArray();
    }

    /// <summary>Many names for the same 20 MB of nothing: twenty kilobytes that say they are forty gigabytes.</summary>
    private static byte[] Overlapping(int entries)
    {
        var data = Deflate(Zeros(20 * Mega));
        var file = new MemoryStream();
        Header(file, 0x04034b50, "0.txt", data, 8, 20 * Mega, 0, 0, offset: null);
        file.Write(data);
        var directory = (uint)file.Length;
        for (var i = 0; i < entries; i++)
        {
            Header(file, 0x02014b50, "0.txt", data, 8, 20 * Mega, 0, 0, offset: 0);
        }

        End(file, directory, (ushort)entries);
        return file.ToArray();
    }

    private static void Header(MemoryStream to, uint signature, string name, byte[] data, ushort method, uint size, uint crc, ushort flags, uint? offset)
    {
        Span<byte> b = stackalloc byte[46];
        b.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(b, signature);
        var at = offset is null ? 4 : 6;
        BinaryPrimitives.WriteUInt16LittleEndian(b[4..], 20);
        BinaryPrimitives.WriteUInt16LittleEndian(b[at..], 20);
        BinaryPrimitives.WriteUInt16LittleEndian(b[(at + 2)..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(b[(at + 4)..], method);
        BinaryPrimitives.WriteUInt32LittleEndian(b[(at + 10)..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(b[(at + 14)..], (uint)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(b[(at + 18)..], size);
        BinaryPrimitives.WriteUInt16LittleEndian(b[(at + 22)..], (ushort)name.Length);
        if (offset is { } from)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(b[42..], from);
        }

        to.Write(b[..(offset is null ? 30 : 46)]);
        to.Write(Encoding.ASCII.GetBytes(name));
    }

    private static void End(MemoryStream to, uint directory, ushort entries)
    {
        Span<byte> b = stackalloc byte[22];
        b.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(b, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(b[8..], entries);
        BinaryPrimitives.WriteUInt16LittleEndian(b[10..], entries);
        BinaryPrimitives.WriteUInt32LittleEndian(b[12..], (uint)to.Length - directory);
        BinaryPrimitives.WriteUInt32LittleEndian(b[16..], directory);
        to.Write(b);
    }
}
