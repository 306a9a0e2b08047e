using System.Text;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Tools;

/// <summary>
/// The external programs that read what this program does not read itself, each run a fenced child process (<see cref="Sandbox"/>) over a copy of
/// the file in a folder of its own. Programs come and go while the gateway runs; a missing one answers <see cref="ToolOutcome.Absent"/>.
/// </summary>
public sealed class ChildTools : IFileTools, IDisposable
{
    private const string Input = "input";

    private readonly TimeProvider _time;
    private readonly PrivateFolder _folder;
    private readonly SemaphoreSlim _slots = new(Slots, Slots);
    private volatile ToolFinder _finder;

    /// <summary>Tools as configured; the clock measures how long they run and when to look for them again.</summary>
    /// <param name="config">Where the programs are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="place">Where the private folder is made; null: the temporary directory.</param>
    public ChildTools(ToolsConfig config, TimeProvider time, string? place = null) => (_finder, _time, _folder) = (new ToolFinder(config, time), time, new PrivateFolder(place));

    /// <summary>Takes over a new configuration; what runs goes on.</summary>
    public void Use(ToolsConfig config) => _finder = new ToolFinder(config, _time);

    /// <summary>Children at the same time.</summary>
    public static int Slots { get; } = 2 * Environment.ProcessorCount;

    /// <summary>What is missing here and what follows from it, a line each, for the administrator; empty when all is there.</summary>
    public IReadOnlyList<string> Missing()
    {
        var lines = new List<string>();
        Say("pdftotext", "poppler-utils", "PDF files");
        Say("pdfdetach", "poppler-utils", "PDF files that have files attached");
        Say("bsdtar", "libarchive-tools", "7z, rar, lzh and other archives than zip, tar and gzip");
        Say("bsdcat", "libarchive-tools", "files packed with xz, bzip2 and zstd");
        if (_finder.Find("antiword") is null)
        {
            Say("catdoc", "catdoc", "Word files from before 1997");
        }

        if (!Sandbox.Here.NoNetwork)
        {
            lines.Add("the programs that read attachments cannot be cut off from the network here (unshare(1) is missing or forbidden); forbid it to this service by other means");
        }

        return lines;

        void Say(string program, string package, string what)
        {
            if (_finder.Find(program) is null)
            {
                lines.Add($"{program} is not installed (Debian: {package}) or switched off: {what} are held as uninspectable");
            }
        }
    }

    /// <inheritdoc/>
    public ToolAnswer Run(FileTool tool, ReadOnlyMemory<byte> file, FileLimits limits, CancellationToken cancel)
    {
        var (names, steps) = Plan(tool, file.Span);
        var program = names.Select(_finder.Find).FirstOrDefault(p => p is not null);
        if (program is null)
        {
            return new ToolAnswer(ToolOutcome.Absent, "", [], $"{names[0]} is not installed");
        }

#pragma warning disable VSTHRD002 // A synchronous contract; waiting on a task tells the pool to make up for the thread.
        _slots.WaitAsync(cancel).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        string? folder = null;
        try
        {
            folder = _folder.Create();
            var input = Path.Combine(folder, Input);
            Write(input, file);
            PrivateFolder.Own(input);
            return steps(new ToolRun(program, folder, input, file, limits, _time, cancel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ToolAnswer(ToolOutcome.Limit, "", [], $"{Path.GetFileName(program)}: no room to work in ({e.GetType().Name})");
        }
        finally
        {
            if (folder is not null)
            {
                PrivateFolder.Remove(folder);
            }

            _slots.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        _slots.Dispose();
    }

    private static (string[] Programs, Func<ToolRun, ToolAnswer> Steps) Plan(FileTool tool, ReadOnlySpan<byte> file) => tool switch
    {
        FileTool.PdfText => (["pdftotext"], TextTools.Pdf),
        FileTool.PdfFiles => (["pdfdetach"], Unpacking.PdfFiles),
        FileTool.WordText => (["catdoc", "antiword"], TextTools.Word),
        FileTool.SlideText => (["catppt"], TextTools.Slides),
        _ when Unpacking.IsOneFile(file) => (["bsdcat"], Unpacking.One),
        _ => (["bsdtar"], Unpacking.Archive),
    };

    private static void Write(string path, ReadOnlyMemory<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes.Span);
    }
}

/// <summary>One run: the program, its folder with the input in it, the bounds.</summary>
internal sealed record ToolRun(string Program, string Folder, string Input, ReadOnlyMemory<byte> File, FileLimits Limits, TimeProvider Time, CancellationToken Cancel)
{
    /// <summary>The program's name, for people.</summary>
    public string Name => Path.GetFileName(Program);

    /// <summary>Runs it.</summary>
    public ChildResult Start(IReadOnlyList<string> arguments, long maxOutput, long fileBytes, Func<bool>? tooMuch = null) => ChildProcess.Run(
        new ChildJob
        {
            Program = Program,
            Arguments = arguments,
            Folder = Folder,
            Limits = new ChildLimits(Limits.ToolTime, fileBytes),
            MaxOutput = maxOutput,
            TooMuch = tooMuch,
        },
        Time, Cancel);

    /// <summary>An answer; what the program said is cut to one safe line.</summary>
    public ToolAnswer Answer(ToolOutcome outcome, string said, string text = "", IReadOnlyList<UnpackedFile>? files = null)
        => new(outcome, text, files ?? [], said.Length == 0 ? Name : $"{Name}: {OneLine(said)}");

    /// <summary>Bytes that may come out of the file by the limits' ratio: the first MiB is free.</summary>
    public long ByRatio => Math.Max(1024 * 1024, (long)Limits.Ratio * File.Length);

    // What a program says may quote the file, and a file says what it likes.
    private static string OneLine(string said)
    {
        const int Longest = 120;
        var line = new StringBuilder();
        foreach (var c in said.AsSpan().Trim())
        {
            if (c is '\n' or '\r' || line.Length == Longest)
            {
                break;
            }

            line.Append(c is >= ' ' and < (char)0x7f ? c : '?');
        }

        return line.ToString();
    }
}
