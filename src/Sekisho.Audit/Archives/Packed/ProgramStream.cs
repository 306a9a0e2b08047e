using System.Diagnostics;
using Sekisho.Gateway.Tools;
using Sekisho.Inspection;

namespace Sekisho.Audit.Archives;

/// <summary>What a program makes of a stream: <c>xz</c> and its kin, which the runtime has no decoder for. Its failure is an <see cref="InvalidDataException"/> at the end.</summary>
internal sealed class ProgramStream : ForwardStream
{
    private const int MaxComplaint = 200;
    private const int Warning = 2;

    private readonly Process _process;
    private readonly Task _feeding;
    private volatile string _complaint = "";
    private readonly CancellationTokenSource _ended = new();
    private bool _over;

    private ProgramStream(Process process, Stream input)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) => _complaint = _complaint.Length == 0 && e.Data is { } line ? line : _complaint;
        process.BeginErrorReadLine();
        _feeding = Task.Run(() => FeedAsync(input));
    }

    /// <summary>Starts the program on a stream; null when it is not installed.</summary>
    public static Stream? Start(string name, Stream input)
    {
        if (InstalledPrograms.Find(name) is not { } program)
        {
            return null;
        }

        var info = Info(program, ["-d", "-c", "-q"]);
        return new ProgramStream(Process.Start(info) ?? throw new IOException($"{name} does not start"), input);
    }

    /// <summary>True when the program ends well, or with a warning; null when it is not installed.</summary>
    public static bool? Check(string name, IReadOnlyList<string> arguments)
    {
        if (InstalledPrograms.Find(name) is not { } program)
        {
            return null;
        }

        using var process = Process.Start(Info(program, arguments));
        if (process is null)
        {
            return null;
        }

        process.StandardInput.Close();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardOutput.BaseStream.CopyTo(Null);
        process.WaitForExit();
        return process.ExitCode is 0 or Warning;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_over || buffer.IsEmpty)
        {
            return 0;
        }

        var got = _process.StandardOutput.BaseStream.Read(buffer);
        BytesRead += got;
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

    private static ProcessStartInfo Info(string program, IReadOnlyList<string> arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

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

    private string Complaint() => _complaint.Length switch
    {
        0 => "it is damaged",
        > MaxComplaint => _complaint[..MaxComplaint],
        _ => _complaint,
    };
}
