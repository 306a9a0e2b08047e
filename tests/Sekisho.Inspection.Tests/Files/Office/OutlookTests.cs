using System.Globalization;
using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class OutlookTests
{
    private static readonly byte[] s_list = Encoding.UTF8.GetBytes("氏名,電話\n山田,03-1234-5678\n");

    [Fact]
    public void A_message_file_gives_head_bodies_and_attachments()
    {
        var inner = Item("中のメール", "内側の本文", 24);
        var message = Item("件名です", "本文の鈴木花子", 32)
            .Stream("__substg1.0_10130102", Encoding.UTF8.GetBytes("<html><meta charset=utf-8><p>HTML本文の佐藤</p></html>"))
            .Storage("__recip_version1.0_#00000000", new CompoundBuilder().Stream("__properties_version1.0", new byte[8])
                .Stream("__substg1.0_3001001F", Utf16("田中一郎")).Stream("__substg1.0_39FE001F", Utf16("tanaka@example.com")))
            .Storage("__attach_version1.0_#00000000", new CompoundBuilder().Stream("__properties_version1.0", new byte[8])
                .Stream("__substg1.0_3707001F", Utf16("顧客名簿.csv")).Stream("__substg1.0_37010102", s_list))
            .Storage("__attach_version1.0_#00000001", new CompoundBuilder().Stream("__properties_version1.0", new byte[8])
                .Stream("__substg1.0_3001001F", Utf16("転送")).Storage("__substg1.0_3701000D", inner));
        var files = Reading.All("x.msg", message.Build());
        Assert.Equal(["x.msg", "顧客名簿.csv", "転送.msg"], files.Select(f => f.Name));
        Assert.Equal(FileKind.OutlookMessage, files[0].Kind);
        Assert.Equal("Subject: 件名です\nRecipient: 田中一郎 <tanaka@example.com>", OfficeFixtureTests.Place(files[0], "head"));
        Assert.Equal("本文の鈴木花子", OfficeFixtureTests.Place(files[0], "body"));
        Assert.Contains("HTML本文の佐藤", files[0].Text(), StringComparison.Ordinal);
        Assert.Equal("山田", files[1].Rows()[1][0]);
        Assert.Equal("内側の本文", OfficeFixtureTests.Place(files[2], "body"));
        Assert.Empty(files.AllMeasures());
    }

    [Fact]
    public void Eight_bit_texts_are_read_in_their_code_page()
    {
        byte[] page = [3, 0, 0xFD, 0x3F, 6, 0, 0, 0, 0xA4, 3, 0, 0, 0, 0, 0, 0];
        var message = new CompoundBuilder().Stream("__properties_version1.0", [.. new byte[32], .. page])
            .Stream("__substg1.0_0037001E", Reading.Cp932.GetBytes("表題")).Stream("__substg1.0_1000001E", Reading.Cp932.GetBytes("予算表"));
        Assert.Equal("Subject: 表題\n予算表", Reading.One("x.msg", message.Build()).Text());
    }

    [Fact]
    public void Winmail_gives_bodies_and_attachments_under_their_long_names()
    {
        var files = Reading.All("winmail.dat", Winmail());
        Assert.Equal(FileKind.Tnef, files[0].Kind);
        Assert.Equal(["winmail.dat", "顧客名簿（最新版）.csv"], files.Select(f => f.Name));
        Assert.Equal("Subject: 件名", OfficeFixtureTests.Place(files[0], "head"));
        Assert.Equal("本文の鈴木", OfficeFixtureTests.Place(files[0], "body"));
        Assert.Equal("山田", files[1].Rows()[1][0]);
        Assert.Empty(files.AllMeasures());
    }

    [Fact]
    public void A_damaged_winmail_is_said_to_be_broken()
    {
        var bytes = Winmail();
        Assert.Contains(FileTroubles.Broken, Reading.All("winmail.dat", bytes[..^40]).AllMeasures());
        bytes[^20] ^= 0x55;
        Assert.Contains(FileTroubles.Broken, Reading.All("winmail.dat", bytes).AllMeasures());
    }

    [Fact]
    public void Damage_anywhere_ends_soon()
    {
        var random = new Random(42);
        var message = Item("件名", "本文", 32).Storage("__attach_version1.0_#00000000", new CompoundBuilder().Stream("__substg1.0_37010102", s_list)).Build();
        foreach (var (name, sound) in new[] { ("winmail.dat", Winmail()), ("x.msg", message) })
        {
            for (var round = 0; round < 300; round++)
            {
                var bytes = (byte[])sound.Clone();
                for (var flips = random.Next(1, 12); flips > 0; flips--)
                {
                    bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
                }

                var files = Reading.All(name, bytes[..random.Next(bytes.Length / 2, bytes.Length)]);
                Assert.DoesNotContain(files.SelectMany(f => f.Troubles), t => t.Detail is "NullReferenceException" or "OutOfMemoryException");
            }
        }
    }

    private static CompoundBuilder Item(string subject, string body, int head) => new CompoundBuilder().Stream("__properties_version1.0", new byte[head])
        .Stream("__substg1.0_0037001F", Utf16(subject)).Stream("__substg1.0_1000001F", Utf16(body));

    private static byte[] Winmail()
    {
        var stream = new MemoryStream();
        stream.Write([0x78, 0x9F, 0x3E, 0x22, 1, 0]);
        Attribute(stream, 1, 0x00089006, [0, 0, 1, 0]);
        Attribute(stream, 1, 0x00069007, [0xA4, 3, 0, 0, 0, 0, 0, 0]);
        Attribute(stream, 1, 0x00018004, Reading.Cp932.GetBytes("件名\0"));
        Attribute(stream, 1, 0x00069003, Properties((0x1000, Utf16("本文の鈴木")), (0x8001, Utf16("named"))));
        Attribute(stream, 2, 0x00069002, new byte[14]);
        Attribute(stream, 2, 0x00018010, Reading.Cp932.GetBytes("顧客名~1.CSV\0"));
        Attribute(stream, 2, 0x0006800F, s_list);
        Attribute(stream, 2, 0x00069005, Properties((0x3707, Utf16("顧客名簿（最新版）.csv\0"))));
        stream.Write("\r\n"u8);
        return stream.ToArray();
    }

    private static void Attribute(MemoryStream stream, byte level, uint tag, byte[] content)
        => stream.Write([level, .. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(content.Length), .. content, .. BitConverter.GetBytes((ushort)content.Sum(b => b))]);

    private static byte[] Properties(params (int Id, byte[] Value)[] properties)
    {
        var stream = new MemoryStream();
        stream.Write(BitConverter.GetBytes(properties.Length));
        foreach (var (id, value) in properties)
        {
            stream.Write([0x1F, 0, .. BitConverter.GetBytes((ushort)id)]);
            if (id >= 0x8000)
            {
                stream.Write([.. new byte[16], 1, 0, 0, 0, 6, 0, 0, 0, .. Utf16("abc"), 0, 0]);
            }

            stream.Write([1, 0, 0, 0, .. BitConverter.GetBytes(value.Length), .. value, .. new byte[(4 - (value.Length % 4)) % 4]]);
        }

        return stream.ToArray();
    }

    private static byte[] Utf16(string text) => Encoding.Unicode.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text}"));
}
