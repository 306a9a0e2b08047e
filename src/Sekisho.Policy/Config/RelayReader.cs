using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads where copies go (<c>relay:</c>).</summary>
internal sealed class RelayReader(ErrorList errors)
{
    private const int LongestPassword = 1024;

    public RelayConfig Read(MapReader relay)
    {
        var d = new RelayConfig();
        var address = relay.Address("host");
        if (!relay.Has("host") && relay.Map.Entries.Count > 0)
        {
            errors.Add(relay.Map, "the relay has no host; expected 'host: smtp.example.com:25' (without a relay, mail is written to the outbox directory)");
        }

        if (address is { Port: 0 })
        {
            errors.Add(relay.Get("host")!, "relay.host has port 0; expected the relay's port, like smtp.example.com:25");
        }

        var tls = relay.Word("tls", ("none", TlsMode.None), ("opportunistic", TlsMode.Opportunistic), ("required", TlsMode.Required), ("implicit", TlsMode.Implicit)) ?? d.Tls;
        var (first, max, expire) = (relay.Duration("retry-first", TimeSpan.FromSeconds(1), TimeSpan.FromHours(12)), relay.Duration("retry-max", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), relay.Duration("expire", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)));
        if ((first ?? d.RetryFirst) > (max ?? d.RetryMax))
        {
            errors.Add(relay.PlaceOf(first is null ? "retry-max" : "retry-first"), $"the first retry ({Quantity.Write(first ?? d.RetryFirst)}) comes later than the longest pause ({Quantity.Write(max ?? d.RetryMax)}); expected retry-first at most retry-max");
        }

        if ((expire ?? d.Expire) <= (first ?? d.RetryFirst))
        {
            errors.Add(relay.PlaceOf(expire is null ? "retry-first" : "expire"), "mail would expire before its first retry; expected expire to be longer than retry-first");
        }

        return new()
        {
            Address = address,
            Tls = tls,
            User = relay.Text("user"),
            Password = Password(relay, address, tls),
            Connections = relay.Number("connections", 1, 1000) ?? d.Connections,
            MaxRecipients = relay.Number("recipients", 1, 50_000) ?? d.MaxRecipients,
            RetryFirst = first ?? d.RetryFirst,
            RetryMax = max ?? d.RetryMax,
            Expire = expire ?? d.Expire,
            AddReceived = relay.Flag("received") ?? d.AddReceived,
        };
    }

    private string? Password(MapReader relay, HostPort? address, TlsMode tls)
    {
        if (relay.Has("password") && relay.Has("password-file"))
        {
            errors.Add(relay.PlaceOf("password-file"), "the relay has both 'password' and 'password-file'; expected one");
        }

        var given = relay.Has("password") || relay.Has("password-file");
        if (given != relay.Has("user"))
        {
            errors.Add(relay.PlaceOf(given ? relay.Has("password") ? "password" : "password-file" : "user"),
                given ? "the relay has a password without a 'user'; expected both or none" : "the relay has a user without a password; expected 'password-file' or 'password'");
        }

        if (relay.Has("user") && tls is TlsMode.None or TlsMode.Opportunistic && address is { IsLoopback: false })
        {
            errors.Add(relay.PlaceOf("user"), "the password could be read on the way: TLS is not required; expected 'tls: required' or 'tls: implicit' with a user");
        }

        var password = ConfigFile.Secret(relay, "password-file") ?? relay.Text("password");

        // A NUL would end the SASL message early (RFC 4616), and the value is never quoted back: it is a secret.
        if (password is not null && (password.Length > LongestPassword || password.Contains('\0', StringComparison.Ordinal)))
        {
            errors.Add(relay.PlaceOf(relay.Has("password") ? "password" : "password-file"), $"the relay's password is no password; expected at most {LongestPassword} characters without NUL");
        }

        return password;
    }
}
