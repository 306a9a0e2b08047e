using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>A real clamd with a socket and a signature database of its own: two signatures, nothing downloaded.</summary>
internal sealed class Clamd : IAsyncDisposable
{
    private readonly Temp _temp;
    private Process? _process;

    private Clamd(Temp temp) => _temp = temp;

    /// <summary>The industry's test file. In two halves, or a scanner would find this file to be infected.</summary>
    public static string Eicar { get; } = """X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR""" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    /// <summary>What only this clamd takes for malware.</summary>
    public static byte[] Worm { get; } = Encoding.ASCII.GetBytes("a harmless file that the signatures of this test know as a worm\n");

    public string Socket => _temp["clamd.sock"];

    public static async Task<Clamd> StartAsync(Temp temp)
    {
        Need.Program("clamd");
        var clamd = new Clamd(temp);
        var database = Directory.CreateDirectory(temp["signatures"]).FullName;
        File.SetUnixFileMode(database, (UnixFileMode)0b111_101_101);
#pragma warning disable CA5351 // The format of ClamAV's .hdb files.
        string Line(byte[] content, string name) => $"{Convert.ToHexStringLower(MD5.HashData(content))}:{content.Length}:{name}\n";
#pragma warning restore CA5351
        await File.WriteAllTextAsync(Path.Combine(database, "test.hdb"), Line(Encoding.ASCII.GetBytes(Eicar), "Eicar-Local") + Line(Worm, "Test.Worm.Local"));
        await File.WriteAllTextAsync(temp["clamd.conf"], $"""
            LocalSocket {clamd.Socket}
            DatabaseDirectory {database}
            TemporaryDirectory {temp.Path}
            LogFile {temp["clamd.log"]}
            Foreground yes
            StreamMaxLength 1M
            MaxThreads 4
            SelfCheck 0
            """ + "\n");
        await clamd.StartAsync();
        return clamd;
    }

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Need.Program("clamd"), ["--config-file", _temp["clamd.conf"]]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var i = 0; i < 600; i++)
        {
            if (_process.HasExited)
            {
                break;
            }

            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException($"clamd did not start\n{(File.Exists(_temp["clamd.log"]) ? await File.ReadAllTextAsync(_temp["clamd.log"]) : "")}");
    }

    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
        File.Delete(Socket);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _temp.Dispose();
    }
}
