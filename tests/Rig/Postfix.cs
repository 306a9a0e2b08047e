using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sekisho.Rig;

/// <summary>One door of a Postfix instance.</summary>
/// <param name="Port">On the loopback interface.</param>
/// <param name="Options">Extra <c>-o name=value</c> of this door.</param>
internal sealed record PostfixDoor(int Port, params string[] Options);

/// <summary>
/// A Postfix of our own: configuration, queue and log in one folder, loopback only, every door named. Needs root, as Postfix does. Nothing of
/// the machine's own Postfix is read or touched.
/// </summary>
internal sealed class Postfix : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _program;

    private Postfix(string folder, string program) => (_folder, _program) = (folder, program);

    /// <summary>What it logged.</summary>
    public string Log => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "";

    /// <summary>The process id of its master.</summary>
    public int Master { get; private set; }

    /// <summary>Starts an instance; every path down to the folder must be open to others, since Postfix drops its rights.</summary>
    public static async Task<Postfix> StartAsync(string folder, IReadOnlyList<PostfixDoor> doors, params string[] settings)
    {
        var postfix = new Postfix(folder, Programs.Find("postfix") ?? throw new FileNotFoundException("postfix is not installed"));
        foreach (var name in new[] { "etc", "queue", "data" })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        (await Programs.RunAsync("/bin/chown", ["postfix", Path.Combine(folder, "data")])).Succeeded();
        var main = new StringBuilder($"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            maillog_file = {folder}/log
            maillog_file_prefixes = {folder}
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            myhostname = postfix.example
            mydestination =
            mynetworks = 127.0.0.0/8
            alias_maps =
            alias_database =
            local_recipient_maps =
            smtpd_peername_lookup = no
            smtp_dns_support_level = disabled
            smtp_host_lookup = native

            """);
        foreach (var setting in settings)
        {
            main.AppendLine(setting);
        }

        var services = new StringBuilder();
        foreach (var door in doors)
        {
            services.AppendLine($"127.0.0.1:{door.Port} inet n - n - 600 smtpd");
            foreach (var option in door.Options)
            {
                services.AppendLine($"  -o {option}");
            }
        }

        services.AppendLine("""
            pickup    unix  n - n 60    1 pickup
            cleanup   unix  n - n -     0 cleanup
            qmgr      unix  n - n 300   1 qmgr
            rewrite   unix  - - n -     - trivial-rewrite
            bounce    unix  - - n -     0 bounce
            defer     unix  - - n -     0 bounce
            trace     unix  - - n -     0 bounce
            verify    unix  - - n -     1 verify
            flush     unix  n - n 1000? 0 flush
            proxymap  unix  - - n -     - proxymap
            smtp      unix  - - n -     - smtp
            sekisho   unix  - - n -    20 smtp -o smtp_tls_security_level=none
            relay     unix  - - n -     - smtp
            error     unix  - - n -     - error
            retry     unix  - - n -     - error
            discard   unix  - - n -     - discard
            anvil     unix  - - n -     1 anvil
            scache    unix  - - n -     1 scache
            postlog   unix-dgram n - n - 1 postlogd
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "etc/main.cf"), main.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "etc/master.cf"), services.ToString());
        (await Programs.RunAsync(postfix._program, ["-c", Path.Combine(folder, "etc"), "start"])).Succeeded();
        foreach (var door in doors)
        {
            await postfix.AnswersAsync(door.Port);
        }

        // The master holds a lock on the file, which .NET would honour and cat does not.
        var master = (await Programs.RunAsync("/bin/cat", [Path.Combine(folder, "queue/pid/master.pid")])).Succeeded();
        postfix.Master = int.Parse(master.Output.Trim());

        return postfix;
    }

    /// <summary>A port nobody has.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync(_program, ["-c", Path.Combine(_folder, "etc"), "stop"]);
    }

    private async Task AnswersAsync(int port)
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await using var talk = await SmtpTalk.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
                return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                await Task.Delay(50);
            }
        }

        throw new TimeoutException($"postfix does not answer on {port}\n{Log}");
    }
}
