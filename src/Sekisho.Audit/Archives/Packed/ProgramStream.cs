using System.Diagnostics;

namespace Sekisho.Audit.Archives;

/// <summary>What a program makes of a stream: <c>xz</c> and its kin, which the runtime has no decoder for. Its failure is an <see cref="InvalidDataException"/> at the end.</summary>
internal sealed class ProgramStream : Stream
{
    private const int MaxComplaint = 200;
    private static readonly string[] s_usual = ["/usr/bin", "/usr/local/bin", "/bin"];

    private readonly Process _process;
    private readonly Task _feeding;
    private readonly Task<string> _complaint;
    private readonly CancellationTokenSource _ended = new();
    private bool _over;

    private ProgramStream(Process process, Stream input)
    {
        _process = process;
        _complaint = process.StandardError.ReadToEndAsync();
        _feeding = Task.Run(() => FeedAsync(input));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Starts the program on a stream; null when it is not installed.</summary>
    public static Stream? Start(string name, Stream input)
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified).Concat(s_usual);
        var program = places.Select(p => Path.Combine(p, name)).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var info = new ProcessStartInfo(program, ["-d", "-c", "-q"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new ProgramStream(Process.Start(info) ?? throw new IOException($"{name} does not start"), input);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_over || buffer.IsEmpty)
        {
            return 0;
        }

        var got = _process.StandardOutput.BaseStream.Read(buffer);
        if (got == 0)
        {
            _over = true;
            _process.WaitForExit();
            if (_process.ExitCode != 0)
            {
                throw new InvalidDataException(Complaint());
            }
        }

        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended.Cancel();
            if (!_process.HasExited)
            {
                _process.Kill();
                _process.WaitForExit();
            }

            // The feeder ends with the program: its pipe breaks.
            ((IAsyncResult)_feeding).AsyncWaitHandle.WaitOne();
            _process.Dispose();
            _ended.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FeedAsync(Stream input)
    {
        try
        {
            await input.CopyToAsync(_process.StandardInput.BaseStream, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException)
        {
            // The program said why it stopped, or nobody reads it any more.
        }

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private string Complaint()
    {
        ((IAsyncResult)_complaint).AsyncWaitHandle.WaitOne();
        var text = _complaint.IsCompletedSuccessfully ? _complaint.GetAwaiter().GetResult().Trim() : "";
        var line = text.Split('\n')[0];
        return line.Length == 0 ? "it is damaged" : line.Length > MaxComplaint ? line[..MaxComplaint] : line;
    }
}
