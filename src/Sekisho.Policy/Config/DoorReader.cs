using System.Net;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads the SMTP doors (<c>listen:</c>) and refuses settings that contradict each other or open the door to everybody.</summary>
internal sealed class DoorReader(ErrorList errors)
{
    /// <summary>The doors; null when none are named.</summary>
    public IReadOnlyList<ListenerConfig>? Read(MapReader top, IReadOnlyList<UserConfig> users)
    {
        if (!top.Has("listen"))
        {
            return null;
        }

        var doors = new List<ListenerConfig>();
        var items = top.Items("listen", "doors");
        foreach (var item in items)
        {
            if (item is not MapNode map)
            {
                errors.Add(item, $"{item.Kind} stands where a door was expected; a door is a mapping like {{ smtp: 127.0.0.1:2525 }}");
            }
            else if (Door(new MapReader(map, "listen", ConfigKeys.Listen, errors), users) is { } door)
            {
                if (door.Address.Port != 0 && doors.Exists(d => d.Address == door.Address))
                {
                    errors.Add(map, $"a second door is at {door.Address}; expected each address once");
                }

                doors.Add(door);
            }
        }

        if (items.Count == 0 && top.Get("listen") is ListNode empty)
        {
            errors.Add(empty, "no door is named; expected at least one, or no 'listen' for 127.0.0.1:2525");
        }

        return doors;
    }

    private ListenerConfig? Door(MapReader door, IReadOnlyList<UserConfig> users)
    {
        var address = door.Address("smtp");
        if (!door.Has("smtp"))
        {
            errors.Add(door.Map, "the door has no address; expected 'smtp: 127.0.0.1:2525'");
        }

        var observe = door.Word("mode", ("submit", false), ("observe", true)) ?? false;
        var (certificate, key) = (ConfigFile.Existing(door, "certificate"), ConfigFile.Existing(door, "key"));
        if (door.Has("certificate") != door.Has("key"))
        {
            var there = door.Has("key") ? "key" : "certificate";
            errors.Add(door.PlaceOf(there), $"the door has a {there} without a {(there == "key" ? "certificate" : "key")}; expected both (PEM files) or none");
        }

        var hasTls = door.Has("certificate");
        var tls = door.Word("tls", ("none", 0), ("starttls", 1), ("required", 2), ("implicit", 3)) ?? (hasTls ? 1 : 0);
        if (tls != 0 && !hasTls && !door.Has("key"))
        {
            errors.Add(door.PlaceOf("tls"), "TLS needs a certificate; expected 'certificate' and 'key' beside it");
        }
        else if (tls == 0 && hasTls)
        {
            errors.Add(door.PlaceOf("tls"), "'tls: none' and a certificate contradict each other; expected starttls, required or implicit, or no certificate");
        }

        var auth = door.Word("auth", ("none", false), ("required", true)) ?? false;
        if (auth && tls == 0)
        {
            errors.Add(door.PlaceOf("auth"), "'auth: required' without TLS would send passwords in the clear, and they are not accepted so; expected 'certificate' and 'key'");
        }

        if (auth && !users.Any(u => u.PasswordHash is not null))
        {
            errors.Add(door.PlaceOf("auth"), "'auth: required', but no user has a password-hash: nobody could send; expected one under 'users'");
        }

        var allow = Networks(door, "allow");
        if (address is { IsLoopback: false } && !auth && allow.Count == 0 && !door.Has("allow"))
        {
            errors.Add(door.PlaceOf("smtp"), $"anybody who reaches {address} could send mail through it; expected 'allow' with the networks let in, or 'auth: required'");
        }

        return address is null ? null : new()
        {
            Address = address,
            Observe = observe,
            Certificate = certificate,
            Key = key,
            ImplicitTls = tls == 3,
            RequireTls = tls == 2,
            RequireAuth = auth,
            AllowFrom = allow,
            NormalizeFrom = Networks(door, "normalize"),
        };
    }

    /// <summary>Networks (CIDR) or single addresses of a key; each spelled as a network.</summary>
    internal static List<string> Networks(MapReader door, string key)
    {
        var networks = new List<string>();
        foreach (var node in door.Texts(key) ?? [])
        {
            if (IPNetwork.TryParse(node.Value, out var network))
            {
                // 192.0.2.7/24 names a host where a network is wanted: whether the one or the many are let in is not ours to guess.
                if (!IPAddress.TryParse(node.Value.AsSpan(0, node.Value.IndexOf('/', StringComparison.Ordinal)), out var start) || !start.Equals(network.BaseAddress))
                {
                    door.Errors.Add(node, $"{door.Name(key)} holds '{ScalarNode.Shorten(node.Value)}', a machine's address with a network's length; did you mean '{network}', or '{node.Value[..node.Value.IndexOf('/', StringComparison.Ordinal)]}' alone?");
                }

                networks.Add(network.ToString());
            }
            else if (IPAddress.TryParse(node.Value, out var address) && (node.Value.Contains(':', StringComparison.Ordinal) || node.Value.AsSpan().Count('.') == 3))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8).ToString());
            }
            else
            {
                door.Errors.Add(node, $"{door.Name(key)} holds '{ScalarNode.Shorten(node.Value)}'; expected a network like 192.0.2.0/24 or 2001:db8::/32");
            }
        }

        return networks;
    }
}
