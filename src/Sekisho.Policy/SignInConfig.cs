namespace Sekisho.Policy;

/// <summary>What the link in a note is good for.</summary>
public enum LinkUse
{
    /// <summary>Whoever holds it sees that one mail and decides as the person it was made for.</summary>
    Decide,

    /// <summary>It only leads there; he signs in first.</summary>
    SignIn,
}

/// <summary>Signing in to the console (<c>sign-in</c> of the file).</summary>
public sealed record SignInConfig
{
    /// <summary>Whether passwords of the console's own accounts are taken.</summary>
    public bool Local { get; init; } = true;

    /// <summary>What links in notes are good for.</summary>
    public LinkUse Links { get; init; } = LinkUse.Decide;

    /// <summary>How long a link holds.</summary>
    public TimeSpan LinkLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A session ends after this at the latest.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session ends when nothing was opened for this long.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Roles that need a second factor.</summary>
    public IReadOnlyList<string> SecondFactor { get; init; } = [];

    /// <summary>A reverse proxy that has signed the visitor in; null = none is believed.</summary>
    public ProxySignIn? Proxy { get; init; }

    /// <summary>A directory server; null = none is asked.</summary>
    public LdapConfig? Ldap { get; init; }
}

/// <summary>Sign-in by a header that a reverse proxy sets.</summary>
/// <param name="Header">Holds the mail address, e.g. <c>X-Remote-User</c>.</param>
/// <param name="From">Networks (CIDR) of the proxy; from elsewhere the header counts for nothing. Never empty.</param>
public sealed record ProxySignIn(string Header, IReadOnlyList<string> From);

/// <summary>Sign-in by a directory server (LDAP, RFC 4511): search for the person, then bind as him.</summary>
public sealed record LdapConfig
{
    /// <summary>Server; <see cref="Implicit"/> and <see cref="StartTls"/> say how it is spoken to.</summary>
    public required HostPort Address { get; init; }

    /// <summary>ldaps.</summary>
    public bool Implicit { get; init; }

    /// <summary>STARTTLS before anything else. Without either a password would travel in the clear; the reader only allows that to the machine itself.</summary>
    public bool StartTls { get; init; }

    /// <summary>Where people are, e.g. <c>ou=people,dc=example,dc=com</c>.</summary>
    public required string Base { get; init; }

    /// <summary>Attribute with the mail address.</summary>
    public string MailAttribute { get; init; } = "mail";

    /// <summary>Who searches; null = anonymously.</summary>
    public string? BindDn { get; init; }

    /// <summary>His password, from <c>bind-password-file</c>.</summary>
    public string? BindPassword { get; init; }

    /// <summary>Roles by the distinguished name of a group (its <c>member</c>, or the person's <c>memberOf</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Groups { get; init; } = [];
}
