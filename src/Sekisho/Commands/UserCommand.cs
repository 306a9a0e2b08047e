using System.CommandLine;
using Sekisho.Gateway.Hold;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho user</c>: the console's accounts from the machine itself, for when nobody can sign in; and password hashes for the configuration file.</summary>
internal static class UserCommand
{
    private static readonly Tongue s_english = new(Japanese: false);

    public static Command Create() => new("user", "Who may sign in to the console. Works beside a running gateway.")
    {
        List(),
        Add(),
        Password(),
        Change("reset-second-factor", "Remove an account's second factor, when phone and recovery codes are lost. Where his role needs one, he sets up a new one at the next sign-in.",
            a => a.TotpSecret is null ? null : a with { TotpSecret = null, TotpLastStep = 0 }, "{0} signs in with the password alone now.", "{0} has no second factor."),
        Change("disable", "Shut an account: nobody signs in with it, its sessions end.", a => a.Disabled ? null : a with { Disabled = true }, "{0} is shut.", "{0} was shut already."),
        Change("enable", "Open a shut account, and one that is locked after wrong passwords.",
            a => !a.Disabled && a.LockedUntil is null ? null : a with { Disabled = false, Failures = 0, LockedUntil = null }, "{0} is open.", "{0} was open already."),
        Remove(),
        Hash(),
    };

