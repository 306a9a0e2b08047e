namespace Sekisho.Policy;

/// <summary>Every key of <c>sekisho.yaml</c> by section; the reader knows no other, and a test holds the documentation to it.</summary>
internal static class ConfigKeys
{
    public static readonly string[] Top = ["organization", "listen", "console", "relay", "store", "correspondence", "limits", "malware", "tools", "notify", "sign-in", "users", "undo", "individual", "api", "metrics", "log", "policy"];
    public static readonly string[] Organization = ["name", "domains", "partners", "approvers", "approvals", "deadline", "at-deadline", "escalate-to", "directory", "lists", "mass-mailers", "companies", "language"];
    public static readonly string[] Listen = ["smtp", "mode", "certificate", "key", "tls", "auth", "allow", "normalize"];
    public static readonly string[] Relay = ["host", "tls", "user", "password", "password-file", "connections", "recipients", "retry-first", "retry-max", "expire", "received"];
    public static readonly string[] Store = ["data", "keep"];
    public static readonly string[] Correspondence = ["addresses", "keep"];
    public static readonly string[] Limits = ["message-size", "recipients", "connections", "connections-per-client", "free-space", "inspection-time", "backlog", "hops", "file-depth", "files", "file-size", "expanded-size", "expansion-ratio", "file-text", "file-cells", "tool-time"];
    public static readonly string[] Malware = ["clamd", "scan"];
    public static readonly string[] Tools = ["pdftotext", "pdfdetach", "bsdtar", "bsdcat", "catdoc", "antiword", "catppt"];
    public static readonly string[] Notify = ["enabled", "language", "from", "console-url"];
    public static readonly string[] SignIn = ["local", "links", "link-life", "session", "idle", "second-factor", "proxy", "ldap"];
    public static readonly string[] Proxy = ["header", "from"];
    public static readonly string[] Ldap = ["host", "tls", "base", "mail-attribute", "bind-dn", "bind-password-file", "groups"];
    public static readonly string[] LdapGroup = ["group", "role"];
    public static readonly string[] User = ["address", "roles", "password-hash"];
    public static readonly string[] Individual = ["keep-inside"];
    public static readonly string[] Api = ["rate", "check-size"];
    public static readonly string[] Metrics = ["otlp", "local"];
    public static readonly string[] Roles = ["sender", "approver", "auditor", "privacy-officer", "administrator"];

    /// <summary>Every key with its path, as documented.</summary>
    public static IEnumerable<string> All()
        => Top
            .Concat(Under("organization", Organization)).Concat(Under("organization.mass-mailers", BackgroundReader.MassMailerKeys)).Concat(Under("organization.companies", CompanyReader.Keys))
            .Concat(Under("listen", Listen)).Concat(Under("relay", Relay)).Concat(Under("store", Store)).Concat(Under("correspondence", Correspondence)).Concat(Under("limits", Limits)).Concat(Under("malware", Malware)).Concat(Under("tools", Tools))
            .Concat(Under("notify", Notify)).Concat(Under("sign-in", SignIn)).Concat(Under("sign-in.proxy", Proxy)).Concat(Under("sign-in.ldap", Ldap)).Concat(Under("sign-in.ldap.groups", LdapGroup)).Concat(Under("users", User)).Concat(Under("individual", Individual))
            .Concat(Under("api", Api)).Concat(Under("metrics", Metrics))
            .Concat(Under("policy", RuleReader.RuleKeys)).Concat(Under("policy.when", ConditionReader.Keys));

    private static IEnumerable<string> Under(string section, IEnumerable<string> keys) => keys.Select(k => $"{section}.{k}");
}
