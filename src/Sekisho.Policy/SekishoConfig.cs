using Sekisho.Inspection;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>One error of a configuration file: where, what, and what was expected.</summary>
public sealed record ConfigError(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>TLS towards a relay.</summary>
public enum TlsMode
{
    /// <summary>Never.</summary>
    None,

    /// <summary>STARTTLS where offered, certificate not checked (RFC 7435).</summary>
    Opportunistic,

    /// <summary>STARTTLS needed, certificate checked against the host's name.</summary>
    Required,

    /// <summary>TLS from the first byte (RFC 8314), certificate checked.</summary>
    Implicit,
}

/// <summary>One SMTP door.</summary>
public sealed record ListenerConfig
{
    public required HostPort Address { get; init; }

    /// <summary><c>submit</c> takes mail to check and pass on; <c>observe</c> only learns from it.</summary>
    public bool Observe { get; init; }

    /// <summary>PEM files; both or none.</summary>
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    public bool RequireTls { get; init; }

    public bool RequireAuth { get; init; }

    /// <summary>Networks (CIDR) let in; empty = all.</summary>
    public IReadOnlyList<string> AllowFrom { get; init; } = [];

    /// <summary>Networks (CIDR) whose bare line breaks are normalised instead of refused.</summary>
    public IReadOnlyList<string> NormalizeFrom { get; init; } = [];
}

/// <summary>Where copies go. No host: <c>DATA/outbox</c>.</summary>
public sealed record RelayConfig
{
    public HostPort? Address { get; init; }

    public TlsMode Tls { get; init; } = TlsMode.Opportunistic;

    public string? User { get; init; }

    /// <summary>The password, read from <c>password</c> or the file named by <c>password-file</c>.</summary>
    public string? Password { get; init; }

    public int Connections { get; init; } = 20;

    /// <summary>Recipients per transaction.</summary>
    public int MaxRecipients { get; init; } = 1000;

    /// <summary>First retry; doubled each time up to <see cref="RetryMax"/>.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan RetryMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Given up and reported to the sender after this.</summary>
    public TimeSpan Expire { get; init; } = TimeSpan.FromDays(5);

    /// <summary>A Received line is added on the way out. Off as shipped: mail then passes byte for byte.</summary>
    public bool AddReceived { get; init; }
}

/// <summary>Bounds (law 9).</summary>
public sealed record LimitsConfig
{
    public long MessageSize { get; init; } = 50 * 1024 * 1024;

    public int Recipients { get; init; } = 50_000;

    public int Connections { get; init; } = 1000;

    public int ConnectionsPerClient { get; init; } = 600;

    /// <summary>Below this many free bytes on the data disk new mail gets 452.</summary>
    public long FreeSpace { get; init; } = 100 * 1024 * 1024;

    /// <summary>One message's inspection.</summary>
    public TimeSpan InspectionTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Submissions waiting for inspection or delivery above which intake answers 451.</summary>
    public int Backlog { get; init; } = 100_000;

    /// <summary>Received fields above which a message counts as looping (RFC 5321 section 6.3).</summary>
    public int Hops { get; init; } = 50;

    /// <summary>Looking into the files of one mail.</summary>
    public FileLimits Files { get; init; } = new();
}

/// <summary>Somebody who may decide or sign in.</summary>
/// <param name="Address">Mail address, the name he decides under.</param>
/// <param name="Roles">sender, approver, auditor, privacy-officer, administrator.</param>
/// <param name="PasswordHash">For SMTP AUTH, as printed by <c>sekisho user hash</c>; or null.</param>
public sealed record UserConfig(string Address, IReadOnlyList<string> Roles, string? PasswordHash);

/// <summary>Notes to sender and approver.</summary>
public sealed record NotifyConfig
{
    /// <summary><c>ja</c>, <c>en</c> or <c>both</c> (as shipped).</summary>
    public string Language { get; init; } = "both";

    /// <summary>From address of notes; null: <c>sekisho@</c> the sender's domain.</summary>
    public string? From { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Base of links into the console, or null for none.</summary>
    public string? ConsoleUrl { get; init; }
}

/// <summary>The whole of <c>sekisho.yaml</c>; immutable. Reload makes a new one.</summary>
public sealed record SekishoConfig
{
    public string OrganisationName { get; init; } = "";

    /// <summary>Empty: the envelope sender's own domain is inside.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Groups of domains that count as one organisation.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Partners { get; init; } = [];

    /// <summary>Who decides what awaits approval where the rule names nobody: addresses, <c>superior</c>, <c>group:NAME</c> (<see cref="ApproverNames"/>).</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>Who is who in the organisation; nobody where no directory file is named.</summary>
    public PeopleDirectory People { get; init; } = PeopleDirectory.Empty;

    /// <summary>The directory file (full path), or null.</summary>
    public string? DirectoryFile { get; init; }

    public IReadOnlyList<ListenerConfig> Listeners { get; init; } = [new ListenerConfig { Address = new("127.0.0.1", 2525) }];

    public HostPort Console { get; init; } = new("127.0.0.1", 8025);

    public RelayConfig Relay { get; init; } = new();

    public LimitsConfig Limits { get; init; } = new();

    public NotifyConfig Notify { get; init; } = new();

    public SignInConfig SignIn { get; init; } = new();

    public ApiConfig Api { get; init; } = new();

    public MetricsConfig Metrics { get; init; } = new();

    /// <summary>How the gateway's own lines are written; read at start.</summary>
    public LogFormat Log { get; init; }

    public MalwareConfig Malware { get; init; } = new();

    public ToolsConfig Tools { get; init; } = new();

    public IReadOnlyList<UserConfig> Users { get; init; } = [];

    /// <summary>What is kept of who writes with whom.</summary>
    public CorrespondenceConfig Correspondence { get; init; } = new();

    /// <summary>Days decided and delivered mail's bodies are kept; findings and audit trail stay.</summary>
    public int KeepDays { get; init; } = 30;

    /// <summary>Inside recipients stay visible in individual copies, so that replies reach colleagues.</summary>
    public bool IndividualKeepsInside { get; init; } = true;

    /// <summary>Every mail to outside waits this long first; the sender can cancel within it.</summary>
    public TimeSpan Undo { get; init; } = TimeSpan.Zero;

    /// <summary>Where everything is kept; null: the command line's, or <c>./data</c>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The rules in force.</summary>
    public PolicySet Policy { get; init; } = PolicySet.Shipped;

    /// <summary>What holds without any file.</summary>
    public static SekishoConfig Default { get; } = new();

    /// <summary>
    /// Reads a file (UTF-8, at most 1 MiB). On any error: null and every error found, in order of lines. Files it names are looked for from its own
    /// directory. A file that cannot be read is an error too; nothing is thrown.
    /// </summary>
    public static SekishoConfig? Load(string path, out IReadOnlyList<ConfigError> errors)
    {
        var list = new ErrorList(path);
        var text = ConfigText.Read(path, list);
        var config = text is null ? null : new ConfigReader(list).Read(text);
        errors = list.InOrder();
        return config;
    }

    /// <summary>A configuration file's text, a byte order mark kept; null and why when it cannot be read or is no UTF-8 of at most 1 MiB.</summary>
    public static string? ReadText(string path, out IReadOnlyList<ConfigError> errors)
    {
        var list = new ErrorList(path);
        var text = ConfigText.Read(path, list);
        errors = list.InOrder();
        return text;
    }

    /// <summary>The same from text; <paramref name="file"/> is used in messages and to find the files it names.</summary>
    public static SekishoConfig? Parse(string yaml, string file, out IReadOnlyList<ConfigError> errors)
    {
        var list = new ErrorList(file);
        var config = new ConfigReader(list).Read(yaml);
        errors = list.InOrder();
        return config;
    }
}
