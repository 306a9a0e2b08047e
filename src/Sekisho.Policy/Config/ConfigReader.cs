using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads <c>sekisho.yaml</c>; every section in a method of its own, the doors and the relay in <see cref="DoorReader"/> and <see cref="RelayReader"/>.</summary>
internal sealed class ConfigReader(ErrorList errors)
{
    private static readonly SekishoConfig s_default = new();

    /// <summary>The configuration, or null when there are errors.</summary>
    public SekishoConfig? Read(string text)
    {
        var root = YamlTree.Read(text, errors);
        if (root is not (null or MapNode or ScalarNode { IsNull: true }))
        {
            errors.Add(root, $"the file holds {root.Kind}; expected keys like 'organization:' and 'relay:'");
        }

        if (errors.Count > 0 && root is not MapNode)
        {
            return null;
        }

        var config = Root(new MapReader(root as MapNode ?? new MapNode(new(1, 1), []), "", ConfigKeys.Top, errors));
        return errors.Count == 0 ? config : null;
    }

    private SekishoConfig Root(MapReader top)
    {
        var organization = top.Section("organization", ConfigKeys.Organization);
        var domains = new DomainLists(organization);
        var undo = top.Duration("undo", max: TimeSpan.FromDays(1)) ?? s_default.Undo;
        var background = BackgroundReader.Read(organization, undo);
        var directory = ConfigFile.Existing(organization, "directory");
        var people = Directory(directory);
        var hasDirectory = organization.Has("directory");
        if (people is not null || !hasDirectory)
        {
            ApprovalReader.CheckNames(organization, people);
        }

        var language = Language(organization);
        var users = Users(top);
        var store = top.Section("store", ConfigKeys.Store);
        var config = new SekishoConfig
        {
            OrganisationName = OneLine(organization, "name") ?? "",
            Domains = domains.Domains,
            Partners = domains.Partners,
            Approvers = background.Approvers,
            People = people ?? PeopleDirectory.Empty,
            DirectoryFile = directory,
            Listeners = new DoorReader(errors).Read(top, users) ?? s_default.Listeners,
            Console = top.Address("console") ?? s_default.Console,
            Relay = new RelayReader(errors).Read(top.Section("relay", ConfigKeys.Relay)),
            Limits = Limits(top.Section("limits", ConfigKeys.Limits)),
            Notify = Notify(top.Section("notify", ConfigKeys.Notify), language),
            SignIn = new SignInReader(errors).Read(top.Section("sign-in", ConfigKeys.SignIn)),
            Api = ServiceReader.Api(top.Section("api", ConfigKeys.Api)),
            Metrics = new ServiceReader(errors).Metrics(top.Section("metrics", ConfigKeys.Metrics)),
            Log = ServiceReader.Log(top),
            Malware = ScanReader.Malware(top.Section("malware", ConfigKeys.Malware)),
            Tools = ScanReader.Tools(top.Section("tools", ConfigKeys.Tools)),
            Users = users,
            DataDirectory = store.Text("data"),
            KeepDays = KeepDays(store),
            Correspondence = ServiceReader.Correspondence(top.Section("correspondence", ConfigKeys.Correspondence)),
            Undo = undo,
            IndividualKeepsInside = top.Section("individual", ConfigKeys.Individual).Flag("keep-inside") ?? s_default.IndividualKeepsInside,
        };
        var rules = new RuleReader(errors, background.Approval) { CheckApprovers = rule => CheckApprovers(rule, people, hasDirectory) }.Read(top.Items("policy", "rules"), PolicySet.Shipped.Rules);
        if (config.Listeners.Any(l => l.Address.Port != 0 && l.Address == config.Console))
        {
            errors.Add(top.PlaceOf("console"), $"console and SMTP both want {config.Console}; expected an address of its own for each");
        }

        return config with { Policy = new PolicySet(rules, background) };
    }

    /// <summary>The directory's people; null where there is none or it has errors, which name its own lines.</summary>
    private PeopleDirectory? Directory(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var people = DirectoryReader.Read(path, out var wrong);
        errors.Add(wrong);
        return people;
    }

    private static void CheckApprovers(MapReader rule, PeopleDirectory? people, bool hasDirectory)
    {
        // What a broken directory would say of its groups is no second error.
        if (people is not null || !hasDirectory)
        {
            ApprovalReader.CheckNames(rule, people);
        }
    }

