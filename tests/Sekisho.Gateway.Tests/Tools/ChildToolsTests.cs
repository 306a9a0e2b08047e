using System.Diagnostics;
using System.Text;
using Sekisho.Gateway.Tools;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Tests.Tools;

/// <summary>The real programs over real and broken files.</summary>
public sealed class ChildToolsTests : IDisposable
{
    private readonly ChildTools _tools = new(new ToolsConfig(), TimeProvider.System);
    private readonly string _folder = Directory.CreateTempSubdirectory("sekisho-test-").FullName;

    public void Dispose()
    {
        _tools.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_PDFs_text_comes_line_by_line()
    {
        Need("pdftotext");
        var answer = Run(FileTool.PdfText, SmallPdf.Of(["Name      Phone", "Taro      090-1111-2222"]));
        Assert.Equal(ToolOutcome.Done, answer.Outcome);
        Assert.Contains("090-1111-2222", answer.Text);
        Assert.Contains(answer.Text.Split('\n'), l => l.Contains("Taro", StringComparison.Ordinal) && l.Contains("090", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_attached_to_a_PDF_come_out()
    {
        Need("pdfdetach");
        const string Objects = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >> >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
            + "3 0 obj\n<< /Type /EmbeddedFile /Length 13 >>\nstream\nname,090-1111\nendstream\nendobj\n4 0 obj\n<< /Type /Filespec /F (list.csv) /UF (list.csv) /EF << /F 3 0 R >> >>\nendobj\n";
        var answer = Run(FileTool.PdfFiles, System.Text.Encoding.ASCII.GetBytes("%PDF-1.7\n" + Objects + "trailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n"));
        Assert.Equal(ToolOutcome.Done, answer.Outcome);
        var file = Assert.Single(answer.Files);
        Assert.Equal(("list.csv", "name,090-1111"), (file.Name, System.Text.Encoding.ASCII.GetString(file.Bytes.Span).Trim()));
    }

    [Fact]
    public void A_broken_PDF_says_so()
    {
        Need("pdftotext");
        Assert.Equal(ToolOutcome.Broken, Run(FileTool.PdfText, "%PDF-1.7\nnothing more"u8.ToArray()).Outcome);
    }

    [Theory]
    [InlineData("7z", "名簿.txt")]
    [InlineData("7z", "a/b/c/深い.csv")]
    public void An_archive_gives_its_files_with_their_names(string kind, string name)
    {
        var archive = SevenZip(kind, (name, "山田太郎"u8.ToArray()));
        var answer = Run(FileTool.Unpack, archive);
        Assert.Equal(ToolOutcome.Done, answer.Outcome);
        var file = Assert.Single(answer.Files);
        Assert.Equal(name, file.Name);
        Assert.Equal("山田太郎", Encoding.UTF8.GetString(file.Bytes.Span));
    }

    [Theory]
    [InlineData("-psecret")]
    [InlineData("-psecret", "-mhe=on")]
    public void An_encrypted_archive_says_so(params string[] options)
        => Assert.Equal(ToolOutcome.Encrypted, Run(FileTool.Unpack, SevenZip("7z", options, ("a.txt", "secret"u8.ToArray()))).Outcome);

    [Fact]
    public void Names_of_old_Japanese_archives_are_read()
    {
        Need("bsdtar");
        var answer = Run(FileTool.Unpack, OldArchives.Lzh("名簿.txt", "hello"u8));
        Assert.Equal(ToolOutcome.Done, answer.Outcome);
        Assert.Equal("名簿.txt", Assert.Single(answer.Files).Name);
    }

    [Fact]
    public void A_single_packed_stream_is_one_file()
    {
        var answer = Run(FileTool.Unpack, SevenZip("xz", ("a.csv", "a,b\n"u8.ToArray())));
        Assert.Equal(ToolOutcome.Done, answer.Outcome);
        Assert.Equal("a,b\n", Encoding.UTF8.GetString(Assert.Single(answer.Files).Bytes.Span));
    }

    [Theory]
    [InlineData("7z")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    public void A_bomb_ends_at_a_limit(string kind)
    {
        var bomb = SevenZip(kind, ("bomb", new byte[80 * 1024 * 1024]));
        Assert.Equal(ToolOutcome.Limit, Run(FileTool.Unpack, bomb).Outcome);
        Assert.Equal(ToolOutcome.Limit, Run(FileTool.Unpack, bomb, new FileLimits { Ratio = int.MaxValue }).Outcome);
    }

    [Fact]
    public void Too_many_files_end_at_a_limit()
    {
        var many = SevenZip("7z", [.. Enumerable.Range(0, 300).Select(i => ($"{i}.txt", "x"u8.ToArray()))]);
        Assert.Equal(ToolOutcome.Limit, Run(FileTool.Unpack, many, new FileLimits { Files = 100 }).Outcome);
        Assert.Equal(300, Run(FileTool.Unpack, many).Files.Count);
    }

    [Fact]
    public void What_is_not_installed_is_absent_and_said()
    {
        using var none = new ChildTools(new ToolsConfig { Programs = new Dictionary<string, string> { ["pdftotext"] = "", ["bsdtar"] = "/nowhere/bsdtar" } }, TimeProvider.System);
        Assert.Equal(ToolOutcome.Absent, none.Run(FileTool.PdfText, "%PDF-1.7"u8.ToArray(), new FileLimits(), CancellationToken.None).Outcome);
        Assert.Equal(ToolOutcome.Absent, none.Run(FileTool.Unpack, "7z"u8.ToArray(), new FileLimits(), CancellationToken.None).Outcome);
        Assert.Contains(none.Missing(), l => l.StartsWith("pdftotext ", StringComparison.Ordinal) && l.Contains("poppler-utils", StringComparison.Ordinal));
        Assert.Contains(none.Missing(), l => l.StartsWith("bsdtar ", StringComparison.Ordinal) && l.Contains("libarchive-tools", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_that_does_not_end_is_ended(bool cancelled)
    {
        var script = Script("while :; do :; done");
        using var slow = Fake(script);
        using var cancel = new CancellationTokenSource();
        var limits = new FileLimits { ToolTime = cancelled ? TimeSpan.FromMinutes(5) : TimeSpan.FromMilliseconds(300) };
        var running = Task.Run(() => slow.Run(FileTool.PdfText, "x"u8.ToArray(), limits, cancel.Token), CancellationToken.None);
        if (cancelled)
        {
            await Workbench.UntilAsync(() => Task.FromResult(Processes(script) > 0));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        else
        {
            Assert.Equal(ToolOutcome.Limit, (await running).Outcome);
        }

        await Workbench.UntilAsync(() => Task.FromResult(Processes(script) == 0));
    }

    [Fact]
    public void A_program_that_writes_without_end_is_ended()
    {
        using var flood = Fake(Script("while :; do echo 0123456789012345678901234567890123456789; done"));
        var answer = flood.Run(FileTool.PdfText, "x"u8.ToArray(), new FileLimits { Chars = 100_000 }, CancellationToken.None);
        Assert.Equal(ToolOutcome.Limit, answer.Outcome);
        Assert.Equal(100_000, answer.Text.Length);
    }

    [Fact]
    public void A_program_sees_neither_the_environment_nor_the_network_nor_a_way_to_start_others()
    {
        Environment.SetEnvironmentVariable("SEKISHO_SECRET_OF_THE_TEST", "1");
        using var look = Fake(Script("export; say() { while read -r line; do echo \"$line\"; done <$1; }; say /proc/net/dev; say /proc/self/status; /bin/echo started"));
        var text = look.Run(FileTool.PdfText, "x"u8.ToArray(), new FileLimits(), CancellationToken.None).Text;
        Assert.DoesNotContain("SEKISHO_SECRET_OF_THE_TEST", text);
        Assert.Contains("TMPDIR", text);
        Assert.Contains("NoNewPrivs:\t1", text);
        Assert.DoesNotContain("Uid:\t0", text);
        Assert.DoesNotContain("started", text);
        Assert.SkipUnless(Sandbox.Here.NoNetwork, "the network cannot be taken away here");
        Assert.Equal("lo", Assert.Single(text.Split('\n'), l => l.Count(c => c == ':') == 1 && l.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 16).Split(':')[0].Trim());
    }

    [Fact]
    public void Nothing_stays_in_the_temporary_directory()
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        var dead = Directory.CreateDirectory(Path.Combine(place, "sekisho-tools-2147483646-x/1")).Parent!.FullName;
        using (var own = new ChildTools(new ToolsConfig(), TimeProvider.System, place))
        {
            Assert.False(Directory.Exists(dead));
            own.Run(FileTool.Unpack, SevenZip("7z", ("a/b.txt", "x"u8.ToArray())), new FileLimits(), CancellationToken.None);
            var root = Assert.Single(Directory.GetDirectories(place));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(root));
            Assert.Empty(Directory.GetFileSystemEntries(root));
        }

        Assert.Empty(Directory.GetFileSystemEntries(place));
    }

    private static int Processes(string script)
        => Directory.EnumerateDirectories("/proc").Count(p => int.TryParse(Path.GetFileName(p), out _) && CommandLineOf(p).Contains(script, StringComparison.Ordinal));

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void Need(string program) => Assert.SkipUnless(File.Exists($"/usr/bin/{program}"), $"{program} is not installed");

    private ToolAnswer Run(FileTool tool, byte[] file, FileLimits? limits = null) => _tools.Run(tool, file, limits ?? new FileLimits(), CancellationToken.None);

    private static ChildTools Fake(string script) => new(new ToolsConfig { Programs = new Dictionary<string, string> { ["pdftotext"] = script } }, TimeProvider.System);

    private string Script(string commands)
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        var path = Path.Combine(_folder, $"tool-{Guid.NewGuid():N}");
        File.WriteAllText(path, "#!/bin/sh\n" + commands + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }

    private byte[] SevenZip(string kind, params (string Name, byte[] Bytes)[] files) => SevenZip(kind, [], files);

    private byte[] SevenZip(string kind, string[] options, params (string Name, byte[] Bytes)[] files)
    {
        Need("bsdtar");
        Need("7z");
        var tree = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var (name, bytes) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, name))!);
            File.WriteAllBytes(Path.Combine(tree, name), bytes);
        }

        var archive = Path.Combine(_folder, $"{Guid.NewGuid():N}.bin");
        using var process = Process.Start(new ProcessStartInfo("7z", ["a", "-bd", $"-t{kind}", .. options, archive, "."]) { WorkingDirectory = tree, RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return File.ReadAllBytes(archive);
    }
}
