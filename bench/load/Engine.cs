using System.Globalization;
using System.Net;
using Sekisho.Rig;

namespace Sekisho.Load;

/// <summary>A mail engine under load: where it takes mail, and the process to measure.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly Temp _temp;
    private readonly IAsyncDisposable _running;

    private Engine(string name, Temp temp, IAsyncDisposable running, IPEndPoint door, int process) => (Name, _temp, _running, Door, Process) = (name, temp, running, door, process);

    public string Name { get; }

    public IPEndPoint Door { get; }

    public int Process { get; }

    /// <summary>Postfix as shipped (it syncs its queue files before 250), handing everything to one server.</summary>
    public static async Task<Engine> PostfixAsync(IPEndPoint sink)
    {
        var temp = new Temp("load");
        var port = Postfix.FreePort();
        var postfix = await Postfix.StartAsync(temp["postfix"], [new PostfixDoor(port)],
            $"relayhost = [127.0.0.1]:{sink.Port}", "smtp_tls_security_level = none", "smtpd_client_connection_count_limit = 1000", "smtpd_recipient_limit = 50000",
            "default_process_limit = 600", "message_size_limit = 60000000", "mailbox_size_limit = 0", "header_size_limit = 2000000");
        return new Engine("postfix", temp, postfix, new IPEndPoint(IPAddress.Loopback, port), postfix.Master);
    }

    /// <summary>Sekisho with the shipped policy, every rule on.</summary>
    public static async Task<Engine> SekishoAsync(IPEndPoint sink, bool outbox = false)
    {
        var temp = new Temp("load");
        var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"], Relay = outbox ? null : sink });
        return new Engine("sekisho", temp, gateway, gateway.Smtp, gateway.Id);
    }

    /// <summary>Copies in the outbox.</summary>
    public int OutboxCount => Directory.Exists(Path.Combine(_temp["data"], "outbox")) ? Directory.EnumerateFiles(Path.Combine(_temp["data"], "outbox"), "*.json").Count() : 0;

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        _temp.Dispose();
    }
}

/// <summary>smtp-sink, which ends by itself after a number of messages: the moment the last one arrived.</summary>
internal sealed class CountingSink
{
    private CountingSink(IPEndPoint address, Task<ProgramResult> ended) => (Address, Ended) = (address, ended);

    public IPEndPoint Address { get; }

    public Task<ProgramResult> Ended { get; }

    public static async Task<CountingSink> StartAsync(int messages)
    {
        var address = new IPEndPoint(IPAddress.Loopback, Postfix.FreePort());
        var ended = Programs.RunAsync(Programs.Find("smtp-sink")!, ["-u", "nobody", "-m", "1000", "-M", messages.ToString(CultureInfo.InvariantCulture), address.ToString(), "1000"]);
        await Task.Delay(100);
        return new CountingSink(address, ended);
    }
}