    private static Command List()
    {
        var (data, json) = (CommandLine.DataOption(), CommandLine.JsonOption());
        var command = new Command("list", "List the accounts.") { data, json };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async accounts =>
        {
            var all = await accounts.AccountsAsync(cancel).ConfigureAwait(false);
            if (result.GetValue(json))
            {
                CommandLine.WriteJson(all.Select(a => new { a.Address, a.Name, a.Roles, a.Scopes, Password = a.PasswordHash is not null, SecondFactor = a.TotpSecret is not null, a.Disabled, a.LockedUntil, a.LastSignIn }));
                return CommandLine.Ok;
            }

            if (all.Count == 0)
            {
                Console.Out.WriteLine("There is no account yet. The link that creates the first one stands in what 'sekisho serve' said when it started.");
            }

            foreach (var a in all)
            {
                Console.Out.WriteLine($"{a.Address}  {string.Join(", ", a.Roles)}{(a.Name.Length > 0 ? $"  {Terminal.Clean(a.Name)}" : "")}{State(a)}");
            }

            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Add()
    {
        var (address, data) = (AddressArgument(), CommandLine.DataOption());
        var roles = new Option<string[]>("--role") { Description = $"What he may: {string.Join(", ", Rights.Roles)}. Repeat it for several; without it: sender.", HelpName = "ROLE", AllowMultipleArgumentsPerToken = true };
        var name = new Option<string?>("--name") { Description = "His name as pages show it.", HelpName = "NAME" };
        var command = new Command("add", "Make an account. The password is asked for, or read from standard input.") { address, roles, name, data };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async accounts =>
        {
            var who = Checked(result.GetValue(address)!);
            var wanted = result.GetValue(roles) is { Length: > 0 } given ? given.Distinct(StringComparer.Ordinal).ToArray() : ["sender"];
            if (wanted.FirstOrDefault(r => !Rights.Roles.Contains(r)) is { } unknown)
            {
                throw new UsageException($"there is no role '{unknown}'; expected {string.Join(", ", Rights.Roles)}");
            }

            if (await accounts.FindAsync(who, cancel).ConfigureAwait(false) is not null)
            {
                throw new UsageException($"{who} has an account already");
            }

            var shown = AccountRules.Name(result.GetValue(name)) ?? throw new UsageException($"the name has at most {AccountRules.LongestName} characters, none of them invisible");
            var account = new Account { Address = who, Name = shown, Roles = wanted, PasswordHash = NewPassword(who), CreatedAt = TimeProvider.System.GetUtcNow() };
            await accounts.SaveAsync(account, Entitlement.LocalAdministrator, cancel).ConfigureAwait(false);
            Console.Out.WriteLine($"{who} can sign in as {string.Join(", ", wanted)}.");
            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Password()
    {
        var (address, data) = (AddressArgument(), CommandLine.DataOption());
        var command = new Command("password", "Give an account a new password; its sessions end. The password is asked for, or read from standard input.") { address, data };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async accounts =>
        {
            var account = await NeededAsync(accounts, result.GetValue(address)!, cancel).ConfigureAwait(false);
            await accounts.SaveAsync(account with { PasswordHash = NewPassword(account.Address), Failures = 0, LockedUntil = null }, Entitlement.LocalAdministrator, cancel).ConfigureAwait(false);
            Console.Out.WriteLine($"{account.Address} has a new password.");
            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Change(string verb, string help, Func<Account, Account?> change, string done, string already)
    {
        var (address, data) = (AddressArgument(), CommandLine.DataOption());
        var command = new Command(verb, help) { address, data };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async accounts =>
        {
            var account = await NeededAsync(accounts, result.GetValue(address)!, cancel).ConfigureAwait(false);
            var changed = change(account);
            if (changed is not null)
            {
                await accounts.SaveAsync(changed, Entitlement.LocalAdministrator, cancel).ConfigureAwait(false);
            }

            Console.Out.WriteLine((changed is null ? already : done).Replace("{0}", account.Address, StringComparison.Ordinal));
            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Remove()
    {
        var (address, data) = (AddressArgument(), CommandLine.DataOption());
        var command = new Command("remove", "Remove an account with its sessions and keys. What he decided stays in the audit trail.") { address, data };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async accounts =>
        {
            var account = await NeededAsync(accounts, result.GetValue(address)!, cancel).ConfigureAwait(false);
            await accounts.RemoveAsync(account.Address, Entitlement.LocalAdministrator, cancel).ConfigureAwait(false);
            Console.Out.WriteLine($"{account.Address} is removed.");
            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Hash()
    {
        var hash = new Command("hash", "Read a password and print its hash for 'users: password-hash:' in sekisho.yaml (for sending over SMTP, not for the console).");
        hash.SetAction((_, _) => CommandLine.RunAsync(() =>
        {
            var password = SecretLine.Read("Password: ");
            if (string.IsNullOrEmpty(password))
            {
                throw new UsageException("no password was given on standard input");
            }

            Console.Out.WriteLine(PasswordHash.Create(password));
            return Task.FromResult(CommandLine.Ok);
        }));
        return hash;
    }

    private static Argument<string> AddressArgument() => new("address") { Description = "His mail address.", HelpName = "ADDRESS" };

    private static Task<int> WithAsync(string data, Func<IAccountStore, Task<int>> body, CancellationToken cancel) => CommandLine.RunAsync(async () =>
    {
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            return await body(store.Accounts).ConfigureAwait(false);
        }
    });

    private static string Checked(string address)
    {
        var plain = address.Trim().ToLowerInvariant();
        return AccountRules.IsAddress(plain) ? plain : throw new UsageException($"'{Terminal.Clean(address)}' is not a mail address");
    }

    private static async Task<Account> NeededAsync(IAccountStore accounts, string address, CancellationToken cancel)
        => await accounts.FindAsync(Checked(address), cancel).ConfigureAwait(false) ?? throw new UsageException($"{Terminal.Clean(address)} has no account (see 'sekisho user list')");

    private static string NewPassword(string address)
    {
        var password = SecretLine.Read("New password: ");
        if (Passwords.Objection(password, address, s_english) is { } objection)
        {
            throw new UsageException(objection);
        }

        if (!Console.IsInputRedirected && SecretLine.Read("Once more: ") != password)
        {
            throw new UsageException("the two passwords differ; nothing was changed");
        }

        return new Passwords().Hash(password!);
    }

    private static string State(Account account)
        => (account.Disabled ? "  shut" : account.LockedUntil > TimeProvider.System.GetUtcNow() ? $"  locked until {account.LockedUntil:yyyy-MM-dd HH:mm:ss}Z" : "")
            + (account.TotpSecret is not null ? "  second factor" : "");
}
