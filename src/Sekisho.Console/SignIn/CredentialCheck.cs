namespace Sekisho.Pages.SignIn;

/// <summary>What one keeper of passwords says.</summary>
public enum CredentialOutcome
{
    /// <summary>Knows nobody of that address; the next one is asked.</summary>
    NotMine,

    /// <summary>The password is wrong; nobody else is asked.</summary>
    Wrong,

    /// <summary>It is he.</summary>
    Right,

    /// <summary>Could not be asked (a directory that does not answer).</summary>
    Unavailable,
}

/// <summary>What one keeper of passwords says about an address and a password.</summary>
/// <param name="Outcome">The answer.</param>
public sealed record CredentialAnswer(CredentialOutcome Outcome)
{
    /// <summary>Of a directory: the mail address it knows him by. Null: the one he typed.</summary>
    public string? Address { get; init; }

    /// <summary>Of a directory: his name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Of a directory: the roles its groups give; null where no groups are configured, so that roles are the console's to give.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>True when the account is a directory's: it is made at the first sign-in and follows the directory at each.</summary>
    public bool FromDirectory { get; init; }

    /// <summary>A stronger hash of the same password, to be kept instead of the old one.</summary>
    public string? RenewedHash { get; init; }

    /// <summary>Knows nobody of that address.</summary>
    public static CredentialAnswer NotMine { get; } = new(CredentialOutcome.NotMine);

    /// <summary>Wrong.</summary>
    public static CredentialAnswer Wrong { get; } = new(CredentialOutcome.Wrong);
}

/// <summary>A keeper of passwords: the console's own accounts, a directory. Asked in the order of registration until one knows the address.</summary>
public interface ICredentialCheck
{
    /// <summary>Never throws for a password that is wrong or a directory that is down.</summary>
    ValueTask<CredentialAnswer> CheckAsync(string address, string password, CancellationToken cancel);
}
