using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class HostileTests
{
    private static readonly byte[] _list = Encoding.UTF8.GetBytes("氏名,電話\n山田,03-1234-5678\n");

    [Fact]
    public void Names_of_windows_archives_read_right()
    {
        var zip = new RawZip();
        zip.Add(Reading.Cp932.GetBytes("顧客\\会員名簿_表.csv"), RawZip.Deflate(_list));
        zip.Add(Reading.Cp932.GetBytes("ｶﾅ.txt"), RawZip.Deflate("x"u8.ToArray()));
        var files = Reading.All("x.zip", zip.Bytes());
        Assert.Equal(["x.zip", "x.zip/顧客/会員名簿_表.csv", "x.zip/ｶﾅ.txt"], files.Select(f => f.Path));
        Assert.Equal("会員名簿_表.csv", files[1].Name);
    }

    [Theory]
    [InlineData(0x01, 8)]
    [InlineData(0x01, 99)]
    [InlineData(0x41, 8)]
    public void Both_kinds_of_encrypted_archives_are_recognised_and_their_names_read(int flags, int method)
    {
        var zip = new RawZip();
        zip.Add("名簿.xlsx"u8.ToArray(), new byte[100], method, flags | 0x800, 5000);
        zip.Add("readme.txt", "hello"u8.ToArray());
        var files = Reading.All("x.zip", zip.Bytes());
        Assert.Equal("zip, 1 of 2 files", Assert.Single(files[0].Troubles, t => t.Measure == FileTroubles.Encrypted).Detail);
        Assert.Equal(("x.zip/名簿.xlsx", FileKind.Encrypted, 5000L), (files[1].Path, files[1].Kind, files[1].Size));
        Assert.Equal("hello", files[2].Text());
    }

    [Fact]
    public void Sizes_that_lie_change_nothing()
    {
        var zip = new RawZip();
        zip.Add("small.txt", Encoding.ASCII.GetBytes(new string('a', 100_000)), size: 10);
        var small = Reading.All("x.zip", zip.Bytes());
        Assert.Equal(100_000, small[1].Text().Length);

        zip = new RawZip();
        zip.Add("large.txt", "only this"u8.ToArray(), size: 3_000_000_000);
        var large = Reading.All("x.zip", zip.Bytes());
        Assert.Equal("only this", large[1].Text());
        Assert.Equal([FileTroubles.Broken], large[1].Measures());
    }

    [Fact]
    public void A_bomb_of_one_file_ends_at_the_ratio()
    {
        var files = Reading.All("x.zip", Reading.Zip(("zeros.txt", new byte[40_000_000])));
        Assert.Contains(FileTroubles.Limit, files[0].Measures());
        Assert.InRange(files[1].Size, 1, 20_000_000);
    }

    [Fact]
    public void A_bomb_of_bombs_ends_at_the_limits()
    {
        var bomb = Reading.Zip(("zeros.dat", new byte[1_000_000]));
        for (var level = 0; level < 4; level++)
        {
            var inner = bomb;
            bomb = Reading.Zip([.. Enumerable.Range(0, 16).Select(i => ($"lib {i}.zip", inner))]);
        }

        var files = Reading.All("42.zip", bomb);
        Assert.Contains(FileTroubles.Limit, files.AllMeasures());
        Assert.InRange(files.Count, 100, 5_001);
        Assert.True(files.Sum(f => f.Size) < 600_000_000);
    }

    [Fact]
    public void Archives_within_archives_end_at_the_depth()
    {
        var zip = Reading.Zip(("list.csv", _list));
        for (var level = 0; level < 20; level++)
        {
            zip = Reading.Zip(("again.zip", zip));
        }

        var files = Reading.All("x.zip", zip);
        Assert.Equal(9, files.Count);
        Assert.Equal([FileTroubles.Limit], files[^1].Measures());
    }

    [Fact]
    public void Entries_that_overlap_end_at_the_limits()
    {
        var zip = new RawZip();
        var at = zip.Add("a.txt", new byte[900_000], method: 0);
        for (var i = 0; i < 4_000; i++)
        {
            zip.Add(Encoding.ASCII.GetBytes($"b{i}.txt"), new byte[900_000], 0, at: at);
        }

        Assert.Contains(FileTroubles.Limit, Reading.All("x.zip", zip.Bytes())[0].Measures());
    }

    [Fact]
    public void Too_many_entries_end_at_the_limit()
    {
        var files = Reading.All("x.zip", Reading.Zip([.. Enumerable.Range(0, 6_000).Select(i => ($"{i}.txt", "x"u8.ToArray()))]));
        Assert.Equal(5_001, files.Count);
        Assert.Contains(FileTroubles.Limit, files[0].Measures());
    }

    [Fact]
    public void A_link_in_an_archive_is_a_limit()
    {
        var zip = new RawZip();
        zip.Add("link", "/etc/passwd"u8.ToArray(), method: 0, unixMode: 0xA1FF);
        var files = Reading.All("x.zip", zip.Bytes());
        Assert.Single(files);
        Assert.Equal([FileTroubles.Limit], files[0].Measures());
    }

    [Fact]
    public void An_endless_gzip_ends()
    {
        var files = Reading.All("x.gz", Reading.Gzip(new byte[80_000_000]));
        Assert.Contains(FileTroubles.Limit, files[0].Measures());
        Assert.True(files[1].Size <= 64 * 1024 * 1024);
    }

    [Fact]
    public void A_cut_archive_is_broken_and_what_is_left_is_read()
    {
        var zip = Reading.Zip(("a.csv", _list), ("b.csv", _list), ("c.csv", _list));
        var files = Reading.All("x.zip", zip[..(zip.Length / 2)]);
        Assert.Contains(FileTroubles.Broken, files.AllMeasures());
        Assert.Contains(files, f => f.Name == "a.csv" && f.Rows()[1][0] == "山田");
        Assert.Contains(FileTroubles.Broken, Reading.All("x.csv.gz", Reading.Gzip(Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(0, 9000).Select(i => $"{i},{i * 7919 % 1000}"))))[..^2000]).AllMeasures());
    }

    [Fact]
    public void Cancelling_ends_a_bomb_at_once()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Reading.All("x.zip", Reading.Zip(("a", _list)), cancel: cancel.Token));
    }

    [Fact]
    public void Mails_that_hold_much_wait_for_each_other_and_none_for_ever()
    {
        using var gate = new ExpansionGate(places: 2);
        using var late = new CancellationTokenSource();
        var first = gate.Open(default);
        var second = gate.Open(default);
        var third = gate.Open(late.Token);
        first.Grow(ExpansionGate.Large + 1);
        second.Grow(ExpansionGate.Small + 1);
        third.Grow(ExpansionGate.Small);
        late.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => third.Grow(1));
        first.Dispose();
        using var fourth = gate.Open(default);
        fourth.Grow(ExpansionGate.Large * 2);
        second.Dispose();
        third.Dispose();
        Assert.Equal(ExpansionGate.Large * 2, fourth.Held);
    }

    [Fact]
    public void Whatever_bytes_come_nothing_is_thrown_and_everything_ends()
    {
        var samples = Samples();
        var random = new Random(20_240_401);
        var rounds = Environment.GetEnvironmentVariable("SEKISHO_LONG") is null ? 60 : 5_000;
        foreach (var (name, bytes) in samples)
        {
            for (var i = 0; i < rounds; i++)
            {
                var changed = bytes[..(i % 5 == 0 ? random.Next(bytes.Length + 1) : bytes.Length)];
                for (var flips = random.Next(1, 8); flips > 0 && changed.Length > 0; flips--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                var files = Reading.All(name, changed);
                Assert.NotEmpty(files);
                Assert.All(files.SelectMany(f => f.Troubles), t => Assert.DoesNotContain('\n', t.Detail));
            }
        }
    }

    private static List<(string Name, byte[] Bytes)> Samples()
    {
        var tar = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "a.csv") { DataStream = new MemoryStream(_list) });
        }

        return
        [
            ("a.zip", Reading.Zip(("a.csv", _list), ("b.zip", Reading.Zip(("c.txt", _list))))),
            ("a.tar", tar.ToArray()),
            ("a.gz", Reading.Gzip(_list)),
            ("a.csv", Reading.Cp932.GetBytes("氏名,電話\r\n\"山田\",1\r\n")),
            ("a.html", "<html><table><tr><td colspan=3>a<td>b<tr><td rowspan=2>1<td>2</table><!-- c --></html>"u8.ToArray()),
            ("a.xml", "<?xml version=\"1.0\"?><l><m a=\"1\"><n>x</n></m><m a=\"2\"><n>y</n></m></l>"u8.ToArray()),
            ("a.json", "{\"a\":[{\"b\":1,\"c\":[1,2]},{\"b\":2}]}"u8.ToArray()),
            ("a.vcf", "BEGIN:VCARD\r\nN;ENCODING=QUOTED-PRINTABLE:=41;b\r\nADR:;;a;b;c;d;e\r\nEND:VCARD\r\n"u8.ToArray()),
            ("a.ics", "BEGIN:VCALENDAR\r\nATTENDEE;CN=\"a\":mailto:a@client.example\r\nEND:VCALENDAR"u8.ToArray()),
            ("a.eml", Reading.Mail("Content-Type: text/csv; name=a.csv", _list).Bytes.ToArray()),
            ("a.txt", "x\nbegin 644 a.txt\n#86)C\n`\nend\n"u8.ToArray()),
            ("a.pdf", "%PDF-1.7\ntrailer << /Encrypt 12 0 R >>"u8.ToArray()),
        ];
    }
}