    private string? OneLine(MapReader reader, string key)
    {
        var text = reader.Text(key);
        if (text is not null && (text.Length > 200 || text.Any(char.IsControl)))
        {
            errors.Add(reader.Get(key)!, $"{reader.Name(key)} is longer than a line; expected at most 200 characters without line breaks");
        }

        return text;
    }

    private static string? Language(MapReader reader)
        => reader.Word("language", ("ja", 0), ("en", 1), ("both", 2)) switch { 0 => "ja", 1 => "en", 2 => "both", _ => null };

    private static LimitsConfig Limits(MapReader limits)
    {
        var d = s_default.Limits;
        var inspection = limits.Duration("inspection-time", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)) ?? d.InspectionTime;
        return new()
        {
            MessageSize = limits.Size("message-size", 64 << 10, 2046L << 20) ?? d.MessageSize,
            Recipients = limits.Number("recipients", 100, 1_000_000) ?? d.Recipients,
            Connections = limits.Number("connections", 1, 100_000) ?? d.Connections,
            ConnectionsPerClient = limits.Number("connections-per-client", 1, 100_000) ?? d.ConnectionsPerClient,
            FreeSpace = limits.Size("free-space", 0, 1L << 40) ?? d.FreeSpace,
            InspectionTime = inspection,
            Backlog = limits.Number("backlog", 1, 100_000_000) ?? d.Backlog,
            Hops = limits.Number("hops", 1, 1000) ?? d.Hops,
            Files = ScanReader.Files(limits, inspection),
        };
    }

    private NotifyConfig Notify(MapReader notify, string? language)
    {
        var from = notify.Get("from") is ScalarNode node ? ConfigAddress.Read(node, notify.Name("from"), errors) : notify.Text("from");
        var url = notify.Text("console-url");
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0))
        {
            errors.Add(notify.Get("console-url")!, $"{notify.Name("console-url")} is '{ScalarNode.Shorten(url)}'; expected an address like https://sekisho.example.com");
        }

        return new()
        {
            Enabled = notify.Flag("enabled") ?? true,
            Language = Language(notify) ?? language ?? s_default.Notify.Language,
            From = from,
            ConsoleUrl = url?.TrimEnd('/'),
        };
    }

    private List<UserConfig> Users(MapReader top)
    {
        var users = new List<UserConfig>();
        foreach (var item in top.Items("users", "users"))
        {
            if (item is not MapNode map)
            {
                errors.Add(item, $"{item.Kind} stands where a user was expected; a user is a mapping with address, roles and password-hash");
                continue;
            }

            var reader = new MapReader(map, "users", ConfigKeys.User, errors);
            var address = reader.Get("address") is ScalarNode node ? ConfigAddress.Read(node, reader.Name("address"), errors) : reader.Text("address");
            if (!reader.Has("address"))
            {
                errors.Add(map, "the user has no address; expected 'address: name@example.com'");
            }

            if (address is not null && users.Exists(u => u.Address == address))
            {
                errors.Add(reader.Get("address")!, $"the user '{address}' stands twice");
            }

            var roles = new List<string>();
            foreach (var role in reader.Texts("roles") ?? [])
            {
                if (!ConfigKeys.Roles.Contains(role.Value))
                {
                    errors.Add(role, $"users.roles holds '{ScalarNode.Shorten(role.Value)}'{Spelling.Hint(role.Value, ConfigKeys.Roles)}");
                }

                roles.Add(role.Value);
            }

            var hash = reader.Text("password-hash");
            if (hash is not null && !PasswordHash.IsWellFormed(hash))
            {
                errors.Add(reader.Get("password-hash")!, "users.password-hash is not one; expected what 'sekisho user hash' prints: $pbkdf2-sha256$…");
            }

            users.Add(new(address ?? "", roles.Count > 0 ? roles : ["sender"], hash));
        }

        return users;
    }

    private int KeepDays(MapReader store)
    {
        if (store.Duration("keep", TimeSpan.FromDays(1), TimeSpan.FromDays(3650)) is not { } keep)
        {
            return s_default.KeepDays;
        }

        if (keep.Ticks % TimeSpan.TicksPerDay != 0)
        {
            errors.Add(store.Get("keep")!, "store.keep is no number of days; expected whole days like 30d");
        }

        return (int)keep.TotalDays;
    }
}
