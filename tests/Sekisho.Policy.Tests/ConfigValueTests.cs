namespace Sekisho.Policy.Tests;

public sealed class ConfigValueTests
{
    [Fact]
    public void Every_setting_arrives()
    {
        var config = Policies.Config($"""
            organization:
              name: Example Inc.
              domains: [example.com, "*.example.com", EXAMPLE.jp]
              partners: [[p.example, "*.p.example"], [q.example, r.example]]
              approvers: Boss@Example.com
              language: ja
            listen:
              - smtp: 127.0.0.1:2500
              - smtp: "[::]:2501"
                mode: observe
                allow: [10.0.0.0/8, 192.0.2.7, "2001:0DB8::/32"]
                normalize: 192.0.2.0/24
            console: localhost:9000
            relay:
              host: smtp.example.com:587
              tls: required
              user: me
              password: " s3cret "
              connections: 5
              recipients: 50
              retry-first: 30s
              retry-max: 2h
              expire: 2d12h
              received: yes
            store: {"{"} data: /var/lib/sekisho, keep: 90d {"}"}
            limits:
              message-size: 25MB
              recipients: 1000
              connections: 200
              connections-per-client: 50
              free-space: 1GB
              inspection-time: 10s
              backlog: 5000
              hops: 30
              file-depth: 3
              files: 100
              file-size: 10MB
              expanded-size: 20MB
              expansion-ratio: 50
              file-text: 1MB
              file-cells: 5000
              tool-time: 4s
            malware: {"{"} clamd: "clam.example.com:3310", scan: all {"}"}
            tools: {"{"} pdftotext: /opt/bin/pdftotext, bsdtar: off, catppt: auto {"}"}
            notify: {"{"} enabled: no, from: Gate@example.com, console-url: "https://gate.example.com/" {"}"}
            users:
              - {"{"} address: a@example.com {"}"}
              - {"{"} address: b@example.com, roles: [approver, auditor], password-hash: {PasswordHash.Create("x", 1000)} {"}"}
            undo: 10s
            individual: {"{"} keep-inside: false {"}"}
            """);

        Assert.Equal("Example Inc.", config.OrganisationName);
        Assert.Equal(["example.com", "*.example.com", "example.jp"], config.Domains);
        Assert.Equal([["p.example", "*.p.example"], ["q.example", "r.example"]], config.Partners);
        Assert.Equal(["boss@example.com"], config.Approvers);
        Assert.Equal(config.Approvers, config.Policy.DefaultApprovers);
        Assert.Equivalent(new ListenerConfig { Address = new("127.0.0.1", 2500) }, config.Listeners[0], strict: true);
        Assert.Equivalent(new ListenerConfig { Address = new("::", 2501), Observe = true, AllowFrom = ["10.0.0.0/8", "192.0.2.7/32", "2001:db8::/32"], NormalizeFrom = ["192.0.2.0/24"] }, config.Listeners[1], strict: true);
        Assert.Equal(new("localhost", 9000), config.Console);
        Assert.Equal(new RelayConfig
        {
            Address = new("smtp.example.com", 587), Tls = TlsMode.Required, User = "me", Password = " s3cret ", Connections = 5, MaxRecipients = 50,
            RetryFirst = TimeSpan.FromSeconds(30), RetryMax = TimeSpan.FromHours(2), Expire = TimeSpan.FromHours(60), AddReceived = true,
        }, config.Relay);
        Assert.Equal(("/var/lib/sekisho", 90), (config.DataDirectory, config.KeepDays));
        Assert.Equal(new LimitsConfig
        {
            MessageSize = 25 << 20, Recipients = 1000, Connections = 200, ConnectionsPerClient = 50, FreeSpace = 1 << 30, InspectionTime = TimeSpan.FromSeconds(10), Backlog = 5000, Hops = 30,
            Files = new Inspection.FileLimits { Depth = 3, Files = 100, FileBytes = 10 << 20, ExpandedBytes = 20 << 20, Ratio = 50, Chars = 1 << 20, Cells = 5000, ToolTime = TimeSpan.FromSeconds(4) },
        }, config.Limits);
        Assert.Equal(new MalwareConfig { Auto = false, Address = new("clam.example.com", 3310), ScanAll = true }, config.Malware);
        Assert.Equal([("bsdtar", ""), ("pdftotext", "/opt/bin/pdftotext")], config.Tools.Programs.Select(p => (p.Key, p.Value)).Order());
        Assert.Equal(new NotifyConfig { Enabled = false, Language = "ja", From = "gate@example.com", ConsoleUrl = "https://gate.example.com" }, config.Notify);
        Assert.Equal(["sender"], config.Users[0].Roles);
        Assert.Equal(("b@example.com", true), (config.Users[1].Address, PasswordHash.Verify("x", config.Users[1].PasswordHash)));
        Assert.Equal(["approver", "auditor"], config.Users[1].Roles);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), false), (config.Undo, config.Policy.Undo, config.IndividualKeepsInside));
    }

    [Fact]
    public void The_notes_language_follows_the_organisation_unless_it_has_its_own()
    {
        Assert.Equal("both", Policies.Config("").Notify.Language);
        Assert.Equal("en", Policies.Config("organization: { language: en }").Notify.Language);
        Assert.Equal("ja", Policies.Config("organization: { language: en }\nnotify: { language: JA }").Notify.Language);
    }

    [Theory]
    [InlineData("", true, null)]
    [InlineData("malware: { clamd: auto }", true, null)]
    [InlineData("malware: { clamd: off }", false, null)]
    [InlineData("malware: { clamd: no }", false, null)]
    [InlineData("malware: { clamd: /run/clamav/clamd.ctl }", false, "/run/clamav/clamd.ctl")]
    public void The_scanner_is_looked_for_unless_told(string yaml, bool auto, string? socket)
        => Assert.Equal(new MalwareConfig { Auto = auto, Socket = socket }, Policies.Config(yaml).Malware);

    [Theory]
    [InlineData("10s", 5)]
    [InlineData("20s", 10)]
    [InlineData("2m", 15)]
    public void A_program_gets_at_most_half_of_a_short_inspection(string inspection, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), Policies.Config($"limits: {{ inspection-time: {inspection} }}").Limits.Files.ToolTime);

    [Theory]
    [InlineData("127.0.0.1:25", "127.0.0.1", 25)]
    [InlineData("[::1]:25", "::1", 25)]
    [InlineData("mail.example.com:0", "mail.example.com", 0)]
    [InlineData("localhost:65535", "localhost", 65535)]
    [InlineData("my_host:1", "my_host", 1)]
    public void Hosts_and_ports_are_read_and_written(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out var value));
        Assert.Equal((host, port, text), (value.Host, value.Port, value.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("25")]
    [InlineData(":25")]
    [InlineData("host")]
    [InlineData("host:")]
    [InlineData("host:65536")]
    [InlineData("host:+5")]
    [InlineData("host: 5")]
    [InlineData("host:-1")]
    [InlineData("::1:25")]
    [InlineData("[127.0.0.1]:25")]
    [InlineData("[::1:25")]
    [InlineData("[]:25")]
    [InlineData("127.0.1:25")]
    [InlineData("10.0.0.256:25")]
    [InlineData("a b:25")]
    [InlineData("a..b:25")]
    [InlineData("-a:25")]
    [InlineData("host\n:25")]
    [InlineData("例え.jp:25")]
    [InlineData("host:٢٥")]
    public void What_is_no_host_and_port_is_refused(string? text) => Assert.False(HostPort.TryParse(text, out _));

    [Theory]
    [InlineData("127.9.9.9:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("LOCALHOST:1", true)]
    [InlineData("0.0.0.0:1", false)]
    [InlineData("[::]:1", false)]
    [InlineData("localhost.example.com:1", false)]
    public void Only_loopback_is_loopback(string text, bool expected)
    {
        Assert.True(HostPort.TryParse(text, out var value));
        Assert.Equal(expected, value.IsLoopback);
    }
}
