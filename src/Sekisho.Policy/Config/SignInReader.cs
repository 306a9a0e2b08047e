using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads who may sign in to the console and how (<c>sign-in:</c>); refuses what would believe anybody or send passwords in the clear.</summary>
internal sealed class SignInReader(ErrorList errors)
{
    private const int LongestPassword = 1024;

    // Headers that carry something else: taking a name from them would take it from whoever sends the request.
    private static readonly string[] s_notNames = ["Authorization", "Cookie", "Host", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Content-Type", "User-Agent", "Origin", "Referer"];

    public SignInConfig Read(MapReader signIn)
    {
        var d = new SignInConfig();
        var proxy = signIn.Has("proxy") ? Proxy(signIn.Section("proxy", ConfigKeys.Proxy)) : null;
        var ldap = signIn.Has("ldap") ? Ldap(signIn.Section("ldap", ConfigKeys.Ldap)) : null;
        var local = signIn.Flag("local") ?? d.Local;
        if (!local && !signIn.Has("proxy") && !signIn.Has("ldap"))
        {
            errors.Add(signIn.PlaceOf("local"), "with 'local: false' and neither 'ldap' nor 'proxy' nobody could sign in; expected one of them beside it");
        }

        var (session, idle) = (signIn.Duration("session", TimeSpan.FromMinutes(5), TimeSpan.FromDays(30)), signIn.Duration("idle", TimeSpan.FromMinutes(5), TimeSpan.FromDays(30)));
        if ((idle ?? d.Idle) > (session ?? d.Session) && (idle is not null || session is not null))
        {
            if (idle is not null)
            {
                errors.Add(signIn.PlaceOf("idle"), $"a session would rest longer ({Quantity.Write(idle.Value)}) than it lasts ({Quantity.Write(session ?? d.Session)}); expected idle at most session");
            }
            else
            {
                idle = session;
            }
        }

        return new()
        {
            Local = local,
            Links = signIn.Word("links", ("decide", LinkUse.Decide), ("sign-in", LinkUse.SignIn)) ?? d.Links,
            LinkLife = signIn.Duration("link-life", TimeSpan.FromMinutes(10), TimeSpan.FromDays(90)) ?? d.LinkLife,
            Session = session ?? d.Session,
            Idle = idle ?? d.Idle,
            SecondFactor = [.. Roles(signIn, "second-factor")],
            Proxy = proxy,
            Ldap = ldap,
        };
    }

    private List<string> Roles(MapReader reader, string key)
    {
        var roles = new List<string>();
        foreach (var role in reader.Texts(key) ?? [])
        {
            if (Role(role, reader.Name(key)) is { } known && !roles.Contains(known))
            {
                roles.Add(known);
            }
        }

        return roles;
    }

    private string? Role(ScalarNode role, string name)
    {
        if (ConfigKeys.Roles.Contains(role.Value))
        {
            return role.Value;
        }

        errors.Add(role, $"{name} holds '{ScalarNode.Shorten(role.Value)}'{Spelling.Hint(role.Value, ConfigKeys.Roles)}");
        return null;
    }

    private ProxySignIn? Proxy(MapReader proxy)
    {
        var header = proxy.Text("header");
        if (!proxy.Has("header"))
        {
            errors.Add(proxy.Map, "the proxy has no header; expected 'header: X-Remote-User', the one it puts the mail address in");
        }
        else if (header is not null && (header.Length > 100 || !header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || s_notNames.Contains(header, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(proxy.Get("header")!, $"sign-in.proxy.header is '{ScalarNode.Shorten(header)}'; expected a header of the proxy's own like X-Remote-User");
            header = null;
        }

        var from = DoorReader.Networks(proxy, "from");
        if (!proxy.Has("from") || (from.Count == 0 && proxy.Get("from") is ListNode { Items.Count: 0 }))
        {
            errors.Add(proxy.PlaceOf("from"), "whoever reaches the console could sign in as anybody by sending the header himself; expected 'from' with the proxy's address");
        }
        else if (from.Find(n => n.EndsWith("/0", StringComparison.Ordinal)) is { } everybody)
        {
            errors.Add(proxy.PlaceOf("from"), $"sign-in.proxy.from holds {everybody}, which is everybody: whoever reaches the console could sign in as anybody; expected the proxy's address");
        }

        return header is null || from.Count == 0 ? null : new(header, from);
    }

    private LdapConfig? Ldap(MapReader ldap)
    {
        var address = ldap.Address("host");
        if (!ldap.Has("host"))
        {
            errors.Add(ldap.Map, "the directory has no host; expected 'host: ldap.example.com:636'");
        }
        else if (address is { Port: 0 })
        {
            errors.Add(ldap.Get("host")!, "sign-in.ldap.host has port 0; expected the directory's port, like ldap.example.com:636");
        }

        var tls = ldap.Word("tls", ("none", 0), ("starttls", 1), ("implicit", 2)) ?? (address?.Port == 636 ? 2 : address is { IsLoopback: true } ? 0 : 1);
        if (tls == 0 && address is { IsLoopback: false })
        {
            errors.Add(ldap.PlaceOf("tls"), $"passwords would travel to {address} in the clear; expected 'tls: starttls' or 'tls: implicit' (none only on the same machine)");
        }

        var at = ldap.Text("base");
        if (!ldap.Has("base"))
        {
            errors.Add(ldap.Map, "the directory has no base; expected where people are, like 'base: ou=people,dc=example,dc=com'");
        }

        var attribute = ldap.Text("mail-attribute");
        if (attribute is not null && !(attribute.Length is > 0 and <= 100 && char.IsAsciiLetter(attribute[0]) && attribute.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            errors.Add(ldap.Get("mail-attribute")!, $"sign-in.ldap.mail-attribute is '{ScalarNode.Shorten(attribute)}'; expected an attribute's name like mail or proxyAddresses");
            attribute = null;
        }

        if (ldap.Has("bind-dn") != ldap.Has("bind-password-file"))
        {
            var there = ldap.Has("bind-dn") ? "bind-dn" : "bind-password-file";
            errors.Add(ldap.PlaceOf(there), $"the directory has a {there} without a {(there == "bind-dn" ? "bind-password-file" : "bind-dn")}; expected both, or none for an anonymous search");
        }

        return address is null || at is null ? null : new()
        {
            Address = address,
            Implicit = tls == 2,
            StartTls = tls == 1,
            Base = at,
            MailAttribute = attribute ?? "mail",
            BindDn = ldap.Text("bind-dn"),
            BindPassword = Password(ldap),
            Groups = Groups(ldap),
        };
    }

    private string? Password(MapReader ldap)
    {
        // A bind with an empty password is an anonymous one that succeeds (RFC 4513 section 5.1.2): an empty file is an error, never that.
        var password = ConfigFile.Secret(ldap, "bind-password-file");
        if (password is null or { Length: <= LongestPassword })
        {
            return password;
        }

        errors.Add(ldap.Get("bind-password-file")!, $"sign-in.ldap.bind-password-file has a first line that is no password; expected at most {LongestPassword} characters");
        return null;
    }

    private List<KeyValuePair<string, string>> Groups(MapReader ldap)
    {
        var groups = new List<KeyValuePair<string, string>>();
        foreach (var item in ldap.Items("groups", "groups"))
        {
            if (item is not MapNode map)
            {
                errors.Add(item, $"{item.Kind} stands where a group was expected; a group is a mapping like {{ group: 'cn=admins,dc=example,dc=com', role: administrator }}");
                continue;
            }

            var reader = new MapReader(map, "sign-in.ldap.groups", ConfigKeys.LdapGroup, errors);
            var (group, role) = (reader.Text("group"), reader.Get("role") is ScalarNode node ? Role(node, reader.Name("role")) : null);
            if (!reader.Has("group") || !reader.Has("role"))
            {
                errors.Add(map, "the group lacks its name or its role; expected { group: 'cn=admins,dc=example,dc=com', role: administrator }");
            }
            else if (group is not null && role is not null)
            {
                groups.Add(new(group, role));
            }
        }

        return groups;
    }
}
